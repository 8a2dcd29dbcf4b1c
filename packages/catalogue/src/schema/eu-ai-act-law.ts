import { z } from 'zod';
import { day, duration, id, ids, text, texts } from './common.ts';
import { expression } from './expression.ts';

export const amendment = z.strictObject({
  name: text,
  status: text,
  history: z.array(z.strictObject({ date: day, event: text })),
  certain: texts,
  uncertain: texts,
});

const productLaw = z.array(z.strictObject({ id, act: text, subject: text, status: text.optional() }));
export const annexI = z.strictObject({
  section_a: productLaw,
  section_b: productLaw,
  section_b_effect: text,
});

export const annexIII = z.array(
  z.strictObject({ id, area: z.int().min(1).max(8), area_name: text, summary: text, not: text.nullable() }),
);

export const derogation = z.strictObject({
  conditions: z.array(z.strictObject({ id, summary: text })),
  override: text,
  duties: ids,
  reading_used: text,
});

/** What Art. 111(2) holds back for systems placed before the duties began. */
export const legacyEffect = z.strictObject({
  ref: text,
  basis: ids,
  affects: text,
  leaves_alone: text,
  order: text,
  rules: z.array(
    z.strictObject({
      id,
      roles: ids.optional(),
      when: expression,
      effect: z.enum(['by_date', 'dormant']),
      from_fact: id.optional(),
      from_date: day.optional(),
      says: text.optional(),
    }),
  ),
  triggers: text,
  notes: texts,
});

const effect = z.enum(['deemed_fulfilled', 'kept_elsewhere', 'may_combine']);

/** Where proof may lie under another law instead. */
export const carveOuts = z.strictObject({
  title: text,
  basis: ids,
  amended: text,
  effects: z.record(effect, text),
  when_listed: text,
  items: z.array(
    z.strictObject({
      id: id.regex(/^CO-/, 'a carve-out is named CO-…'),
      ref: text,
      obligation: id,
      roles: ids.min(1),
      when: id,
      effect,
      by: text,
      stays: texts,
      discharged_by: ids.min(1),
    }),
  ),
});

export const conformityRoutes = z.array(z.strictObject({ case: text, route: text, ref: text }));

export const registration = z.strictObject({
  A: z.strictObject({ by: text, ref: text, fields: z.int() }),
  B: z.strictObject({
    by: text,
    ref: text,
    fields_original: z.int(),
    deleted_points: z.array(z.int()),
    fields_now: z.int(),
  }),
  C: z.strictObject({ by: text, ref: text, fields: z.int() }),
  special: texts,
});

export const fria = z.strictObject({
  who: z.array(z.strictObject({ id, summary: text })),
  when: text,
  elements: z.array(z.strictObject({ id, name: text })),
  notify: text,
  dpia: text,
  from: day,
});

const referred = z.strictObject({ ref: text, summary: text });

export const seriousIncident = z.strictObject({
  definition_ref: text,
  criteria: z.array(z.strictObject({ id, summary: text })),
  clock_starts: text,
  day_type: text,
  deadlines: z.array(
    z.strictObject({ id, ref: text, max: duration, applies_if: text, also: text.optional() }),
  ),
  selection: text,
  partial_report_allowed: referred,
  recipient: z.array(z.strictObject({ case: text, to: text, ref: text })),
  narrowed_scope: z.array(referred),
  after_report: text,
  authority_reaction: duration,
  deployer_duty: referred,
  gpai_parallel: referred,
  parallel_regimes: texts,
});

export const retention = z.array(
  z.strictObject({
    id,
    ref: text,
    who: text,
    what: text,
    period: duration.optional(),
    period_min: duration.optional(),
    starts: text,
    note: text.optional(),
  }),
);

export const gpai = z.strictObject({
  definition_ref: text,
  indicative_threshold: z.strictObject({
    value: z.number(),
    unit: z.literal('FLOP'),
    basis: text,
    binding: z.boolean(),
  }),
  systemic_presumption: z.strictObject({
    value: z.number(),
    unit: z.literal('FLOP'),
    ref: text,
    rebuttable: text,
  }),
  downstream_modifier: z.strictObject({ rule: text, indicative: text, binding: z.boolean() }),
  open_source_relief: z.strictObject({ ref: text, lifts: ids, keeps: ids, not_for: id }),
  notification: z.strictObject({ ref: text, within: duration }),
  reassessment: z.strictObject({ ref: text, earliest: duration }),
  codes: texts,
  enforcement: text,
});

export const penalties = z.array(
  z.strictObject({
    ref: text,
    for: text,
    max_eur: z.int().positive().optional(),
    max_turnover_pct: z.number().positive().optional(),
    rule: z.enum(['higher_of', 'lower_of']),
  }),
);

export const standardsStatus = z.strictObject({
  observed: text,
  items: z.array(z.strictObject({ id, article: text.nullable(), status: text })),
});
