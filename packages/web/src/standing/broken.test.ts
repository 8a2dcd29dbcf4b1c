import { expect, test } from 'vitest';
import { trace as fixture } from '../gallery/fixtures/trace.ts';
import type { Fault } from '../proof/faults.ts';
import { withBroken } from './broken.ts';
import { orderGaps } from './gap-order.ts';
import { sentenceText } from './sentence.tsx';

const fault = (ref: string, over: Partial<Fault> = {}): Fault => ({
  fault: 'content-differs',
  entries: { start: 1204, end: 1205 },
  record: null,
  ref,
  version: 3,
  path: null,
  table: 'revision',
  column: null,
  row: null,
  expected: null,
  found: null,
  message: null,
  ...over,
});
const [altered] = fixture.stations.flatMap(({ records }) => records);
if (altered === undefined) throw new Error('The fixture has no records.');
const { ref } = altered;
const holding = fixture.stations.find(({ verdict }) => verdict === 'holds')?.id;
/** The record stands in a station that has gaps already, and in one that holds. */
const trace = {
  ...fixture,
  stations: fixture.stations.map((station) =>
    station.id === holding ? { ...station, records: [altered] } : station,
  ),
};
const lists = (listed: string) =>
  trace.stations.filter(({ records, gaps }) =>
    [...records, ...gaps.flatMap((gap) => gap.records)].some((one) => one.ref === listed),
  );

test('the line under test has the record in a station that holds and in one that does not', () => {
  const verdicts = new Set(lists(ref).map(({ verdict }) => verdict));
  expect(verdicts.has('holds')).toBe(true);
  expect(verdicts.size).toBeGreaterThan(1);
});

test('a line whose records match the log stays as it was judged', () => {
  expect(withBroken(trace, [])).toBe(trace);
  expect(withBroken(trace, [fault('RSK-9999')])).toBe(trace);
});

test('each station that was judged on an altered record shows a gap, and leads to the entry', () => {
  const shown = withBroken(trace, [fault(ref)]);
  for (const { id } of lists(ref)) {
    const station = shown.stations.find((one) => one.id === id);
    expect(station?.verdict).toBe('gap');
    const [gap] = orderGaps(station?.gaps ?? []);
    expect(sentenceText(gap?.sentence ?? [])).toBe(
      `${ref} was changed outside Throughline: it does not match the log.`,
    );
    expect(gap).toMatchObject({ way: { label: 'Open entry 1,204', href: '/log?entry=1204' } });
  }
  const named = new Set(lists(ref).map(({ id }) => id));
  const others = shown.stations.filter(({ id }) => !named.has(id));
  for (const station of others) expect(trace.stations).toContain(station);
});

test('counts and strip tell the same as the stations', () => {
  const shown = withBroken(trace, [fault(ref)]);
  const of = (verdict: string) => shown.stations.filter((one) => one.verdict === verdict).length;
  const before = (verdict: string) => trace.stations.filter((one) => one.verdict === verdict).length;
  expect(shown.summary.gaps - trace.summary.gaps).toBe(of('gap') - before('gap'));
  expect(shown.summary.holds - trace.summary.holds).toBe(of('holds') - before('holds'));
  expect(shown.strip).toHaveLength(trace.strip.length);
  for (const [at, station] of shown.stations.entries())
    if (lists(ref).some(({ id }) => id === station.id)) expect(shown.strip[at]).toBe('g');
});

test('several faults of one record are one gap, and one without an entry leads to the verification', () => {
  const shown = withBroken(trace, [fault(ref, { entries: null }), fault(ref)]);
  const gaps = shown.stations.find(({ id }) => id === lists(ref)[0]?.id)?.gaps ?? [];
  expect(gaps.filter(({ rule }) => rule === 'log-proof')).toHaveLength(1);
  expect(gaps[0]).toMatchObject({ way: { href: '/log/verify' } });
});

test("the system's own record stands at the first station", () => {
  const system = { ...trace.system, id: 'id-of-no-station', ref: 'SYS-77' };
  const shown = withBroken({ ...trace, system }, [fault('SYS-77')]);
  expect(shown.stations[0]?.verdict).toBe('gap');
  expect(shown.stations.slice(1)).toEqual(trace.stations.slice(1));
});
