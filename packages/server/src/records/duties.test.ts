import type { Actor } from '@throughline/domain/actor.ts';
import { personsBehind, wholeScope } from '@throughline/domain/token-scope.ts';
import { beforeEach, expect, test } from 'vitest';
import { comparedBut } from '../../../domain/test/risk/compared.ts';
import { colleagues, kindOf as kinds, type Person, said, type Team } from '../../test/colleagues.ts';
import type { TestKernel } from '../../test/kernel.ts';
import { wholeUse } from '../../test/whole.ts';
import { renewToken } from '../features/tokens/tokens.ts';
import { setAuthority } from '../store/authority.ts';
import { identitiesOf, joinMembers, partMembers, samePersons } from '../store/identities.ts';
import { newId } from '../store/ids.ts';
import { addMember, changeMember } from '../store/members.ts';
import { addRecusal } from '../store/recusals.ts';
import { addToken } from '../store/tokens.ts';
import { decideApproval } from './decide-approval.ts';

/** Separation of duties between persons, whatever shape they come in (DESIGN 7). */
const us = colleagues();
let kernel: TestKernel;
let organisation: string;
let author: Person;
let other: Person;
let third: Person;
beforeEach(() => {
  ({ kernel, organisation, author, other, third } = us());
});

const person: Team['person'] = (...roles) => us().person(...roles);
const next: Team['next'] = (actor) => us().next(actor);
const make: Team['make'] = (...given) => us().make(...given);
const edit: Team['edit'] = (...given) => us().edit(...given);
const step: Team['step'] = (...given) => us().step(...given);
const view: Team['view'] = (...given) => us().view(...given);
const act: Team['act'] = (...given) => us().act(...given);
const aPolicy: Team['aPolicy'] = (by) => us().aPolicy(by);
const policy = kinds('document');

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

test('handing a service account on frees nobody from what it wrote while they answered for it', async () => {
  const account = newId();
  const token = newId();
  const fourth = await person('aims-manager');
  const named = { name: 'Nightly sync', roles: ['aims-manager'] as const, until: null };
  await kernel.store.change(next(author), async (write) => {
    await addMember(write, { ...named, person: null, id: account, owner: third.member });
    await addToken(write, {
      id: token,
      name: 'Pipeline',
      hash: Buffer.from(token),
      roles: ['aims-manager'],
      scope: wholeScope,
      service: account,
      behind: [],
      createdBy: author.member,
      expiresAt: null,
    });
  });
  const made = await aPolicy({ type: 'token', token, roles: ['aims-manager'] });
  for (const owner of [other, fourth])
    await kernel.store.change(next(author), (write) =>
      changeMember(write, account, { ...named, active: true, scope: null, owner: owner.member }),
    );
  for (const one of [third, other, fourth]) expect(await said(act(one, policy, made, 'approve'))).toBe(wrote);
  const { deciders } = await view(policy, made);
  expect(deciders.map(({ id }) => id)).not.toContain(third.member);
  expect(await identitiesOfAll(third, token)).toBe(true);
  // What they write under their own name is nobody else's.
  const own = await aPolicy(third);
  expect(await said(act(other, policy, own, 'approve'))).toBe('allowed');
});

const identitiesOfAll = async (one: Person, token: string) =>
  (await kernel.store.readWhole(organisation, (reader) => identitiesOf(reader, one.member))).includes(token);

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

test('what a token wrote after somebody gave it another secret is theirs too, as it stays its maker’s', async () => {
  const token = await tokenOf(other);
  const renew = (by: Actor) =>
    renewToken(kernel.services, next(by), token.token, { graceHours: 0, expiresAt: undefined });
  const { token: row } = await renew(author);
  expect(row.behind).toEqual([other.member, author.member]);
  const made = await aPolicy(token);
  for (const one of [author, other]) expect(await said(act(one, policy, made, 'approve'))).toBe(wrote);
  expect(await identitiesOfAll(author, token.token)).toBe(true);
  expect(await said(act(third, policy, made, 'approve'))).toBe('allowed');
  // A program of somebody’s gave it: so did they.
  await renew({ ...(await tokenOf(third)), scope: wholeScope, behind: [] });
  const again = await edit(token, policy, made, { fields: { name: 'AI policy 2' } });
  expect(await said(act(third, policy, again.record, 'approve'))).toBe(wrote);
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
    fields: { name: 'Sorting claims', ...wholeUse },
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
  await us().waive();
  const system = await make(third, kinds('system'), { fields: { name: 'Pricing' } });
  const gate = kinds('gate');
  const decision = {
    verdict: 'pass-with-conditions',
    conditions: 'What is missing comes by June.',
    decidedBy: third.member,
    decidedOn: '2026-01-01',
  };
  const asked = { name: 'Design', type: 'design-review', requestedBy: other.member, ...decision };
  const made = await make(third, gate, { fields: asked, links: { system: { set: [system.id] } } });
  await us().answered(made);
  await edit(third, gate, made, { fields: { requestedBy: author.member } });
  for (const requester of [other, author])
    expect(await said(act(requester, gate, made, 'approve'))).toMatch(/^You asked for this/);
  expect(await said(act(third, gate, made, 'approve'))).toBe('allowed');
});

