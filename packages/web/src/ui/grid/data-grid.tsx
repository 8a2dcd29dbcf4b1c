import { type CSSProperties, useEffect, useMemo, useRef } from 'react';
import { t } from '../../text/t.ts';
import { ErrorLine } from '../problem.tsx';
import { useSlow } from '../skeleton.tsx';
import { useHotkeys } from '../use-hotkeys.ts';
import { useMedia } from '../use-media.ts';
import { VisuallyHidden } from '../visually-hidden.tsx';
import css from './data-grid.module.css';
import { GridHead } from './grid-head.tsx';
import { layoutOf } from './grid-layout.ts';
import { GridRow, type GridRowEvents } from './grid-row.tsx';
import type { DataGridProps } from './grid-types.ts';
import { PlainTable } from './plain-table.tsx';
import { useGridHands, useGridRows } from './use-grid.ts';

/** Rows left below the last one drawn when the next page is asked for. */
const ahead = 30;
const skeletonRows = Array.from({ length: 12 }, (_row, index) => `skeleton-${index}`);

const useGridHotkeys = (act: (chord: string) => boolean, editable: boolean): void => {
  const listed = { group: 'list' as const, when: () => false, run: () => undefined };
  const live = (keys: string, label: string) => ({
    keys,
    label,
    group: 'list' as const,
    run: () => void act(keys),
  });
  useHotkeys([
    live('j', t('grid.next')),
    live('k', t('grid.previous')),
    live('x', t('grid.select')),
    live('shift+j', t('grid.extend-down')),
    live('shift+k', t('grid.extend-up')),
    ...(editable ? [live('e', t('grid.edit'))] : []),
    { ...listed, keys: 'enter', label: t('grid.open') },
    { ...listed, keys: 'space', label: t('grid.peek') },
    { ...listed, keys: 'mod+a', label: t('grid.select-all') },
  ]);
};

const selectionOf = (
  ids: readonly string[],
  selected: ReadonlySet<string> | undefined,
): 'none' | 'some' | 'all' => {
  if (selected === undefined || selected.size === 0) return 'none';
  return ids.length > 0 && ids.every((id) => selected.has(id)) ? 'all' : 'some';
};

const SkeletonRows = ({ height }: { height: number }) => {
  const slow = useSlow(true);
  return (
    <div role="status" className={css.skeleton}>
      {skeletonRows.map((row) => (
        <span key={row} className={css.skeletonRow} style={{ height }} data-shown={slow || undefined} />
      ))}
      <VisuallyHidden>{slow ? t('ui.loading-rows') : ''}</VisuallyHidden>
    </div>
  );
};

const useNearEnd = (last: number, count: number, more: boolean, onMore: (() => void) | undefined): void => {
  useEffect(() => {
    if (more && count > 0 && last >= count - ahead) onMore?.();
  }, [more, count, last, onMore]);
};

/** One object that always calls the newest handlers. */
const useStableEvents = (events: GridRowEvents): GridRowEvents => {
  const latest = useRef(events);
  useEffect(() => {
    latest.current = events;
  });
  return useMemo(
    () => ({
      select: (index, shift) => latest.current.select(index, shift),
      point: (index, column, event) => latest.current.point(index, column, event),
      focus: (index, column) => latest.current.focus(index, column),
      edit: (index, column) => latest.current.edit(index, column),
      done: (goOn) => latest.current.done(goOn),
    }),
    [],
  );
};

