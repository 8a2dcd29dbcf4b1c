import { useVirtualizer } from '@tanstack/react-virtual';
import {
  askedOf,
  type CellCounts,
  cellState,
  countsOf,
  isShared,
  lackingOf,
  type MatrixView,
} from '@throughline/domain/soa/matrix-view.ts';
import type { MatrixWire } from '@throughline/domain/wire-soa.ts';
import { type CSSProperties, type KeyboardEvent, useId, useMemo, useRef, useState } from 'react';
import { useMedia } from '../../ui/use-media.ts';
import { CellMark } from './cell-mark.tsx';
import css from './matrix.module.css';
import { linesOf, type MatrixLine, type Place, placeAfter } from './matrix-state.ts';
import { w } from './words.ts';

/** Pixels; those of a cell and of the head stand in matrix.module.css too. On a narrow screen the id alone names a control. */
const size = { cell: 28, head: 92 } as const;
const wide = { name: 260, counts: 104 } as const;
const narrow = { name: 76, counts: 56 } as const;
const beyond = 6;

export type MatrixGridProps = {
  matrix: MatrixWire;
  view: MatrixView;
  onOpen: (place: Place) => void;
};

const wordOf = (letter: string): string => {
  const word = w(`soa.cell.${cellState(letter)}`);
  return isShared(letter) ? w('soa.cell.shared', { state: word }) : word;
};

const across = (name: number, start: number): CSSProperties => ({
  transform: `translateX(${name + start}px)`,
});

type Drawn = {
  matrix: MatrixWire;
  view: MatrixView;
  columns: readonly { index: number; start: number }[];
  active: Place | null;
  cellId: (place: Place) => string;
  sides: typeof wide | typeof narrow;
};

const Cells = ({ drawn, at }: { drawn: Drawn; at: number }) => {
  const { matrix, view, columns, active, cellId } = drawn;
  const row = matrix.rows[view.rows[at] ?? -1];
  if (row === undefined) return null;
  return columns.map(({ index, start }) => {
    const system = view.systems[index] ?? -1;
    const letter = row.cells[system] ?? '-';
    const place = { row: at, column: index };
    return (
      <div
        key={index}
        id={cellId(place)}
        role="gridcell"
        tabIndex={-1}
        aria-colindex={index + 2}
        aria-label={w('soa.cell.name', {
          control: row.id,
          system: `${matrix.systems.ref[system] ?? ''} ${matrix.systems.title[system] ?? ''}`,
          state: wordOf(letter),
        })}
        className={css.cell}
        data-active={(active?.row === at && active.column === index) || undefined}
        style={across(drawn.sides.name, start)}
        data-place={`${at} ${index}`}
      >
        <CellMark state={cellState(letter)} shared={isShared(letter)} />
      </div>
    );
  });
};

const Counts = ({ counts }: { counts: CellCounts | undefined }) => {
  if (counts === undefined) return null;
  const lacking = lackingOf(counts);
  return (
    <>
      {w('soa.matrix.of', { n: counts['in-place'], of: askedOf(counts) })}
      {lacking === 0 ? null : <b className={css.lacking}> {w('soa.matrix.lacking', { n: lacking })}</b>}
    </>
  );
};

const Head = ({ drawn, counts }: { drawn: Drawn; counts: readonly CellCounts[] }) => {
  const { matrix, view, columns } = drawn;
  return (
    <div role="row" tabIndex={-1} aria-rowindex={1} className={css.head}>
      <div role="columnheader" tabIndex={-1} aria-colindex={1} className={css.corner}>
        {w('soa.column.control')}
      </div>
      {columns.map(({ index, start }) => {
        const system = view.systems[index] ?? -1;
        const lacking = counts[index] === undefined ? 0 : lackingOf(counts[index]);
        const [ref = '', title = ''] = [matrix.systems.ref[system], matrix.systems.title[system]];
        return (
          <div
            key={index}
            role="columnheader"
            tabIndex={-1}
            aria-colindex={index + 2}
            aria-label={`${ref} ${title}, ${w('soa.matrix.lacking', { n: lacking })}`}
            title={`${ref} ${title}`}
            className={css.column}
            style={across(drawn.sides.name, start)}
          >
            <span className={css.ref}>{ref}</span>
            <span className={css.columnCount}>{lacking === 0 ? '' : lacking}</span>
          </div>
        );
      })}
      <div
        role="columnheader"
        tabIndex={-1}
        aria-colindex={view.systems.length + 2}
        className={css.countsHead}
      >
        {w('soa.column.place')}
      </div>
    </div>
  );
};

