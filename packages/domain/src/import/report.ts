import type { Outcome, PlannedRow } from './plan.ts';

export type PlanCounts = {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly missing: number;
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
    coerced,
    rejected: rejected + of('rejected'),
  };
}

/** Rows whose cells are all equal to those of an earlier row: reported, and imported like any other. */
export function equalRows(
  rows: readonly { row: number; cells: readonly string[] }[],
): { row: number; as: number }[] {
  const first = new Map<string, number>();
  const equal: { row: number; as: number }[] = [];
  for (const { row, cells } of rows) {
    const print = JSON.stringify(cells);
    const before = first.get(print);
    if (before === undefined) first.set(print, row);
    else equal.push({ row, as: before });
  }
  return equal;
}
