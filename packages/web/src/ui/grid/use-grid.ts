import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { chordOf } from '../hotkey-registry.ts';
import { useNavigate } from '../navigate.ts';
import { extendSelection, type GridAct, gridAct, type Position, toggleSelection } from './grid-keys.ts';
import type { DataGridProps } from './grid-types.ts';

/** Rows drawn beyond the edge of the box (UX i). */
const overscan = 12;

/** Rows in the box. The current row is always among them, so that focus never falls out of the page (UX g). */
export const useGridRows = (
  count: number,
  height: number,
  current: number,
  box: RefObject<HTMLDivElement | null>,
  head: number,
) =>
  useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    overscan: count <= 50 ? 50 : overscan,
    scrollPaddingStart: head,
    rangeExtractor: ({ startIndex, endIndex, overscan: beyond, count: all }) => {
      const first = Math.max(0, startIndex - beyond);
      const last = Math.min(all - 1, endIndex + beyond);
      const indexes = Array.from({ length: Math.max(0, last - first + 1) }, (_row, offset) => first + offset);
      if (current < 0 || current >= all || (current >= first && current <= last)) return indexes;
      return current < first ? [current, ...indexes] : [...indexes, current];
    },
  });

export type Editing = { row: number; column: number } | null;

type Hands = {
  current: Position;
  editing: Editing;
  setCurrent: (to: Position) => void;
  setEditing: (to: Editing) => void;
  act: (chord: string, focus: boolean) => boolean;
  press: (event: KeyboardEvent) => void;
  select: (index: number, shift: boolean) => void;
  finish: (goOn?: boolean) => void;
  focusCell: (to: Position) => void;
};

const isCell = (target: EventTarget): boolean =>
  target instanceof HTMLElement && target.dataset.cell !== undefined;

/** Keyboard, selection and editing of a grid. */
export const useGridHands = <R>(
  props: DataGridProps<R>,
  box: RefObject<HTMLDivElement | null>,
  scrollTo: RefObject<(row: number) => void>,
): Hands => {
  const { rows, columns, rowId, selected, onSelect, onPeek, onCurrent, rowHref, onSort } = props;
  const navigate = useNavigate();
  const [current, setCurrentState] = useState<Position>({ row: 0, column: 0 });
  const [editing, setEditing] = useState<Editing>(null);
  const anchor = useRef<number | null>(null);
  const wanted = useRef<Position | null>(null);
  const at: Position = {
    row: Math.min(current.row, rows.length - 1),
    column: Math.min(current.column, columns.length - 1),
  };

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
    if (to.row === at.row && to.column === at.column) return;
    setCurrentState(to);
    const row = rows[to.row];
    if (row !== undefined && to.row !== at.row) onCurrent?.(row);
  };
  const focusCell = (to: Position): void => {
    wanted.current = to;
    if (to.row >= 0) scrollTo.current(to.row);
    setCurrent(to);
    setCurrentState({ ...to });
  };
  const select = (index: number, shift: boolean): void => {
    const row = rows[index];
    if (row === undefined || onSelect === undefined) return;
    const before = selected ?? new Set<string>();
    if (shift && anchor.current !== null)
      onSelect(extendSelection(rows.map(rowId), before, anchor.current, index));
    else onSelect(toggleSelection(before, rowId(row)));
    anchor.current = index;
  };
  const edit = (to: Position): void => {
    const row = rows[to.row];
    const column = columns[to.column];
    if (row !== undefined && column?.editor !== undefined && column.locked?.(row) === undefined)
      setEditing(to);
  };
  const move = (to: Position, extend: boolean): void => {
    if (extend) {
      anchor.current ??= at.row;
      onSelect?.(extendSelection(rows.map(rowId), selected ?? new Set(), anchor.current, to.row));
    } else anchor.current = null;
    focusCell(to);
  };
  const run = (asked: GridAct): boolean => {
    const row = rows[at.row];
    if (asked.act === 'move') move(asked.to, asked.extend);
    else if (asked.act === 'clear') {
      if (selected === undefined || selected.size === 0) return false;
      onSelect?.(new Set());
    } else if (asked.act === 'select-all') onSelect?.(new Set(rows.map(rowId)));
    else if (at.row < 0) {
      const key = columns[at.column]?.sortKey;
      if (asked.act !== 'open' || key === undefined) return false;
      onSort?.(key, false);
    } else if (row === undefined) return false;
    else if (asked.act === 'open') {
      if (rowHref === undefined) return false;
      navigate(rowHref(row));
    } else if (asked.act === 'peek') onPeek?.(row);
    else if (asked.act === 'select') select(at.row, false);
    else edit(at);
    return true;
  };
  const act = (chord: string): boolean => {
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 320) / (props.density ?? 32)) - 1);
    const asked = gridAct(chord, at, { rows: rows.length, columns: columns.length, page });
    return asked === null ? false : run(asked);
  };
  const press = (event: KeyboardEvent): void => {
    const chord = chordOf(event.nativeEvent);
    // Letters come through the register of keys, so that they can be listed and turned off.
    if (!isCell(event.target) || /^(shift\+)?[a-z]$/.test(chord)) return;
    if (act(chord)) event.preventDefault();
  };
  const finish = (goOn = false): void => {
    const from = editing;
    setEditing(null);
    if (from === null) return;
    const nextColumn = goOn
      ? columns.findIndex((column, index) => index > from.column && column.editor !== undefined)
      : -1;
    const to = { row: from.row, column: nextColumn === -1 ? from.column : nextColumn };
    focusCell(to);
    if (nextColumn !== -1) edit(to);
  };
  return {
    current: at,
    editing,
    setCurrent,
    setEditing: (to) => (to === null ? setEditing(null) : edit(to)),
    act,
    press,
    select,
    finish,
    focusCell,
  };
};
