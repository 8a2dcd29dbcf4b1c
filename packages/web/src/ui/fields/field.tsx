import { type ReactNode, useContext, useId } from 'react';
import { t } from '../../text/t.ts';
import { classNames } from '../class-names.ts';
import hidden from '../visually-hidden.module.css';
import css from './field.module.css';
import { ReasonGiven } from './reason-given.ts';

/** What every editor takes. Values go in as props and come out by `onChange`; saving belongs to the page. */
export type EditorProps<V> = {
  label: string;
  value: V;
  onChange: (value: V) => void;
  /** Stable id, so that an error summary can lead here. */
  id?: string;
  help?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  /** A word beside the label about the whole field: that a change of it weighs. */
  mark?: string | undefined;
  /** Only the control, named by the label: inside a table cell. */
  bare?: boolean;
  autoFocus?: boolean;
  onBlur?: () => void;
  /** What keeps it from being changed; the value stays readable. */
  reason?: string | undefined;
};

/** Attributes the control takes from its field. */
export type ControlProps = {
  id: string;
  className: string;
  'aria-label'?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
  readOnly?: true;
  'data-autofocus'?: true;
};

type FieldProps = Pick<
  EditorProps<unknown>,
  'label' | 'id' | 'help' | 'error' | 'optional' | 'mark' | 'bare' | 'autoFocus' | 'reason'
> & {
  className?: string | undefined;
  children: (control: ControlProps) => ReactNode;
};

const describe = (id: string, props: FieldProps): string =>
  [
    props.mark === undefined ? '' : `${id}-mark`,
    props.help === undefined ? '' : `${id}-help`,
    props.reason === undefined ? '' : `${id}-reason`,
    props.error === undefined ? '' : `${id}-error`,
  ]
    .filter((part) => part !== '')
    .join(' ');

/** The label of a field whose parts are labelled each by themselves, with what stands beside any label. */
export const Legend = ({ label, optional, mark }: Pick<FieldProps, 'label' | 'optional' | 'mark'>) => (
  <legend className={classNames(css.label, css.legend)}>
    {label}
    {optional === true ? <span className={css.optional}>{t('ui.optional')}</span> : null}
    {mark === undefined ? null : <span className={css.optional}>{mark}</span>}
  </legend>
);

/** Label above, control, help below, error last (UX d). */
export const Field = (props: FieldProps) => {
  const own = useId();
  const id = props.id ?? own;
  const given = useContext(ReasonGiven);
  const { label, help, error, optional = false, bare = false, reason } = props;
  const describedBy = describe(id, props);
  const control = props.children({
    id,
    className: classNames(css.control, bare && css.bare, props.className),
    ...(bare ? { 'aria-label': label } : {}),
    ...(describedBy === '' ? {} : { 'aria-describedby': describedBy }),
    ...(error === undefined ? {} : { 'aria-invalid': true }),
    ...(reason === undefined ? {} : { readOnly: true }),
    ...(props.autoFocus === true ? { 'data-autofocus': true } : {}),
  });
  const errorLine =
    error === undefined ? null : (
      <p id={`${id}-error`} className={css.error}>
        {error}
      </p>
    );
  if (bare) {
    return (
      <>
        {control}
        {errorLine}
      </>
    );
  }
  return (
    <div className={css.field}>
      <div>
        <label htmlFor={id} className={css.label}>
          {label}
          {optional ? <span className={css.optional}>{t('ui.optional')}</span> : null}
        </label>
        {props.mark === undefined ? null : (
          <span id={`${id}-mark`} className={css.optional}>
            {props.mark}
          </span>
        )}
      </div>
      {control}
      {help === undefined ? null : (
        <p id={`${id}-help`} className={css.help}>
          {help}
        </p>
      )}
      {reason === undefined ? null : (
        <p id={`${id}-reason`} className={reason === given ? hidden.hidden : css.help}>
          {reason}
        </p>
      )}
      {errorLine}
    </div>
  );
};

export type FieldError = { id: string; label: string; message: string };

/** At the top of a form that was refused: what is wrong, each line leading to its field (WCAG 3.3.1). */
export const ErrorSummary = ({ errors }: { errors: readonly FieldError[] }) => {
  if (errors.length === 0) return null;
  const go = (id: string): void => {
    const field = document.getElementById(id);
    field?.scrollIntoView({ block: 'center' });
    field?.focus();
  };
  return (
    <div role="alert" className={css.summary}>
      <p className={css.summaryHead}>{t('ui.errors', { n: errors.length })}</p>
      <ul>
        {errors.map(({ id, label, message }) => (
          <li key={`${id} ${message}`}>
            <button type="button" className={css.summaryLink} onClick={() => go(id)}>
              {label}
            </button>
            : {message}
          </li>
        ))}
      </ul>
    </div>
  );
};
