import type { CellsSetWire, MatrixCellWire, MatrixWire } from '@throughline/domain/wire-soa.ts';
import { z } from 'zod';
import { ability, day, moment, ref, unlimited } from './common.ts';
import { action } from './line.ts';
import { soaEvidence } from './soa.ts';

/** Shapes of answers on controls by systems, for the contract alone; see common.ts. */
const part = z.strictObject({ values: z.array(z.string()), of: z.array(z.int()) });

export const soaMatrix = z
  .strictObject({
    asOf: moment,
    index: z.int().nullable(),
    systems: z.strictObject({
      ref: z.array(z.string()),
      title: z.array(z.string()),
      running: z.string(),
      stage: part,
      unit: part,
      owner: part,
    }),
    rows: z.array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        decided: z.enum(['applicable', 'excluded', 'unapproved', 'none']),
        topic: z.strictObject({ id: z.string(), title: z.string() }).nullable(),
        control: ref.nullable(),
        at: z.enum(['organisation', 'system']).nullable(),
        cells: z.string(),
      }),
    ),
    abilities: z.strictObject({ export: ability, set: ability }),
  })
  .meta({ id: 'SoaMatrix' }) satisfies z.ZodType<MatrixWire>;

export const soaMatrixCell = z
  .strictObject({
    control: ref,
    system: ref,
    cell: z.string(),
    implementations: z.array(
      z.strictObject({
        record: ref,
        own: z.boolean(),
        plannedOn: day.nullable(),
        plan: z.enum(['late', 'unaccepted', 'redated', 'accepted']).nullable(),
      }),
    ),
    evidence: soaEvidence,
    unlimited: unlimited.exactOptional(),
    action: action.nullable(),
  })
  .meta({ id: 'SoaMatrixCell' }) satisfies z.ZodType<Omit<MatrixCellWire, 'action'>>;

const at = { control: z.string(), system: z.string() };

export const cellsSet = z
  .strictObject({
    made: z.int(),
    changed: z.int(),
    unchanged: z.int(),
    cells: z.array(
      z.strictObject({
        ...at,
        does: z.enum(['make', 'change', 'nothing']),
        record: z.string().nullable(),
        before: z.string().nullable(),
        after: z.string().nullable(),
      }),
    ),
    refused: z.array(z.strictObject({ ...at, reason: z.string() })),
    undo: z.array(z.strictObject({ record: z.string(), from: z.int(), to: z.int() })),
  })
  .meta({ id: 'CellsSet' }) satisfies z.ZodType<CellsSetWire>;

export const cellsRestored = z.strictObject({ restored: z.int() }).meta({ id: 'CellsRestored' });
