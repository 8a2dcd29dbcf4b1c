import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { describe, expect, test } from 'vitest';
import { readAnswers } from './answers.ts';
import { classify } from './classify.ts';
import { ruleSetOf } from './rule-set.ts';

const catalogue = loadCatalogue();
const { euAiAct } = catalogue;
const ruleSet = ruleSetOf(catalogue);
const today = '2026-11-21';
const answered = (sent: Readonly<Record<string, unknown>>) =>
  classify(ruleSet, readAnswers(euAiAct.facts, ruleSet.annexIII, sent), today);
const sorted = (ids: readonly string[]) => [...ids].sort();

describe('cases of the catalogue', () => {
  test.each(euAiAct.test_cases)('$id $name', (one) => {
    const result = answered(one.facts);
    const by = new Map(result.obligations.map((obligation) => [obligation.id, obligation]));
    expect(sorted(result.outcomes)).toEqual(sorted(one.expect));
    expect(result.contradictions.map(({ id }) => id)).toEqual(one.expect_error ?? []);
    if (one.expect_at_least) expect(sorted(result.atLeast)).toEqual(sorted(one.expect_at_least));
    if (one.expect_alerts) expect(sorted(result.alerts)).toEqual(sorted(one.expect_alerts));
    if (one.expect_needed) expect(result.needed).toEqual(one.expect_needed);
    for (const id of one.expect_obligations_include ?? []) expect(by.get(id)?.status ?? id).not.toBe(id);
    for (const id of one.expect_obligations_exclude ?? []) expect(by.has(id), id).toBe(false);
    for (const [id, status] of Object.entries(one.expect_status ?? {}))
      expect(by.get(id)?.status, id).toBe(status);
    for (const [id, from] of Object.entries(one.expect_from ?? {})) expect(by.get(id)?.from, id).toBe(from);
    if (one.expect_carve_outs)
      expect(sorted(result.carveOuts.map(({ id }) => id))).toEqual(sorted(one.expect_carve_outs));
  });
});
