import type { ErrorComponentProps } from '@tanstack/react-router';
import { Problem } from '../api/problem.ts';
import { t } from '../text/t.ts';
import { Button } from '../ui/button.tsx';
import { AbsentPage } from './absent-page.tsx';
import css from './notice-page.module.css';

/** What stands where a page failed. A refusal for lack of right or record is the absent page. */
export const BrokenPage = ({ error, reset }: Pick<ErrorComponentProps, 'error' | 'reset'>) => {
  if (error instanceof Problem && (error.status === 404 || error.status === 403)) return <AbsentPage />;
  const problem = error instanceof Problem ? error : null;
  return (
    <div className={css.page} role="alert">
      <h1 className={css.title}>{t('page.broken.title')}</h1>
      <p className={css.text}>{problem === null ? t('page.broken.text') : problem.message}</p>
      {problem?.id === undefined ? null : <p className={css.small}>{t('ui.problem', { id: problem.id })}</p>}
      <Button onClick={reset}>{t('page.broken.again')}</Button>
    </div>
  );
};
