import type { KeyboardEvent, RefObject } from 'react';
import { chordOf } from '../hotkey-registry.ts';
import { useNavigate } from '../navigate.ts';
import { notify } from '../toast.tsx';
import { foldAct, type GridAct, gridAct, type Position } from './grid-keys.ts';
import type { DataGridProps } from './grid-types.ts';
import { type Place, useGridPlace } from './use-grid-place.ts';
import { useGridSelection } from './use-grid-selection.ts';

type Hands = Place & {
  act: (chord: string) => boolean;
  press: (event: KeyboardEvent) => void;
  select: (index: number, shift: boolean) => void;
  selectAll: (all: boolean) => void;
  /** The next run of rows begins where the keyboard is put. */
  beginSelection: () => void;
  finish: (goOn?: boolean) => void;
};

const isCell = (target: EventTarget): boolean =>
  target instanceof HTMLElement && target.dataset.cell !== undefined;

/** Keyboard, selection and editing of a grid. */
export const useGridHands = <R>(
  props: DataGridProps<R>,
  box: RefObject<HTMLDivElement | null>,
  scrollTo: RefObject<(row: number) => void>,
): Hands => {
  const { rows, columns, selected, onSelect, onPeek, rowHref, onSort, onFold } = props;
  const navigate = useNavigate();
  const place = useGridPlace(props, box, scrollTo);
  const choice = useGridSelection(props);
  const at = place.current;
  const groupAt = (index: number) => {
    const row = rows[index];
    return row === undefined ? undefined : props.groupOf?.(row);
  };
  const edit = (to: Position): void => {
    const row = rows[to.row];
    const column = columns[to.column];
    if (row === undefined || groupAt(to.row) !== undefined) return;
    const why = column?.locked?.(row);
    if (why !== undefined) notify({ text: why });
    else if (column?.editor !== undefined) place.setEditing(to);
  };
  const isEditable = (column: (typeof columns)[number], at: number): boolean => {
    const row = rows[at];
    return row !== undefined && column.editor !== undefined && column.locked?.(row) === undefined;
  };
  const move = (to: Position, extend: boolean): void => {
    if (extend) choice.extendTo(to.row, at.row);
    else choice.begin();
    place.focusCell(to);
  };
  const inHead = (asked: GridAct): boolean => {
    const key = columns[at.column]?.sortKey;
    if (asked.act !== 'open' || key === undefined) return false;
    onSort?.(key, false);
    return true;
  };
  const onRow = (row: R, asked: Exclude<GridAct['act'], 'move'>): boolean => {
    if (asked === 'open') {
      if (rowHref === undefined) return false;
      navigate(rowHref(row));
    } else if (asked === 'peek') onPeek?.(row);
    else if (asked === 'select') choice.select(at.row, false, at.row);
    else edit(at);
    return true;
  };
  const run = (asked: GridAct): boolean => {
    const row = rows[at.row];
    if (asked.act === 'move') move(asked.to, asked.extend);
    else if (asked.act === 'clear') {
      if (selected === undefined || selected.size === 0) return false;
      choice.begin();
      onSelect?.(new Set());
    } else if (asked.act === 'select-all') choice.selectAll(true);
    else if (at.row < 0) return inHead(asked);
    else return row !== undefined && onRow(row, asked.act);
    return true;
  };
  const act = (chord: string): boolean => {
    const row = rows[at.row];
    const group = groupAt(at.row);
    const folds = group === undefined ? null : foldAct(chord, group.folded);
    if (row !== undefined && folds !== null) {
      onFold?.(row, folds);
      return true;
    }
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
    const from = place.editing;
    place.setEditing(null);
    if (from === null) return;
    const nextColumn = goOn
      ? columns.findIndex((column, index) => index > from.column && isEditable(column, from.row))
      : -1;
    const to = { row: from.row, column: nextColumn === -1 ? from.column : nextColumn };
    place.focusCell(to);
    if (nextColumn !== -1) edit(to);
  };
  return {
    ...place,
    setEditing: (to) => (to === null ? place.setEditing(null) : edit(to)),
    act,
    press,
    select: (index, shift) => choice.select(index, shift, at.row),
    selectAll: choice.selectAll,
    beginSelection: choice.begin,
    finish,
  };
};