const LiveGrid = <R,>(props: DataGridProps<R>) => {
  const {
    label,
    columns,
    rows,
    rowId,
    rowName,
    rowHref,
    sort = [],
    onSort,
    selected,
    onSelect,
    total,
    density = 32,
  } = props;
  const { state = 'ready', more = false, onMore, problem, onRetry, empty } = props;
  const box = useRef<HTMLDivElement>(null);
  const scrollTo = useRef<(row: number) => void>(() => undefined);
  const selectable = onSelect !== undefined;
  const layout = useMemo(() => layoutOf(columns, selectable), [columns, selectable]);
  const hands = useGridHands(props, box, scrollTo);
  const head = columns.some((column) => column.summary !== undefined) ? 48 : 32;
  const virtual = useGridRows(rows.length, density, hands.current.row, box, head);
  scrollTo.current = (row) => virtual.scrollToIndex(row);
  const items = virtual.getVirtualItems();
  useNearEnd(virtual.range?.endIndex ?? -1, rows.length, more, onMore);
  useGridHotkeys(
    (chord) => hands.act(chord, true),
    columns.some((column) => column.editor !== undefined),
  );

  const events = useStableEvents({
    select: hands.select,
    point: (index, column, event) => {
      if (event.shiftKey && selectable) {
        event.preventDefault(); // Shift-click would mark text.
        hands.select(index, true);
      }
      hands.setCurrent({ row: index, column });
    },
    focus: (index, column) => hands.setCurrent({ row: index, column }),
    edit: (index, column) => hands.setEditing({ row: index, column }),
    done: hands.finish,
  });
  const selectAll = (all: boolean): void => onSelect?.(new Set(all ? rows.map(rowId) : []));
  const style: CSSProperties & Record<`--${string}`, string> = {
    '--columns': layout.template,
    '--row-height': `${density}px`,
    '--width': `${layout.width}px`,
  };
  const loading = state === 'loading' && rows.length === 0;
  return (
    <div className={css.frame}>
      {problem === undefined ? null : (
        <ErrorLine problem={problem} {...(onRetry === undefined ? {} : { onRetry })} />
      )}
      <div
        ref={box}
        role="grid"
        aria-label={label}
        aria-rowcount={total === undefined ? (more ? -1 : rows.length + 1) : total + 1}
        aria-colcount={columns.length + (selectable ? 1 : 0)}
        aria-multiselectable={selectable || undefined}
        aria-busy={state !== 'ready'}
        className={css.grid}
        style={style}
        onKeyDown={hands.press}
      >
        <GridHead
          columns={columns}
          layout={layout}
          sort={sort}
          current={hands.current.row < 0 || rows.length === 0 ? hands.current.column : -1}
          onCurrent={(column) => hands.setCurrent({ row: -1, column })}
          onSort={onSort}
          selection={selectable ? selectionOf(rows.map(rowId), selected) : null}
          onSelectAll={selectAll}
        />
        {state === 'refreshing' ? <div className={css.progress} /> : null}
        {rows.length === 0 ? null : (
          <div role="rowgroup" className={css.body} style={{ height: virtual.getTotalSize() }}>
            {items.map((item) => {
              const row = rows[item.index];
              if (row === undefined) return null;
              const id = rowId(row);
              return (
                <GridRow
                  key={id}
                  row={row}
                  index={item.index}
                  top={item.start}
                  columns={columns}
                  layout={layout}
                  name={rowName(row)}
                  href={rowHref?.(row)}
                  selectable={selectable}
                  selected={selected?.has(id) === true}
                  current={item.index === hands.current.row ? hands.current.column : -1}
                  editing={hands.editing?.row === item.index ? hands.editing.column : -1}
                  events={events}
                />
              );
            })}
          </div>
        )}
      </div>
      {loading ? <SkeletonRows height={density} /> : null}
      {rows.length === 0 && state === 'ready' && problem === undefined ? (
        <div className={css.empty}>{empty}</div>
      ) : null}
    </div>
  );
};

/**
 * The register table: columns as data, rows virtualised at a fixed height, one tab stop, every act by key (UX d, g).
 * It fills the height it is given. Under 560 px, or with `plain`, it is an ordinary table.
 */
export const DataGrid = <R,>(props: DataGridProps<R>) => {
  const narrow = useMedia('(max-width: 559px)');
  if ((props.plain === true || narrow) && props.rows.length > 0) return <PlainTable {...props} />;
  return <LiveGrid {...props} />;
};
