/** Where the keyboard is. Row -1 is the head. */
export type Position = { row: number; column: number };
export type GridShape = { rows: number; columns: number; page: number };

export type GridAct =
  | { act: 'move'; to: Position; extend: boolean }
  | { act: 'open' | 'peek' | 'select' | 'edit' | 'clear' | 'select-all'; at: Position };

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));

const moves: Readonly<Record<string, (at: Position, shape: GridShape) => Position>> = {
  arrowdown: ({ row, column }) => ({ row: row + 1, column }),
  arrowup: ({ row, column }) => ({ row: row - 1, column }),
  arrowright: ({ row, column }) => ({ row, column: column + 1 }),
  arrowleft: ({ row, column }) => ({ row, column: column - 1 }),
  pagedown: ({ row, column }, { page }) => ({ row: row + page, column }),
  pageup: ({ row, column }, { page }) => ({ row: Math.max(0, row - page), column }),
  home: ({ row }) => ({ row, column: 0 }),
  end: ({ row }, { columns }) => ({ row, column: columns - 1 }),
  'mod+home': () => ({ row: 0, column: 0 }),
  'mod+end': (_at, { rows, columns }) => ({ row: rows - 1, column: columns - 1 }),
  // Letters stay among the rows; only the arrow reaches the head.
  j: ({ row, column }) => ({ row: row + 1, column }),
  k: ({ row, column }) => ({ row: Math.max(0, row - 1), column }),
};

const acts: Readonly<Record<string, Exclude<GridAct['act'], 'move'>>> = {
  enter: 'open',
  space: 'peek',
  x: 'select',
  e: 'edit',
  f2: 'edit',
  escape: 'clear',
  'mod+a': 'select-all',
};

/** What a chord (`shift+j`, `arrowdown`) asks of a grid; null where it asks nothing. */
export const gridAct = (chord: string, at: Position, shape: GridShape): GridAct | null => {
  const act = acts[chord];
  if (act !== undefined) return { act, at };
  const extend = chord.startsWith('shift+');
  const move = moves[extend ? chord.slice(6) : chord];
  if (move === undefined || (extend && !/(^|\+)(j|k|arrowup|arrowdown)$/.test(chord))) return null;
  const to = move(at, shape);
  return {
    act: 'move',
    extend,
    to: {
      row: clamp(to.row, extend ? 0 : -1, shape.rows - 1),
      column: clamp(to.column, 0, shape.columns - 1),
    },
  };
};

/** The selection after extending from the row where it began to the row it reached. Rows chosen before stay. */
export const extendSelection = (
  ids: readonly string[],
  before: ReadonlySet<string>,
  from: number,
  to: number,
): ReadonlySet<string> => new Set([...before, ...ids.slice(Math.min(from, to), Math.max(from, to) + 1)]);

export const toggleSelection = (before: ReadonlySet<string>, id: string): ReadonlySet<string> => {
  const next = new Set(before);
  if (!next.delete(id)) next.add(id);
  return next;
};

/** What a chord asks of the head of a group: `true` folds it, `false` unfolds it, null is nothing of its own. */
export const foldAct = (chord: string, folded: boolean): boolean | null => {
  if (chord === 'enter' || chord === 'space') return !folded;
  if (chord === 'arrowleft') return folded ? null : true;
  if (chord === 'arrowright') return folded ? false : null;
  return null;
};

/** All rows of a group are taken or, where all are, given back. */
export const toggleGroup = (before: ReadonlySet<string>, ids: readonly string[]): ReadonlySet<string> => {
  const next = new Set(before);
  const all = ids.every((id) => next.has(id));
  for (const id of ids) {
    if (all) next.delete(id);
    else next.add(id);
  }
  return next;
};
