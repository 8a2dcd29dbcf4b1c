import { DomainError, notFound } from '@throughline/domain/errors.ts';
import type { CellReport } from '@throughline/domain/import/parse-row.ts';
import type { PlannedRow } from '@throughline/domain/import/plan.ts';
import type { Rejection } from '@throughline/domain/import/rejected-file.ts';
import { rejectionsOfRow } from '@throughline/domain/import/report.ts';
import type { ImportCellWire, ImportPreviewWire, ImportRowWire } from '@throughline/domain/wire-import.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { rejectionsOf } from '../../store/import-rows.ts';
import { findImport, type StoredImport } from '../../store/imports.ts';
import type { Reader } from '../../store/reader.ts';
import { ensureMayImport } from './analyse-file.ts';
import { type By, missingWires, whyStaying } from './missing-records.ts';
import { type ImportPlan, type Progress, parseImport, planImport, reportsOf, silent } from './plan-import.ts';

const shownAtMost = 500;

/** What applying would do, by the same code, writing nothing. */
export async function previewImport(
  services: Services,
  ctx: Context,
  id: string,
  progress: Progress = silent,
): Promise<ImportPreviewWire> {
  return withImport(services, ctx, id, async (reader, stored) => {
    if (stored.state !== 'analysed') throw new DomainError('conflict', 'This import was applied already.');
    const by = { actor: ctx.actor, at: services.clock() };
    const plan = await planImport(
      services,
      reader,
      await parseImport(reader, stored, progress),
      progress,
      by,
    );
    return previewOf(services, reader, by, plan);
  });
}

/** Every cell that is read as something else than it says or is not taken, and every row that is rejected; nothing left out. */
export async function importReport(
  services: Services,
  ctx: Context,
  id: string,
): Promise<{ coerced: readonly ImportCellWire[]; rejected: readonly ImportCellWire[] }> {
  return withImport(services, ctx, id, async (reader, stored) => {
    const parsed = await parseImport(reader, stored, silent);
    if (stored.state === 'analysed') {
      const by = { actor: ctx.actor, at: services.clock() };
      return cellsOf((await planImport(services, reader, parsed, silent, by)).rows, Infinity);
    }
    const reports = await reportsOf(reader, parsed);
    const rejected = (await rejectionsOf(reader, id)).flatMap(({ row, rejections }) =>
      rejections.map((one) => ({ row, ...one, parsed: null })),
    );
    return {
      coerced: reports.filter((report) => !report.rejected).map(cellWire),
      rejected: [...rejected.filter(isWhole), ...rejected.filter((cell) => !isWhole(cell))],
    };
  });
}

const isWhole = ({ column }: Rejection): boolean => column === '';

/** Loads an import for whoever may import into its register, or answers as if it were not there. */
export async function withImport<T>(
  services: Services,
  ctx: Context,
  id: string,
  work: (reader: Reader, stored: StoredImport) => Promise<T>,
): Promise<T> {
  return services.store.read(ctx, async (reader) => {
    const stored = await findImport(reader, id);
    if (!stored) throw notFound();
    ensureMayImport(ctx.actor, services.registry.get(stored.kind), services.registry);
    return work(reader, stored);
  });
}

export async function previewOf(
  services: Services,
  reader: Reader,
  by: By,
  plan: ImportPlan,
): Promise<ImportPreviewWire> {
  const why = await whyStaying(services, reader, by, plan.missing);
  const of = (outcome: PlannedRow['outcome']) =>
    plan.rows
      .filter((row) => row.outcome === outcome)
      .slice(0, shownAtMost)
      .map(rowWire);
  return {
    counts: { ...plan.counts, stays: why.size },
    own: plan.own,
    added: of('added').map((row) => ({ ...row, changes: [] })),
    changed: of('changed'),
    missing: missingWires(reader, plan.missing, why, shownAtMost),
    ...cellsOf(plan.rows, shownAtMost),
    equalRows: plan.equal.slice(0, shownAtMost),
  };
}

function cellsOf(rows: readonly PlannedRow[], most: number) {
  const reports = rows.flatMap((row) => row.reports);
  const rejected = rows.flatMap((row) =>
    rejectionsOfRow(row).map((one) => ({ row: row.row, ...one, parsed: null })),
  );
  return {
    coerced: reports
      .filter((report) => !report.rejected)
      .slice(0, most)
      .map(cellWire),
    rejected: [...rejected.filter(isWhole), ...rejected.filter((cell) => !isWhole(cell))]
      .slice(0, most)
      .map(cellWire),
  };
}

function rowWire(row: PlannedRow): ImportRowWire {
  return { row: row.row, title: row.title, ref: row.ref, changes: row.changes };
}

function cellWire(report: Omit<CellReport, 'rejected'>): ImportCellWire {
  const { row, column, raw, parsed, message } = report;
  return {
    row,
    column,
    raw: raw.length > 2000 ? `${raw.slice(0, 2000)}…`.toWellFormed() : raw,
    parsed,
    message,
  };
}
