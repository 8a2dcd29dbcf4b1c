import { expect, test } from 'vitest';
import { gap, stations } from '../gallery/fixtures/trace.ts';
import { firstActionable, gapId, opensByItself, orderGaps, standsSince, turnsBetween } from './gap-order.ts';

const rules = (gaps: readonly { rule: string }[]): string[] => gaps.map(({ rule }) => rule);

test('puts gaps that can be acted on before those that fall with another, then heavier, then older', () => {
  const sentence = ['x'];
  const ordered = orderGaps([
    gap({ rule: 'caused', sentence, causedBy: { station: 'impact' }, since: '2020-01-01' }),
    gap({ rule: 'undated', sentence, since: null }),
    gap({ rule: 'young', sentence, since: '2026-11-03' }),
    gap({ rule: 'minor', sentence, weight: 'minor', since: '2019-01-01' }),
    gap({ rule: 'old', sentence, since: '2026-01-01' }),
  ]);
  expect(rules(ordered)).toEqual(['old', 'young', 'undated', 'minor', 'caused']);
});

test('gives the primary button to the first gap of the page that somebody here may act on', () => {
  const impact = stations.find(({ id }) => id === 'impact');
  expect(firstActionable(stations)).toBe(impact?.gaps[0] && gapId('impact', impact.gaps[0]));
  const correction = stations.filter(({ id }) => id === 'correction');
  expect(firstActionable(correction)).toBeNull();
});

test('opens what asks for something and leaves the rest folded', () => {
  expect(stations.filter(opensByItself).map(({ id }) => id)).toEqual([
    'impact',
    'information',
    'operation',
    'evidence',
    'correction',
  ]);
});

test('a station stands since its oldest dated gap', () => {
  const sentence = ['x'];
  const gaps = ['2026-05-01', null, '2026-03-01'].map((since) => gap({ rule: 'r', sentence, since }));
  expect(standsSince(gaps)).toBe('2026-03-01');
  expect(standsSince([])).toBeNull();
});

test('names the stations that turned between two answers', () => {
  const after = stations.map((station) =>
    station.id === 'impact' ? { ...station, verdict: 'holds' as const } : station,
  );
  expect(turnsBetween(stations, after)).toEqual([
    { id: 'impact', order: 7, name: 'Impact', verdict: 'holds' },
  ]);
  expect(turnsBetween(stations, stations)).toEqual([]);
});

test('a station that holds for everybody opens for whom something sealed is said of it', () => {
  const holds = { verdict: 'holds', gaps: [] } as const;
  expect(opensByItself(holds)).toBe(false);
  expect(opensByItself({ ...holds, sealed: { gaps: [], unverifiable: [] } })).toBe(true);
});
