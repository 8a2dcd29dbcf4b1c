import { t } from '../../text/t.ts';
import { Checkbox } from '../checkbox.tsx';
import { classNames } from '../class-names.ts';
import { AscendingIcon, DescendingIcon } from '../icons.ts';
import css from './data-grid.module.css';
import { cellStyle, isDrawn, type Layout, type Span } from './grid-layout.ts';
import type { DataGridProps, GridColumn, Sort } from './grid-types.ts';

export type GridHeadProps<R> = {
  columns: readonly GridColumn<R>[];
  summaries: NonNullable<DataGridProps<R>['summaries']>;
  layout: Layout;
  span: Span;
  sort: readonly Sort[];
  /** The column the keyboard is at, or -1. */
  current: number;
  onCurrent: (column: number) => void;
  onSort: ((key: string, add: boolean) => void) | undefined;
  selection: 'none' | 'some' | 'all' | null;
  onSelectAll: (all: boolean) => void;
};

const order = (
  sort: readonly Sort[],
  column: { sortKey?: string },
): 'ascending' | 'descending' | undefined => {
  const found = sort.find((entry) => entry.key === column.sortKey);
  return found === undefined ? undefined : found.descending ? 'descending' : 'ascending';
};

/** Whether a column that is shown has a summary. */
export const isTall = (
  columns: readonly { id: string }[],
  summaries: Readonly<Record<string, unknown>>,
): boolean => columns.some(({ id }) => id in summaries);

/** The head of the grid: one row of headings, each with its summary above and its order beside it. */
export const GridHead = <R,>(props: GridHeadProps<R>) => {
  const { columns, summaries, layout, span, sort, current, onCurrent, onSort, selection, onSelectAll } =
    props;
  const tall = isTall(columns, summaries);
  return (
    <div role="rowgroup" className={css.head}>
      <div
        role="row"
        tabIndex={-1}
        aria-rowindex={1}
        className={classNames(css.row, css.headRow, tall && css.tall)}
      >
        {selection === null ? null : (
          <div
            role="columnheader"
            tabIndex={-1}
            aria-colindex={1}
            aria-label={t('ui.select-all')}
            className={classNames(css.headCell, css.select, css.sticky)}
          >
            <Checkbox
              bare
              tabIndex={-1}
              label={t('ui.select-all')}
              checked={selection === 'all'}
              mixed={selection === 'some'}
              onChange={onSelectAll}
            />
          </div>
        )}
        {columns.map((column, index) => {
          if (!isDrawn(index, span, layout.left.has(column.id), current)) return null;
          const direction = order(sort, column);
          const { sortKey } = column;
          const heading = (
            <>
              {direction === 'ascending' ? <AscendingIcon size={13} /> : null}
              {direction === 'descending' ? <DescendingIcon size={13} /> : null}
              <span className={css.headingText}>{column.header}</span>
            </>
          );
          return (
            <div
              key={column.id}
              role="columnheader"
              aria-colindex={index + (selection === null ? 1 : 2)}
              aria-sort={direction ?? (sortKey === undefined ? undefined : 'none')}
              tabIndex={index === current ? 0 : -1}
              data-cell={`-1:${index}`}
              style={cellStyle(layout, column.id, index, selection !== null)}
              className={classNames(
                css.headCell,
                column.sticky && css.sticky,
                column.align === 'end' && css.end,
                direction && css.sorted,
              )}
              onFocus={() => onCurrent(index)}
            >
              {summaries[column.id]}
              {sortKey === undefined || onSort === undefined ? (
                <span className={css.heading}>{heading}</span>
              ) : (
                <button
                  type="button"
                  tabIndex={-1}
                  className={css.heading}
                  title={t('ui.sort-by', { what: column.header })}
                  onClick={(event) => onSort(sortKey, event.shiftKey)}
                >
                  {heading}
                </button>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
};
