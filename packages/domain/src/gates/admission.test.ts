import { expect, test } from 'vitest';
import { record, system, today } from '../../test/trace/kit.ts';
import type { Json } from '../json.ts';
import type { TraceRecord } from '../trace/inputs.ts';
import { zoneOf } from '../trace/zone.ts';
import { admissionObstacle, type FoundingApproval, managementSystemBegan } from './admission.ts';

const where = { zone: zoneOf('Europe/Dublin'), today };
const document = (fields: Record<string, Json>, at = '2026-04-01T09:00:00Z') => ({ at, fields });
const runs = (liveFrom: string | null, state = 'live') =>
  record('system-version', 'ver-1', { state, fields: { liveFrom } });
const says = (version: TraceRecord | null, stage = 'deployment', ...approvals: readonly FoundingApproval[]) =>
  admissionObstacle({ system: system({ state: stage }), version, liveDays: [], approvals }, where);

test('the management system began with the first approval of its scope or policy', () => {
  const began = (...approvals: readonly FoundingApproval[]) => managementSystemBegan(approvals, where);
  expect(began()).toBeNull();
  expect(began(document({ type: 'procedure' }))).toBeNull();
  expect(began(document({ type: 'ai-policy' }))).toBe('2026-04-01');
  expect(began(document({ type: 'other', covers: ['MD-01'] }))).toBe('2026-04-01');
  const later = document({ type: 'ai-policy' }, '2026-08-01T09:00:00Z');
  expect(began(later, document({ type: 'scope-statement' }))).toBe('2026-04-01');
});

test('what runs is admitted, and what does not is not, whatever day is typed', () => {
  expect(says(runs('2025-01-01'))).toBeUndefined();
  for (const version of [null, runs(null), runs('2025-01-01', 'built'), runs('2027-01-01')])
    expect(says(version)).toMatch(/what runs already/);
});

test('what is still being made passes its gates', () => {
  for (const stage of ['inception', 'design-development', 'verification-validation'])
    expect(says(runs('2025-01-01'), stage)).toMatch(/still being made/);
  expect(says(runs('2025-01-01'), 'operation-monitoring')).toBeUndefined();
});

test('what is younger than the management system is no old system', () => {
  const policy = document({ type: 'ai-policy' });
  expect(says(runs('2026-03-31'), 'deployment', policy)).toBeUndefined();
  for (const from of ['2026-04-01', '2026-11-01', '2026'])
    expect(says(runs(from), 'deployment', policy)).toMatch(
      /older than the management system.*1 April 2026|1 Apr 2026/,
    );
});

test('a day that is written back makes nothing older: what was said while it was live counts', () => {
  const approvals = [document({ type: 'ai-policy' })];
  const back = (...liveDays: readonly string[]) =>
    admissionObstacle(
      { system: system({ state: 'deployment' }), version: runs('2025-01-01'), liveDays, approvals },
      where,
    );
  expect(back()).toBeUndefined();
  expect(back('2025-01-01', '2026-03-31')).toBeUndefined();
  for (const days of [['2026-11-01'], ['2026-11-01', '2025-01-01'], ['2024-01-01', '2026']])
    expect(back(...days)).toMatch(/older than the management system/);
});
