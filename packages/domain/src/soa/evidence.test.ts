import { expect, test } from 'vitest';
import { implementation, type SoaWorld, soaRecord, world } from '../../test/soa/kit.ts';
import type { Json } from '../json.ts';
import { EvidenceCount } from './evidence.ts';
import type { SoaRecord } from './types.ts';

/** Today is 21 November 2026. */
const piece = (
  id: string,
  periodTo: string | null,
  changes: Parameters<typeof soaRecord>[2] = {},
): SoaRecord => {
  const fields: Record<string, Json> = { type: 'log', ...(periodTo ? { periodTo } : {}), ...changes.fields };
  return soaRecord('evidence', id, { state: 'kept', links: { controls: ['ctl'] }, ...changes, fields });
};
const counted = (pieces: readonly SoaRecord[], told: SoaWorld = {}, control = 'ctl') => {
  const { around, groups } = world(told);
  const count = new EvidenceCount({ ...around, groups });
  for (const one of pieces) count.add(one);
  return count.found.of(control);
};
const numbers = (...asked: Parameters<typeof counted>) => {
  const { current, stale, aside } = counted(...asked);
  return [current, stale, aside];
};
const runs = (occurrences: string, system: string | null = 'sys-1') =>
  implementation(`imp-${occurrences}`, 'in-place', { system, fields: { occurrences } });
const interval = (control_test: string): SoaWorld => ({
  organisation: { intervals: { control_test } },
});

test('with no rhythm and no adopted interval a piece speaks until its last day, and no longer', () => {
  const pieces = [piece('evd-1', '2026-11-21'), piece('evd-2', '2026-11-20'), piece('evd-3', '2026-Q4')];
  expect(numbers(pieces)).toEqual([2, 1, 0]);
  expect(numbers([])).toEqual([0, 0, 0]);
});

test.each([
  ['quarterly', '2026-09-30', [1, 0, 0]],
  ['quarterly', '2026-06-30', [0, 1, 0]],
  ['monthly', '2026-09-30', [0, 1, 0]],
  ['continuous', '2026-11-20', [0, 1, 0]],
] as const)(
  'what runs %s and is proved to %s is current until the next one is due',
  (rhythm, to, expected) => {
    const records = [runs(rhythm)];
    expect(numbers([piece('evd-1', to)], { records })).toEqual(expected);
    const named = { links: { implementation: [`imp-${rhythm}`] } };
    expect(numbers([piece('evd-1', to, named)], { records })).toEqual(expected);
    // The organisation's own way is what runs where the system has none of its own.
    expect(numbers([piece('evd-1', to)], { records: [runs(rhythm, null)] })).toEqual(expected);
  },
);

test('two implementations on one system: the piece counts as long as it still proves one of them', () => {
  const records = [runs('monthly'), runs('yearly')];
  expect(numbers([piece('evd-1', '2026-02-28')], { records })).toEqual([1, 0, 0]);
  const of = { links: { controls: ['ctl'], implementation: ['imp-monthly'] } };
  expect(numbers([piece('evd-1', '2026-02-28', of)], { records })).toEqual([0, 1, 0]);
});

test('the adopted interval of tests says how long a piece lasts where no rhythm does', () => {
  expect(numbers([piece('evd-1', '2026-01-31')], interval('P1Y'))).toEqual([1, 0, 0]);
  expect(numbers([piece('evd-1', '2025-01-31')], interval('P1Y'))).toEqual([0, 1, 0]);
});

test('a broken piece, a word of the owner and one of no named day prove nothing', () => {
  const pieces = [
    piece('evd-1', '2027-01-01', { fields: { integrity: 'differs' } }),
    piece('evd-2', '2027-01-01', { fields: { type: 'owner-statement' } }),
    piece('evd-3', null),
  ];
  expect(counted(pieces)).toEqual({ current: 0, stale: 0, aside: 3, newest: null, first: [] });
});

test('what was set aside, lies on a system that does not run, or names another control counts nowhere', () => {
  const pieces = [
    piece('evd-1', '2027-01-01', { state: 'rejected' }),
    piece('evd-2', '2027-01-01', { system: 'sys-9' }),
    piece('evd-3', '2027-01-01', { links: { controls: ['other'] } }),
    piece('evd-4', '2027-01-01', { links: { implementation: ['nowhere'] } }),
  ];
  expect(numbers(pieces)).toEqual([0, 0, 0]);
  expect(numbers(pieces, {}, 'other')).toEqual([1, 0, 0]);
  expect(numbers([piece('evd-5', '2027-01-01', { system: null })])).toEqual([1, 0, 0]);
});

test('the newest is named by the day to which it speaks; without a current one, the newest that is out of date', () => {
  const days = ['2027-01-01', '2027-03-01', '2027-02-01', '2027-04-01'];
  const found = counted([...days.map((to, at) => piece(`evd-${at}`, to)), piece('evd-old', '2020')]);
  expect(found).toMatchObject({ current: 4, stale: 1, newest: { to: '2027-04-01' } });
  expect(found.first.map(({ id }) => id)).toEqual(['evd-3', 'evd-1', 'evd-2']);
  const old = counted([piece('evd-1', '2020-01-01'), piece('evd-2', '2021-01-01')]);
  expect(old).toMatchObject({ stale: 2, newest: { record: { id: 'evd-2' } }, first: [] });
});
