import type { ReactNode } from 'react';
import css from './empty-state.module.css';
import { Strip } from './marks/strip.tsx';

export type EmptyStateProps = {
  /** What this is for and how it begins, in one or two sentences. */
  sentence: ReactNode;
  /** Quiet suffix: "6.1.2". */
  clause?: string;
  actions?: ReactNode;
  /** The drawn line above; none for a filter that finds nothing. */
  drawn?: boolean;
};

/** An empty place teaches: what belongs here and how to begin (UX a6). */
export const EmptyState = ({ sentence, clause, actions, drawn = true }: EmptyStateProps) => (
  <div className={css.empty}>
    {drawn ? (
      <span aria-hidden="true">
        <Strip line="hhhhhnnnnnnnnnn" label="" />
      </span>
    ) : null}
    <p className={css.sentence}>
      {sentence}
      {clause === undefined ? null : <span className={css.clause}> {clause}</span>}
    </p>
    {actions === undefined ? null : <div className={css.actions}>{actions}</div>}
  </div>
);
