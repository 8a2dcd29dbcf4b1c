import { useVirtualizer } from '@tanstack/react-virtual';
import type { Choice, MatrixColumn, Place, UnitHead } from '@throughline/domain/soa/matrix-columns.ts';
import {
  askedOf,
  type CellCounts,
  lackingOf,
  type MatrixCounts,
  type MatrixView,
} from '@throughline/domain/soa/matrix-view.ts';
import type { MatrixWire } from '@throughline/domain/wire-soa.ts';
import { type CSSProperties, type KeyboardEvent, useId, useMemo, useRef, useState } from 'react';
import { useMedia } from '../../ui/use-media.ts';
import css from './matrix.module.css';
import { Cells, type Drawn, sidesFor, size, widestName } from './matrix-cells.tsx';
import { Head } from './matrix-head.tsx';
import { choiceAfter, linesOf, type MatrixLine, placeAfter } from './matrix-state.ts';
import { useDrag } from './use-drag.ts';
import { w } from './words.ts';

const beyond = 6;

export type MatrixGridProps = {
  matrix: MatrixWire;
  /** Systems by unit. */
  view: MatrixView;
  /** Of the view. */
  counts: MatrixCounts;
  columns: readonly MatrixColumn[];
  heads: readonly UnitHead[];
  onFold: (unit: string | null) => void;
  /** Cells chosen together, to be set at once. */
  chosen: Choice | null;
  onChoose: (chosen: Choice | null) => void;
  onOpen: (place: Place) => void;
  /** Enter on several chosen cells. */
  onSet: () => void;
};

const Counts = ({ counts }: { counts: CellCounts | undefined }) => {
  if (counts === undefined) return null;
  const lacking = lackingOf(counts);
  return (
    <>
      <span className={css.of}>{w('soa.matrix.of', { n: counts['in-place'], of: askedOf(counts) })}</span>
      {lacking === 0 ? null : <b className={css.lacking}> {w('soa.matrix.lacking', { n: lacking })}</b>}
    </>
  );
};

type LineProps = {
  line: MatrixLine;
  drawn: Drawn;
  counts: readonly CellCounts[];
  index: number;
  start: number;
};

const Line = ({ line, drawn, counts, index, start }: LineProps) => {
  const style = { transform: `translateY(${start}px)`, top: drawn.head };
  if (line.type === 'topic')
    return (
      <div role="row" tabIndex={-1} aria-rowindex={index + 2} className={css.topic} style={style}>
        <div role="rowheader" tabIndex={-1} aria-colindex={1} className={css.topicName}>
          {line.title === null ? w('soa.own') : `${line.id} ${line.title}`}
        </div>
      </div>
    );
  const { matrix, view, all } = drawn;
  const row = matrix.rows[view.rows[line.at] ?? -1];
  return (
    <div role="row" tabIndex={-1} aria-rowindex={index + 2} className={css.row} style={style}>
      <div
        role="rowheader"
        tabIndex={-1}
        aria-colindex={1}
        className={css.name}
        title={`${row?.id} ${row?.title}`}
        data-edge={`row ${line.at}`}
      >
        <span className={css.id}>{row?.id}</span> <span className={css.words}>{row?.title}</span>
      </div>
      <Cells drawn={drawn} at={line.at} />
      <div role="gridcell" tabIndex={-1} aria-colindex={all.length + 2} className={css.counts}>
        <Counts counts={counts[line.at]} />
      </div>
    </div>
  );
};

/** Names take what the columns leave of the box: nothing is measured, and where the box scrolls they have their least. */
const variables = ({ name, counts }: Drawn['sides'], columns: number, head: number): CSSProperties =>
  ({
    '--name': `clamp(${name}px, calc(100cqi - ${columns + counts}px), ${widestName}px)`,
    '--counts': `${counts}px`,
    '--head': `${head}px`,
    width: `calc(var(--name) + ${columns + counts}px)`,
  }) as CSSProperties;

