import {
  firstFormat,
  type PublishedStatement,
  publishedFormat,
  secondFormat,
} from '@throughline/domain/soa/published.ts';
import { z } from 'zod';

const count = z.int().min(0);
const several = { count, refs: z.array(z.string()) };
const row = {
  id: z.string(),
  title: z.string(),
  topic: z.string().nullable(),
  decided: z.enum(['applicable', 'excluded', 'unapproved', 'none']),
  line: z.string().nullable(),
  reasons: z.array(z.string()),
  sources: z.array(z.strictObject({ reason: z.string(), ...several })),
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
  faults: z.array(z.string()),
};
const tested = { ref: z.string(), on: z.string(), conclusion: z.string() };
const earlierTest = z
  .strictObject(tested)
  .transform((read) => ({ ...read, tester: null }))
  .nullable();
const test = z.strictObject({ ...tested, tester: z.string().nullable() });
const tests = z.strictObject({
  ...{ of: count, effective: count, partly: count, failed: count, untested: count, count },
  first: z.array(test),
});
const evidence = z.strictObject({
  ...several,
  ...{ stale: count.nullable(), aside: count.nullable(), to: z.string().nullable() },
});
const more = {
  contradictions: count.nullable(),
  // Kept since rows are known by their records; what was published before says none.
  control: z.string().nullable().default(null),
  objective: z.string().nullable(),
  owner: z.string().nullable(),
  implementedBy: z.strictObject(several).nullable(),
  nextTest: z.string().nullable(),
};
const head = {
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
};

const whose = {
  index: z.int().min(-1).nullable(),
  organisation: z.string().nullable(),
  scope: z.string().nullable(),
};
const third = z.strictObject({
  ...head,
  ...whose,
  format: z.literal(publishedFormat),
  rows: z.array(
    z.strictObject({
      ...{ ...row, ...more },
      ...{ test: test.nullable(), tests: tests.nullable(), evidence: evidence.nullable() },
    }),
  ),
}) satisfies z.ZodType<PublishedStatement>;

const notKept = { stale: null, aside: null, to: null };
const second = z
  .strictObject({
    ...head,
    ...whose,
    format: z.literal(secondFormat),
    rows: z.array(
      z.strictObject({
        ...{ ...row, ...more },
        ...{ test: earlierTest, evidence: z.strictObject(several).nullable() },
      }),
    ),
  })
  .transform(
    (read): PublishedStatement => ({
      ...read,
      rows: read.rows.map((one) => ({
        ...{ ...one, tests: null },
        evidence: one.evidence && { ...one.evidence, ...notKept },
      })),
    }),
  );

const notSaid = {
  ...{ contradictions: null, control: null, objective: null, owner: null },
  ...{ implementedBy: null, evidence: null, tests: null, nextTest: null },
};
const first = z
  .strictObject({
    ...head,
    format: z.literal(firstFormat),
    rows: z.array(z.strictObject({ ...row, test: earlierTest })),
  })
  .transform(
    (read): PublishedStatement => ({
      ...read,
      ...{ index: null, organisation: null, scope: null },
      rows: read.rows.map((one) => ({ ...one, ...notSaid })),
    }),
  );

/** A published file as it was written; nothing for a file of somebody's own that a document carries. */
export function readPublished(text: string): PublishedStatement | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null; // Whatever is no JSON was not published here.
  }
  const read = z.union([third, second, first]).safeParse(json);
  return read.success ? read.data : null;
}
