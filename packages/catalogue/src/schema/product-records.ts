import { z } from 'zod';
import { fieldHelp, fileMeta, id, ids, scope, text, texts } from './common.ts';

const kind = z.strictObject({
  id: id.regex(/^[a-z]+(-[a-z]+)*$/, 'a kind is named in lower case with hyphens'),
  label: text,
  scope,
  holds: text,
  clauses: ids.min(1),
});

export const productRecords = z.strictObject({
  meta: z.strictObject({
    ...fileMeta('product-records'),
    status: text,
    counts: z.strictObject({ kinds: z.int() }),
    field_help: fieldHelp,
    notes: texts,
  }),
  kinds: z.array(kind),
});
