import { expect, test } from 'vitest';
import { act, record, system, today } from '../../test/trace/kit.ts';
import type { Json } from '../json.ts';
import type { TraceRecord } from '../trace/inputs.ts';
import { zoneOf } from '../trace/zone.ts';
import { admissionObstacle, managementSystemBegan } from './admission.ts';

const where = (...documents: readonly TraceRecord[]) => ({
  byKind: new Map([['document', documents]]),
  zone: zoneOf('Europe/Dublin'),
  today,
});
const document = (fields: Record<string, Json>, at = '2026-04-01T09:00:00Z') =>
  record('document', 'doc', { fields, approvals: [act('approve', { at })] });
const runs = (liveFrom: string | null, state = 'live') =>
  record('system-version', 'ver-1', { state, fields: { liveFrom } });
const says = (version: TraceRecord | null, stage = 'deployment', ...documents: readonly TraceRecord[]) =>
  admissionObstacle({ system: system({ state: stage }), version }, where(...documents));

test('the management system began with the first approval of its scope or policy, also where it was taken away', () => {
  expect(managementSystemBegan(where())).toBeNull();
  expect(managementSystemBegan(where(document({ type: 'procedure' })))).toBeNull();
  expect(managementSystemBegan(where(document({ type: 'ai-policy' })))).toBe('2026-04-01');
  expect(managementSystemBegan(where(document({ type: 'other', covers: ['MD-01'] })))).toBe('2026-04-01');
  const later = [act('approve'), act('withdraw', { at: '2026-05-01T09:00:00Z' })];
  const withdrawn = record('document', 'old', { fields: { type: 'scope-statement' }, approvals: later });
  expect(
    managementSystemBegan(where(withdrawn, document({ type: 'ai-policy' }, '2026-08-01T09:00:00Z'))),
  ).toBe('2026-04-01');
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
