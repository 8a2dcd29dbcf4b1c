import { z } from 'zod';
import { fieldHelp, fileMeta, id, ids, requirementSource, text, texts, weight } from './common.ts';

/** One question to the organisation: a leaf clause, or the organisation-level part of a control. */
const question = z
  .strictObject({
    id,
    question: text,
    rule: text,
    kinds: ids.min(1),
    source: requirementSource,
    also: z.array(requirementSource).optional(),
    weight,
    time_bound: z.boolean(),
    interval: id.optional(),
  })
  .refine((q) => q.interval === undefined || q.time_bound, 'a question with an interval is time-bound');

export const organisationLine = z.strictObject({
  meta: z.strictObject({
    ...fileMeta('organisation-line'),
    counts: z.strictObject({ clauses: z.int(), controls: z.int() }),
    verdicts: text,
    field_help: fieldHelp,
    notes: texts,
  }),
  clauses: z.array(question),
  controls: z.array(question),
});
