import { registry } from '../kinds/all.ts';
import type { RegisteredSystem } from '../trace/organisation-facts.ts';
import { textOf } from '../trace/read.ts';
import type { Groups } from './groups.ts';
import { noRecords } from './groups.ts';
import type { CellLetter } from './matrix-view.ts';
import { type Around, best, open, planOf } from './placing.ts';
import type { SoaRecord, SoaRow, Statement } from './types.ts';

export type MatrixRow = {
  readonly row: SoaRow;
  /** A letter for each system, in the order of the systems. */
  readonly cells: string;
};

/** A system as a column of the matrix. */
export type MatrixSystem = RegisteredSystem & {
  readonly running: boolean;
  readonly unit: string | null;
  /** Id of the member who answers for it. */
  readonly owner: string | null;
};

/** Controls by systems. What is asked of nobody is kept too, so that each row has a letter for each system. */
export type Matrix = { readonly systems: readonly MatrixSystem[]; readonly rows: readonly MatrixRow[] };

/** Every system of the register, by its number: ten thousand columns are found by where they stand. */
export function matrixSystems({
  organisation,
  running,
}: Pick<Around, 'organisation' | 'running'>): MatrixSystem[] {
  const { owner } = registry.get('system');
  const number = ({ ref }: RegisteredSystem) => Number(ref.slice(ref.lastIndexOf('-') + 1));
  return [...organisation.systems.values()]
    .sort((a, b) => number(a) - number(b))
    .map((system) => {
      const read = { fields: system.fields, links: {} };
      return {
        ...system,
        running: running.has(system.id),
        unit: textOf(read, 'unit'),
        owner: owner === undefined ? null : textOf(read, owner),
      };
    });
}

/**
 * Cells of rows as they were put into letters last, over which systems. A row that was not derived anew stays the same
 * object, and with the same systems so do its letters: its records, what runs, the interim risks and the day are what it is
 * derived from.
 */
export type KeptCells = WeakMap<
  SoaRow,
  { readonly systems: Around['organisation']['systems']; readonly cells: string }
>;

/** Linear in the number of cells and of implementations of the rows that are not kept. */
export function matrixOf(
  around: Around,
  groups: Groups,
  statement: Pick<Statement, 'rows'>,
  kept: KeptCells = new WeakMap(),
): Matrix {
  const systems = matrixSystems(around);
  const place = new Map(systems.map(({ id }, at) => [id, at]));
  const rows = statement.rows.map((row) => {
    const before = kept.get(row);
    if (before?.systems === around.organisation.systems) return { row, cells: before.cells };
    const { implementations } = (row.control && groups.get(row.control.id)) ?? noRecords;
    const cells = cellsOf(around, row, { systems, place, implementations });
    kept.set(row, { systems: around.organisation.systems, cells });
    return { row, cells };
  });
  return { systems, rows };
}

type Row = {
  readonly systems: readonly MatrixSystem[];
  readonly place: ReadonlyMap<string, number>;
  readonly implementations: readonly SoaRecord[];
};

function cellsOf(around: Around, { placing }: SoaRow, { systems, place, implementations }: Row): string {
  const standing = implementations.filter(open);
  const shared = standing.filter(({ system }) => system === null);
  const asked: CellLetter =
    placing === null
      ? '-'
      : placing.at === 'system'
        ? 'm'
        : sharedLetters[shared.length === 0 ? 'm' : letterOf(around, shared)];
  const cells: string[] = systems.map(({ running }) => (running ? asked : '-'));
  const own = Map.groupBy(
    standing.filter(({ system }) => system !== null),
    ({ system }) => system ?? '',
  );
  for (const [system, group] of own) {
    const at = place.get(system);
    if (at !== undefined) cells[at] = letterOf(around, group);
  }
  return cells.join('');
}

const sharedLetters = { i: 'I', p: 'P', l: 'L', g: 'G', m: 'M', '-': '-' } as const;

/** How one place stands. A plan that is late, or whose risk nobody with authority accepted, does not count (8.1). */
function letterOf(around: Around, group: readonly SoaRecord[]): keyof typeof sharedLetters {
  switch (best(group, around.clock)) {
    case 'in-place':
      return 'i';
    case 'partly':
      return 'p';
    case 'planned':
      return group.some((record) => planOf(around, record) === 'accepted') ? 'l' : 'g';
    default:
      return 'm';
  }
}
