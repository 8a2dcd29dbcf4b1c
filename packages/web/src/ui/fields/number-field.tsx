import { useState } from 'react';
import { t } from '../../text/t.ts';
import css from './field.module.css';
import { type EditorProps, Field } from './field.tsx';

export type NumberFieldProps = EditorProps<number | null> & {
  min?: number;
  max?: number;
  whole?: boolean;
  /** What it counts, in words beside it. */
  unit?: string | undefined;
};

/** What was typed as a number: "1,234.5" or "1 234.5". Undefined where it is none, null where nothing is typed. */
export const readNumber = (typed: string): number | null | undefined => {
  const text = typed.trim().replace(/(?<=\d)[ ,](?=\d{3}(\D|$))/g, '');
  if (text === '') return null;
  return /^[-−]?\d+(\.\d+)?$/.test(text) ? Number(text.replace('−', '-')) : undefined;
};

const rangeError = (value: number, { min, max }: { min?: number; max?: number }): string | undefined => {
  if ((min === undefined || value >= min) && (max === undefined || value <= max)) return undefined;
  if (min !== undefined && max !== undefined) return t('ui.number-between', { min, max });
  return min === undefined ? t('ui.number-to', { max: max ?? 0 }) : t('ui.number-from', { min });
};

/** A number, typed as text: no spinner to scroll by accident. What cannot be read stays in sight with the reason. */
export const NumberField = (props: NumberFieldProps) => {
  const { value, onChange, onBlur, whole = false, unit } = props;
  const [typed, setTyped] = useState<{ text: string; for: number | null } | null>(null);
  const text = typed !== null && typed.for === value ? typed.text : value === null ? '' : String(value);
  const read = readNumber(text);
  const wrong = read === undefined || (whole && read !== null && !Number.isInteger(read));
  const unread = wrong ? t('ui.not-a-number', { text }) : undefined;
  const range = read === undefined || read === null ? undefined : rangeError(read, props);
  const change = (next: string): void => {
    const number = readNumber(next);
    setTyped({ text: next, for: number === undefined ? value : number });
    if (number !== undefined) onChange(number);
  };
  const error = unread ?? props.error ?? range;
  return (
    <Field {...props} {...(error === undefined ? {} : { error })} className={css.short}>
      {(control) => {
        const input = (
          <input
            {...control}
            data-unread={unread}
            inputMode="decimal"
            value={text}
            autoComplete="off"
            onChange={(event) => change(event.target.value)}
            onBlur={onBlur}
          />
        );
        return unit === undefined || props.bare === true ? (
          input
        ) : (
          <div className={css.withButton}>
            {input}
            <span className={css.read}>{unit}</span>
          </div>
        );
      }}
    </Field>
  );
};
