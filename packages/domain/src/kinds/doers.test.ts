import fc from 'fast-check';
import { expect, test } from 'vitest';
import { registry } from './all.ts';
import { isFree } from './beginning.ts';
import { type DoneVersion, doersIn } from './doers.ts';

const action = registry.get('corrective-action');
const find = (name: string) => registry.find(name);

/** Versions of a record, one a day, each by the person named. */
function versions(
  record: string,
  kind: string,
  rows: readonly (Partial<DoneVersion> & { who: string })[],
  from = 1,
): DoneVersion[] {
  return rows.map(({ who, ...row }, at) => ({
    ...{ record, kind, version: at + 1, act: 'edited', state: 'planned', changed: [], fields: {} },
    at: `2026-05-${String(from + at).padStart(2, '0')}T09:00:00.000Z`,
    by: { type: 'person', id: who },
    ...row,
  }));
}
const ids = (all: readonly DoneVersion[], kind = action) => [
  ...new Set(doersIn(kind, 'x', all, find).map(({ id }) => id)),
];

const work = versions('x', 'corrective-action', [
  { who: 'planner', act: 'created', changed: ['name', 'action', 'owner'], fields: { owner: 'first' } },
  { who: 'clerk', changed: ['owner'], fields: { owner: 'owner' } },
  { who: 'starter', act: 'moved', state: 'running', fields: { owner: 'owner' } },
  { who: 'writer', changed: ['completion'], state: 'running', fields: { owner: 'owner' } },
  { who: 'finisher', act: 'moved', state: 'done', fields: { owner: 'owner' } },
  {
    who: 'judge',
    changed: ['verdict', 'operationSeen', 'verifier'],
    state: 'done',
    fields: { owner: 'owner' },
  },
]);

test('doers are who wrote what was done, took the step by which it was, and was named since work began', () => {
  expect(ids(work).sort()).toEqual(['finisher', 'owner', 'planner', 'writer']);
});

test('whoever judges by other fields, is named before work begins, or starts it, did nothing', () => {
  for (const id of ['judge', 'first', 'clerk', 'starter']) expect(ids(work)).not.toContain(id);
});

test('a judgement, giving up and opening again are no doing', () => {
  const judged = versions('x', 'corrective-action', [
    { who: 'a', act: 'created' },
    { who: 'b', act: 'moved', state: 'running' },
    { who: 'c', act: 'moved', state: 'given-up' },
    { who: 'd', act: 'moved', state: 'planned' },
    { who: 'e', act: 'archived', state: 'planned' },
    { who: 'f', act: 'moved', state: 'running' },
    { who: 'g', act: 'moved', state: 'done' },
    { who: 'h', act: 'moved', state: 'effective' },
    { who: 'i', act: 'moved', state: 'not-effective' },
  ]);
  expect(ids(judged)).toEqual(['g']);
});

test('tasks count until the work was done, with whom they were given to once begun; one to judge it does not', () => {
  const before = versions('t', 'task', [
    { who: 'x1', act: 'created', state: 'open', fields: { assignee: 'idle' } },
    { who: 'x2', act: 'moved', state: 'done', fields: { assignee: 'worker' } },
  ]);
  const after = versions(
    'u',
    'task',
    [
      { who: 'x3', act: 'created', state: 'open', fields: { assignee: 'asked' } },
      { who: 'x4', act: 'moved', state: 'done', fields: { assignee: 'asked' } },
    ],
    10,
  );
  const all = ids([...after, ...work, ...before]);
  expect(all).toEqual(expect.arrayContaining(['worker', 'x2']));
  for (const id of ['idle', 'asked', 'x1', 'x3', 'x4']) expect(all).not.toContain(id);
  // While nothing is done yet, every task of it counts.
  expect(ids([...work.slice(0, 4), ...after])).toContain('asked');
});

test('a nonconformity is done by whoever corrects it and does its actions, not by whoever found it', () => {
  const kind = registry.get('nonconformity');
  const found = versions('x', 'nonconformity', [
    {
      who: 'auditor',
      act: 'created',
      state: 'open',
      changed: ['name', 'description', 'grade', 'requirement'],
    },
    { who: 'fixer', state: 'open', changed: ['correction'] },
    { who: 'mover', act: 'moved', state: 'corrected' },
  ]);
  const actions = work.map((one) => ({ ...one, record: 'y', at: '2026-04-01T09:00:00.000Z' }));
  expect(ids([...found, ...actions], kind).sort()).toEqual(
    ['finisher', 'fixer', 'mover', 'owner', 'planner', 'writer'].sort(),
  );
});

test('erased content names nobody, and an unknown kind has no doers', () => {
  const erased = versions('x', 'corrective-action', [
    { who: 'a', act: 'moved', state: 'running', fields: null },
  ]);
  expect(ids(erased)).toEqual([]);
  const strange = versions('z', 'no-such-kind', [{ who: 'a', act: 'created', changed: ['completion'] }]);
  expect(ids([...erased, ...strange])).toEqual([]);
});

test('the order in which versions come changes nothing', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(work, { minLength: work.length }), (shuffled) => {
      expect(ids(shuffled).sort()).toEqual(ids(work).sort());
    }),
  );
});

test.each(registry.kinds.filter(({ doing }) => doing).map((kind) => [kind.name, kind] as const))(
  'what makes a doer of %s is none of what its judge says',
  (_, kind) => {
    for (const name of kind.doing?.people ?? []) expect(kind.fields[name]?.type).toBe('member');
    for (const name of kind.doing?.steps ?? []) {
      const step = kind.lifecycle.transitions[name];
      expect([name, step && isFree(kind, name, step)]).toEqual([name, true]);
    }
    const said = Object.values(kind.lifecycle.transitions).flatMap((step) =>
      step.notBy ? (step.requires ?? []).filter((part) => !step.notBy?.includes(part)) : [],
    );
    // Nobody concludes a test without its results, which are the tester's.
    expect(kind.doing?.parts.filter((part) => said.includes(part))).toEqual(
      kind.name === 'verification' ? ['results'] : [],
    );
  },
);

test('whoever may not take a step as its doer is known by more than a field', () => {
  const judged = registry.kinds.filter((kind) =>
    Object.values(kind.lifecycle.transitions).some((step) => step.notBy?.includes('owner')),
  );
  expect(judged.map(({ name }) => name)).toEqual(['nonconformity', 'corrective-action', 'verification']);
  for (const kind of judged) expect(kind.doing?.parts.length).toBeGreaterThan(0);
});
