import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { expect, test } from 'vitest';
import { registry } from './all.ts';
import { beyondCadence, type Rhythm } from './next-look.ts';

const usual: Rhythm = { today: '2026-05-01', intervals: {} };
const limits = registry.kinds.flatMap((kind) => (kind.nextLook ? [kind] : []));

test('what is looked at again says when, and none of it is put off for ever', () => {
  expect(limits.map(({ name, nextLook }) => `${name}.${nextLook?.field}`).sort()).toEqual([
    'classification.nextValidation',
    'control-test.nextTest',
    'document.nextReview',
    'impact-assessment.nextReview',
    'log-plan.nextCheck',
    'risk-assessment.nextRun',
    'risk.nextReview',
    'supplier.nextReview',
    'system.nextReview',
    'use-case.nextReview',
  ]);
  // No other day is called the next of anything.
  const next = registry.kinds.flatMap(({ name, fields }) =>
    Object.entries(fields).flatMap(([field, { type, label }]) =>
      type === 'day' && label.startsWith('Next ') ? [`${name}.${field}`] : [],
    ),
  );
  expect(next.sort()).toEqual(limits.map(({ name, nextLook }) => `${name}.${nextLook?.field}`).sort());
});

test.each(limits.map((kind) => [kind.name, kind] as const))(
  '%s: the look before is a day that has come',
  (_, kind) => {
    expect(kind.happened).toEqual(expect.arrayContaining([...(kind.nextLook?.from ?? [])]));
  },
);

test('the length adopted is one of the calendar; where it has none, the cadence of the kind limits the day', () => {
  const entries = new Set(loadCatalogue().model.calendar.entries.map(({ id }) => id));
  const free = limits.filter(({ nextLook }) => !entries.has(nextLook?.interval ?? ''));
  expect(free.map(({ name, nextLook }) => [name, nextLook?.interval])).toEqual([['log-plan', undefined]]);
  const plan = registry.get('log-plan');
  const said = (next: object) => beyondCadence(plan, {}, { ...next }, usual)?.says ?? null;
  expect(said({ nextCheck: '2027-05-01' })).toBeNull();
  expect(said({ nextCheck: '2027-05-02' })).toBe(
    'Next check: 1 May 2027 is the latest day allowed, by the usual length.',
  );
  expect(said({ nextCheck: '2027-05-01', checkedOn: '2026-04-30' })).toMatch(/30 Apr 2027/);
});

const adoptable = limits.filter(({ nextLook }) => nextLook?.interval !== undefined);
test.each(adoptable.map((kind) => [kind.name, kind] as const))(
  '%s: not beyond the cadence',
  (_name, kind) => {
    const { field = '', from: [last = ''] = [], interval = '' } = kind.nextLook ?? {};
    const said = (next: object, rhythm = usual, before: object = {}) =>
      beyondCadence(kind, { ...before }, { ...next }, rhythm)?.says ?? null;
    const adopted = { ...usual, intervals: { [interval]: 'P1M' } };
    expect(said({ [field]: '2026-06-01' }, adopted)).toBeNull();
    expect(said({ [field]: '2026-06-02' }, adopted)).toMatch(
      /1 Jun 2026 is the latest day allowed, by the length you adopted/,
    );
    // From the last look, not from today.
    expect(said({ [field]: '2026-05-16', [last]: '2026-04-15' }, adopted)).toMatch(
      /15 May 2026 is the latest/,
    );
    expect(said({ [field]: '2026-05-15', [last]: '2026-04-15' }, adopted)).toBeNull();
    // A month is as long as its last day.
    expect(said({ [field]: '2026-06' }, adopted)).toMatch(/1 Jun 2026/);
    // Nothing adopted: the cadence of the kind.
    expect(said({ [field]: '2099-01-01' })).toMatch(/by the usual length, since you adopted none/);
    // Nearer than it was, or not written.
    expect(said({ [field]: '2098-01-01' }, adopted, { [field]: '2099-01-01' })).toBeNull();
    expect(said({})).toBeNull();
    expect(said({ [field]: '2099-01-01' }, { ...usual, intervals: { [interval]: 'continuous' } })).toBeNull();
  },
);
