import type { RecordWire } from '@throughline/domain/wire.ts';
import type { ApprovalWire } from '@throughline/domain/wire-approval.ts';
import { expect, test } from 'vitest';
import { testKind, testRecord } from '../../kinds/test-kind.ts';
import { approvalSteps, lackOf, nextStep } from './next-step.ts';

const no = { allowed: false, reason: 'You closed this action.', who: ['internal-auditor'] } as const;
const steps: RecordWire['transitions'] = [
  { name: 'back', label: 'Back to plan', to: 'plan', ability: { allowed: true } },
  { name: 'release', label: 'Release', to: 'live', ability: { allowed: true } },
  { name: 'retire', label: 'Retire', to: 'retired', ability: { allowed: true } },
];
const approval = (over: Partial<ApprovalWire>): ApprovalWire => ({
  status: 'none',
  version: null,
  inForce: null,
  by: null,
  at: null,
  reason: null,
  stale: [],
  acts: [],
  ...over,
});
const versioned = { ...testKind, approvable: true };

test('offers the step forward before the step back, and never the end first', () => {
  expect(nextStep(testKind, testRecord({ transitions: steps }))).toMatchObject({ name: 'release' });
  const onlyEnd = steps.filter((step) => step.name === 'retire');
  expect(nextStep(testKind, testRecord({ transitions: onlyEnd }))).toBeUndefined();
});

test('offers the end first to the second hand that it waits for, and to nobody else', () => {
  const stillBinds = 'It binds until somebody else ends it.';
  expect(nextStep(testKind, testRecord({ transitions: steps, stillBinds }))).toMatchObject({
    name: 'retire',
  });
  const refused = steps.map((step) => (step.name === 'retire' ? { ...step, ability: no } : step));
  expect(nextStep(testKind, testRecord({ transitions: refused, stillBinds }))).toMatchObject({
    name: 'release',
  });
});

test('prefers what the caller may do; where nothing may be done, the refused step stays in sight', () => {
  const refused = steps.map((step) => (step.name === 'release' ? { ...step, ability: no } : step));
  expect(nextStep(testKind, testRecord({ transitions: refused }))).toMatchObject({ name: 'back' });
  const all = steps.map((step) => ({ ...step, ability: no }));
  expect(nextStep(testKind, testRecord({ transitions: all }))).toMatchObject({
    name: 'release',
    ability: no,
  });
});

test('a life cycle at rest, an archived record and an earlier moment have no next step', () => {
  expect(nextStep(testKind, testRecord({ state: 'live', transitions: steps }))).toBeUndefined();
  expect(nextStep(testKind, testRecord({ archived: true, transitions: steps }))).toBeUndefined();
  const past = testRecord({ asOf: { at: '2026-01-01T00:00:00Z', index: 3 }, transitions: steps });
  expect(nextStep(testKind, past)).toBeUndefined();
});

test('a waiting approval comes before every step', () => {
  const record = testRecord({ transitions: steps, approval: approval({ status: 'submitted', version: 3 }) });
  expect(nextStep(versioned, record)).toMatchObject({ type: 'approval', act: 'approve' });
});

const actsOf = (over: Partial<ApprovalWire>): readonly string[] =>
  approvalSteps(versioned, testRecord({ approval: approval(over) })).map((step) =>
    step.type === 'approval' ? step.act : '',
  );

test('the acts that are open follow from how the approval stands', () => {
  expect(actsOf({})).toEqual(['submit', 'approve']);
  expect(actsOf({ status: 'submitted', version: 3 })).toEqual(['approve', 'reject']);
  expect(actsOf({ status: 'approved', version: 3, inForce: 3 })).toEqual(['withdraw']);
  expect(actsOf({ status: 'approved', version: 2, inForce: 2 })).toEqual(['submit', 'approve', 'withdraw']);
  const changed = { id: 'u-1', ref: 'UC-1', kind: 'use-case', title: 'Sorting', state: 'in-use' };
  expect(actsOf({ status: 'stale', version: 3, inForce: 3, stale: [changed] })).toEqual([
    ...['restore', 'approve', 'withdraw'],
  ]);
  // What lets through more than its giver had authority for is confirmed by approving it once more.
  expect(actsOf({ status: 'stale', version: 3, inForce: 3, beyond: true })).toEqual(['approve', 'withdraw']);
  // So is what turned out to be approved by who wrote it.
  expect(actsOf({ status: 'approved', version: 3, inForce: 3, own: true })).toEqual(['approve', 'withdraw']);
  expect(approvalSteps(testKind, testRecord({ approval: approval({}) }))).toEqual([]);
});

test('what nobody could approve is not put forward: the page says what is missing, and no button promises', () => {
  const lack = { says: 'Owner is needed before it is approved.', parts: ['owner'] };
  const open = testRecord({ state: 'live', approval: approval({}) });
  expect(nextStep(versioned, open)).toMatchObject({ type: 'approval', act: 'submit' });
  expect(lackOf(versioned, open)).toBe(undefined);
  const lacking = { ...open, lack };
  expect(nextStep(versioned, lacking)).toBe(undefined);
  expect(lackOf(versioned, lacking)).toBe(lack);
  expect(nextStep(versioned, { ...lacking, state: 'pilot', transitions: steps })).toMatchObject({
    name: 'release',
  });
  // Nothing of it waits to be approved: it was, it is an earlier moment, or it is over.
  const given = approval({ status: 'approved', version: 3, inForce: 3 });
  expect(lackOf(versioned, { ...lacking, approval: given })).toBe(undefined);
  expect(lackOf(versioned, { ...lacking, asOf: { at: '2026-01-01T00:00:00Z', index: 3 } })).toBe(undefined);
  expect(lackOf(versioned, { ...lacking, state: 'retired' })).toBe(undefined);
});

test('a version that differs in its state alone is not put forward again, whatever was done in between', () => {
  const digest = testRecord().proof.digest;
  const at = '2026-11-01T10:00:00Z';
  const act = (name: 'approve' | 'submit', version: number, of = digest) =>
    ({ act: name, version, digest: of, by: 'm-2', at, reason: null }) as const;
  const acts = [act('submit', 2), act('approve', 2), act('submit', 1, 'cd'.repeat(32))];
  const approved = approval({ status: 'approved', version: 2, inForce: 2, acts });
  expect(nextStep(versioned, testRecord({ state: 'live', approval: approved }))).toBe(undefined);
});
