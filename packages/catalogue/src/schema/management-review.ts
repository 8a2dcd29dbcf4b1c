import { z } from 'zod';
import { fileMeta, id, ids, text, texts } from './common.ts';

export const managementReview = z.strictObject({
  meta: z.strictObject({ ...fileMeta('management-review'), clause: id, cross_checked_in: ids, note: text }),
  general: z.array(z.strictObject({ id, clause: id, text })),
  required_inputs: z.array(
    z.strictObject({ id, clause: id, name: text, summary: text, data_from: ids.min(1) }),
  ),
  recommended_inputs: z.array(z.strictObject({ id, name: text, why: text, data_from: ids.min(1) })),
  required_outputs: z.array(z.strictObject({ id, clause: id, name: text, creates: ids.min(1) })),
  source_outputs: z.array(z.strictObject({ id, source: id, name: text, creates: ids.min(1) })),
  grading: texts,
  record_fields: z.array(
    z.strictObject({ id, type: id, required: z.boolean(), values: ids.optional(), rule: text.optional() }),
  ),
  completeness_rules: texts,
});
