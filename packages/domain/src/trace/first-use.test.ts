import { expect, test } from 'vitest';
import { record, system } from '../../test/trace/kit.ts';
import { firstUse } from './first-use.ts';
import type { TraceRecord } from './inputs.ts';

const today = '2026-11-21';
const first = (...records: readonly TraceRecord[]) => firstUse(records, today, (at) => at.slice(0, 10));
const version = (state: string, liveFrom?: string) =>
  record('system-version', 'ver-1', { state, fields: liveFrom ? { liveFrom } : {} });
const planned = system({ state: 'design-development', fields: { liveSince: '2027-01-01' } });

test('of versions, uses and the system the one that began first counts', () => {
  const use = record('use-case', 'uc-1', { state: 'in-use', fields: { liveSince: '2026-05-01' } });
  expect(first(system(), version('replaced', '2026-01-10'), use)).toBe('2026-01-10');
  expect(first(use, version('live', '2026-06-01'))).toBe('2026-05-01');
});

test('what runs without a day, or says one that is still to come, ran when the register learnt of it', () => {
  expect(first(planned, version('live'))).toBe('2026-03-01');
  expect(first(version('live', '2027-01-01'))).toBe('2026-03-01');
});

test('nothing has begun where nothing runs and no day has come', () => {
  expect(first(planned, version('built', '2027-01-01'), version('built'))).toBeNull();
  expect(first()).toBeNull();
});
