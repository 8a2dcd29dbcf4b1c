import type { Actor } from '@throughline/domain/actor.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../../test/kernel.ts';
import { type Moments, type Person, twoAtWork } from '../../../test/moments.ts';
import { borneRisk, wholePolicy, wholeUse } from '../../../test/whole.ts';
import { decideApproval, type PersonalAct } from '../../records/decide-approval.ts';
import { readRecord } from '../../records/read-record.ts';
import { setAuthority } from '../../store/authority.ts';
import type { StoredRecord } from '../../store/stored-record.ts';
import { readHome } from './read-home.ts';

let kernel: TestKernel;
let work: Moments;
let organisation: string;
let author: Person;
let other: Person;

const kinds = (name: string) => registry.get(name);
const act = async (actor: Actor, made: StoredRecord, what: PersonalAct) => {
  const kind = kinds(made.kind);
  const { record } = await readRecord(kernel.services, { organisation, actor, kind, ref: made.id });
  const seen = { version: record.version, digest: record.digest.toString('hex'), reason: 'Said why' };
  await decideApproval(kernel.services, work.next(actor), kind, { ref: made.id, act: what, ...seen });
};
const home = (actor: Actor) => readHome(kernel.services, { organisation, actor });
const ids = (rows: readonly { id: string }[]) => rows.map((row) => row.id);

beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());
beforeEach(async () => {
  work = await twoAtWork(kernel);
  ({ organisation, author, other } = work);
});

test('a task without a day stands on the first page of whoever has it, apart from those with one', async () => {
  const bare = await work.make('task', { fields: { name: 'Ask', assignee: other.member } });
  await work.make('task', { fields: { name: 'Ask later', assignee: other.member, due: '2999-01-01' } });
  await work.make('task', { fields: { name: 'Ask others', assignee: author.member } });
  const found = await home(other);
  expect(ids(found.undated)).toEqual([bare.id]);
  expect(found.week).toEqual([]);
  expect(found.next?.title).toBe('Ask later');
});

test('what is submitted waits for those who may approve it: not for its author, nor beyond authority', async () => {
  const boss = await kernel.member(organisation, ['top-management']);
  const policy = await work.make('document', { fields: { name: 'AI policy', ...wholePolicy } });
  await act(author, policy, 'submit');
  expect([ids((await home(author)).approve), ids((await home(other)).approve)]).toEqual([[], [policy.id]]);
  const grant = { dimension: 'residual_risk', member: null, delegate: null, until: null };
  await kernel.store.change(work.next(author), (write) =>
    setAuthority(write, [{ ...grant, level: 'severe', role: 'top-management' }], '2020-01-01'),
  );
  const risk = await work.make('risk', {
    fields: {
      ...borneRisk,
      ...{ name: 'Ranking', event: 'Wrong', owner: author.member },
      ...{ currentSociety: 'high', residualSociety: 'high' },
    },
  });
  await act(author, risk, 'submit');
  expect(ids((await home(other)).approve)).toEqual([policy.id]);
  expect(ids((await home(boss)).approve)).toEqual([policy.id, risk.id]);
});

test('who wrote before the last approval may approve what another wrote since', async () => {
  const policy = await work.make('document', { fields: { name: 'AI policy', ...wholePolicy } });
  await act(other, policy, 'approve');
  await work.edit(other, policy, { fields: { name: 'AI policy, second draft' } });
  await act(other, policy, 'submit');
  expect(ids((await home(author)).approve)).toEqual([policy.id]);
  expect((await home(other)).approve).toEqual([]);
});

test('an approval that a significant change took away comes back to who gave it, until somebody acts on it', async () => {
  const system = await work.make('system', { fields: { name: 'Triage' } });
  const made = await work.make('use-case', {
    fields: { ...wholeUse, name: 'Sorting' },
    links: { system: { set: [system.id] } },
  });
  await act(other, made, 'approve');
  expect((await home(other)).fallen).toEqual([]);
  await work.edit(author, made, { fields: { purpose: 'Sort and pay claims' } });
  expect(ids((await home(other)).fallen)).toEqual([made.id]);
  expect((await home(author)).fallen).toEqual([]);
  await act(author, made, 'submit');
  expect((await home(other)).fallen).toEqual([]);
});

test('nobody is told of an approval that they took away themselves, nor of a submission that fell', async () => {
  const system = await work.make('system', { fields: { name: 'Triage' } });
  const links = { system: { set: [system.id] } };
  const own = await work.make('use-case', { fields: { ...wholeUse, name: 'Sorting' }, links });
  await act(other, own, 'approve');
  await work.edit(other, own, { fields: { purpose: 'Sort and pay claims' } });
  const submitted = await work.make('use-case', {
    fields: { ...wholeUse, name: 'Paying' },
    links,
  });
  await act(other, submitted, 'submit');
  await work.edit(author, submitted, { fields: { purpose: 'Pay claims' } });
  expect((await home(other)).fallen).toEqual([]);
});
