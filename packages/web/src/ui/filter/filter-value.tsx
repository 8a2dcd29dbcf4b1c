import { useState } from 'react';
import { readDay } from '../../text/dates.ts';
import { t } from '../../text/t.ts';
import { Button } from '../button.tsx';
import { Checkbox } from '../checkbox.tsx';
import { TextField } from '../fields/text-field.tsx';
import css from './filter-chips.module.css';
import type { Filter, FilterField } from './filter-state.ts';

type FilterValueProps = {
  filter: Filter;
  field: FilterField;
  onChange: (values: readonly string[]) => void;
  onDone: () => void;
};

/** Above this many options a field narrows them. */
const many = 8;

const Choices = ({ filter, field, onChange }: FilterValueProps) => {
  const [find, setFind] = useState('');
  const options = field.options ?? [];
  const shown = options.filter((option) => option.label.toLowerCase().includes(find.trim().toLowerCase()));
  const toggle = (value: string): void =>
    onChange(
      filter.values.includes(value)
        ? filter.values.filter((other) => other !== value)
        : [...filter.values, value],
    );
  return (
    <div className={css.choices}>
      {options.length > many ? (
        <TextField
          bare
          label={t('ui.search-options')}
          placeholder={t('ui.search-options')}
          value={find}
          onChange={setFind}
        />
      ) : null}
      {shown.map((option) => (
        <Checkbox
          key={option.value}
          label={option.label}
          checked={filter.values.includes(option.value)}
          onChange={() => toggle(option.value)}
        />
      ))}
      {shown.length === 0 ? <span className={css.none}>{t('ui.no-match')}</span> : null}
    </div>
  );
};

const Typed = ({ filter, field, onChange, onDone }: FilterValueProps) => {
  const [text, setText] = useState(filter.values[0] ?? '');
  const value = field.input === 'day' ? readDay(text) : text.trim();
  const wrong = text.trim() !== '' && value === null;
  const apply = (): void => {
    if (wrong) return;
    onChange(value === null || value === '' ? [] : [value]);
    onDone();
  };
  return (
    <form
      className={css.typed}
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <TextField
        label={field.label}
        value={text}
        onChange={setText}
        error={wrong ? t('ui.not-a-day', { text }) : undefined}
      />
      <Button size="form" type="submit">
        {t('filter.apply')}
      </Button>
    </form>
  );
};

/** The editor of a chip's value: ticks for a choice, a field for all else. */
export const FilterValue = (props: FilterValueProps) =>
  props.field.input === 'choice' ? <Choices {...props} /> : <Typed {...props} />;
