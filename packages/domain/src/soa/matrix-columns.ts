import type { MatrixWire } from '../wire-soa.ts';
import { askedOf, type CellCounts, countsOf, lackingOf, type MatrixView } from './matrix-view.ts';

type Matrix = Pick<MatrixWire, 'rows' | 'systems'>;

/** A column of the grid: a system by its place among those in sight, or a unit that is folded, with all of its systems. */
export type MatrixColumn =
  | { readonly type: 'system'; readonly at: number }
  | { readonly type: 'unit'; readonly unit: string | null; readonly from: number; readonly to: number };

/** The head over the columns of one unit. */
export type UnitHead = {
  readonly unit: string | null;
  /** Where it begins among the columns, and how many it spans. */
  readonly column: number;
  readonly columns: number;
  readonly systems: number;
  readonly folded: boolean;
};

/** What an address calls a unit; systems without one are called by an empty name. */
export const unitKey = (unit: string | null): string => unit ?? '';

const unitOf = ({ systems: { unit } }: Matrix, system: number): string | null =>
  unit.values[unit.of[system] ?? -1] ?? null;

/** The same view with the systems of one unit side by side, units by name, those of none last. */
export function byUnit(matrix: Matrix, view: MatrixView): MatrixView {
  const units = [...Map.groupBy(view.systems, (system) => unitOf(matrix, system))];
  const name = (unit: string | null) => unit ?? '\u{10ffff}';
  units.sort(([one], [other]) => name(one).localeCompare(name(other)));
  return { rows: view.rows, systems: units.flatMap(([, systems]) => systems) };
}

/**
 * Columns of a view that is ordered by unit, with the heads of the units over them. A folded unit is one column. Where
 * all systems are of one unit there is nothing to tell apart, so that no head stands over them.
 */
export function columnsOf(
  matrix: Matrix,
  { systems }: Pick<MatrixView, 'systems'>,
  folded: ReadonlySet<string>,
): { readonly columns: readonly MatrixColumn[]; readonly heads: readonly UnitHead[] } {
  const runs: { unit: string | null; from: number; to: number }[] = [];
  for (const [at, system] of systems.entries()) {
    const unit = unitOf(matrix, system);
    const last = runs.at(-1);
    if (last && last.unit === unit) last.to = at + 1;
    else runs.push({ unit, from: at, to: at + 1 });
  }
  const plain = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, step): MatrixColumn => ({ type: 'system', at: from + step }));
  if (runs.length < 2) return { columns: plain(0, systems.length), heads: [] };
  const columns: MatrixColumn[] = [];
  const heads = runs.map(({ unit, from, to }): UnitHead => {
    const column = columns.length;
    const isFolded = folded.has(unitKey(unit));
    columns.push(...(isFolded ? [{ type: 'unit', unit, from, to } as const] : plain(from, to)));
    return { unit, column, columns: columns.length - column, systems: to - from, folded: isFolded };
  });
  return { columns, heads };
}

/** How one control stands over the systems of a folded unit. */
export function foldedCounts(
  matrix: Matrix,
  view: MatrixView,
  { row, from, to }: { readonly row: number; readonly from: number; readonly to: number },
): { readonly asked: number; readonly inPlace: number; readonly lacking: number } {
  const [counts] = countsOf(matrix, { rows: [row], systems: view.systems.slice(from, to) }).byRow;
  return summed(counts);
}

const summed = (counts: CellCounts | undefined) =>
  counts
    ? { asked: askedOf(counts), inPlace: counts['in-place'], lacking: lackingOf(counts) }
    : { asked: 0, inPlace: 0, lacking: 0 };

/** A place in the grid: a control and a column, both among what is in sight. */
export type Place = { readonly row: number; readonly column: number };
/** Cells chosen together: the rectangle between two places. */
export type Choice = { readonly from: Place; readonly to: Place };

export const isChosen = ({ from, to }: Choice, { row, column }: Place): boolean =>
  between(from.row, to.row, row) && between(from.column, to.column, column);

const between = (one: number, other: number, at: number): boolean =>
  Math.min(one, other) <= at && at <= Math.max(one, other);

/** Chosen cells as rows and systems of the matrix; what is folded away is not chosen with the rest. */
export function cellsIn(
  { from, to }: Choice,
  view: MatrixView,
  columns: readonly MatrixColumn[],
): readonly { readonly row: number; readonly system: number }[] {
  const rows = view.rows.slice(Math.min(from.row, to.row), Math.max(from.row, to.row) + 1);
  const some = columns.slice(Math.min(from.column, to.column), Math.max(from.column, to.column) + 1);
  const systems = some.flatMap((column) => (column.type === 'system' ? (view.systems[column.at] ?? []) : []));
  return rows.flatMap((row) => systems.map((system) => ({ row, system })));
}
