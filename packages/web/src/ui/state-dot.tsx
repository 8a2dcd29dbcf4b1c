import type { ReactNode } from 'react';
import css from './state-dot.module.css';

/** Hollow: not begun. Half: pilot, review. Full: live, approved. Crossed: retired, withdrawn. */
export type DotShape = 'hollow' | 'half' | 'full' | 'crossed';

/** A life-cycle state: a grey shape and its word. Colour is for verdicts (UX c). */
export const StateDot = ({ shape, children }: { shape: DotShape; children: ReactNode }) => (
  <span className={css.state}>
    <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true" className={css.dot}>
      <circle cx="5" cy="5" r="3.5" className={shape === 'full' ? css.full : css.hollow} />
      {shape === 'half' ? <path d="M5 1.5a3.5 3.5 0 0 0 0 7z" className={css.full} /> : null}
      {shape === 'crossed' ? <path d="M1.8 8.2l6.4-6.4" className={css.hollow} /> : null}
    </svg>
    <span className={css.word}>{children}</span>
  </span>
);
