import type { CellState } from '@throughline/domain/soa/matrix-view.ts';
import css from './matrix.module.css';

const square = 'M3 3h10v10H3z';
const diamond = 'M8 1.8 14.2 8 8 14.2 1.8 8z';

const Shape = ({ state }: { state: CellState }) => {
  switch (state) {
    case 'in-place':
      return <path d={square} className={css.full} />;
    case 'partly':
      return (
        <>
          <path d={square} className={css.line} />
          <path d="M3 3h5v10H3z" className={css.full} />
        </>
      );
    case 'planned':
      return <circle cx="8" cy="8" r="4.6" className={css.line} />;
    case 'plan-lapsed':
      return <path d={diamond} className={css.gapLine} />;
    case 'missing':
      return <path d={diamond} className={css.gap} />;
    default:
      return <path d="M5 8h6" className={css.line} />;
  }
};

/** How a control stands on a system: a shape of its own for each state, and a line below what the organisation does once. */
export const CellMark = ({ state, shared }: { state: CellState; shared: boolean }) => (
  <svg width="16" height="18" viewBox="0 0 16 18" aria-hidden="true" className={css.mark}>
    <Shape state={state} />
    {shared ? <path d="M3 16.5h10" className={css.line} /> : null}
  </svg>
);
