import { comparedParts } from '@throughline/domain/soa/compare.ts';
import { reasons } from '@throughline/domain/soa/types.ts';
import type {
  SoaComparisonWire,
  SoaEvidencesWire,
  SoaEvidenceWire,
  SoaRowWire,
  SoaVersionsWire,
  SoaWire,
} from '@throughline/domain/wire-soa.ts';
import { z } from 'zod';
import { ability, day, id, moment, ref, unlimited } from './common.ts';
import { action, sentence } from './line.ts';

/** Shapes of answers on the Statement of Applicability, for the contract alone; see common.ts. */
const placing = z.strictObject({
  at: z.enum(['organisation', 'system']),
  state: z.enum(['in-place', 'partly', 'planned', 'missing', 'no-systems']),
  of: z.int(),
  inPlace: z.int(),
  partly: z.int(),
  planned: z.int(),
  missing: z.int(),
  deviations: z.int(),
});
const tested = z.strictObject({
  test: ref,
  on: day,
  conclusion: z.string(),
  tester: z.string().nullable(),
});
const testing = z.strictObject({
  of: z.int(),
  effective: z.int(),
  partly: z.int(),
  failed: z.int(),
  untested: z.int(),
  last: tested.nullable(),
  tests: z.strictObject({ count: z.int(), first: z.array(tested) }),
  next: day.nullable(),
});

const several = { count: z.int(), first: z.array(ref) };

export const soaEvidence = z
  .strictObject({
    current: z.int(),
    stale: z.int(),
    aside: z.int(),
    newest: z.strictObject({ record: ref, to: day }).nullable(),
    first: z.array(ref),
  })
  .meta({ id: 'SoaEvidence' }) satisfies z.ZodType<SoaEvidenceWire>;

export const soaEvidences = z.strictObject({
  asOf: moment,
  controls: z.record(z.string(), soaEvidence),
}) satisfies z.ZodType<SoaEvidencesWire>;

export const soaRow = z
  .strictObject({
    id: z.string(),
    item: z.string().nullable(),
    topic: z.strictObject({ id: z.string(), title: z.string() }).nullable(),
    title: z.string(),
    objective: z.string().nullable(),
    control: ref.nullable(),
    line: ref.nullable(),
    decided: z.enum(['applicable', 'excluded', 'unapproved', 'none']),
    says: z.enum(['applicable', 'excluded']).nullable(),
    reasons: z.array(z.string()),
    justification: z.string().nullable(),
    decidedOn: day.nullable(),
    sources: z.array(z.strictObject({ reason: z.enum(reasons), ...several })),
    typicalFor: z.array(z.string()),
    owner: z.string().nullable(),
    implementedBy: z.strictObject(several),
    evidence: soaEvidence.nullable(),
    placing: placing.nullable(),
    testing: testing.nullable(),
    faults: z.array(
      z.strictObject({
        code: z.string(),
        type: z.enum(['contradiction', 'gap']),
        sentence,
        records: z.array(ref),
      }),
    ),
    action: action.nullable(),
  })
  .meta({ id: 'SoaRow' }) satisfies z.ZodType<Omit<SoaRowWire, 'action'>>;

export const adopted = z.strictObject({ adopted: z.int() });

export const soa = z
  .strictObject({
    asOf: moment,
    index: z.int(),
    past: z.boolean(),
    organisation: z.string(),
    scope: ref.nullable(),
    counts: z.strictObject({
      annexA: z.int(),
      annexADecided: z.int(),
      own: z.int(),
      applicable: z.int(),
      excluded: z.int(),
      open: z.int(),
      contradictions: z.int(),
      withoutPlan: z.int(),
      leftOut: z.int(),
      runningSystems: z.int(),
    }),
    rows: z.array(soaRow),
    unlimited: unlimited.exactOptional(),
    abilities: z.strictObject({ decide: ability, export: ability }),
  })
  .meta({ id: 'Soa' }) satisfies z.ZodType<Omit<SoaWire, 'rows'>>;

export const soaVersions = z
  .strictObject({
    document: ref.nullable(),
    inForce: z.int().nullable(),
    versions: z.array(
      z.strictObject({
        version: z.int(),
        at: moment,
        by: z.string().nullable(),
        digest: z.string(),
        file: id,
      }),
    ),
    abilities: z.strictObject({ publish: ability }),
  })
  .meta({ id: 'SoaVersions' }) satisfies z.ZodType<SoaVersionsWire>;

const refs = { count: z.int(), refs: z.array(z.string()) };

const publishedTest = z.strictObject({
  ref: z.string(),
  on: z.string(),
  conclusion: z.string(),
  tester: z.string().nullable(),
});

const published = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    control: z.string().nullable(),
    topic: z.string().nullable(),
    decided: z.enum(['applicable', 'excluded', 'unapproved', 'none']),
    line: z.string().nullable(),
    reasons: z.array(z.string()),
    sources: z.array(z.strictObject({ reason: z.string(), ...refs })),
    justification: z.string().nullable(),
    decidedOn: z.string().nullable(),
    place: z
      .strictObject({ at: z.string(), state: placing.shape.state, inPlace: z.int(), of: z.int() })
      .nullable(),
    test: publishedTest.nullable(),
    tests: z
      .strictObject({
        ...{ of: z.int(), effective: z.int(), partly: z.int(), failed: z.int(), untested: z.int() },
        ...{ count: z.int(), first: z.array(publishedTest) },
      })
      .nullable(),
    faults: z.array(z.string()),
    contradictions: z.int().nullable(),
    objective: z.string().nullable(),
    owner: z.string().nullable(),
    implementedBy: z.strictObject(refs).nullable(),
    evidence: z
      .strictObject({
        ...refs,
        ...{ stale: z.int().nullable(), aside: z.int().nullable(), to: z.string().nullable() },
      })
      .nullable(),
    nextTest: z.string().nullable(),
  })
  .meta({ id: 'PublishedSoaRow' });

export const soaComparison = z
  .strictObject({
    from: z.strictObject({ version: z.int(), asOf: moment }),
    to: z.strictObject({ version: z.int().nullable(), asOf: moment }),
    added: z.array(published),
    removed: z.array(published),
    changed: z.array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        parts: z.array(z.enum(comparedParts)),
        before: published,
        after: published,
      }),
    ),
    same: z.int(),
  })
  .meta({ id: 'SoaComparison' }) satisfies z.ZodType<SoaComparisonWire>;
