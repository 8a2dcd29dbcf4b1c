import type { FallWire } from '@throughline/domain/wire-withdrawal.ts';
import { expect, test } from 'vitest';
import { fallsAlike } from './falls-alike.ts';

const system = (ref: string) => ({ id: ref, ref, kind: 'system', title: ref, state: 'live' });
const fall = (id: string, ...gaps: string[]): FallWire => ({
  ...{ id, name: id, before: 'holds', after: 'gap' },
  gaps: gaps.map((words) => [words]),
});

test('what falls in the same words is said once, for all systems; what differs stands apart', () => {
  const policy = [fall('policy', 'No approved AI policy is in force.')];
  const both = [...policy, fall('scope', 'No scope.')];
  const alike = fallsAlike([
    { system: system('SYS-1'), falls: policy },
    { system: system('SYS-2'), falls: both },
    { system: system('SYS-3'), falls: policy },
  ]);
  expect(alike.map(({ systems }) => systems.map(({ ref }) => ref))).toEqual([['SYS-1', 'SYS-3'], ['SYS-2']]);
  expect(alike[1]?.falls).toBe(both);
  expect(fallsAlike([])).toEqual([]);
});
