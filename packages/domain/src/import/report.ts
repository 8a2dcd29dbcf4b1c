import type { Outcome, PlannedRow } from './plan.ts';
import type { Rejection } from './rejected-file.ts';

export type PlanCounts = {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly missing: number;
  /** Of the missing, those that archiving leaves as they are: told by the preview, and by an import that archived. */
  readonly stays: number;
  /** Cells read as something else than they say; cells and rows that could not be taken. */
  readonly coerced: number;
  readonly rejected: number;
};

export function countPlan(rows: readonly PlannedRow[], missing: number): PlanCounts {
  const of = (outcome: Outcome) => rows.filter((row) => row.outcome === outcome).length;
  const reports = rows.flatMap((row) => row.reports);
  const rejected = reports.filter((report) => report.rejected).length;
  const coerced = reports.length - rejected;
  return {
    added: of('added'),
    changed: of('changed'),
    unchanged: of('unchanged'),
    missing,
    stays: 0,
    coerced,
    rejected: rejected + of('rejected'),
  };
}

/** What of a row is not taken: the whole of it first, then cells. */
export function rejectionsOfRow(row: PlannedRow): Rejection[] {
  const whole = row.outcome === 'rejected' ? [{ column: '', raw: row.title, message: row.reason ?? '' }] : [];
  const cells = row.reports.filter((report) => report.rejected);
  return [...whole, ...cells.map(({ column, raw, message }) => ({ column, raw, message }))];
}

export type EqualRow = { readonly row: number; readonly as: number };

/**
 * Finds rows whose cells are all equal to those of an earlier row: they are reported, and imported like any other.
 * Handed one row at a time, so that a long file can be looked through in pieces.
 */
export function equalRowFinder(): {
  readonly look: (row: { readonly row: number; readonly cells: readonly string[] }) => void;
  readonly found: readonly EqualRow[];
} {
  const first = new Map<string, number>();
  const found: EqualRow[] = [];
  const look = ({ row, cells }: { readonly row: number; readonly cells: readonly string[] }) => {
    const print = JSON.stringify(cells);
    const before = first.get(print);
    if (before === undefined) first.set(print, row);
    else found.push({ row, as: before });
  };
  return { look, found };
}
