import { expect, test } from 'vitest';
import { registry } from './all.ts';
import { beyondCadence, type Rhythm } from './next-look.ts';

const usual: Rhythm = { today: '2026-05-01', intervals: {} };
const limits = registry.kinds.flatMap((kind) => (kind.nextLook ? [kind] : []));

test('classes, tests of controls, impact assessments, runs and risks say when they are looked at again', () => {
  expect(limits.map(({ name, nextLook }) => `${name}.${nextLook?.field}`).sort()).toEqual([
    'classification.nextValidation',
    'control-test.nextTest',
    'impact-assessment.nextReview',
    'risk-assessment.nextRun',
    'risk.nextReview',
  ]);
});

test.each(limits.map((kind) => [kind.name, kind] as const))('%s: not beyond the cadence', (_name, kind) => {
  const { field = '', from: [last = ''] = [], interval = '' } = kind.nextLook ?? {};
  const said = (next: object, rhythm = usual, before: object = {}) =>
    beyondCadence(kind, { ...before }, { ...next }, rhythm)?.says ?? null;
  const adopted = { ...usual, intervals: { [interval]: 'P1M' } };
  expect(said({ [field]: '2026-06-01' }, adopted)).toBeNull();
  expect(said({ [field]: '2026-06-02' }, adopted)).toMatch(
    /2026-06-01 is the latest day allowed, by the length you adopted/,
  );
  // From the last look, not from today.
  expect(said({ [field]: '2026-05-16', [last]: '2026-04-15' }, adopted)).toMatch(/2026-05-15 is the latest/);
  expect(said({ [field]: '2026-05-15', [last]: '2026-04-15' }, adopted)).toBeNull();
  // A month is as long as its last day.
  expect(said({ [field]: '2026-06' }, adopted)).toMatch(/2026-06-01/);
  // Nothing adopted: the cadence of the kind.
  expect(said({ [field]: '2099-01-01' })).toMatch(/by the usual length, since you adopted none/);
  // Nearer than it was, or not written.
  expect(said({ [field]: '2098-01-01' }, adopted, { [field]: '2099-01-01' })).toBeNull();
  expect(said({})).toBeNull();
  expect(said({ [field]: '2099-01-01' }, { ...usual, intervals: { [interval]: 'continuous' } })).toBeNull();
});
