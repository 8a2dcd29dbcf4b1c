import { z } from 'zod';
import { nonconformityStates } from '../vocabulary-assessment.ts';
import { duration, fileMeta, id, ids, text, texts } from './common.ts';

const state = z.enum(nonconformityStates);

const field = z.strictObject({
  id,
  type: id,
  required: z.union([z.boolean(), z.literal('conditional')]),
  values: ids.optional(),
  note: text.optional(),
  rule: text.optional(),
});

export const nonconformity = z.strictObject({
  meta: z.strictObject({ ...fileMeta('nonconformity'), clause: id, cross_checked_in: ids }),
  words: z.record(z.string(), text),
  steps: z.array(z.strictObject({ id, name: text, summary: text, state })),
  records_to_keep: texts,
  grades: z.array(
    z.strictObject({
      id: z.enum(['major', 'minor', 'opportunity']),
      counts: z.boolean(),
      goes_to: id.optional(),
      rule: text.optional(),
    }),
  ),
  states: z.array(state),
  transitions: z.array(
    z.strictObject({ from: state, to: state, requires: ids.min(1), note: text.optional() }),
  ),
  time_limits: z.strictObject({
    nature: text,
    stages: z.array(z.strictObject({ stage: id, major: duration, minor: duration })),
    rule: text,
  }),
  fields: z.array(field),
  certification_body: z.strictObject({ note: text }),
  figures: texts,
  incident_link: z.strictObject({ note: text }),
});
