import type {
  ImportCellWire,
  ImportColumnWire,
  ImportCountsWire,
  ImportFitWire,
  ImportMissingWire,
  ImportPreviewWire,
  ImportRowWire,
  ImportWire,
  RawRowWire,
} from '@throughline/domain/wire-import.ts';
import type { ImportProfileWire, ImportSummaryWire } from '@throughline/domain/wire-pages.ts';
import { z } from 'zod';
import * as common from './common.ts';

const state = z.enum(['analysed', 'applied', 'undone']);

const column = z
  .strictObject({
    index: z.int(),
    header: z.string(),
    samples: z.array(z.string()),
    filled: z.int(),
    target: z.string().nullable(),
    confidence: z.enum(['sure', 'likely', 'unsure', 'unused']),
    why: z.string(),
    dateOrder: z.enum(['month-first', 'day-first']).nullable().exactOptional(),
    dates: z.strictObject({ monthFirst: z.int(), dayFirst: z.int() }).exactOptional(),
    decimal: z.enum(['point', 'comma']).exactOptional(),
    values: common.words.exactOptional(),
  })
  .meta({ id: 'ImportColumn' }) satisfies z.ZodType<ImportColumnWire>;

const counts = z
  .strictObject({
    added: z.int(),
    changed: z.int(),
    unchanged: z.int(),
    missing: z.int(),
    stays: z.int(),
    coerced: z.int(),
    rejected: z.int(),
  })
  .meta({ id: 'ImportCounts' }) satisfies z.ZodType<ImportCountsWire>;

const fit = z
  .strictObject({
    kind: z.string(),
    profile: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
    placed: z.int(),
    of: z.int(),
    sureness: z.enum(['sure', 'likely', 'unsure']),
    why: z.array(z.string()),
  })
  .meta({ id: 'ImportFit' }) satisfies z.ZodType<ImportFitWire>;

const missing = common.ref
  .extend({ whyItStays: z.string().exactOptional() })
  .meta({ id: 'ImportMissing' }) satisfies z.ZodType<ImportMissingWire>;

export const analysed = z
  .strictObject({
    id: common.id,
    kind: z.string(),
    file: z.strictObject({
      name: z.string(),
      size: z.int(),
      encoding: z.string().nullable(),
      delimiter: z.string().nullable(),
      sheet: z.string().nullable(),
      sheets: z.array(z.strictObject({ name: z.string(), rows: z.int() })),
      rows: z.int(),
      headerRow: z.int(),
    }),
    columns: z.array(column),
    profile: z.string().nullable(),
    source: z.string(),
    identity: z.array(z.string()),
    notes: z.array(z.string()),
    forms: z.string().nullable(),
    fits: z.array(fit),
    better: fit.nullable(),
    state,
    appliedAt: common.moment.nullable(),
    counts: counts.nullable(),
    undoable: common.ability,
    stayed: z.array(missing),
    inUse: z.int(),
  })
  .meta({ id: 'Import' }) satisfies z.ZodType<ImportWire>;

const row = z
  .strictObject({
    row: z.int(),
    title: z.string(),
    ref: z.string().nullable(),
    changes: z.array(z.strictObject({ part: z.string(), before: z.json(), after: z.json() })),
  })
  .meta({ id: 'ImportRow' }) satisfies z.ZodType<ImportRowWire>;

const cell = z
  .strictObject({ row: z.int(), column: z.string(), raw: z.string(), parsed: z.json(), message: z.string() })
  .meta({ id: 'ImportCell' }) satisfies z.ZodType<ImportCellWire>;

export const preview = z
  .strictObject({
    counts,
    own: z.strictObject({ records: z.int(), of: z.int() }).nullable(),
    added: z.array(row),
    changed: z.array(row),
    missing: z.array(missing),
    coerced: z.array(cell),
    rejected: z.array(cell),
    equalRows: z.array(z.strictObject({ row: z.int(), as: z.int() })),
  })
  .meta({ id: 'ImportPreview' }) satisfies z.ZodType<ImportPreviewWire>;

export const report = z
  .strictObject({ coerced: z.array(cell), rejected: z.array(cell) })
  .meta({ id: 'ImportReport' });

export const summary = z
  .strictObject({
    id: common.id,
    kind: z.string(),
    state,
    appliedAt: common.moment.nullable(),
    undoable: common.ability,
    name: z.string(),
    rows: z.int(),
    by: z.string().nullable(),
    at: common.moment,
    counts: z.strictObject({ added: z.int(), changed: z.int(), rejected: z.int() }).nullable(),
  })
  .meta({ id: 'ImportSummary' }) satisfies z.ZodType<ImportSummaryWire>;

export const profile = z
  .strictObject({ id: z.string(), name: z.string(), kind: z.string(), columns: z.int() })
  .meta({ id: 'ImportProfile' }) satisfies z.ZodType<ImportProfileWire>;

export const rawRow = z
  .strictObject({
    import: common.id,
    file: z.string(),
    row: z.int(),
    at: common.moment,
    cells: z.array(z.strictObject({ column: z.int(), heading: z.string(), text: z.string() })),
  })
  .meta({ id: 'RawRow' }) satisfies z.ZodType<RawRowWire>;
