import { expect, test } from 'vitest';
import { Clock } from './clock.ts';
import { fails, gap, holds, notApplicable, unverifiable } from './judge.ts';
import { strip } from './strip.ts';
import { gapsOver, type Judged, recordsOver, untilOver, verdictOver } from './verdict.ts';

const judged = (
  rule: string,
  judgement: Judged['judgement'],
  weight: Judged['weight'] = 'minor',
): Judged => ({
  rule,
  weight,
  judgement,
});
const one = (since: string | null, record = 'r') => gap(['x'], [record], { since });
const held = judged('A1', holds(['r'], '2027-01-01'));
const missed = judged('A2', fails(one('2026-05-01')));
const open = judged('A3', unverifiable(['why']));
const off = judged('A4', notApplicable(['why']));
const accepted = judged('A5', {
  verdict: 'accepted',
  gaps: [one('2026-05-01')],
  by: 'ann',
  until: '2026-12-31',
});

test('the worst verdict decides: gap, unverifiable, accepted, holds, not applicable', () => {
  expect(verdictOver([held, off, accepted, open, missed])).toBe('gap');
  expect(verdictOver([held, off, accepted, open])).toBe('unverifiable');
  expect(verdictOver([held, off, accepted])).toBe('accepted');
  expect(verdictOver([held, off])).toBe('holds');
  expect(verdictOver([off])).toBe('not-applicable');
});

test('nothing judged at all is no free pass', () => {
  expect(verdictOver([])).toBe('unverifiable');
});

test('gaps come worst first: by weight, own before caused, oldest, then rule; accepted ones last', () => {
  const caused = gap(['x'], ['r'], { since: '2020-01-01', causedBy: { station: 'impact' } });
  const all = [
    accepted,
    judged('B10', fails(one('2026-02-01')), 'minor'),
    judged('B9', fails(one('2026-02-01')), 'minor'),
    judged('B3', fails(one(null)), 'major'),
    judged('B2', fails(caused), 'major'),
    judged('B1', fails(one('2026-01-01'), one('2025-01-01')), 'major'),
    judged('B4', fails(one('2019-01-01')), 'opportunity'),
  ];
  expect(gapsOver(all, new Clock('2026-11-21')).map(({ rule, since }) => [rule, since])).toEqual([
    ['B1', '2025-01-01'],
    ['B1', '2026-01-01'],
    ['B3', null],
    ['B2', '2020-01-01'],
    ['B9', '2026-02-01'],
    ['B10', '2026-02-01'],
    ['B4', '2019-01-01'],
    ['A5', '2026-05-01'],
  ]);
});

test('a station holds until the first of its rules ends', () => {
  expect(untilOver([held, accepted, off])).toBe('2026-12-31');
  expect(untilOver([judged('C1', holds([]))])).toBeNull();
});

test('a record is shown once, with the worst that was found in it', () => {
  expect(recordsOver([held, missed])).toEqual([{ record: 'r', verdict: 'gap', rules: ['A1', 'A2'] }]);
});

test('a gap that falls with something else has no button', () => {
  const action = { label: 'Do', do: { type: 'open' as const, record: 'r' } };
  expect(gap(['x'], [], { action }).action).toEqual(action);
  expect(gap(['x'], [], { action, causedBy: { station: 'impact' } }).action).toBeNull();
});

test('the strip has one letter for each verdict, and s where it holds but soon ends', () => {
  const verdicts = ['holds', 'gap', 'accepted', 'unverifiable', 'not-started', 'not-applicable'] as const;
  const stations = verdicts.map((verdict) => ({ verdict, soon: false }));
  expect(strip({ stations: [...stations, { verdict: 'holds', soon: true }] })).toBe('hgaun-s');
});
