import type { ReactNode } from 'react';
import { t } from '../text/t.ts';
import { Button } from './button.tsx';
import { AlertIcon } from './icons.ts';
import css from './problem.module.css';

/** What a refusal shows: the `Problem` of the API client fits, and so does any other thing of this shape. */
export type Trouble = {
  /** Of the answer, as HTTP counts: 403 and 409 are refusals by a rule, not faults. */
  status?: number | undefined;
  title: string;
  detail?: string | undefined;
  id?: string | undefined;
  errors?: readonly { at: string; message: string }[];
};

export type TroubleProps = { problem: Trouble; onRetry?: () => void; actions?: ReactNode };

const Id = ({ id }: { id: string | undefined }) =>
  id === undefined ? null : <span className={css.id}>{t('ui.problem', { id })}</span>;

/**
 * One line in place: what failed, what was kept, a way to try again. What stood there before stays. What was refused is
 * refused again, so it offers neither another try nor a number to report.
 */
export const ErrorLine = ({ problem, onRetry, actions }: TroubleProps) => {
  const refused = problem.status === 403;
  // What a rule refuses with its reason is no fault that somebody would report by its number.
  const told = refused || problem.status === 409;
  return (
    <div role="alert" className={css.line}>
      <AlertIcon />
      <span className={css.text}>
        {problem.detail ?? problem.title} {told ? null : <Id id={problem.id} />}
      </span>
      {onRetry === undefined || refused ? null : <Button onClick={onRetry}>{t('ui.try-again')}</Button>}
      {actions}
    </div>
  );
};

/** A refusal in full: title, detail, each field. For forms, imports and whole regions. */
export const ProblemBox = ({ problem, onRetry, actions }: TroubleProps) => {
  // A refusal of one thing alone may name it in its sentence already.
  const tells = (problem.errors ?? []).filter(
    ({ at, message }) => ![message, `${at}: ${message}`].includes(problem.detail ?? ''),
  );
  return (
    <div role="alert" className={css.box}>
      <p className={css.title}>{problem.title}</p>
      {problem.detail === undefined ? null : <p className={css.detail}>{problem.detail}</p>}
      {tells.length === 0 ? null : (
        <ul className={css.errors}>
          {tells.map((error) => (
            <li key={`${error.at} ${error.message}`}>
              {error.at === '' ? null : <b>{error.at}: </b>}
              {error.message}
            </li>
          ))}
        </ul>
      )}
      <div className={css.foot}>
        {onRetry === undefined ? null : <Button onClick={onRetry}>{t('ui.try-again')}</Button>}
        {actions}
        <Id id={problem.id} />
      </div>
    </div>
  );
};
