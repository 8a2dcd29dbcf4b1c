import type { Actor } from '@throughline/domain/actor.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import type { Patch } from '@throughline/domain/kinds/edit.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import type { Role } from '@throughline/domain/permissions.ts';
import { personsBehind, wholeScope } from '@throughline/domain/token-scope.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { setAuthority } from '../store/authority.ts';
import { joinMembers, partMembers, samePersons } from '../store/identities.ts';
import { newId } from '../store/ids.ts';
import { addMember } from '../store/members.ts';
import { changeOrganisation, organisationSettings } from '../store/organisations.ts';
import { addRecusal } from '../store/recusals.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { addToken } from '../store/tokens.ts';
import { createRecord } from './create-record.ts';
import { decideApproval, type PersonalAct } from './decide-approval.ts';
import { editRecord } from './edit-record.ts';
import { readRecord } from './read-record.ts';
import { transitionRecord } from './transition-record.ts';

/** Separation of duties between persons, whatever shape they come in (DESIGN 7). */
let kernel: TestKernel;
let organisation: string;
let author: Person;
let other: Person;
let third: Person;
type Person = Actor & { type: 'person' };

const kinds = (name: string) => registry.get(name);
const policy = kinds('document');

beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());
beforeEach(async () => {
  organisation = await kernel.organisation();
  author = await person('aims-manager');
  other = await person('aims-manager');
  third = await person('aims-manager');
});

const person = (...roles: Role[]) => kernel.member(organisation, roles);
let moment = Date.now();
const next = (actor: Actor) => {
  moment += 1000;
  return kernel.context(organisation, actor, new Date(moment));
};
const make = (actor: Actor, kind: Kind, patch: Patch) =>
  createRecord(kernel.services, next(actor), kind, { patch });
const edit = (actor: Actor, kind: Kind, record: StoredRecord, patch: Patch) =>
  editRecord(kernel.services, next(actor), kind, { ref: record.id, patch, version: null });
const step = (actor: Actor, kind: Kind, record: StoredRecord, transition: string) =>
  transitionRecord(kernel.services, next(actor), kind, { ref: record.id, version: null, transition });
const view = (kind: Kind, record: StoredRecord) =>
  readRecord(kernel.services, { organisation, actor: author, kind, ref: record.id });
const aPolicy = (by: Actor = author) => make(by, policy, { fields: { name: 'AI policy', type: 'policy' } });

async function act(actor: Actor, kind: Kind, record: StoredRecord, what: PersonalAct) {
  const { record: now } = await view(kind, record);
  const seen = { version: now.version, digest: now.digest.toString('hex') };
  const input = { ref: record.id, act: what, ...seen, reason: 'Said why' };
  await decideApproval(kernel.services, next(actor), kind, input);
}
/** What is said to whoever is refused. */
const said = (promise: Promise<unknown>) =>
  promise.then(
    () => 'allowed',
    (error: Error) => error.message,
  );
const wrote = 'You wrote this version, so another person approves it.';

async function tokenOf(maker: Actor): Promise<Actor & { type: 'token' }> {
  const id = newId();
  const createdBy = maker.type === 'token' ? maker.token : maker.type === 'person' ? maker.member : '';
  await kernel.store.change(next(maker), (write) =>
    addToken(write, {
      id,
      name: 'Nightly sync',
      hash: Buffer.from(id),
      roles: ['aims-manager'],
      scope: wholeScope,
      service: null,
      behind: personsBehind(maker),
      createdBy,
      expiresAt: null,
    }),
  );
  return { type: 'token', token: id, roles: ['aims-manager'] };
}

test('what a token of a service account wrote, whoever answers for that account does not approve', async () => {
  const account = newId();
  const token = newId();
  await kernel.store.change(next(author), async (write) => {
    const named = { person: null, name: 'Nightly sync', roles: ['aims-manager'] as const, until: null };
    await addMember(write, { ...named, id: account, owner: third.member });
    await addToken(write, {
      id: token,
      name: 'Pipeline',
      hash: Buffer.from(token),
      roles: ['aims-manager'],
      scope: wholeScope,
      service: account,
      behind: personsBehind(author),
      createdBy: author.member,
      expiresAt: null,
    });
  });
  const made = await aPolicy({ type: 'token', token, roles: ['aims-manager'] });
  expect(await said(act(third, policy, made, 'approve'))).toBe(wrote);
  expect(await said(act(author, policy, made, 'approve'))).toBe(wrote);
  expect(await said(act(other, policy, made, 'approve'))).toBe('allowed');
});

