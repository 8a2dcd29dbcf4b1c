import type { CSSProperties } from 'react';
import type { GridColumn } from './grid-types.ts';

export const selectWidth = 38;

/** The grid's columns for CSS, and how far each sticky column stands from the left edge. */
export type Layout = { template: string; width: number; left: ReadonlyMap<string, number> };

export const layoutOf = <R>(columns: readonly GridColumn<R>[], selectable: boolean): Layout => {
  const tracks = columns.map((column) =>
    column.grow === true ? `minmax(${column.width}px, 1fr)` : `${column.width}px`,
  );
  const left = new Map<string, number>();
  let edge = selectable ? selectWidth : 0;
  for (const column of columns) {
    if (column.sticky !== true) break;
    left.set(column.id, edge);
    edge += column.width;
  }
  return {
    template: [...(selectable ? [`${selectWidth}px`] : []), ...tracks].join(' '),
    width: (selectable ? selectWidth : 0) + columns.reduce((sum, column) => sum + column.width, 0),
    left,
  };
};

export const stickyStyle = (layout: Layout, id: string): CSSProperties | undefined => {
  const left = layout.left.get(id);
  return left === undefined ? undefined : { left };
};
