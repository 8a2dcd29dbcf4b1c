import { reasons } from '@throughline/domain/soa/types.ts';
import type { SoaRowWire, SoaWire } from '@throughline/domain/wire-soa.ts';
import { z } from 'zod';
import { ability, day, moment, ref } from './common.ts';
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
const testing = z.strictObject({
  of: z.int(),
  effective: z.int(),
  partly: z.int(),
  failed: z.int(),
  untested: z.int(),
  last: z.strictObject({ test: ref, on: day, conclusion: z.string() }).nullable(),
  next: day.nullable(),
});

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
    sources: z.array(z.strictObject({ reason: z.enum(reasons), count: z.int(), first: z.array(ref) })),
    typicalFor: z.array(z.string()),
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
    abilities: z.strictObject({ decide: ability, export: ability }),
  })
  .meta({ id: 'Soa' }) satisfies z.ZodType<Omit<SoaWire, 'rows'>>;
