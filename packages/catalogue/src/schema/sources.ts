import { z } from 'zod';
import { day, fileMeta, id, text, texts } from './common.ts';

const reliability = z.enum(['A', 'B', 'C', 'D']);

export const sources = z.strictObject({
  meta: z.strictObject({ ...fileMeta('sources'), retrieved: day, reliability: z.record(reliability, text) }),
  sources: z.array(
    z.strictObject({
      id: id.regex(/^S-/, 'a source is named S-…'),
      kind: z.enum(['source document', 'repository', 'search', 'page', 'reasoning', 'judgement']),
      where: text,
      what: text.optional(),
      reliability,
      used_for: text,
      note: text.optional(),
      licence: text.optional(),
    }),
  ),
  contradictions: z.array(z.strictObject({ id, topic: text, found: text, resolved: text })),
  unreliable_for_annex_a: texts,
});
