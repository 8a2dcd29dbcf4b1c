import { withBrokenProofs } from '@throughline/domain/broken-proofs.ts';
import { expect, test } from 'vitest';
import { trace as fixture } from '../gallery/fixtures/trace.ts';
import type { Fault } from '../proof/faults.ts';
import { withWays } from './broken.ts';
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
  known: null,
  message: 'does not have the digest that its entry names',
  ...over,
});
const at = fixture.stations.findIndex(({ records, gaps }) => records.length > 0 && gaps.length > 0);
const [altered] = fixture.stations[at]?.records ?? [];
if (altered === undefined) throw new Error('The fixture has no station with records and gaps.');
/** As the server answers: with the gap, and without the way to the entry, which is the page's. */
const answered = withBrokenProofs(
  fixture,
  [fault(altered.ref)],
  fixture.stations.map(({ records }) => records),
);

test('a line whose records match the log stays as it was judged', () => {
  expect(withWays(fixture, [fault('RSK-9999')]).stations).toEqual(fixture.stations);
});

test('the gap of a record that does not match the log comes first, and leads to the entry', () => {
  const [gap] = orderGaps(withWays(answered, [fault(altered.ref)]).stations[at]?.gaps ?? []);
  expect(sentenceText(gap?.sentence ?? [])).toBe(
    `${altered.ref} was changed outside Throughline: it does not match the log.`,
  );
  expect(gap).toMatchObject({ way: { label: 'Open entry 1,204', href: '/log?entry=1204' } });
});

test.each([
  ['whose fault concerns no entry', [fault(altered.ref, { entries: null })]],
  ['whose fault the reader may not see', []],
])('a record %s leads to the verification', (_, faults) => {
  const [gap] = orderGaps(withWays(answered, faults).stations[at]?.gaps ?? []);
  expect(gap).toMatchObject({ way: { href: '/log/verify' } });
});

test('no other gap is given a way', () => {
  const shown = withWays(answered, [fault(altered.ref)]);
  const others = shown.stations.flatMap(({ gaps }) => gaps.filter(({ rule }) => rule !== 'log-proof'));
  expect(others).toEqual(fixture.stations.flatMap(({ gaps }) => gaps));
});
