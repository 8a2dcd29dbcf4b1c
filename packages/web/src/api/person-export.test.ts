import { expect, test } from 'vitest';
import { documentOf } from './person-export.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const job = {
  id: 'j1',
  type: 'export-person',
  state: 'done',
  result: { member: 'm1', until: '2026-11-23T12:00:00Z' },
} as const;

test('a finished document is fetched where its job says, until it expires', () => {
  expect(documentOf(job, now)).toBe('/api/v1/members/m1/export/j1');
  expect(documentOf(job, now + 24 * 3_600_000)).toBeNull();
});

test.each([
  ['other work', { ...job, type: 'bulk' }],
  ['one that runs', { ...job, state: 'running' }],
  ['one that failed', { ...job, state: 'failed', result: { code: 'forbidden', errors: [] } }],
  ['one that says nothing', { ...job, result: null }],
  ['one that says something else', { ...job, result: ['m1'] }],
] as const)('%s has none', (_, other) => {
  expect(documentOf(other, now)).toBeNull();
});