test('what a token wrote, its maker does not approve; another person does', async () => {
  const token = await tokenOf(author);
  const made = await aPolicy(token);
  expect(await said(act(author, policy, made, 'approve'))).toBe(wrote);
  await act(other, policy, made, 'approve');
  const second = await tokenOf(token);
  const again = await edit(second, policy, made, { fields: { name: 'AI policy 2' } });
  expect(await said(act(author, policy, again.record, 'approve'))).toBe(wrote);
  expect(await said(act(other, policy, again.record, 'approve'))).toBe('allowed');
});

test('two members declared to be one person approve nothing for each other, until that was a mistake', async () => {
  const made = await aPolicy();
  await kernel.store.change(next(third), (write) => joinMembers(write, author.member, other.member));
  expect(await said(act(other, policy, made, 'approve'))).toBe(wrote);
  const { deciders } = await view(policy, made);
  expect(deciders.map(({ id }) => id)).toEqual([third.member]);
  await kernel.store.change(next(third), async (write) => {
    for (const pair of await samePersons(write)) await partMembers(write, pair);
  });
  expect(await said(act(other, policy, made, 'approve'))).toBe('allowed');
});

test('whoever submitted a version does not approve it', async () => {
  const made = await aPolicy();
  await act(other, policy, made, 'submit');
  expect(await said(act(other, policy, made, 'approve'))).toMatch(/^You submitted this version/);
  await act(third, policy, made, 'approve');
});

test('a delegate decides in the holder’s place, which the approval says, and never what the holder wrote', async () => {
  const boss = await person('aims-manager');
  const grant = { dimension: 'document', level: 'severe', role: null, member: boss.member };
  await kernel.store.change(next(third), (write) =>
    setAuthority(write, [{ ...grant, delegate: other.member, until: null }], '2026-01-01'),
  );
  const made = await aPolicy();
  expect(await said(act(third, policy, made, 'approve'))).toBe(
    'The table of authority gives you none over documents.',
  );
  await act(other, policy, made, 'approve');
  expect((await view(policy, made)).approvals.at(-1)).toMatchObject({
    by: other.member,
    onBehalfOf: boss.member,
  });
  const own = await aPolicy(boss);
  expect(await said(act(other, policy, own, 'approve'))).toBe(wrote);
});

test('a person who stood back from a record or from its system does not decide about it', async () => {
  const system = await make(author, kinds('system'), { fields: { name: 'Triage' } });
  const useCase = kinds('use-case');
  const made = await make(author, useCase, {
    fields: { name: 'Sorting claims', purpose: 'Sort' },
    links: { system: { set: [system.id] } },
  });
  await kernel.store.change(next(other), (write) =>
    addRecusal(write, system, other.member, 'My sister sells it to us.').then(() => undefined),
  );
  expect(await said(act(other, useCase, made, 'approve'))).toMatch(/^You stood back from this/);
  expect((await view(useCase, made)).recusals).toMatchObject([{ member: other.member, record: system.id }]);
  await act(third, useCase, made, 'approve');
});

test('nobody approves a gate that they asked for, also when another is named afterwards and under any waiver', async () => {
  await waive();
  const system = await make(third, kinds('system'), { fields: { name: 'Pricing' } });
  const gate = kinds('gate');
  const asked = { name: 'Release', type: 'deployment-approval', requestedBy: other.member };
  const made = await make(third, gate, { fields: asked, links: { system: { set: [system.id] } } });
  await edit(third, gate, made, { fields: { requestedBy: author.member } });
  for (const requester of [other, author])
    expect(await said(act(requester, gate, made, 'approve'))).toMatch(/^You asked for this/);
  expect(await said(act(third, gate, made, 'approve'))).toBe('allowed');
});

