import { type CSSProperties, useEffect, useMemo, useRef } from 'react';
import { t } from '../../text/t.ts';
import { ErrorLine } from '../problem.tsx';
import { useSlow } from '../skeleton.tsx';
import { useHotkeys } from '../use-hotkeys.ts';
import { useMedia } from '../use-media.ts';
import { VisuallyHidden } from '../visually-hidden.tsx';
import { CutTip } from './cut-tip.tsx';
import css from './data-grid.module.css';
import { GridGroupRow } from './grid-group-row.tsx';
import { GridHead, isTall } from './grid-head.tsx';
import type { Layout } from './grid-layout.ts';
import { GridRow, type GridRowEvents } from './grid-row.tsx';
import type { DataGridProps } from './grid-types.ts';
import { PlainTable } from './plain-table.tsx';
import { useGridHands } from './use-grid.ts';
import { stuckHead, useGridRows } from './use-grid-rows.ts';
import { type GridWidth, useGridWidth } from './use-grid-width.ts';

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
      fold: (index, folded) => latest.current.fold(index, folded),
    }),
    [],
  );
};

const useRange = (
  range: { startIndex: number; endIndex: number } | null,
  onRange: ((first: number, last: number) => void) | undefined,
): void => {
  const [first, last] = [range?.startIndex ?? -1, range?.endIndex ?? -1];
  useEffect(() => {
    if (first >= 0) onRange?.(first, last);
  }, [first, last, onRange]);
};

/** Places of the heads of groups, so that the one whose rows are at the top of the box can stay there. */
const useHeads = <R,>({ rows, groupOf }: DataGridProps<R>): readonly number[] =>
  useMemo(
    () => (groupOf === undefined ? [] : rows.flatMap((row, at) => (groupOf(row) === undefined ? [] : [at]))),
    [rows, groupOf],
  );

const none = {};

const styleOf = (layout: Layout, density: number, head: number, covered: number): CSSProperties => {
  const style: CSSProperties & Record<`--${string}`, string> = {
    '--columns': layout.template,
    '--row-height': `${density}px`,
    '--width': `${layout.width}px`,
    '--head': `${head}px`,
    '--covered': `${covered}px`,
    '--stays': `${layout.sticky}px`,
  };
  return style;
};

type BodyProps<R> = {
  props: DataGridProps<R>;
  width: GridWidth;
  hands: ReturnType<typeof useGridHands<R>>;
  virtual: ReturnType<typeof useGridRows>;
  stuck: number;
  events: GridRowEvents;
};

/** The rows that are drawn, heads of groups among them. */
const Body = <R,>({ props, width, hands, virtual, stuck, events }: BodyProps<R>) => {
  const { rows, columns, rowId, rowName, rowHref, selected, onSelect, groupOf } = props;
  const selectable = onSelect !== undefined;
  return (
    <div role="rowgroup" className={css.body} style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map((item) => {
        const row = rows[item.index];
        if (row === undefined) return null;
        const id = rowId(row);
        const current = item.index === hands.current.row ? hands.current.column : -1;
        const group = groupOf?.(row);
        if (group !== undefined)
          return (
            <GridGroupRow
              key={id}
              group={group}
              index={item.index}
              top={item.start}
              stuck={item.index === stuck}
              columns={columns.length}
              selection={selectable ? selectionOf(group.ids, selected) : null}
              current={current}
              events={events}
            />
          );
        return (
          <GridRow
            key={id}
            row={row}
            index={item.index}
            top={item.start}
            columns={columns}
            layout={width.layout}
            span={width.span}
            name={rowName(row)}
            href={rowHref?.(row)}
            selectable={selectable}
            selected={selected?.has(id) === true}
            current={current}
            editing={hands.editing?.row === item.index ? hands.editing.column : -1}
            events={events}
          />
        );
      })}
    </div>
  );
};

const LiveGrid = <R,>(props: DataGridProps<R>) => {
  const { label, columns, rows, rowId, sort = [], onSort, selected, onSelect, total, density = 32 } = props;
  const { summaries = none } = props;
  const { state = 'ready', more = false, onMore, problem, onRetry, empty, groupOf, onFold, onRange } = props;
  const box = useRef<HTMLDivElement>(null);
  const scrollTo = useRef<(row: number) => void>(() => undefined);
  const selectable = onSelect !== undefined;
  const width = useGridWidth(columns, selectable, box);
  const hands = useGridHands(props, box, scrollTo);
  const head = isTall(columns, summaries) ? 48 : 32;
  const covered = groupOf === undefined ? head : head + density;
  const heads = useHeads(props);
  const held = [hands.current.row, hands.editing?.row ?? -1];
  const virtual = useGridRows({ count: rows.length, height: density, held, heads, box, covered });
  scrollTo.current = (row) => virtual.scrollToIndex(row);
  const stuck = stuckHead(heads, virtual.range?.startIndex ?? -1);
  useNearEnd(virtual.range?.endIndex ?? -1, rows.length, more, onMore);
  useRange(virtual.range, onRange);
  useGridHotkeys(
    hands.act,
    columns.some((column) => column.editor !== undefined),
  );

  const events = useStableEvents({
    select: hands.select,
    point: (index, column, event) => {
      if (event.shiftKey && selectable) {
        event.preventDefault(); // Shift-click would mark text.
        hands.select(index, true);
      } else hands.beginSelection();
      hands.setCurrent({ row: index, column });
    },
    focus: (index, column) => hands.setCurrent({ row: index, column }),
    edit: (index, column) => hands.setEditing({ row: index, column }),
    done: hands.finish,
    fold: (index, folded) => {
      const row = rows[index];
      if (row !== undefined) onFold?.(row, folded);
    },
  });
  const loading = state === 'loading' && rows.length === 0;
  const counted = total === undefined || groupOf !== undefined ? undefined : total + 1;
  const selectableIds = rows.flatMap((row) => (groupOf?.(row) === undefined ? [rowId(row)] : []));
  return (
    <div className={css.frame}>
      {problem === undefined ? null : (
        <ErrorLine problem={problem} {...(onRetry === undefined ? {} : { onRetry })} />
      )}
      <div
        ref={box}
        role="grid"
        aria-label={label}
        aria-rowcount={counted ?? (more ? -1 : rows.length + 1)}
        aria-colcount={columns.length + (selectable ? 1 : 0)}
        aria-multiselectable={selectable || undefined}
        aria-busy={state !== 'ready'}
        className={css.grid}
        data-scrolled={width.scrolled || undefined}
        style={styleOf(width.layout, density, head, covered)}
        onKeyDown={hands.press}
      >
        <GridHead
          columns={columns}
          summaries={summaries}
          layout={width.layout}
          span={width.span}
          sort={sort}
          current={hands.current.row < 0 || rows.length === 0 ? hands.current.column : -1}
          onCurrent={(column) => hands.setCurrent({ row: -1, column })}
          onSort={onSort}
          selection={selectable ? selectionOf(selectableIds, selected) : null}
          onSelectAll={hands.selectAll}
        />
        {state === 'refreshing' ? <div className={css.progress} /> : null}
        {rows.length === 0 ? null : (
          <Body props={props} width={width} hands={hands} virtual={virtual} stuck={stuck} events={events} />
        )}
      </div>
      <CutTip box={box} />
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
