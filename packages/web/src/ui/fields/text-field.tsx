import type { KeyboardEvent } from 'react';
import { t } from '../../text/t.ts';
import { classNames } from '../class-names.ts';
import css from './field.module.css';
import { type EditorProps, Field } from './field.tsx';

export type TextFieldProps = EditorProps<string> & {
  placeholder?: string;
  maxLength?: number;
  /** BCP 47 tag of the text where it is not the page's language (WCAG 3.1.2). */
  lang?: string;
  type?: 'text' | 'email' | 'password' | 'url' | 'search';
  autoComplete?: string;
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
};

/** One line of text. */
export const TextField = (props: TextFieldProps) => {
  const {
    value,
    onChange,
    onBlur,
    placeholder,
    maxLength,
    lang,
    type = 'text',
    autoComplete,
    onKeyDown,
  } = props;
  return (
    <Field {...props}>
      {(control) => (
        <input
          {...control}
          type={type}
          value={value}
          placeholder={placeholder}
          maxLength={maxLength}
          lang={lang}
          autoComplete={autoComplete ?? 'off'}
          onChange={(event) => onChange(event.target.value)}
          onBlur={onBlur}
          onKeyDown={onKeyDown}
        />
      )}
    </Field>
  );
};

export type LongTextFieldProps = EditorProps<string> & {
  placeholder?: string;
  /** How many characters are kept. More can be typed and is said: a paste is never cut without a word. */
  maxLength?: number;
  lang?: string;
  rows?: number;
  onKeyDown?: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  /** A list that offers what is being typed: its id, and that of the entry which Enter takes. */
  offers?: { list: string; active: string } | undefined;
};

const tooLong = (length: number, most: number | undefined): string | undefined =>
  most === undefined || length <= most ? undefined : t('value.too-long', { n: length - most, most });

/** Text of several lines; grows with what is typed. */
export const LongTextField = (props: LongTextFieldProps) => {
  const { value, onChange, onBlur, placeholder, maxLength, lang, rows = 3, onKeyDown, offers } = props;
  return (
    <Field {...props} error={tooLong(value.length, maxLength) ?? props.error} className={css.long}>
      {(control) => (
        <textarea
          {...control}
          rows={rows}
          value={value}
          placeholder={placeholder}
          lang={lang}
          onChange={(event) => onChange(event.target.value)}
          onBlur={onBlur}
          onKeyDown={onKeyDown}
          aria-autocomplete={offers === undefined ? undefined : 'list'}
          aria-controls={offers?.list}
          aria-activedescendant={offers?.active}
        />
      )}
    </Field>
  );
};

/** One line that wraps where it has no room for all of it: nothing of a sentence in a table is out of sight. */
export const WrappingField = (props: EditorProps<string> & { maxLength?: number }) => {
  const { value, onChange, onBlur, maxLength, bare = false } = props;
  return (
    <Field
      {...props}
      error={tooLong(value.length, maxLength) ?? props.error}
      className={classNames(css.wrapping, bare && css.bare)}
    >
      {(control) => (
        <textarea
          {...control}
          rows={1}
          value={value}
          onChange={(event) => onChange(event.target.value.replace(/\s*\n\s*/g, ' '))}
          onBlur={onBlur}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
            // As in any line of a form.
            event.preventDefault();
            event.currentTarget.form?.requestSubmit();
          }}
        />
      )}
    </Field>
  );
};
