import { describe, expect, test } from 'vitest';
import { type Role, roles } from './permissions.ts';
import { loosensSecondFactor } from './proof-rules.ts';
import {
  decidingRoles,
  factorDemands,
  factorDueAt,
  readSecondFactor,
  type SecondFactorRule,
  secondFactorAfter,
  usualSecondFactor,
} from './second-factor.ts';

const since = '2026-03-01T09:00:00.000Z';
const rule = (of: SecondFactorRule['of'], days = 14): SecondFactorRule => ({ of, days, since });
const long = new Date('2020-01-31T09:00:00.000Z');
const due = (...given: Parameters<typeof factorDueAt>) => factorDueAt(...given)?.toISOString() ?? null;

describe('who has to have a second factor, and when', () => {
  test('nobody, unless the organisation says so', () => {
    for (const role of roles) expect(factorDueAt(usualSecondFactor, [role], long)).toBeNull();
    expect(factorDueAt({ of: 'everyone', days: 3, since: null }, ['admin'], long)).toBeNull();
  });

  test('everyone has the days from when it was demanded', () => {
    for (const role of roles)
      expect([role, due(rule('everyone'), [role], long)]).toEqual([role, '2026-03-15T09:00:00.000Z']);
    expect(due(rule('everyone', 0), [], long)).toBe(since);
  });

  test('whoever came later has them from then on', () => {
    expect(due(rule('everyone', 2), ['reader'], new Date('2026-06-30T12:00:00.000Z'))).toBe(
      '2026-07-02T12:00:00.000Z',
    );
  });

  test('of deciders it is administrators and whoever approves by any of their roles', () => {
    expect(decidingRoles).toEqual([
      'admin',
      'aims-manager',
      'top-management',
      'system-owner',
      'risk-owner',
    ] satisfies Role[]);
    expect(due(rule('deciders'), ['reader', 'risk-owner'], long)).not.toBeNull();
    for (const role of ['contributor', 'reader', 'internal-auditor', 'external-auditor'] as const)
      expect([role, due(rule('deciders'), [role], long)]).toEqual([role, null]);
  });
});

describe('the rule once it is set anew', () => {
  const now = new Date('2026-05-04T08:00:00.000Z');
  test('begins its days where it is demanded of others than before', () => {
    expect(secondFactorAfter(usualSecondFactor, { of: 'deciders', days: 7 }, now)).toEqual({
      ...{ of: 'deciders', days: 7 },
      since: now.toISOString(),
    });
    expect(secondFactorAfter(rule('deciders'), { of: 'everyone', days: 7 }, now).since).toBe(
      now.toISOString(),
    );
  });

  test('does not begin them again where only the days change', () => {
    expect(secondFactorAfter(rule('everyone'), { of: 'everyone', days: 30 }, now)).toEqual(
      rule('everyone', 30),
    );
  });

  test('gives those no more time who had to have one before it was widened, and none begin anew where it narrows', () => {
    const widened = secondFactorAfter(rule('deciders'), { of: 'everyone', days: 14 }, now);
    expect(due(widened, ['admin'], long)).toBe(due(rule('deciders'), ['admin'], long));
    expect(due(widened, ['reader'], long)).toBe('2026-05-18T08:00:00.000Z');
    expect(readSecondFactor(JSON.parse(JSON.stringify(widened)))).toEqual(widened);
    const later = new Date('2026-06-01T08:00:00.000Z');
    const shortened = secondFactorAfter(widened, { of: 'everyone', days: 3 }, later);
    expect(shortened).toEqual({ ...widened, days: 3 });
    expect(secondFactorAfter(shortened, { of: 'deciders', days: 3 }, later)).toEqual(rule('deciders', 3));
    expect(secondFactorAfter(rule('everyone'), { of: 'deciders', days: 14 }, later).since).toBe(since);
  });

  test('is never due later than before, for anybody, unless it loosens', () => {
    const moments = [long, new Date('2026-05-03T08:00:00.000Z')];
    for (const before of factorDemands)
      for (const after of factorDemands)
        for (const days of [0, 14, 20]) {
          const was = before === 'nobody' ? usualSecondFactor : rule(before);
          const next = { of: after, days };
          if (loosensSecondFactor(was, next)) continue;
          for (const role of roles)
            for (const joined of moments) {
              const first = factorDueAt(was, [role], joined)?.getTime() ?? Number.POSITIVE_INFINITY;
              const then = factorDueAt(secondFactorAfter(was, next, now), [role], joined);
              expect([
                before,
                after,
                days,
                role,
                (then?.getTime() ?? Number.POSITIVE_INFINITY) <= first,
              ]).toEqual([before, after, days, role, true]);
            }
        }
  });

  test('ends without a trace', () => {
    const ended = secondFactorAfter(rule('everyone'), { of: 'nobody', days: 14 }, now);
    expect(ended).toEqual(usualSecondFactor);
  });
});

test.each([
  ['nothing', undefined],
  ['another type', 'everyone'],
  ['a demand that there is not', { of: 'owners', days: 3, since }],
  ['no beginning', { of: 'everyone', days: 3 }],
  ['a beginning that is none', { of: 'everyone', days: 3, since: 'soon' }],
  ['nobody', { of: 'nobody', days: 3, since, decidersSince: since }],
])('settings that say %s demand it of nobody', (_name, value) => {
  expect(readSecondFactor(value)).toEqual(usualSecondFactor);
});

test.each([[-1], [91], [1.5], ['7'], [undefined]])('days of %s are the usual ones', (days) => {
  expect(readSecondFactor({ of: 'everyone', days, since })).toEqual(rule('everyone', 14));
});

test('what was written is read as it was', () => {
  for (const of of ['deciders', 'everyone'] as const)
    expect(readSecondFactor(JSON.parse(JSON.stringify(rule(of, 0))))).toEqual(rule(of, 0));
});
