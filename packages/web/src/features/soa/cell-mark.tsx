import type { CellState } from '@throughline/domain/soa/matrix-view.ts';
import type { CSSProperties } from 'react';
import css from './matrix.module.css';

/** How a control stands somewhere, and how far to the right its mark begins, in pixels. */
export type Mark = { readonly state: CellState; readonly shared: boolean; readonly at: number };

const inks = ['full', 'line', 'gap', 'gapLine'] as const;
/** Where a stroke begins in a box of 16 by 18, and how it goes on from there. */
type Stroke = readonly [ink: (typeof inks)[number], x: number, y: number, path: string];

const square = 'h10v10h-10z';
const diamond = 'l6.2 6.2-6.2 6.2-6.2-6.2z';
/** A shape of its own for each state, so that none is told by its colour alone (WCAG 1.4.1). */
const strokes: Readonly<Record<CellState, readonly Stroke[]>> = {
  'in-place': [['full', 3, 3, square]],
  partly: [
    ['line', 3, 3, square],
    ['full', 3, 3, 'h5v10h-5z'],
  ],
  planned: [['line', 3.4, 8, 'a4.6 4.6 0 1 0 9.2 0a4.6 4.6 0 1 0-9.2 0']],
  'plan-lapsed': [['gapLine', 8, 1.8, diamond]],
  missing: [['gap', 8, 1.8, diamond]],
  'not-asked': [['line', 5, 8, 'h6']],
};
/** Below what the organisation does once for all. */
const underline: Stroke = ['line', 3, 16.5, 'h10'];

const Strokes = ({ marks }: { marks: readonly Mark[] }) => {
  const paths = new Map<string, string>();
  for (const { state, shared, at } of marks)
    for (const [ink, x, y, path] of shared ? [...strokes[state], underline] : strokes[state])
      paths.set(ink, `${paths.get(ink) ?? ''}M${at + x} ${y}${path}`);
  return inks.map((ink) =>
    paths.has(ink) ? <path key={ink} d={paths.get(ink)} className={css[ink]} /> : null,
  );
};

/** How a control stands in one place. */
export const CellMark = (mark: Omit<Mark, 'at'>) => (
  <svg width="16" height="18" viewBox="0 0 16 18" aria-hidden="true" className={css.mark}>
    <Strokes marks={[{ ...mark, at: 0 }]} />
  </svg>
);

/**
 * All marks of a row as one drawing, a path for each colour: a drawing in each of a thousand cells took the browser longer
 * than everything else on the page. The cells below say the same in words.
 */
export const RowMarks = ({ marks, style }: { marks: readonly Mark[]; style: CSSProperties }) => (
  <svg width="16" height="18" aria-hidden="true" className={css.rowMarks} style={style}>
    <Strokes marks={marks} />
  </svg>
);
