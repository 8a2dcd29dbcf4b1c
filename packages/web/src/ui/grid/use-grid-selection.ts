import { useRef } from 'react';
import { extendSelection, toggleGroup, toggleSelection } from './grid-keys.ts';
import type { DataGridProps } from './grid-types.ts';

const nothing: ReadonlySet<string> = new Set();

export type GridSelection = {
  /** Takes a row or gives it back; with `extend` everything from where choosing began. */
  select: (index: number, extend: boolean, from: number) => void;
  extendTo: (index: number, from: number) => void;
  selectAll: (all: boolean) => void;
  /** Ends a run of extending: the next begins where the keyboard then is. */
  begin: () => void;
};

/** Choosing rows: one, a run of them, a group, all. Heads of groups are never chosen themselves. */
export const useGridSelection = <R>(props: DataGridProps<R>): GridSelection => {
  const { rows, rowId, groupOf, selected = nothing, onSelect } = props;
  const anchor = useRef<string | null>(null);
  /** What was chosen before the run began: going back gives up only what the run had added. */
  const base = useRef<ReadonlySet<string>>(nothing);
  const isHead = (row: R): boolean => groupOf?.(row) !== undefined;
  const idAt = (index: number): string | null => {
    const row = rows[index];
    return row === undefined ? null : rowId(row);
  };
  const extendTo = (index: number, from: number): void => {
    if (anchor.current === null) {
      anchor.current = idAt(from);
      base.current = selected;
    }
    const began = rows.findIndex((row) => rowId(row) === anchor.current);
    const chosen = extendSelection(rows.map(rowId), base.current, began === -1 ? from : began, index);
    const heads = new Set(rows.filter(isHead).map(rowId));
    onSelect?.(heads.size === 0 ? chosen : new Set([...chosen].filter((id) => !heads.has(id))));
  };
  return {
    extendTo,
    select: (index, extend, from) => {
      const row = rows[index];
      if (row === undefined || onSelect === undefined) return;
      if (extend) return extendTo(index, Math.max(0, from));
      const group = groupOf?.(row);
      const next =
        group === undefined ? toggleSelection(selected, rowId(row)) : toggleGroup(selected, group.ids);
      onSelect(next);
      anchor.current = rowId(row);
      base.current = next;
    },
    selectAll: (all) => onSelect?.(all ? new Set(rows.filter((row) => !isHead(row)).map(rowId)) : nothing),
    begin: () => {
      anchor.current = null;
    },
  };
};
