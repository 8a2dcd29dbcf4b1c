import { expect, test } from 'vitest';
import { catalogue, now, organisationInputs } from '../../test/trace/kit.ts';
import { hasAuthority } from './authority.ts';
import type { TraceAuthority } from './inputs.ts';
import { organisationFacts } from './organisation-facts.ts';

const row = (changes: Partial<TraceAuthority>): TraceAuthority => ({
  id: 'a',
  dimension: 'residual_risk',
  level: 'high',
  member: null,
  role: 'top-management',
  validFrom: '2026-01-01',
  validTo: '2026-06-30',
  ...changes,
});
const ask = (rows: readonly TraceAuthority[], changes: Partial<Parameters<typeof hasAuthority>[1]> = {}) =>
  hasAuthority(organisationFacts(organisationInputs({ organisation: { authority: rows } }), catalogue, now), {
    member: 'boss',
    dimension: 'residual_risk',
    level: 'high',
    day: '2026-05-01',
    ...changes,
  });

test('authority reaches its level and those below, by role or by person', () => {
  expect(ask([row({})])).toBe(true);
  expect(ask([row({})], { level: 'low' })).toBe(true);
  expect(ask([row({})], { level: 'severe' })).toBe(false);
  expect(ask([row({})], { member: 'ann' })).toBe(false);
  expect(ask([row({ member: 'ann', role: null })], { member: 'ann' })).toBe(true);
});

test('authority is held on the days of its row alone', () => {
  expect(ask([row({})], { day: '2025-12-31' })).toBe(false);
  expect(ask([row({})], { day: '2026-06-30' })).toBe(true);
  expect(ask([row({})], { day: '2026-07-01' })).toBe(false);
  expect(ask([row({ validTo: null })], { day: '2030-01-01' })).toBe(true);
});

test('without a row for the dimension nothing is said, and an unknown level is reached by nobody', () => {
  expect(ask([])).toBeNull();
  expect(ask([row({ dimension: 'release' })])).toBeNull();
  expect(ask([row({ level: 'severe' })], { level: 'catastrophic' })).toBe(false);
});