/** Controls by systems: both ways only what is in the box is drawn; heads stick, arrows move, Shift chooses, Enter opens. */
export const MatrixGrid = (props: MatrixGridProps) => {
  const { matrix, view, counts, columns: all, heads, chosen, onChoose, onOpen } = props;
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const [asked, setAsked] = useState<Place>({ row: 0, column: 0 });
  const [focused, setFocused] = useState(false);
  const lines = useMemo(() => linesOf(matrix, view), [matrix, view]);
  const sides = sidesFor(useMedia('(max-width: 620px)'), view.systems.length);
  const head = size.head + (heads.length > 0 ? size.units : 0);
  const bounds = { rows: view.rows.length, columns: all.length };
  // A filter may have taken the cell away that the keyboard stood on.
  const active = {
    row: Math.max(0, Math.min(asked.row, bounds.rows - 1)),
    column: Math.max(0, Math.min(asked.column, bounds.columns - 1)),
  };
  const lineOf = (row: number): number =>
    lines.findIndex((line) => line.type === 'control' && line.at === row);
  const down = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => size.cell,
    overscan: beyond,
    scrollPaddingStart: head,
  });
  const right = useVirtualizer({
    horizontal: true,
    count: all.length,
    getScrollElement: () => box.current,
    estimateSize: () => size.cell,
    overscan: beyond,
    scrollPaddingStart: sides.name,
    scrollPaddingEnd: sides.counts,
  });
  const go = (place: Place): void => {
    setAsked(place);
    down.scrollToIndex(lineOf(place.row));
    right.scrollToIndex(place.column);
  };
  const open = (place: Place): void => {
    const column = all[place.column];
    if (column?.type === 'unit') props.onFold(column.unit);
    else onOpen(place);
  };
  const whole = (place: Partial<Place>): Choice => ({
    from: { row: place.row ?? 0, column: place.column ?? 0 },
    to: { row: place.row ?? bounds.rows - 1, column: place.column ?? bounds.columns - 1 },
  });
  /** A press on a name chooses its row or column; on a folded unit it opens that. */
  const onEdge = (edge: Partial<Place>): void => {
    const column = edge.column === undefined ? undefined : all[edge.column];
    if (column?.type === 'unit') props.onFold(column.unit);
    else {
      setAsked({ ...active, ...edge });
      onChoose(whole(edge));
    }
  };
  const drag = useDrag({ active, chosen, onChoose, onPlace: setAsked, onOpen: open, onEdge });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== box.current || event.altKey || event.metaKey) return;
    const next = keyed(event);
    if (next) event.preventDefault();
  };
  /** Whether the key did something. */
  const keyed = ({ key, ctrlKey, shiftKey }: KeyboardEvent): boolean => {
    if (key === 'Enter') {
      if (chosen === null) open(active);
      else props.onSet();
      return true;
    }
    if (key === 'Escape' && chosen !== null) {
      onChoose(null);
      return true;
    }
    if (key === ' ' && (shiftKey || ctrlKey)) {
      onChoose(whole(shiftKey ? { row: active.row } : { column: active.column }));
      return true;
    }
    const next = placeAfter(active, key, ctrlKey, bounds);
    if (next === null) return false;
    onChoose(shiftKey ? choiceAfter(chosen, active, next) : null);
    go(next);
    return true;
  };
  const cellId = (place: Place): string => `${id}-${place.row}-${place.column}`;
  const columns = right.getVirtualItems();
  const drawn: Drawn = {
    ...{ matrix, view, all, columns, cellId, sides, head, chosen },
    active: focused ? active : null,
  };
  return (
    <div
      ref={box}
      role="grid"
      className={css.box}
      aria-label={w('soa.matrix.title')}
      aria-multiselectable="true"
      aria-rowcount={lines.length + 1}
      aria-colcount={all.length + 2}
      aria-activedescendant={focused ? cellId(active) : undefined}
      tabIndex={0}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      onKeyDown={onKeyDown}
      {...drag(box)}
    >
      <div
        role="presentation"
        className={css.inside}
        style={{
          height: head + down.getTotalSize(),
          ...variables(sides, right.getTotalSize(), head),
        }}
      >
        <Head drawn={drawn} heads={heads} counts={counts.bySystem} onFold={props.onFold} />
        {down.getVirtualItems().map(({ index, start }) => {
          const line = lines[index];
          return line === undefined ? null : (
            <Line key={index} {...{ line, index, start, drawn }} counts={counts.byRow} />
          );
        })}
      </div>
    </div>
  );
};
