import { expect, test } from 'vitest';
import { stations, trace } from '../../gallery/fixtures/trace.ts';
import { headline, supporting } from './line-words.ts';

const quiet = stations.map((station) => ({ ...station, verdict: 'holds' as const }));
const summary = { ...trace.summary, gaps: 0, holds: 15, applies: 15, notStarted: 0 };

test('counts the gaps that stop the line', () => {
  expect(headline(trace)).toBe('4 gaps stop this line');
  expect(headline({ ...trace, summary: { ...trace.summary, gaps: 1 } })).toBe('1 gap stops this line');
});

test('says until when a line without gaps holds', () => {
  expect(headline({ stations: quiet, summary: { ...summary, holdsUntil: '2026-12-04' } })).toBe(
    'This line holds until 4 Dec 2026',
  );
  expect(headline({ stations: quiet, summary: { ...summary, holdsUntil: null } })).toBe('This line holds');
});

test('never calls a line whole while a station cannot be judged', () => {
  const unjudged = quiet.map((station, index) =>
    index === 3 ? { ...station, verdict: 'unverifiable' as const } : station,
  );
  expect(headline({ stations: unjudged, summary: { ...summary, holds: 14, holdsUntil: '2026-12-04' } })).toBe(
    'No gap is known, and 1 station cannot be judged',
  );
});

test('says that nothing has begun where nothing holds yet', () => {
  const none = { ...summary, holds: 0, applies: 0, notStarted: 15 };
  expect(headline({ stations: [], summary: none })).toBe('This line has not begun');
});

test('names what holds, what does not and what falls next', () => {
  expect(supporting(trace)).toBe(
    '8 of 13 stations hold, 1 is accepted for a time, 1 cannot be judged, 1 has not started. If nobody acts, 3 Ownership is next to fall, on 4 Dec 2026.',
  );
});
