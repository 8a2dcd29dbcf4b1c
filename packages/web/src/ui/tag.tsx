import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import css from './tag.module.css';

/** A word with an edge: the state beside a title; dotted for what is not real, such as demo records. Never coloured. */
export const Tag = ({ children, dotted = false }: { children: ReactNode; dotted?: boolean }) => (
  <span className={classNames(css.tag, dotted && css.dotted)}>{children}</span>
);
