import type { Actor } from '@throughline/domain/actor.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { comparedBut } from '../../../../domain/test/risk/compared.ts';
import { type TestKernel, testKernel } from '../../../test/kernel.ts';
import { type Moments, type Person, twoAtWork } from '../../../test/moments.ts';
import { borneRisk, wholeAssessment, wholePlan, wholePolicy, wholeUse } from '../../../test/whole.ts';
import { decideApproval, type PersonalAct } from '../../records/decide-approval.ts';
import { readRecord } from '../../records/read-record.ts';
import { transitionRecord } from '../../records/transition-record.ts';
import { setAuthority } from '../../store/authority.ts';
import { doubtedDecisions } from '../../store/home.ts';
import type { StoredRecord } from '../../store/stored-record.ts';
import { computeLines } from '../line/compute.ts';
import { FactsCache } from '../line/facts.ts';
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
  const seen = {
    version: record.version,
    digest: record.digest.toString('hex'),
    reason: 'Somebody said why',
  };
  await decideApproval(kernel.services, work.next(actor), kind, { ref: made.id, act: what, ...seen });
};
const step = async (made: StoredRecord, transition: string) => {
  const kind = kinds(made.kind);
  await transitionRecord(kernel.services, work.next(author), kind, {
    ref: made.id,
    transition,
    version: null,
  });
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

test('a stale acceptance, and a stale approval of a plan, wait for who gave it and for whoever may give it anew', async () => {
  const reader = await kernel.member(organisation, ['reader']);
  const system = await work.make('system', { fields: { name: 'Triage' } });
  const inside = { system: { set: [system.id] } };
  const use = await work.make('use-case', { fields: { ...wholeUse, name: 'Order' }, links: inside });
  const assessment = await work.make('impact-assessment', {
    fields: { name: 'Impact', ...wholeAssessment(author.member) },
    links: { ...inside, covers: { set: [use.id] } },
  });
  const rated = { ...borneRisk, event: 'Wrong', owner: author.member, carriedEffects: ['1'] };
  const carries = { carries: { set: [assessment.id] } };
  const risk = await work.make('risk', {
    fields: { name: 'Late', ...rated },
    links: { ...inside, ...carries },
  });
  const wide = await work.make('risk', { fields: { name: 'Mistrust', ...rated }, links: carries });
  const plan = await work.make('treatment', {
    fields: {
      name: 'Read twice',
      expectedLevel: 'severe',
      compared: comparedBut(),
      ...wholePlan(author.member),
    },
    links: { ...inside, risks: { set: [risk.id] } },
  });
  for (const made of [risk, wide, plan]) await act(other, made, 'approve');
  const lines = () =>
    computeLines(kernel.services, new FactsCache(kernel.services), organisation, [system.id]);
  const told = async (actor: Actor) => {
    await lines();
    const { anew } = await home(actor);
    return anew
      .map(({ title, mine, may }) => `${title}: ${mine ? 'given' : 'to give'}${may ? ', may' : ''}`)
      .sort();
  };
  // Nothing that stands as it did is looked at, however much of it there is.
  const looked = () =>
    kernel.store.read({ organisation, actor: other }, (reading) => doubtedDecisions(reading, 100));
  await work.edit(author, risk, { fields: { closingNote: 'It is not over yet.' } });
  expect([await told(other), await told(author), await looked()]).toEqual([[], [], []]);

  await step(assessment, 'complete');
  await act(other, assessment, 'approve');
  expect(await looked()).toHaveLength(3);
  const mine = ['Late: given, may', 'Mistrust: given, may', 'Read twice: given, may'];
  expect(await told(other)).toEqual(mine);
  // Who wrote them does not give them; another who may is told as well, and a reader is not.
  expect([await told(author), await told(reader)]).toEqual([[], []]);
  const third = await kernel.member(organisation, ['aims-manager']);
  expect(await told(third)).toEqual([
    'Late: to give, may',
    'Mistrust: to give, may',
    'Read twice: to give, may',
  ]);
  await act(author, risk, 'submit');
  expect((await told(other)).slice(0, 1)).toEqual(['Mistrust: given, may']);
  await act(other, risk, 'approve');
  await act(third, wide, 'approve');
  expect(await told(other)).toEqual(['Read twice: given, may']);
  await act(third, plan, 'approve');
  expect([await told(other), await told(third)]).toEqual([[], []]);
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
