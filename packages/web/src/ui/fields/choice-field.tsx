import { Combobox, useCombobox } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import { t } from '../../text/t.ts';
import { classNames } from '../class-names.ts';
import { CheckIcon, ChevronDownIcon } from '../icons.ts';
import floating from '../popover.module.css';
import css from './choice-field.module.css';
import { type EditorProps, Field } from './field.tsx';

export type Option = {
  value: string;
  label: string;
  /** Quiet text on the right: a unit, a ref. */
  hint?: string;
  /** Why it cannot be chosen. */
  reason?: string;
};

export type ChoiceFieldProps = EditorProps<string | null> & {
  options: readonly Option[];
  placeholder?: string;
  /** Called as the person types, where options come from the server. Without it, options are filtered here. */
  onSearch?: (text: string) => void;
  loading?: boolean;
  /** Emptying the text takes the choice away; as `optional` does, which says so beside the label. */
  clears?: boolean;
  /** Last line of the list: what a choice brings about. */
  note?: ReactNode;
};

/** At most this many options stand in the list; typing narrows it. */
const shown = 100;

export const matching = (options: readonly Option[], text: string): readonly Option[] => {
  const words = text.trim().toLowerCase().split(/\s+/);
  return options.filter((option) =>
    words.every((word) => `${option.label} ${option.hint ?? ''}`.toLowerCase().includes(word)),
  );
};

type ListProps = {
  label: string;
  options: readonly Option[];
  chosen: readonly string[];
  loading: boolean;
  note: ReactNode;
  multiple?: boolean;
};

/** The open list of a choice, single or several. */
export const OptionList = ({ label, options, chosen, loading, note, multiple = false }: ListProps) => (
  <Combobox.Dropdown className={classNames(floating.floating, css.dropdown)}>
    <Combobox.Options className={css.options} aria-label={label}>
      {options.slice(0, shown).map((option) => (
        <Combobox.Option
          key={option.value}
          value={option.value}
          className={css.option}
          disabled={option.reason !== undefined}
          selected={chosen.includes(option.value)}
        >
          {multiple ? (
            <span className={css.tick}>{chosen.includes(option.value) ? <CheckIcon size={14} /> : null}</span>
          ) : null}
          <span className={css.label}>{option.label}</span>
          {(option.reason ?? option.hint) === undefined ? null : (
            <span className={css.hint}>{option.reason ?? option.hint}</span>
          )}
        </Combobox.Option>
      ))}
      {options.length === 0 ? (
        <Combobox.Empty className={css.empty}>{loading ? t('ui.loading') : t('ui.no-match')}</Combobox.Empty>
      ) : null}
    </Combobox.Options>
    {note === undefined ? null : <div className={css.note}>{note}</div>}
  </Combobox.Dropdown>
);

/** One of a list, found by typing. Arrows move, Enter chooses, Esc restores. */
export const ChoiceField = (props: ChoiceFieldProps) => {
  const {
    options,
    value,
    onChange,
    onBlur,
    onSearch,
    placeholder,
    loading = false,
    note,
    optional = false,
    clears = optional,
  } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const current = options.find((option) => option.value === value);
  const found = useMemo(
    () => (typed === null || onSearch !== undefined ? options : matching(options, typed)),
    [options, typed, onSearch],
  );
  const settle = (): void => {
    if (typed !== null && typed.trim() === '' && clears && value !== null) onChange(null);
    setTyped(null);
    combobox.closeDropdown();
    onBlur?.();
  };
  const choose = (chosen: string): void => {
    setTyped(null);
    combobox.closeDropdown();
    onChange(chosen);
  };
  const type = (text: string): void => {
    setTyped(text);
    onSearch?.(text);
    combobox.openDropdown();
    combobox.selectFirstOption();
  };
  return (
    <Field {...props}>
      {(control) => (
        <Combobox
          unstyled
          store={combobox}
          onOptionSubmit={choose}
          offset={4}
          transitionProps={{ duration: 0 }}
          readOnly={control.readOnly === true}
        >
          <Combobox.Target>
            <div className={css.box}>
              <Combobox.EventsTarget withExpandedAttribute>
                <input
                  {...control}
                  role="combobox"
                  aria-autocomplete="list"
                  aria-expanded={combobox.dropdownOpened}
                  className={classNames(control.className, css.input)}
                  value={typed ?? current?.label ?? ''}
                  placeholder={placeholder ?? t('ui.choose')}
                  autoComplete="off"
                  onChange={(event) => type(event.target.value)}
                  onFocus={(event) => {
                    event.target.select();
                    // In a cell the person asked for the list by beginning to edit.
                    if (props.bare === true) combobox.openDropdown();
                  }}
                  onClick={() => control.readOnly !== true && combobox.openDropdown()}
                  onBlur={settle}
                />
              </Combobox.EventsTarget>
              <ChevronDownIcon size={14} className={css.chevron ?? ''} />
            </div>
          </Combobox.Target>
          <OptionList
            label={props.label}
            options={found}
            chosen={value === null ? [] : [value]}
            loading={loading}
            note={note}
          />
        </Combobox>
      )}
    </Field>
  );
};
