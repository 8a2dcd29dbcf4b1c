import type { ReactNode } from 'react';
import { Mark } from '../../app/mark.tsx';
import { t } from '../../text/t.ts';
import css from './sign-in.module.css';

/** A form on the canvas and nothing else (UX d). */
export const BarePage = ({
  title,
  sentence,
  children,
}: {
  title: string;
  sentence?: string;
  children: ReactNode;
}) => (
  <main id="main" className={css.page}>
    <p className={css.brand}>
      <Mark />
      <span>{t('app.name')}</span>
    </p>
    <h1 className={css.title}>{title}</h1>
    {sentence === undefined ? null : <p className={css.sentence}>{sentence}</p>}
    {children}
  </main>
);
