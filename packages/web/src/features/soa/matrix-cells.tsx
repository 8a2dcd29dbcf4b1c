import {
  type Choice,
  foldedCounts,
  isChosen,
  type MatrixColumn,
  type Place,
} from '@throughline/domain/soa/matrix-columns.ts';
import { cellState, isShared, type MatrixView } from '@throughline/domain/soa/matrix-view.ts';
import type { MatrixWire } from '@throughline/domain/wire-soa.ts';
import type { CSSProperties } from 'react';
import { CellMark, type Mark, RowMarks } from './cell-mark.tsx';
import css from './matrix.module.css';
import { w } from './words.ts';

/** Pixels; those of a cell and of the head stand in matrix.module.css too. On a narrow screen the id alone names a control. */
export const size = { cell: 28, head: 92, units: 24 } as const;
export type Sides = { readonly name: number; readonly counts: number };
const wide: Sides = { name: 260, counts: 112 };
const narrow: Sides = { name: 76, counts: 60 };
/** What names and counts take at the least; two numbers in the thousands need more. */
export const sidesFor = (isNarrow: boolean, systems: number): Sides => {
  const { name, counts } = isNarrow ? narrow : wide;
  return { name, counts: counts + (systems < 1_000 ? 0 : isNarrow ? 20 : 48) };
};
/** Names grow to this where few systems leave room. */
export const widestName = 520;

/** What is drawn of the matrix now: the columns in the box, and where the keyboard and the choice stand. */
export type Drawn = {
  readonly matrix: MatrixWire;
  /** Systems by unit. */
  readonly view: MatrixView;
  readonly all: readonly MatrixColumn[];
  readonly columns: readonly { index: number; start: number }[];
  readonly active: Place | null;
  readonly chosen: Choice | null;
  readonly cellId: (place: Place) => string;
  readonly sides: Sides;
  /** Height of the heads, with those of units where there are any. */
  readonly head: number;
};

/** From where the names end, which the stylesheet knows. */
export const across = (start: number): CSSProperties => ({ transform: `translateX(${start}px)` });

const wordOf = (letter: string): string => {
  const word = w(`soa.cell.${cellState(letter)}`);
  return isShared(letter) ? w('soa.cell.shared', { state: word }) : word;
};

/** A control over the systems of a folded unit: how many lack something, else how far it is in place. */
const Folded = ({ drawn, row, column }: { drawn: Drawn; row: number; column: FoldedColumn }) => {
  const { asked, inPlace, lacking } = foldedCounts(drawn.matrix, drawn.view, { row, ...column });
  if (lacking > 0) return <b className={css.lacking}>{lacking}</b>;
  const state = asked === 0 ? 'not-asked' : inPlace === asked ? 'in-place' : 'partly';
  return <CellMark state={state} shared={false} />;
};
type FoldedColumn = Extract<MatrixColumn, { type: 'unit' }>;

const labelOf = ({ matrix, view }: Drawn, row: number, column: MatrixColumn): string => {
  const control = matrix.rows[row];
  if (column.type === 'unit') {
    const { asked, inPlace, lacking } = foldedCounts(matrix, view, { row, ...column });
    return w('soa.matrix.folded-cell', {
      control: control?.id ?? '',
      unit: column.unit ?? w('soa.matrix.without-unit'),
      of: w('soa.matrix.of', { n: inPlace, of: asked }),
      lacking: w('soa.matrix.lacking', { n: lacking }),
    });
  }
  const system = view.systems[column.at] ?? -1;
  return w('soa.cell.name', {
    control: control?.id ?? '',
    system: `${matrix.systems.ref[system] ?? ''} ${matrix.systems.title[system] ?? ''}`,
    state: wordOf(control?.cells[system] ?? '-'),
  });
};

/** The cells of one control that are in the box. */
export const Cells = ({ drawn, at }: { drawn: Drawn; at: number }) => {
  const { matrix, view, all, columns, active, chosen, cellId } = drawn;
  const row = view.rows[at] ?? -1;
  const control = matrix.rows[row];
  if (control === undefined) return null;
  const first = columns[0]?.start ?? 0;
  const marks = columns.flatMap(({ index, start }): Mark[] => {
    const column = all[index];
    if (column?.type !== 'system') return [];
    const letter = control.cells[view.systems[column.at] ?? -1] ?? '-';
    return [{ state: cellState(letter), shared: isShared(letter), at: start - first }];
  });
  const cells = columns.map(({ index, start }) => {
    const column = all[index];
    if (column === undefined) return null;
    const place = { row: at, column: index };
    return (
      <div
        key={index}
        id={cellId(place)}
        role="gridcell"
        tabIndex={-1}
        aria-colindex={index + 2}
        aria-label={labelOf(drawn, row, column)}
        aria-selected={chosen === null ? undefined : isChosen(chosen, place)}
        className={css.cell}
        data-active={(active?.row === at && active.column === index) || undefined}
        data-chosen={(column.type === 'system' && chosen !== null && isChosen(chosen, place)) || undefined}
        style={across(start)}
        data-place={`${at} ${index}`}
      >
        {column.type === 'unit' ? <Folded drawn={drawn} row={row} column={column} /> : null}
      </div>
    );
  });
  return (
    <>
      {cells}
      <RowMarks marks={marks} style={across(first)} />
    </>
  );
};
