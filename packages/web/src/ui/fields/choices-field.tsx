import { Combobox, useCombobox } from '@mantine/core';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { t } from '../../text/t.ts';
import { classNames } from '../class-names.ts';
import { CloseIcon } from '../icons.ts';
import css from './choice-field.module.css';
import { matching, type Option, OptionList } from './choice-field.tsx';
import { type EditorProps, Field } from './field.tsx';

export type ChoicesFieldProps = EditorProps<readonly string[]> & {
  options: readonly Option[];
  placeholder?: string;
  onSearch?: (text: string) => void;
  loading?: boolean;
};

/** Several of a list: the chosen stand before the text being typed; Backspace takes the last one away. */
export const ChoicesField = (props: ChoicesFieldProps) => {
  const { options, value, onChange, onBlur, onSearch, placeholder, loading = false } = props;
  const [typed, setTyped] = useState('');
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const found = useMemo(
    () => (onSearch === undefined ? matching(options, typed) : options),
    [options, typed, onSearch],
  );
  const labelOf = (chosen: string): string =>
    options.find((option) => option.value === chosen)?.label ?? chosen;
  const toggle = (chosen: string): void => {
    setTyped('');
    onChange(value.includes(chosen) ? value.filter((other) => other !== chosen) : [...value, chosen]);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Backspace' && typed === '' && value.length > 0) onChange(value.slice(0, -1));
  };
  return (
    <Field {...props}>
      {(control) => (
        <Combobox
          unstyled
          store={combobox}
          onOptionSubmit={toggle}
          offset={4}
          transitionProps={{ duration: 0 }}
          readOnly={control.readOnly === true}
        >
          <Combobox.Target>
            <div className={classNames(control.className, css.several)}>
              {value.map((chosen) => (
                <span key={chosen} className={css.chosen}>
                  {labelOf(chosen)}
                  {control.readOnly === true ? null : (
                    <button
                      type="button"
                      className={css.remove}
                      aria-label={t('ui.remove', { what: labelOf(chosen) })}
                      onClick={() => toggle(chosen)}
                    >
                      <CloseIcon size={13} />
                    </button>
                  )}
                </span>
              ))}
              <Combobox.EventsTarget withExpandedAttribute>
                <input
                  {...control}
                  role="combobox"
                  aria-autocomplete="list"
                  aria-expanded={combobox.dropdownOpened}
                  className={css.inner}
                  data-inside
                  value={typed}
                  placeholder={value.length === 0 ? (placeholder ?? t('ui.choose')) : undefined}
                  autoComplete="off"
                  onChange={(event) => {
                    setTyped(event.target.value);
                    onSearch?.(event.target.value);
                    combobox.openDropdown();
                    combobox.selectFirstOption();
                  }}
                  onClick={() => control.readOnly !== true && combobox.openDropdown()}
                  onKeyDown={press}
                  onBlur={() => {
                    setTyped('');
                    combobox.closeDropdown();
                    onBlur?.();
                  }}
                />
              </Combobox.EventsTarget>
            </div>
          </Combobox.Target>
          <OptionList
            label={props.label}
            options={found}
            chosen={value}
            loading={loading}
            note={undefined}
            multiple
          />
        </Combobox>
      )}
    </Field>
  );
};
