import type { ReactNode } from 'react';
import css from './log.module.css';

/** One thing on a page of the log, with its heading. */
export const Box = ({ id, title, children }: { id: string; title: string; children: ReactNode }) => (
  <section className={css.box} aria-labelledby={id}>
    <h2 id={id} className={css.boxTitle}>
      {title}
    </h2>
    {children}
  </section>
);
