import { type PublishedStatement, publishedFormat } from '@throughline/domain/soa/published.ts';
import { z } from 'zod';

const count = z.int().min(0);
const row = z.strictObject({
  id: z.string(),
  title: z.string(),
  topic: z.string().nullable(),
  decided: z.enum(['applicable', 'excluded', 'unapproved', 'none']),
  line: z.string().nullable(),
  reasons: z.array(z.string()),
  sources: z.array(z.strictObject({ reason: z.string(), count, refs: z.array(z.string()) })),
  justification: z.string().nullable(),
  decidedOn: z.string().nullable(),
  place: z
    .strictObject({
      at: z.string(),
      state: z.enum(['in-place', 'partly', 'planned', 'missing', 'no-systems']),
      inPlace: count,
      of: count,
    })
    .nullable(),
  test: z.strictObject({ ref: z.string(), on: z.string(), conclusion: z.string() }).nullable(),
  faults: z.array(z.string()),
});
const shape = z.strictObject({
  format: z.literal(publishedFormat),
  asOf: z.string(),
  counts: z.strictObject({
    annexA: count,
    annexADecided: count,
    own: count,
    applicable: count,
    excluded: count,
    open: count,
    contradictions: count,
    withoutPlan: count,
    leftOut: count,
    runningSystems: count,
  }),
  rows: z.array(row),
}) satisfies z.ZodType<PublishedStatement>;

/** A published file as it was written; nothing for a file of somebody's own that a document carries. */
export function readPublished(text: string): PublishedStatement | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null; // Whatever is no JSON was not published here.
  }
  const read = shape.safeParse(json);
  return read.success ? read.data : null;
}
