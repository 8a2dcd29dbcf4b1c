import type { MatrixWire } from '../wire-soa.ts';

/**
 * How a control stands on a system. The letters travel, 400,000 of them in one answer: of the system's own in lower
 * case, of what the organisation does once for all systems in upper case.
 */
export const cellStates = {
  i: 'in-place',
  p: 'partly',
  l: 'planned',
  g: 'plan-lapsed',
  m: 'missing',
  '-': 'not-asked',
} as const;
export type CellState = (typeof cellStates)[keyof typeof cellStates];
export type CellLetter = keyof typeof cellStates | 'I' | 'P' | 'L' | 'G' | 'M';

export const stateNames: readonly CellState[] = Object.values(cellStates);

const known: Readonly<Record<string, CellState>> = cellStates;
export const cellState = (letter: string): CellState => known[letter.toLowerCase()] ?? 'not-asked';
/** What the organisation does once counts for the system. */
export const isShared = (letter: string): boolean => letter >= 'A' && letter <= 'Z';

/** What is in sight. Words are looked for in ids and titles; what is left out asks for nothing. */
export type MatrixFilter = {
  readonly control?: string | undefined;
  /** Id of a topic (`A.6`), or `own`. */
  readonly topic?: string | undefined;
  readonly system?: string | undefined;
  readonly unit?: string | undefined;
  readonly owner?: string | undefined;
  readonly stage?: string | undefined;
  /** `all` shows systems too that do not run. */
  readonly running?: string | undefined;
  /** Rows and columns that hold at least one cell in this state. */
  readonly state?: string | undefined;
};

/** Places in the matrix that a filter leaves in sight. */
export type MatrixView = { readonly rows: readonly number[]; readonly systems: readonly number[] };

const wordsOf = (text: string | undefined): string[] =>
  (text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
const holds = (text: string, words: readonly string[]): boolean => words.every((word) => text.includes(word));

/** What a filter shows, as places: nothing is copied, so that every key pressed answers at once. */
export function viewOf(matrix: Pick<MatrixWire, 'rows' | 'systems'>, filter: MatrixFilter): MatrixView {
  const { systems } = matrix;
  const [of, about] = [wordsOf(filter.control), wordsOf(filter.system)];
  const is = (part: MatrixWire['systems']['unit'], wanted: string | undefined) => {
    const at = wanted === undefined ? -1 : part.values.indexOf(wanted);
    return (system: number) => wanted === undefined || part.of[system] === at;
  };
  const [inUnit, owned, staged] = [
    is(systems.unit, filter.unit),
    is(systems.owner, filter.owner),
    is(systems.stage, filter.stage),
  ];
  const some = [...systems.ref.keys()].filter(
    (at) =>
      (filter.running === 'all' || filter.stage !== undefined || systems.running[at] === '1') &&
      inUnit(at) &&
      owned(at) &&
      staged(at) &&
      (about.length === 0 || holds(`${systems.ref[at]} ${systems.title[at]}`.toLowerCase(), about)),
  );
  const rows = [...matrix.rows.entries()].flatMap(([at, { id, title, topic }]) =>
    (filter.topic === undefined || (topic?.id ?? 'own') === filter.topic) &&
    holds(`${id} ${title}`.toLowerCase(), of)
      ? [at]
      : [],
  );
  return filter.state === undefined
    ? { rows, systems: some }
    : inState(matrix, { rows, systems: some }, filter.state);
}

function inState(
  { rows: all }: Pick<MatrixWire, 'rows'>,
  { rows, systems }: MatrixView,
  state: string,
): MatrixView {
  const columns = new Set<number>();
  const kept = rows.filter((row) => {
    const cells = all[row]?.cells ?? '';
    let found = false;
    for (const system of systems)
      if (cellState(cells[system] ?? '-') === state) {
        columns.add(system);
        found = true;
      }
    return found;
  });
  return { rows: kept, systems: systems.filter((system) => columns.has(system)) };
}

export type CellCounts = Readonly<Record<CellState, number>>;

export type MatrixCounts = {
  readonly byRow: readonly CellCounts[];
  readonly bySystem: readonly CellCounts[];
};

const unasked = stateNames.indexOf('not-asked');
/** Which state a letter stands for, by its code: it is looked up for every cell before the matrix is drawn. */
const placeOf = new Uint8Array(128).fill(unasked);
for (const [place, letter] of Object.keys(cellStates).entries())
  for (const written of [letter, letter.toUpperCase()]) placeOf[written.charCodeAt(0)] = place;

/** Cells in sight by their state, for each row and each column in sight: both add up to the same. */
export function countsOf(
  { rows: all }: Pick<MatrixWire, 'rows'>,
  { rows, systems }: MatrixView,
): MatrixCounts {
  const states = stateNames.length;
  const byRow = new Uint32Array(rows.length * states);
  const bySystem = new Uint32Array(systems.length * states);
  for (const [line, row] of rows.entries()) {
    const cells = all[row]?.cells ?? '';
    for (let at = 0; at < systems.length; at += 1) {
      const place = placeOf[cells.charCodeAt(systems[at] ?? -1)] ?? unasked;
      byRow[line * states + place] = (byRow[line * states + place] ?? 0) + 1;
      bySystem[at * states + place] = (bySystem[at * states + place] ?? 0) + 1;
    }
  }
  return {
    byRow: rows.map((_, at) => countsAt(byRow, at)),
    bySystem: systems.map((_, at) => countsAt(bySystem, at)),
  };
}

const countsAt = (counts: Uint32Array, at: number): CellCounts => {
  const of = (state: CellState): number => counts[at * stateNames.length + stateNames.indexOf(state)] ?? 0;
  return {
    'in-place': of('in-place'),
    partly: of('partly'),
    planned: of('planned'),
    'plan-lapsed': of('plan-lapsed'),
    missing: of('missing'),
    'not-asked': of('not-asked'),
  };
};

/** How many of the cells are asked for, and how many of those lack something. */
export const askedOf = (counts: CellCounts): number =>
  counts['in-place'] + counts.partly + counts.planned + counts['plan-lapsed'] + counts.missing;
export const lackingOf = (counts: CellCounts): number => counts['plan-lapsed'] + counts.missing;

/** Systems in sight of one organisational unit, with the places asked for on them; `null` for those of no unit. */
export type UnitCounts = {
  readonly unit: string | null;
  readonly systems: number;
  readonly asked: number;
  readonly inPlace: number;
  readonly lacking: number;
};

/**
 * What is in sight by unit, the one that lacks most first.
 * @param counts of the same view
 */
export function unitsOf(
  { systems: { unit } }: Pick<MatrixWire, 'systems'>,
  view: MatrixView,
  { bySystem }: MatrixCounts,
): readonly UnitCounts[] {
  const units = new Map<string | null, UnitCounts>();
  for (const [at, counts] of bySystem.entries()) {
    const name = unit.values[unit.of[view.systems[at] ?? -1] ?? -1] ?? null;
    const known = units.get(name) ?? { unit: name, systems: 0, asked: 0, inPlace: 0, lacking: 0 };
    units.set(name, {
      unit: name,
      systems: known.systems + 1,
      asked: known.asked + askedOf(counts),
      inPlace: known.inPlace + counts['in-place'],
      lacking: known.lacking + lackingOf(counts),
    });
  }
  return [...units.values()].sort(
    (one, other) => other.lacking - one.lacking || (one.unit ?? '~').localeCompare(other.unit ?? '~'),
  );
}
