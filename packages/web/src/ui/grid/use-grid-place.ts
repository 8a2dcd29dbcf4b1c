import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Position } from './grid-keys.ts';
import type { DataGridProps } from './grid-types.ts';

/** A place by the row that is meant: rows come and go above it while the page listens, and the row stays meant. */
type Held = Position & { id: string | undefined };

/** Where a held row stands now; where it is gone, the row that came to its place. */
const settle = (held: Held, ids: (index: number) => string | undefined, count: number): Position => {
  const last = Math.min(held.row, count - 1);
  if (held.row < 0 || held.id === undefined || ids(held.row) === held.id) return { ...held, row: last };
  for (let index = 0; index < count; index += 1) if (ids(index) === held.id) return { ...held, row: index };
  return { ...held, row: last };
};

export type Editing = { row: number; column: number } | null;

export type Place = {
  current: Position;
  editing: Editing;
  setCurrent: (to: Position) => void;
  setEditing: (to: Editing) => void;
  /** Moves the keyboard there, and scrolls to it. */
  focusCell: (to: Position) => void;
};

/** Where the keyboard is in a grid, and which cell is being edited. */
export const useGridPlace = <R>(
  props: Pick<DataGridProps<R>, 'rows' | 'columns' | 'rowId' | 'onCurrent'>,
  box: RefObject<HTMLDivElement | null>,
  scrollTo: RefObject<(row: number) => void>,
): Place => {
  const { rows, columns, rowId, onCurrent } = props;
  const idAt = (index: number): string | undefined => {
    const row = rows[index];
    return row === undefined ? undefined : rowId(row);
  };
  const hold = (at: Position): Held => ({ ...at, id: idAt(at.row) });
  const [heldCurrent, setHeldCurrent] = useState<Held>({ row: 0, column: 0, id: undefined });
  const [heldEditing, setHeldEditing] = useState<Held | null>(null);
  const wanted = useRef<Position | null>(null);
  const place = settle(heldCurrent, idAt, rows.length);
  const current = { row: place.row, column: Math.min(place.column, columns.length - 1) };
  const edited = heldEditing === null ? null : settle(heldEditing, idAt, rows.length);
  // A row that went away took its editor with it.
  const editing = edited === null || idAt(edited.row) !== heldEditing?.id ? null : edited;

  useEffect(() => {
    const to = wanted.current;
    if (to === null) return;
    const cell = box.current?.querySelector<HTMLElement>(`[data-cell="${to.row}:${to.column}"]`);
    if (cell === null || cell === undefined) return;
    wanted.current = null;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  });

  const setCurrent = (to: Position): void => {
    if (to.row === current.row && to.column === current.column) return;
    setHeldCurrent(hold(to));
    const row = rows[to.row];
    if (row !== undefined && to.row !== current.row) onCurrent?.(row);
  };
  return {
    current,
    editing,
    setCurrent,
    setEditing: (to) => setHeldEditing(to === null ? null : hold(to)),
    focusCell: (to) => {
      wanted.current = to;
      if (to.row >= 0) scrollTo.current(to.row);
      setCurrent(to);
      setHeldCurrent(hold(to));
    },
  };
};
