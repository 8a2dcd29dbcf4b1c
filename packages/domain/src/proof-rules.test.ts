import { describe, expect, test } from 'vitest';
import { proofDue, type StepUpRule } from './factors.ts';
import { loosened, loosensSecondFactor, loosensStepUp } from './proof-rules.ts';
import { factorDemands } from './second-factor.ts';

const now = new Date('2026-05-04T08:00:00.000Z');

describe('how old a proof may be', () => {
  test.each([
    ['longer', { minutes: 16, everyone: true }, true],
    ['of fewer people', { minutes: 15, everyone: false }, true],
    ['shorter, of fewer people', { minutes: 1, everyone: false }, true],
    ['shorter', { minutes: 14, everyone: true }, false],
    ['the same', { minutes: 15, everyone: true }, false],
  ])('%s', (_name, next, less) => {
    expect(loosensStepUp({ minutes: 15, everyone: true }, next)).toBe(less);
  });

  test('asking more people makes up for no minute', () => {
    expect(loosensStepUp({ minutes: 15, everyone: false }, { minutes: 15, everyone: true })).toBe(false);
    expect(loosensStepUp({ minutes: 15, everyone: false }, { minutes: 16, everyone: true })).toBe(true);
  });

  test('it loosens exactly where somebody who was asked is asked no more', () => {
    const rules: StepUpRule[] = [1, 15, 60].flatMap((minutes) => [
      { minutes, everyone: true },
      { minutes, everyone: false },
    ]);
    const cases = [0, 1, 2, 15, 16, 60, 61].flatMap((age) =>
      [true, false].map((secondFactor) => ({
        provedAt: new Date(now.getTime() - age * 60_000),
        secondFactor,
      })),
    );
    for (const before of rules)
      for (const next of rules) {
        const escapes = cases.some((one) => proofDue(before, one, now) && !proofDue(next, one, now));
        expect([before, next, loosensStepUp(before, next)]).toEqual([before, next, escapes]);
      }
  });
});

describe('of whom a second factor is demanded', () => {
  test('of nobody there is nothing to loosen', () => {
    for (const of of factorDemands)
      expect(loosensSecondFactor({ of: 'nobody', days: 3 }, { of, days: 90 })).toBe(false);
  });

  test('fewer people, or more days, demand less; more people do not make up for days', () => {
    for (const [at, of] of factorDemands.entries())
      for (const [then, next] of factorDemands.entries()) {
        if (of === 'nobody') continue;
        expect([of, next, loosensSecondFactor({ of, days: 7 }, { of: next, days: 7 })]).toEqual([
          ...[of, next],
          then < at,
        ]);
        expect(loosensSecondFactor({ of, days: 7 }, { of: next, days: 8 })).toBe(true);
      }
    expect(loosensSecondFactor({ of: 'deciders', days: 7 }, { of: 'everyone', days: 0 })).toBe(false);
  });
});

test('each rule is taken whole, and by itself', () => {
  const before = {
    stepUp: { minutes: 15, everyone: true },
    secondFactor: { of: 'deciders', days: 7 },
  } as const;
  const less = { minutes: 60, everyone: true };
  expect(loosened(before, {})).toEqual({});
  expect(loosened(before, { stepUp: less, secondFactor: { of: 'everyone', days: 7 } })).toEqual({
    stepUp: less,
  });
  expect(loosened(before, { stepUp: before.stepUp, secondFactor: { of: 'nobody', days: 7 } })).toEqual({
    secondFactor: { of: 'nobody', days: 7 },
  });
});
