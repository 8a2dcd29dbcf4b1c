import { expect, test } from 'vitest';
import { brokenRule, withBrokenProofs } from './broken-proofs.ts';
import type { StationWire, TraceWire } from './wire.ts';
import type { LogFaultWire } from './wire-log.ts';

const ref = (id: string) => ({ id, ref: id.toUpperCase(), kind: 'risk', title: id, state: 'open' });
const station = (id: string, verdict: StationWire['verdict']): StationWire => ({
  ...{
    id,
    order: 1,
    name: id,
    question: '',
    verdict,
    statement: ['as judged'],
    holdsUntil: null,
    soon: true,
  },
  ...{ gaps: [], unverifiable: [], records: [], recordCount: 0, serves: [] },
});
const trace: TraceWire = {
  system: { ...ref('sys-1'), owner: null },
  asOf: { at: '2026-11-21T12:00:00Z', index: 9 },
  summary: { gaps: 1, holds: 2, applies: 4, notStarted: 1, holdsUntil: '2027-01-31', next: null },
  strip: 'hgnh',
  stations: [
    station('scope', 'holds'),
    station('risks', 'gap'),
    station('controls', 'not-started'),
    station('evidence', 'holds'),
  ],
};
const judgedOn = [[], [ref('rsk-1')], [ref('rsk-1'), ref('rsk-2')], [ref('evd-1'), ref('sys-1')]];
const fault = (over: Partial<LogFaultWire>): LogFaultWire => ({
  ...{ fault: 'content-differs', path: null, entries: null, table: 'revision', column: null, row: null },
  ...{ record: null, ref: null, version: 1, expected: null, found: null, known: null, message: '' },
  ...over,
});
const verdicts = ({ stations }: TraceWire) => stations.map(({ verdict }) => verdict);
const broken = ({ stations }: TraceWire) =>
  stations.map(({ gaps }) =>
    gaps.filter(({ rule }) => rule === brokenRule).map(({ records }) => records[0]?.id),
  );

test('a line whose records match the log stays as it was judged', () => {
  expect(withBrokenProofs(trace, [], judgedOn)).toBe(trace);
  expect(withBrokenProofs(trace, [fault({ record: 'rsk-9' }), fault({})], judgedOn)).toEqual(trace);
});

test('every station that was judged on the record is a gap, whatever it was; the others stay', () => {
  const shown = withBrokenProofs(trace, [fault({ record: 'rsk-1' })], judgedOn);
  expect(verdicts(shown)).toEqual(['holds', 'gap', 'gap', 'holds']);
  expect(broken(shown)).toEqual([[], ['rsk-1'], ['rsk-1'], []]);
  expect([shown.stations[0], shown.stations[3]]).toEqual([trace.stations[0], trace.stations[3]]);
  expect(shown.stations[2]?.soon).toBe(false);
  expect(shown.stations[1]?.gaps[0]?.sentence).toEqual([
    { ref: ref('rsk-1') },
    ' was changed outside Throughline: it does not match the log.',
  ]);
});

test('counts and strip say the same as the stations', () => {
  const shown = withBrokenProofs(trace, [fault({ ref: 'RSK-1' }), fault({ ref: 'EVD-1' })], judgedOn);
  expect(shown.strip).toBe('hggg');
  expect(shown.summary).toEqual({
    ...trace.summary,
    gaps: 4,
    holds: 1,
    applies: 5,
    notStarted: 0,
    holdsUntil: null,
  });
  expect(shown.stations[3]?.statement).toEqual(shown.stations[3]?.gaps[0]?.sentence);
});

test('several faults of one record are one gap, and each record has its own, before what was judged', () => {
  const own = { ...station('risks', 'gap'), gaps: [{ ...gapOf('rule-1') }] };
  const before = { ...trace, stations: trace.stations.map((one) => (one.id === 'risks' ? own : one)) };
  const faults = [
    fault({ record: 'rsk-1' }),
    fault({ record: 'rsk-1', version: 2 }),
    fault({ record: 'rsk-2' }),
  ];
  const shown = withBrokenProofs(before, faults, [[], [ref('rsk-1')], [ref('rsk-1'), ref('rsk-2')], []]);
  expect(broken(shown)[2]).toEqual(['rsk-1', 'rsk-2']);
  expect(shown.stations[1]?.gaps.map(({ rule }) => rule)).toEqual([brokenRule, 'rule-1']);
});

test("the system's own record stands where it was judged, else at the first station", () => {
  const faults = [fault({ record: 'sys-1' })];
  expect(broken(withBrokenProofs(trace, faults, judgedOn))).toEqual([[], [], [], ['sys-1']]);
  expect(broken(withBrokenProofs(trace, faults, [[], [], [], []]))).toEqual([['sys-1'], [], [], []]);
});

function gapOf(rule: string): StationWire['gaps'][number] {
  return {
    ...{ rule, ruleText: '', source: 'standard', weight: 'minor', sentence: [], records: [], since: null },
    ...{ causedBy: null, refs: [], action: null, task: null },
  };
}
