import { expect, test } from 'vitest';
import { stations } from '../../gallery/fixtures/trace.ts';
import {
  back,
  beginWalk,
  clockText,
  comeBack,
  compare,
  end,
  goOn,
  mark,
  note,
  pause,
  recordOf,
  reopen,
  walkedSeconds,
} from './walk-state.ts';

const start = Date.UTC(2026, 10, 21, 12);
const at = (seconds: number): number => start + seconds * 1000;

test('counts up and goes on past the five minutes', () => {
  const walk = beginWalk(start);
  expect(walkedSeconds(walk, at(161))).toBe(161);
  expect(walkedSeconds(walk, at(4000))).toBe(4000);
  expect(clockText(161)).toBe('02:41');
  expect(clockText(4000)).toBe('66:40');
});

test('leaves pauses out of the time and keeps them', () => {
  const paused = pause(beginWalk(start), at(60));
  expect(walkedSeconds(paused, at(500))).toBe(60);
  const again = goOn(paused, at(90));
  expect(again.pauses).toEqual([{ at: '2026-11-21T12:01:00.000Z', seconds: 30 }]);
  expect(walkedSeconds(again, at(100))).toBe(70);
  expect(goOn(again, at(110))).toBe(again);
});

test('marks the station, goes on, and ends after the last', () => {
  let walk = beginWalk(start);
  for (const [index] of stations.entries())
    walk = mark(walk, stations, index === 2 ? 'gap' : 'seen', at(index));
  expect(walk.endedAt).toBe(at(14));
  expect(walk.marks.ownership).toBe('gap');
  expect(walkedSeconds(walk, at(999))).toBe(14);
});

test('marking while paused goes on first, so that the pause is kept whole', () => {
  const walk = mark(pause(beginWalk(start), at(10)), stations, 'seen', at(40));
  expect(walk.pauses).toEqual([{ at: '2026-11-21T12:00:10.000Z', seconds: 30 }]);
  expect(walk.at).toBe(1);
});

test('goes back one station and never before the first', () => {
  expect(back({ ...beginWalk(start), at: 3 }).at).toBe(2);
  expect(back(beginWalk(start)).at).toBe(0);
});

test('coming back from the summary counts the time there as a pause', () => {
  const again = reopen(end(beginWalk(start), at(100)), at(130));
  expect(again.endedAt).toBeNull();
  expect(walkedSeconds(again, at(140))).toBe(110);
  expect(again.pauses).toHaveLength(1);
});

test('sets gaps seen beside gaps known, an accepted gap being known', () => {
  const walk = {
    ...beginWalk(start),
    marks: { impact: 'seen', scope: 'gap', risk: 'gap', evidence: 'gap', policy: 'seen' } as const,
  };
  const differences = compare(walk, stations).flatMap(({ id, difference }) =>
    difference === null ? [] : [`${id} ${difference}`],
  );
  expect(differences).toEqual(['scope unknown', 'impact unseen']);
});

test('keeps every station in the record, also those not looked at, with the notes', () => {
  const walked = note(mark(beginWalk(start), stations, 'seen', at(5)), 'scope', 'Saw DOC-1');
  const ended = end(walked, at(20));
  const body = recordOf(ended, compare(ended, stations), 'Fine so far');
  expect(body.seconds).toBe(20);
  expect(body.stations).toHaveLength(15);
  expect(body.stations[0]).toEqual({ station: 'scope', seen: 'seen', known: 'holds', note: 'Saw DOC-1' });
  expect(body.stations[1]?.seen).toBe('not-looked-at');
  expect(body.note).toBe('Fine so far');
});

test('time away stands among the pauses, so the clock says what was walked', () => {
  const began = beginWalk(0);
  const back = comeBack(began, 40_000, 100_000);
  expect(walkedSeconds(back, 100_000)).toBe(40);
  expect(back.pauses).toEqual([{ at: new Date(40_000).toISOString(), seconds: 60 }]);
  // A page read anew at once was not left; a pause and an end go on as they were.
  expect(comeBack(began, 40_000, 40_500)).toBe(began);
  const paused = pause(began, 10_000);
  expect(comeBack(paused, 40_000, 100_000)).toBe(paused);
  const ended = end(began, 10_000);
  expect(comeBack(ended, 40_000, 100_000)).toBe(ended);
});
