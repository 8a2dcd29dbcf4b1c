import { z } from 'zod';
import { verdicts } from '../vocabulary.ts';
import { fieldHelp, fileMeta, id, ids, requirementSource, stationId, text, texts, weight } from './common.ts';

const rule = z
  .strictObject({
    id: id.regex(/^[A-Z]{2}\d+$/, 'a rule is named by two letters and a number'),
    text,
    source: requirementSource,
    weight,
    /** True where time alone can turn the rule. */
    time_bound: z.boolean(),
    /** Calendar entry whose adopted length is used. */
    interval: id.optional(),
    refs: ids.min(1),
  })
  .refine((r) => r.interval === undefined || r.time_bound, 'a rule with an interval is time-bound')
  .refine((r) => r.source !== 'advice' || r.weight === 'opportunity', 'advice always weighs as opportunity');

const station = z.strictObject({
  id: stationId,
  order: z.int().positive(),
  name: text,
  question: text,
  kinds: ids.min(1),
  serves: ids.min(1),
  rules: z.array(rule).min(1),
});

export const stations = z.strictObject({
  meta: z.strictObject({
    ...fileMeta('stations'),
    order: z.array(stationId),
    verdicts: z.record(z.enum(verdicts), text),
    field_help: fieldHelp,
    general_rules: texts,
    live: text,
  }),
  stations: z.array(station),
});
