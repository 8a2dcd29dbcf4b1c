import { z } from 'zod';
import { nistFunctions } from '../vocabulary.ts';
import { fileMeta, id, ids, text, texts } from './common.ts';

const summarised = (pattern: RegExp) =>
  z.array(z.strictObject({ id: id.regex(pattern, 'not an id of the AI RMF'), summary: text }));

export const nistAiRmf = z.strictObject({
  meta: z.strictObject({
    ...fileMeta('nist-ai-rmf'),
    framework: text,
    status: text,
    cross_checked_in: ids,
    counts: z.strictObject({
      functions: z.int(),
      categories: z.int(),
      subcategories: z.int(),
      GOVERN: z.int(),
      MAP: z.int(),
      MEASURE: z.int(),
      MANAGE: z.int(),
    }),
    count_notes: texts,
    text_policy: text,
    related: texts,
  }),
  functions: z.array(z.strictObject({ id: z.enum(nistFunctions), summary: text })),
  categories: summarised(/^(GOVERN|MAP|MEASURE|MANAGE) \d+$/),
  subcategories: summarised(/^(GOVERN|MAP|MEASURE|MANAGE) \d+\.\d+$/),
});
