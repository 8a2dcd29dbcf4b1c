import { expect, test } from 'vitest';
import { goodCriteria } from '../../test/risk/criteria.ts';
import { act } from '../../test/trace/kit.ts';
import { criteriaToday, ratesFrom, versionsApproved } from './in-force.ts';

const one = (number: number, changes: Parameters<typeof goodCriteria>[0] | null = {}, version = 1) => ({
  ref: `RCR-${number}`,
  number,
  version,
  fields: changes === null ? {} : goodCriteria(changes),
});
const today = (...all: ReturnType<typeof one>[]) => criteriaToday(all, (day) => day <= '2026-11-20')?.ref;

test('of several criteria those rate that became valid last', () => {
  const [old, newer] = [one(1, { validFrom: '2025-01-01' }), one(2, { validFrom: '2026-01-01' })];
  expect(today(old, newer)).toBe('RCR-2');
  expect(today(newer, old)).toBe('RCR-2');
  expect(today(one(3), one(1))).toBe('RCR-1');
});

test('criteria that come later, are not whole, or name no day do not take the place of those that are', () => {
  expect(today(one(1), one(2, { validFrom: '2026-11-21' }))).toBe('RCR-1');
  expect(today(one(1), one(2, null))).toBe('RCR-1');
  const undated = { ...one(2), fields: { ...goodCriteria(), validFrom: 'soon' } };
  expect(today(undated, one(3))).toBe('RCR-3');
  expect(today(undated)).toBe('RCR-2');
  expect(today()).toBeUndefined();
});

test('a version that becomes valid later leaves the one before in force until that day', () => {
  const both = [one(1, {}, 1), one(1, { validFrom: '2026-11-21' }, 2)] as const;
  const version = (on: string) => criteriaToday([...both], (day) => day <= on)?.version;
  expect(version('2026-11-20')).toBe(1);
  expect(version('2026-11-21')).toBe(2);
});

test('a version that is valid already is not passed over for the one before, whole or not', () => {
  expect(today(one(1, {}, 1), one(1, null, 2))).toBeUndefined();
});

test('approved versions count, the newest first, until the newest approval is taken back', () => {
  const acts = [
    act('approve', { version: 1 }),
    act('reject', { version: 2 }),
    act('approve', { version: 3 }),
  ];
  expect(versionsApproved(acts)).toEqual([3, 1]);
  expect(versionsApproved([...acts, act('withdraw', { version: 3 })])).toEqual([]);
  expect(versionsApproved([])).toEqual([]);
});

test('a version rates from its own day, else from its approval where others were approved before, else since ever', () => {
  const first = { ref: 'RCR-1', number: 1, version: 1, fields: {} };
  const at = '2026-11-02T09:00:00Z';
  const since = (fields: object, others: readonly string[]) =>
    ratesFrom({ ...first, fields: { ...fields } }, at, others, (moment) => moment.slice(0, 10));
  expect(since({ validFrom: '2026-05-01' }, ['2026-01-01T00:00:00Z'])).toBe('2026-05-01');
  expect(since({}, ['2026-01-01T00:00:00Z'])).toBe('2026-11-02');
  expect(since({}, [at, '2026-12-01T00:00:00Z'])).toBeNull();
  expect(since({ validFrom: 'soon' }, [])).toBeNull();
});