test('under a waiver one’s own is approved, and the approval says that the waiver was needed', async () => {
  const mine = await aPolicy();
  const theirs = await aPolicy(other);
  await waive();
  await act(author, policy, mine, 'approve');
  await act(author, policy, theirs, 'approve');
  const { rows } = await kernel.store.owner.query<{ record: string; frozen: unknown }>(
    `select record, frozen from approval where organisation = $1`,
    [organisation],
  );
  expect(new Map(rows.map((row) => [row.record, row.frozen]))).toEqual(
    new Map<string, unknown>([
      [mine.id, { waived: ['author'] }],
      [theirs.id, null],
    ]),
  );
});

test('a refusal says who could', async () => {
  const made = await aPolicy();
  const seen = { ref: made.id, version: 1, digest: made.digest.toString('hex'), reason: null };
  const refused = decideApproval(kernel.services, next(author), policy, { act: 'approve', ...seen });
  await expect(refused).rejects.toMatchObject({
    code: 'forbidden',
    facts: {
      who: ['aims-manager', 'top-management'],
      people: expect.arrayContaining([{ id: other.member, name: 'Head of claims' }]),
    },
  });
});

test('not passing a gate is a decision of its own: by whoever is named, with authority over releases', async () => {
  const system = await make(third, kinds('system'), { fields: { name: 'Chat' } });
  const gate = kinds('gate');
  const made = await make(third, gate, {
    fields: {
      name: 'Release',
      type: 'deployment-approval',
      requestedBy: author.member,
      verdict: 'fail',
      reason: 'Tests are missing',
      decidedBy: other.member,
      decidedOn: '2026-05-01',
    },
    links: { system: { set: [system.id] } },
  });
  expect(await said(step(third, gate, made, 'refuse'))).toBe(
    'Decided by is somebody else, who takes this step.',
  );
  const boss = await person('top-management');
  const grant = { dimension: 'release', level: 'severe', role: null, member: boss.member };
  await kernel.store.change(next(third), (write) =>
    setAuthority(write, [{ ...grant, delegate: null, until: null }], '2026-01-01'),
  );
  expect(await said(step(other, gate, made, 'refuse'))).toBe(
    'The table of authority gives you none over releases.',
  );
  await kernel.store.change(next(third), (write) =>
    setAuthority(write, [{ ...grant, member: other.member, delegate: null, until: null }], '2026-01-01'),
  );
  expect((await step(other, gate, made, 'refuse')).state).toBe('not-passed');
});

test('the doer of a corrective action judges its effect by no account, nor after another was named', async () => {
  const nonconformity = await make(third, kinds('nonconformity'), {
    fields: { name: 'No logs', requirement: '8.1', description: 'None were kept' },
  });
  const action = kinds('corrective-action');
  const made = await make(third, action, {
    fields: {
      name: 'Keep logs',
      action: 'Switch them on',
      owner: author.member,
      due: '2026-06-01',
      effectivenessCriteria: 'Logs are there',
      operationNeeded: 'A month',
      completion: 'On since May',
      doneOn: '2026-05-01',
      operationSeen: 'A month of logs',
      checkedOn: '2026-06-02',
      verdict: 'effective',
      verifier: third.member,
    },
    links: { nonconformity: { set: [nonconformity.id] } },
  });
  await step(third, action, made, 'start');
  await step(third, action, made, 'finish');
  await edit(third, action, made, { fields: { owner: other.member } });
  expect(await said(step(author, action, made, 'confirm'))).toBe(
    'Owner was you before, so somebody else does this.',
  );
  await kernel.store.change(next(third), (write) => joinMembers(write, third.member, other.member));
  expect(await said(step(third, action, made, 'confirm'))).toBe('Owner is you, so somebody else does this.');
  const judge = await person('internal-auditor');
  expect((await step(judge, action, made, 'confirm')).state).toBe('effective');
});

async function waive(): Promise<void> {
  await kernel.store.change(next(third), async (write) => {
    const settings = await organisationSettings(write);
    const authorWaiver = { reason: 'We are three', by: third.member, at: '2026-01-01T00:00:00.000Z' };
    await changeOrganisation(write, { ...settings, authorMayApprove: true, authorWaiver });
  });
}
