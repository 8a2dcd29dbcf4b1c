import { type MouseEvent, memo, type ReactNode } from 'react';
import { t } from '../../text/t.ts';
import { Checkbox } from '../checkbox.tsx';
import { classNames } from '../class-names.ts';
import { Link } from '../link.tsx';
import css from './data-grid.module.css';
import { cellStyle, isDrawn, type Layout, type Span } from './grid-layout.ts';
import type { GridColumn } from './grid-types.ts';

export type GridRowEvents = {
  select: (index: number, shift: boolean) => void;
  point: (index: number, column: number, event: MouseEvent) => void;
  focus: (index: number, column: number) => void;
  edit: (index: number, column: number) => void;
  done: (goOn?: boolean) => void;
  fold: (index: number, folded: boolean) => void;
};

export type GridRowProps<R> = {
  row: R;
  index: number;
  top: number;
  columns: readonly GridColumn<R>[];
  layout: Layout;
  /** The columns that are drawn. */
  span: Span;
  name: string;
  href: string | undefined;
  selectable: boolean;
  selected: boolean;
  /** The keyboard's column in this row, or -1. */
  current: number;
  /** The column being edited in this row, or -1. */
  editing: number;
  /** The same object for the life of the grid, so that a row is drawn again only when it changes. */
  events: GridRowEvents;
};

const Content = <R,>({
  column,
  row,
  href,
}: {
  column: GridColumn<R>;
  row: R;
  href: string | undefined;
}): ReactNode => {
  const content = column.render(row);
  if (column.kind !== 'name' || href === undefined) return content;
  return (
    <Link href={href} look="plain" className={css.name} tabIndex={-1}>
      {content}
    </Link>
  );
};

const RowOf = <R,>(props: GridRowProps<R>) => {
  const { row, index, columns, layout, span, selectable, selected, current, editing, name, href, events } =
    props;
  return (
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={selectable ? selected : undefined}
      data-current={current >= 0 || undefined}
      className={css.row}
      style={{ transform: `translateY(${props.top}px)` }}
    >
      {selectable ? (
        <div
          role="gridcell"
          tabIndex={-1}
          aria-colindex={1}
          className={classNames(css.cell, css.select, css.sticky)}
        >
          <Checkbox
            bare
            tabIndex={-1}
            label={t('ui.select-row', { what: name })}
            checked={selected}
            onChange={(_on, shift) => events.select(index, shift)}
          />
        </div>
      ) : null}
      {columns.map((column, at) =>
        isDrawn(at, span, layout.left.has(column.id), current, editing) ? (
          <div
            key={column.id}
            role="gridcell"
            aria-colindex={at + (selectable ? 2 : 1)}
            aria-readonly={column.editor === undefined ? true : undefined}
            tabIndex={at === current ? 0 : -1}
            data-cell={`${index}:${at}`}
            style={cellStyle(layout, column.id, at, selectable)}
            className={classNames(
              css.cell,
              css[column.kind ?? 'plain'],
              column.sticky && css.sticky,
              column.align === 'end' && css.end,
              at === editing && css.editing,
            )}
            onMouseDown={(event) => events.point(index, at, event)}
            onFocus={() => events.focus(index, at)}
            onDoubleClick={column.editor === undefined ? undefined : () => events.edit(index, at)}
          >
            {at === editing && column.editor !== undefined ? (
              column.editor(row, events.done)
            ) : (
              <Content column={column} row={row} href={href} />
            )}
          </div>
        ) : null,
      )}
    </div>
  );
};

/** `memo` hides the type parameter; this gives it back. */
const keepGeneric = <C,>(component: C, wrap: (component: C) => unknown): C => wrap(component) as C;

/** One row. Memoised: scrolling and moving touch only the rows that change. */
export const GridRow = keepGeneric(RowOf, memo);