test('under a waiver one’s own is approved, and the approval says that the waiver was needed', async () => {
  const mine = await aPolicy();
  const theirs = await aPolicy(other);
  const waiver = await us().waive();
  await act(author, policy, mine, 'approve');
  await act(author, policy, theirs, 'approve');
  const { rows } = await kernel.store.owner.query<{ record: string; frozen: unknown }>(
    `select record, frozen from approval where organisation = $1`,
    [organisation],
  );
  expect(new Map(rows.map((row) => [row.record, row.frozen]))).toEqual(
    new Map<string, unknown>([
      [mine.id, { waived: ['author'], waiver }],
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
  // Whoever stands in for the doer, under whichever account, is bound like the doer, by a right of their own too.
  const judge = await person('internal-auditor');
  for (const { member, roles } of [other, third]) {
    const deputy: Person = { ...judge, standsFor: [{ member, roles }] };
    expect(await said(step(deputy, action, made, 'confirm'))).toBe(
      'Owner is or was somebody whom you stand in for, so somebody else does this.',
    );
  }
  // Nobody gives the verdict in the name of whoever is named to judge.
  expect(await said(step(judge, action, made, 'confirm'))).toBe(
    'Judged by is somebody else, who takes this step.',
  );
  await edit(judge, action, made, { fields: { verifier: judge.member } });
  expect((await step(judge, action, made, 'confirm')).state).toBe('effective');
  // What was judged stands as it was judged, until somebody refutes it.
  for (const fields of [
    { action: 'Switch them off' },
    { operationSeen: 'A year' },
    { verdict: 'not-effective' },
  ])
    expect(await said(edit(judge, action, made, { fields }))).not.toBe('allowed');
});

test('whoever did the action in fact judges its effect no more than its owner, under any account', async () => {
  const nonconformity = await make(third, kinds('nonconformity'), {
    fields: { name: 'No logs', requirement: '8.1', description: 'None were kept' },
  });
  const action = kinds('corrective-action');
  const task = kinds('task');
  const [owner, worker, writer, judge] = await Promise.all([
    person('aims-manager'),
    person('contributor', 'aims-manager'),
    person('aims-manager'),
    person('internal-auditor'),
  ]);
  const planned = {
    action: 'Switch them on',
    effectivenessCriteria: 'Logs are there',
    operationNeeded: 'A month',
  };
  const made = await make(author, action, {
    fields: { name: 'Keep logs', owner: owner.member, due: '2026-06-01', ...planned },
    links: { nonconformity: { set: [nonconformity.id] } },
  });
  const done = await make(third, task, {
    fields: { name: 'Set the switch', assignee: worker.member, result: 'Set' },
    links: { concerns: { set: [made.id] } },
  });
  await step(third, task, done, 'finish');
  await step(third, action, made, 'start');
  const token = await tokenOf(writer);
  await edit(token, action, made, { fields: { completion: 'On since May', doneOn: '2026-05-01' } });
  await step(other, action, made, 'finish');
  // Asked to judge by a task, and said so in its fields: that is judging, and no doing.
  const asked = await make(third, task, {
    fields: { name: 'Judge it', assignee: judge.member, result: 'Judged' },
    links: { concerns: { set: [made.id] } },
  });
  await step(judge, task, asked, 'start');
  const judged = {
    operationSeen: 'A month',
    checkedOn: '2026-06-02',
    verdict: 'effective',
    verifier: judge.member,
  };
  await edit(judge, action, made, { fields: judged });
  const hand =
    'You, or somebody whom you stand in for, had a hand in what is judged here, so somebody else does this.';
  // Who wrote the action, whose task it was, who finished that task, whose token said that it is done, who finished it.
  for (const doer of [author, worker, third, writer, other])
    expect([doer.member, await said(step(doer, action, made, 'confirm'))]).toEqual([doer.member, hand]);
  const deputy: Person = { ...judge, standsFor: [{ member: worker.member, roles: worker.roles }] };
  expect(await said(step(deputy, action, made, 'confirm'))).toBe(hand);
  const second = await person('aims-manager');
  await kernel.store.change(next(third), (write) => joinMembers(write, writer.member, second.member));
  expect(await said(step(second, action, made, 'confirm'))).toBe(hand);
  expect((await step(judge, action, made, 'confirm')).state).toBe('effective');
});

test('what is judged from the first state counts who was named in it: handing it on right before frees nobody', async () => {
  const nonconformity = kinds('nonconformity');
  const made = await make(third, nonconformity, {
    fields: {
      name: 'No logs',
      requirement: '8.1',
      description: 'None were kept',
      owner: author.member,
      rejectionReason: 'There were logs',
    },
  });
  await edit(author, nonconformity, made, { fields: { owner: other.member, approver: author.member } });
  expect(await said(step(author, nonconformity, made, 'reject'))).toBe(
    'Owner was you before, so somebody else does this.',
  );
  await edit(third, nonconformity, made, { fields: { approver: third.member } });
  expect((await step(third, nonconformity, made, 'reject')).state).toBe('rejected');
});

test('a deputy with a right of their own decides nothing that whoever they stand in for wrote, submitted or stood back from', async () => {
  const deputy: Person = { ...other, standsFor: [{ member: author.member, roles: author.roles }] };
  const made = await aPolicy();
  expect(await said(act(deputy, policy, made, 'approve'))).toBe(wrote);
  const theirs = await aPolicy(third);
  await act(author, policy, theirs, 'submit');
  expect(await said(act(deputy, policy, theirs, 'approve'))).toBe(
    'You submitted this version, so another person approves it.',
  );
  const apart = await aPolicy(third);
  await act(third, policy, apart, 'submit');
  await kernel.store.change(next(author), (write) =>
    addRecusal(write, apart, author.member, 'My sister sells it to us.').then(() => undefined),
  );
  for (const what of ['approve', 'reject'] as const)
    expect(await said(act(deputy, policy, apart, what)), what).toMatch(/^You stood back from this/);
  // By themselves, and standing in for somebody who had no hand in it, they may.
  const free: Person = {
    ...other,
    standsFor: [{ member: (await person('reader')).member, roles: ['reader'] }],
  };
  expect(await said(act(free, policy, made, 'approve'))).toBe('allowed');
  await us().waive();
  expect(await said(act(deputy, policy, theirs, 'approve'))).toBe('allowed');
});

test('a deputy decides by the right of whom they stand in for, who is named, and never what either of them wrote', async () => {
  const away = await person('aims-manager');
  const deputy = await person('contributor');
  const standsFor = [{ member: away.member, roles: away.roles }];
  const acting: Person = { ...deputy, standsFor };
  const made = await aPolicy();
  expect(await said(act(deputy, policy, made, 'approve'))).not.toBe('allowed');
  await act(acting, policy, made, 'approve');
  expect((await view(policy, made)).approvals.at(-1)).toMatchObject({
    by: deputy.member,
    onBehalfOf: away.member,
  });
  const theirs = await aPolicy(away);
  expect(await said(act(acting, policy, theirs, 'approve'))).toBe(wrote);
  // What a deputy writes, the one whom they stand in for does not approve either.
  const shared = await edit(acting, policy, await aPolicy(), { fields: { name: 'AI policy, by a deputy' } });
  expect(await said(act(away, policy, shared.record, 'approve'))).toBe(wrote);
  expect(await said(act(other, policy, shared.record, 'approve'))).toBe('allowed');
});

test('two roles in one hand free nobody from what they wrote', async () => {
  const both = await person('system-owner', 'top-management', 'aims-manager');
  const made = await aPolicy(both);
  expect(await said(act(both, policy, made, 'approve'))).toBe(wrote);
  expect(await said(act(other, policy, made, 'approve'))).toBe('allowed');
});

test('each kind of gate is passed by whom the table of authority names for it, and by nobody else', async () => {
  const gate = kinds('gate');
  const types = gate.fields.type?.type === 'choice' ? gate.fields.type.options.map(({ id }) => id) : [];
  const [uses, releases] = [await person('top-management'), await person('top-management')];
  await us().authorise(
    { dimension: 'use_case', member: uses.member },
    { dimension: 'release', member: releases.member },
  );
  const system = await make(third, kinds('system'), { fields: { name: 'Pricing', owner: author.member } });
  const home = { system: { set: [system.id] } };
  // What a release waits for under whatever condition: its version, and an owner who took that on.
  const version = await make(third, kinds('system-version'), { fields: { name: '1.0' }, links: home });
  const role = { role: 'system-owner', person: author.member, acceptedOn: '2026-04-01' };
  const owner = await make(third, kinds('role-assignment'), { fields: role, links: home });
  await step(author, kinds('role-assignment'), owner, 'accept');
  for (const type of types) {
    const decider = type === 'use-case-approval' ? uses : releases;
    const outsider = type === 'use-case-approval' ? releases : uses;
    const asked = await make(third, gate, {
      fields: {
        name: 'Go on',
        type,
        requestedBy: author.member,
        // Nothing of a retirement is left open here.
        verdict: type === 'decommission-approval' ? 'pass' : 'pass-with-conditions',
        conditions: 'As each answer says',
        settledData: 'Deleted on all machines',
        settledPeople: 'Told, and accounts closed',
        decidedBy: decider.member,
        decidedOn: '2026-05-01',
      },
      links: { ...home, ...(type === 'deployment-approval' ? { version: { set: [version.id] } } : {}) },
    });
    const made = await us().answered(asked);
    expect(await said(act(outsider, gate, made, 'approve')), type).toMatch(
      /table of authority gives you none/,
    );
    await act(decider, gate, made, 'approve');
    // The one who passes it is named in it, and their authority is asked for again.
    expect(await said(step(other, gate, made, 'pass')), type).toBe(
      'Decided by is somebody else, who takes this step.',
    );
    const named = { ...decider, roles: ['aims-manager'] } as const;
    expect((await step(named, gate, made, 'pass')).state, type).toBe('passed');
  }
  expect(types).toHaveLength(6);
});

test('a gate that was approved within authority is not passed once that authority went to somebody else', async () => {
  const gate = kinds('gate');
  const decider = await person('aims-manager');
  await us().authorise({ dimension: 'release', member: decider.member });
  const system = await make(third, kinds('system'), { fields: { name: 'Routing' } });
  const made = await make(third, gate, {
    fields: {
      name: 'Design',
      type: 'design-review',
      requestedBy: author.member,
      verdict: 'pass-with-conditions',
      conditions: 'What is missing comes by June.',
      decidedBy: decider.member,
      decidedOn: '2026-05-01',
    },
    links: { system: { set: [system.id] } },
  });
  await us().answered(made);
  await act(decider, gate, made, 'approve');
  await us().authorise({ dimension: 'release', member: other.member });
  expect(await said(step(decider, gate, made, 'pass'))).toMatch(/confirms it first/);
  expect(await said(act(other, gate, made, 'approve'))).toBe('allowed');
  expect(await said(step(decider, gate, made, 'pass'))).toBe(
    'The table of authority gives you none over releases.',
  );
});

test('fields that must not name one person compare persons: a second account, a service account', async () => {
  const account = newId();
  await kernel.store.change(next(third), async (write) => {
    await joinMembers(write, author.member, other.member);
    const named = { person: null, name: 'Nightly sync', roles: ['aims-manager'] as const, until: null };
    await addMember(write, { ...named, id: account, owner: author.member });
  });
  const control = await make(third, kinds('control'), { fields: { code: 'H.9', name: 'Logging' } });
  const test = (tester: string) =>
    said(
      make(third, kinds('control-test'), {
        fields: { name: 'Logging works', ownerTested: author.member, tester },
        links: { control: { set: [control.id] } },
      }),
    );
  for (const same of [author.member, other.member, account])
    expect(await test(same)).toMatch(/^The tester is somebody else than the owner/);
  expect(await test(third.member)).toBe('allowed');
});

test('the effect of a treatment is judged by nobody who did any of it, also before others were named', async () => {
  const treatment = kinds('treatment');
  const risk = await make(third, kinds('risk'), { fields: { name: 'Wrong ranking' } });
  const made = await make(third, treatment, {
    fields: {
      name: 'Second reader',
      option: ['reduce-likelihood'],
      owner: third.member,
      actions: [{ action: 'Hire', owner: author.member, due: '2199-01-31' }],
      compared: comparedBut(),
    },
    links: { risks: { set: [risk.id] } },
  });
  await act(other, treatment, made, 'approve');
  await step(third, treatment, made, 'start');
  const others = { actions: [{ action: 'Hire', owner: other.member }] };
  await edit(third, treatment, made, { fields: others });
  const judged = (member: string) =>
    said(edit(third, treatment, made, { fields: { effect: 'effective', effectJudgedBy: member } }));
  for (const doer of [author, other, third])
    expect(await judged(doer.member)).toMatch(/^The effect is judged by somebody who neither/);
  const judge = await person('internal-auditor');
  expect(await judged(judge.member)).toBe('allowed');
  // What is declared later stands in the way of nothing else, and of naming one of them again.
  await kernel.store.change(next(third), (write) => joinMembers(write, judge.member, other.member));
  expect(await said(edit(third, treatment, made, { fields: { results: 'Fewer errors' } }))).toBe('allowed');
  expect(await said(edit(third, treatment, made, { fields: { owner: other.member } }))).toMatch(
    /^The effect is judged by/,
  );
});