const Line = ({
  line,
  drawn,
  counts,
  index,
  start,
}: {
  line: MatrixLine;
  drawn: Drawn;
  counts: readonly CellCounts[];
  index: number;
  start: number;
}) => {
  const style = { transform: `translateY(${start}px)` };
  if (line.type === 'topic')
    return (
      <div role="row" tabIndex={-1} aria-rowindex={index + 2} className={css.topic} style={style}>
        <div role="rowheader" tabIndex={-1} aria-colindex={1} className={css.topicName}>
          {line.title === null ? w('soa.own') : `${line.id} ${line.title}`}
        </div>
      </div>
    );
  const { matrix, view } = drawn;
  const row = matrix.rows[view.rows[line.at] ?? -1];
  return (
    <div role="row" tabIndex={-1} aria-rowindex={index + 2} className={css.row} style={style}>
      <div
        role="rowheader"
        tabIndex={-1}
        aria-colindex={1}
        className={css.name}
        title={`${row?.id} ${row?.title}`}
      >
        <span className={css.id}>{row?.id}</span> {row?.title}
      </div>
      <Cells drawn={drawn} at={line.at} />
      <div role="gridcell" tabIndex={-1} aria-colindex={view.systems.length + 2} className={css.counts}>
        <Counts counts={counts[line.at]} />
      </div>
    </div>
  );
};

const variables = ({ name, counts }: Drawn['sides']): CSSProperties =>
  ({ '--name': `${name}px`, '--counts': `${counts}px` }) as CSSProperties;

const placeOf = (target: EventTarget): Place | null => {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-place]') : null;
  const [row, column] = (cell?.dataset.place ?? '').split(' ').map(Number);
  return cell === null || row === undefined || column === undefined ? null : { row, column };
};

/** Controls by systems: both ways only what is in the box is drawn; heads stick, arrows move, Enter opens. */
export const MatrixGrid = ({ matrix, view, onOpen }: MatrixGridProps) => {
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const [asked, setAsked] = useState<Place>({ row: 0, column: 0 });
  const [focused, setFocused] = useState(false);
  const lines = useMemo(() => linesOf(matrix, view), [matrix, view]);
  const counts = useMemo(() => countsOf(matrix, view), [matrix, view]);
  const sides = useMedia('(max-width: 620px)') ? narrow : wide;
  const bounds = { rows: view.rows.length, columns: view.systems.length };
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
    scrollPaddingStart: size.head,
  });
  const right = useVirtualizer({
    horizontal: true,
    count: view.systems.length,
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
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      onOpen(active);
      return;
    }
    const next = placeAfter(active, event.key, event.ctrlKey, bounds);
    if (next === null) return;
    event.preventDefault();
    go(next);
  };
  const cellId = (place: Place): string => `${id}-${place.row}-${place.column}`;
  const columns = right.getVirtualItems();
  const drawn: Drawn = {
    ...{ matrix, view, columns, cellId, sides },
    active: focused ? active : null,
  };
  return (
    <div
      ref={box}
      role="grid"
      className={css.box}
      aria-label={w('soa.matrix.title')}
      aria-rowcount={lines.length + 1}
      aria-colcount={view.systems.length + 2}
      aria-activedescendant={focused ? cellId(active) : undefined}
      tabIndex={0}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      onKeyDown={onKeyDown}
      onMouseDown={(event) => {
        // A cell that is scrolled away is taken out of the page, and the focus would go with it: the grid keeps it.
        if (placeOf(event.target) === null) return;
        event.preventDefault();
        box.current?.focus();
      }}
      onClick={(event) => {
        const place = placeOf(event.target);
        if (place === null) return;
        setAsked(place);
        onOpen(place);
      }}
    >
      <div
        role="presentation"
        className={css.inside}
        style={{
          height: size.head + down.getTotalSize(),
          width: sides.name + right.getTotalSize() + sides.counts,
          ...variables(sides),
        }}
      >
        <Head drawn={drawn} counts={counts.bySystem} />
        {down.getVirtualItems().map(({ index, start }) => {
          const line = lines[index];
          return line === undefined ? null : (
            <Line key={index} line={line} index={index} start={start} drawn={drawn} counts={counts.byRow} />
          );
        })}
      </div>
    </div>
  );
};
