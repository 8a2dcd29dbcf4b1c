import type { JobWire } from '@throughline/domain/wire.ts';
import { expect, test } from 'vitest';
import { bulkOutcome, endedSince, jobText, timeLeft } from './job-progress.ts';

const job = (over: Partial<JobWire>): JobWire => ({
  id: 'a',
  type: 'import',
  state: 'running',
  done: 500,
  total: 2000,
  message: 'Importing',
  startedAt: '2026-11-21T12:00:00Z',
  endedAt: null,
  result: null,
  ...over,
});
const at = (seconds: number): number => Date.UTC(2026, 10, 21, 12, 0, seconds);

test('guesses the time left from the pace, and only after three seconds', () => {
  expect(timeLeft(job({}), at(2))).toBeNull();
  expect(timeLeft(job({}), at(10))).toBe('about 30 s left');
  expect(timeLeft(job({ done: 50 }), at(10))).toBe('about 7 min left');
  expect(timeLeft(job({ total: null }), at(10))).toBeNull();
  expect(timeLeft(job({ state: 'done' }), at(10))).toBeNull();
});

test('names what ended between two looks, once', () => {
  const before = [job({ id: 'a' }), job({ id: 'b', state: 'done' }), job({ id: 'c', state: 'waiting' })];
  const now = [
    job({ id: 'a', state: 'done' }),
    job({ id: 'b', state: 'done' }),
    job({ id: 'c', state: 'running' }),
  ];
  expect(endedSince(before, now).map(({ id }) => id)).toEqual(['a']);
});

test('says what a job does, also when it has no message any more', () => {
  expect(jobText({ type: 'import.apply', message: 'Writing the records' })).toBe('Writing the records');
  expect(jobText({ type: 'import.apply', message: '' })).toBe('Import');
  expect(jobText({ type: 'weave', message: '' })).toBe('Long work');
});

test('a change of many records tells what it came to, and why some refused', () => {
  const result = {
    counts: { applied: 2130, unchanged: 1, refused: 2 },
    refused: [
      { id: 'a', ref: 'SYS-4', title: 'Claims triage', reason: 'This record is archived.' },
      { id: 'b', reason: 'You cannot see this, or it does not exist.' },
    ],
  };
  expect(bulkOutcome({ type: 'bulk', result })).toEqual({
    sentence: '2,130 records changed. 1 is so already. 2 refused.',
    refusals: [
      { id: 'a', name: 'SYS-4 Claims triage', reason: 'This record is archived.' },
      { id: 'b', name: 'b', reason: 'You cannot see this, or it does not exist.' },
    ],
  });
  expect(bulkOutcome({ type: 'bulk', result: null })).toBeNull();
  expect(bulkOutcome({ type: 'apply-import', result })).toBeNull();
});

test('what a change would do is told apart from one, and its end is told where it was asked', () => {
  const type = 'bulk-dry-run';
  const result = { counts: { applied: 1, unchanged: 0, refused: 300 }, refused: [], voided: 2, stale: 3 };
  expect(bulkOutcome({ type, result })).toEqual({
    sentence: '1 record would change. 300 refused.',
    refusals: [],
  });
  expect(jobText({ type, message: '' })).toBe('What a change of many records would do');
  expect(jobText({ type: 'bulk', message: '' })).toBe('Change of many records');
  const [before, now] = [[job({ type })], [job({ type, state: 'done' })]];
  expect(endedSince(before, now)).toEqual([]);
});
