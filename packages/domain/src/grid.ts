/**
 * Rows that are the cells of tables, read as tables: the steps of both sides in the order in which the record names
 * them, and what stands in each cell. Nothing that is kept is left out: a cell whose step is not named any more gives
 * its table a line of its own.
 */
import type { Json } from './json.ts';
import type { Grid, RowsField } from './kinds/fields.ts';

/** A step of one side; `known` where the record still names it. */
export type GridStep = { readonly step: string; readonly known: boolean };

export type GridTable = {
  /** Value of the column that tells the tables apart. */
  readonly table: string;
  readonly down: readonly GridStep[];
  readonly across: readonly GridStep[];
};

/** Which cell: its table and its two steps. */
export type GridPlace = { readonly table: string; readonly down: string; readonly across: string };

/** The other fields of the record, where the steps are named. */
export type Beside = Readonly<Record<string, Json | undefined>>;

type Row = Readonly<Record<string, Json>>;

/** Steps are compared as people read them: without regard to case and to spaces around. */
export const sameStep = (one: string, other: string): boolean => stepKey(one) === stepKey(other);
export const stepKey = (step: string): string => step.normalize('NFKC').trim().toLowerCase();

/** Values by which tables are told apart; the first stands for those that have no table of their own. */
export function gridChoices(field: RowsField, grid: Grid): readonly { id: string; label: string }[] {
  const column = field.columns[grid.table];
  return column?.type === 'choice' ? column.options : [];
}

/**
 * The tables of a grid, in the order of the choices: those with cells, those with steps of their own, and `more`, which
 * somebody asked for. Never none: without anything the first choice has one.
 */
export function gridTables(
  field: RowsField,
  value: Json | undefined,
  beside: Beside,
  more: readonly string[] = [],
): readonly GridTable[] {
  const { grid } = field;
  if (!grid) return [];
  const [first = '', ...own] = gridChoices(field, grid).map(({ id }) => id);
  const rows = rowsIn(value);
  const steps = rowsIn(beside[grid.steps.across]);
  const tableOf = (row: Row): string => text(row, grid.table) ?? first;
  const has = (table: string) => rows.some((row) => tableOf(row) === table);
  const hasSteps = (table: string) => steps.some((row) => tableOf(row) === table);
  const wanted = own.filter(
    (table) => has(table) || more.includes(table) || (hasSteps(table) && !has(first)),
  );
  const shared = has(first) || hasSteps(first) || wanted.length === 0 || more.includes(first);
  return [...(shared ? [first] : []), ...wanted].map((table) => {
    const cells = rows.filter((row) => tableOf(row) === table);
    const ownSteps = steps.filter((row) => tableOf(row) === table);
    const across = ownSteps.length > 0 ? ownSteps : steps.filter((row) => tableOf(row) === first);
    return {
      table,
      down: side(rowsIn(beside[grid.steps.down]), cells, grid.down),
      across: side(across, cells, grid.across),
    };
  });
}

/** What stands in a cell; nothing where it is empty. */
export function gridCell(field: RowsField, value: Json | undefined, place: GridPlace): string | undefined {
  const { grid } = field;
  const row = grid && rowsIn(value).find((one) => stands(field, grid, one, place));
  return row && (text(row, grid.cell) ?? undefined);
}

/** The rows with one cell written, or emptied by `null`. All others stay as they are, in their order. */
export function withGridCell(
  field: RowsField,
  value: Json | undefined,
  place: GridPlace,
  content: string | null,
): readonly Json[] {
  const rows = rowsIn(value);
  const { grid } = field;
  if (!grid) return rows;
  if (content === null) return rows.filter((row) => !stands(field, grid, row, place));
  const written = { [grid.cell]: content };
  if (rows.some((row) => stands(field, grid, row, place)))
    return rows.map((row) => (stands(field, grid, row, place) ? { ...row, ...written } : row));
  const named = { [grid.table]: place.table, [grid.down]: place.down, [grid.across]: place.across };
  return [...rows, { ...named, ...written }];
}

/** The rows without a table. */
export function withoutGridTable(field: RowsField, value: Json | undefined, table: string): readonly Json[] {
  const { grid } = field;
  if (!grid) return rowsIn(value);
  const first = gridChoices(field, grid)[0]?.id ?? '';
  return rowsIn(value).filter((row) => (text(row, grid.table) ?? first) !== table);
}

function stands(field: RowsField, grid: Grid, row: Row, place: GridPlace): boolean {
  const first = gridChoices(field, grid)[0]?.id ?? '';
  return (
    (text(row, grid.table) ?? first) === place.table &&
    sameStep(text(row, grid.down) ?? '', place.down) &&
    sameStep(text(row, grid.across) ?? '', place.across)
  );
}

/** The steps that the record names, each once, and behind them those that only cells name. */
function side(named: readonly Row[], cells: readonly Row[], column: string): GridStep[] {
  const steps = new Map<string, GridStep>();
  const add = (step: string | null, known: boolean) => {
    if (step !== null && !steps.has(stepKey(step))) steps.set(stepKey(step), { step, known });
  };
  for (const row of named) add(text(row, 'step'), true);
  for (const row of cells) add(text(row, column), named.length === 0);
  return [...steps.values()];
}

const isRow = (value: Json): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const rowsIn = (value: Json | undefined): readonly Row[] => (Array.isArray(value) ? value.filter(isRow) : []);

function text(row: Row, column: string): string | null {
  const value = row[column];
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}
