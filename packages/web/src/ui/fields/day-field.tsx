import { useRef, useState } from 'react';
import { dayParts, formatDay, readDay } from '../../text/dates.ts';
import { t } from '../../text/t.ts';
import { IconButton } from '../button.tsx';
import { CalendarIcon } from '../icons.ts';
import css from './field.module.css';
import { type EditorProps, Field } from './field.tsx';

export type DayFieldProps = EditorProps<string | null>;

/**
 * A day as precise as it is known: accepts `2026`, `2026-Q3`, `2026-07`, `2026-07-14` and the written form
 * `14 Jul 2026`; answers the stored form. What is no date stays in sight with the reason and is not passed on.
 */
export const DayField = (props: DayFieldProps) => {
  const { value, onChange, onBlur, bare = false } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const text = typed ?? (value === null ? '' : formatDay(value));
  const read = text.trim() === '' ? null : readDay(text);
  const wrong = text.trim() !== '' && read === null;
  const leave = (): void => {
    if (!wrong) {
      setTyped(null);
      if (read !== value) onChange(read);
    }
    onBlur?.();
  };
  const change = (next: string): void => {
    setTyped(next);
    const day = next.trim() === '' ? null : readDay(next);
    // A half-typed date is often a valid shorter one ("2026" on the way to "2026-07"): it is passed on as typed.
    if ((day !== null || next.trim() === '') && day !== value) onChange(day);
  };
  const pick = (day: string): void => {
    setTyped(null);
    onChange(day === '' ? null : day);
  };
  const unread = wrong ? t('ui.not-a-day', { text }) : undefined;
  const error = unread ?? props.error;
  return (
    <Field {...props} {...(error === undefined ? {} : { error })} className={css.short}>
      {(control) => (
        <span className={css.withButton}>
          <input
            {...control}
            data-unread={unread}
            value={text}
            autoComplete="off"
            onChange={(event) => change(event.target.value)}
            onBlur={leave}
          />
          {bare || control.readOnly === true ? null : (
            <>
              <IconButton
                label={t('ui.choose-day')}
                icon={<CalendarIcon />}
                onClick={() => picker.current?.showPicker()}
              />
              <input
                ref={picker}
                type="date"
                className={css.picker}
                tabIndex={-1}
                aria-hidden="true"
                value={value !== null && dayParts(value)?.precision === 'day' ? value : ''}
                onChange={(event) => pick(event.target.value)}
              />
            </>
          )}
        </span>
      )}
    </Field>
  );
};
