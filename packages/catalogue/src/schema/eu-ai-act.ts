import { z } from 'zod';
import { day, duration, fileMeta, id, ids, text, texts } from './common.ts';
import {
  amendment,
  annexI,
  annexIII,
  carveOuts,
  conformityRoutes,
  derogation,
  fria,
  gpai,
  legacyEffect,
  penalties,
  registration,
  retention,
  seriousIncident,
  standardsStatus,
} from './eu-ai-act-law.ts';
import { expression } from './expression.ts';

const level = z.enum(['run', 'organisation', 'system', 'use_case', 'model']);

/** A question whose answer decides the class; unanswered is never read as no. */
const fact = z.strictObject({
  id,
  group: id,
  level,
  type: z.enum(['bool', 'enum', 'multi', 'date', 'number']),
  article: text.nullable(),
  default: z.literal('today').optional(),
  required: z.union([z.literal('always'), z.strictObject({ when: expression })]),
  ask: text,
  help: text.optional(),
  /** A case or two in plain words, never text of the law. */
  example: text.optional(),
  values: ids.optional(),
  values_from: z.literal('annex_iii').optional(),
  values_also: ids.optional(),
  special: ids.optional(),
});

const inputCheck = z.union([
  z.strictObject({ id, invalid_when_none_has_company: z.literal(true), says: text }),
  z.strictObject({ id, invalid_when: expression, says: text }),
]);

const outcome = z.strictObject({
  id,
  label: text,
  severity: z.int().min(0).max(100).nullable(),
  set_by: z.literal('evaluation').optional(),
  note: text.optional(),
});

const rule = z.strictObject({
  id,
  article: text,
  when: expression,
  set: ids,
  stop: z.literal(true).optional(),
  note: text.optional(),
});

const obligation = z.strictObject({
  id: id.regex(/^OB-/, 'an obligation is named OB-…'),
  article: text,
  title: text,
  roles: ids.min(1),
  /** Named condition under which it is listed. */
  when: id,
  regime: z.literal('high_risk').optional(),
  /** From which day, by ground or variant (semantics > applies_from). */
  from: z.partialRecord(
    z.enum(['default', 'annex_iii', 'annex_i', 'legacy', 'placed_before_2026_08_02']),
    day,
  ),
  formal_from: day.optional(),
  date_certainty: z.literal('disputed').optional(),
  deadline: duration.optional(),
  retention: duration.optional(),
  retention_min: duration.optional(),
  summary: text,
  note: text.optional(),
  discharged_by: ids.min(1),
});

const answer = z.union([z.boolean(), z.number(), z.string(), z.array(z.string())]);

/** Answers with the result they must lead to; data for the tests of whoever evaluates the rules. */
const testCase = z.strictObject({
  id,
  name: text,
  facts: z.record(z.string(), answer),
  expect: ids,
  expect_error: ids.optional(),
  expect_at_least: ids.optional(),
  expect_alerts: ids.optional(),
  expect_needed: ids.optional(),
  expect_obligations_include: ids.optional(),
  expect_obligations_exclude: ids.optional(),
  expect_status: z.record(z.string(), z.enum(['applies', 'upcoming', 'dormant'])).optional(),
  expect_from: z.record(z.string(), day).optional(),
  expect_carve_outs: ids.optional(),
});

const semantics = z.strictObject({
  truth: text,
  answers: z.record(z.string(), text),
  expressions: z.record(z.string(), text),
  evaluation: texts,
  required: z.strictObject({ always: text, when: text, rule_of_design: text }),
  level: text,
  roles: text,
  result_fields: ids,
  status_values: ids,
  obligations: text,
  applies_from: text,
  from_variants: z.strictObject({ legacy: expression, placed_before_2026_08_02: expression }),
  obligation_status: z.strictObject({ applies: text, upcoming: text, dormant: text, order: text }),
  test_case_fields: z.record(z.string(), text),
});

export const euAiAct = z.strictObject({
  meta: z.strictObject({
    ...fileMeta('eu-ai-act'),
    rule_set_version: text,
    law: text,
    consolidated_version: text,
    basis: ids,
    not_legal_advice: z.literal(true),
    text_policy: text,
    warning: text,
  }),
  amendment_2026_1744: amendment,
  timeline: z.array(z.strictObject({ id, date: day, original: day.nullable(), applies: text, ref: text })),
  semantics,
  facts: z.array(fact),
  input_checks: z.array(inputCheck),
  prohibited_practices: z.array(
    z.strictObject({ id, ref: text, from: day, name: text, summary: text, exception: text.nullable() }),
  ),
  annex_i: annexI,
  annex_iii: annexIII,
  derogation_art_6_3: derogation,
  outcomes: z.array(outcome),
  rules: z.array(rule),
  conditions: z.record(z.string(), expression),
  legacy_effect: legacyEffect,
  carve_outs: carveOuts,
  roles: z.array(z.strictObject({ id, ref: text, summary: text })),
  value_chain_art_25: z.array(z.strictObject({ id, ref: text, effect: id, summary: text })),
  substantial_modification: z.strictObject({ ref: text, test: texts, not: text }),
  obligations: z.array(obligation),
  conformity_routes: conformityRoutes,
  registration_annex_viii: registration,
  fria_art_27: fria,
  serious_incident_art_73: seriousIncident,
  retention,
  gpai,
  penalties,
  standards_status: standardsStatus,
  test_cases: z.array(testCase),
});
