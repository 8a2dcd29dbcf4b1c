import type { ReactNode } from 'react';
import { Kbd } from './kbd.tsx';
import css from './status-line.module.css';

export type StatusKey = { keys: string; label: string };

/** The foot of a list, 30 px: the keys that act here, and the position. */
export const StatusLine = ({ keys, children }: { keys: readonly StatusKey[]; children?: ReactNode }) => (
  <div className={css.status}>
    <span className={css.keys}>
      {keys.map((key) => (
        <span key={key.keys} className={css.key}>
          <Kbd keys={key.keys} />
          {key.label}
        </span>
      ))}
    </span>
    <span className={css.position}>{children}</span>
  </div>
);
