import { useState } from 'react';
import { formatDay } from '../../text/dates.ts';
import { type PlainTextKey, t } from '../../text/t.ts';
import { Button } from '../button.tsx';
import { CloseIcon, PlusIcon } from '../icons.ts';
import { Menu } from '../menu.tsx';
import { Popover } from '../popover.tsx';
import { useHotkeys } from '../use-hotkeys.ts';
import css from './filter-chips.module.css';
import { asksValue, type Filter, type FilterField, isComplete, type Operator } from './filter-state.ts';
import { FilterValue } from './filter-value.tsx';

export type FilterChipsProps = {
  fields: readonly FilterField[];
  filters: readonly Filter[];
  /** Every complete set of filters; the page writes it into its address with `writeFilters`. */
  onChange: (filters: readonly Filter[]) => void;
};

const operatorWord = (field: FilterField, operator: Operator): string => {
  const key: PlainTextKey = `filter.${operator}`;
  return field.words?.[operator] ?? t(key);
};

const valueWords = (filter: Filter, field: FilterField): readonly string[] =>
  filter.values.map(
    (value) =>
      field.options?.find((option) => option.value === value)?.label ??
      (field.input === 'day' ? formatDay(value) : value),
  );

type ChipProps = {
  filter: Filter;
  field: FilterField;
  fields: readonly FilterField[];
  opened: boolean;
  onOpened: (opened: boolean) => void;
  onChange: (filter: Filter) => void;
  onRemove: () => void;
};

/** Field, operator and value, each with a menu of its own, and the cross that takes the filter away. */
const Chip = ({ filter, field, fields, opened, onOpened, onChange, onRemove }: ChipProps) => {
  const words = valueWords(filter, field);
  const said = `${field.label} ${operatorWord(field, filter.operator)} ${words.join(', ')}`;
  const changeField = (next: FilterField): void =>
    onChange({ field: next.id, operator: next.operators[0] ?? 'is', values: [] });
  const changeOperator = (operator: Operator): void =>
    onChange({ ...filter, operator, values: asksValue(operator) ? filter.values : [] });
  return (
    <li className={css.chip}>
      <Menu
        groups={[
          {
            items: fields.map((other) => ({
              label: other.label,
              checked: other.id === field.id,
              onSelect: () => changeField(other),
            })),
          },
        ]}
        trigger={
          <button
            type="button"
            className={css.part}
            aria-label={t('ui.filter-part', { part: t('ui.filter-field'), value: field.label })}
          >
            {field.label}
          </button>
        }
      />
      <Menu
        groups={[
          {
            items: field.operators.map((operator) => ({
              label: operatorWord(field, operator),
              checked: operator === filter.operator,
              onSelect: () => changeOperator(operator),
            })),
          },
        ]}
        trigger={
          <button
            type="button"
            className={css.part}
            aria-label={t('ui.filter-part', {
              part: t('ui.filter-operator'),
              value: operatorWord(field, filter.operator),
            })}
          >
            {operatorWord(field, filter.operator)}
          </button>
        }
      />
      {asksValue(filter.operator) ? (
        <Popover
          opened={opened}
          onChange={onOpened}
          label={t('ui.filter-value')}
          width={240}
          trigger={
            <button
              type="button"
              className={css.part}
              aria-label={t('ui.filter-part', {
                part: t('ui.filter-value'),
                value: words.length === 0 ? t('ui.no-value') : words.join(', '),
              })}
              onClick={() => onOpened(!opened)}
            >
              {words.length === 0 ? <span className={css.none}>{t('ui.choose')}</span> : null}
              {words.map((word, index) => (
                <span key={word}>
                  {index === 0 ? '' : ` ${t('filter.or')} `}
                  <b>{word}</b>
                </span>
              ))}
            </button>
          }
        >
          <FilterValue
            filter={filter}
            field={field}
            onChange={(values) => onChange({ ...filter, values })}
            onDone={() => onOpened(false)}
          />
        </Popover>
      ) : null}
      <button
        type="button"
        className={css.remove}
        aria-label={t('ui.remove-filter', { what: said })}
        onClick={onRemove}
      >
        <CloseIcon size={13} />
      </button>
    </li>
  );
};

/** Found by a mark of its own: the menu gives its trigger an id of the menu's making. */
const addButton = (): HTMLElement | null => document.querySelector('[data-add-filter]');

/** The filters of a list as chips, and the menu that adds one (`F`). A chip without a value waits and does not filter. */
export const FilterChips = ({ fields, filters, onChange }: FilterChipsProps) => {
  const [draft, setDraft] = useState<Filter | null>(null);
  const [opened, setOpened] = useState('');
  useHotkeys([
    {
      keys: 'f',
      label: t('filter.add'),
      group: 'list',
      run: () => addButton()?.click(),
    },
  ]);
  const used = new Set(filters.map((filter) => filter.field));
  const free = fields.filter((field) => !used.has(field.id));
  const add = (field: FilterField): void => {
    const filter: Filter = { field: field.id, operator: field.operators[0] ?? 'is', values: [] };
    setDraft(filter);
    // After the menu has closed and given focus back, so that the value's popover keeps it.
    setTimeout(() => setOpened(field.id), 0);
  };
  const settle = (before: Filter, next: Filter): void => {
    const others = filters.filter((filter) => filter.field !== before.field && filter.field !== next.field);
    if (isComplete(next)) {
      setDraft(null);
      onChange(
        filters.some((filter) => filter.field === before.field)
          ? filters.map((filter) => (filter.field === before.field ? next : filter))
          : [...others, next],
      );
    } else {
      setDraft(next);
      if (filters.some((filter) => filter.field === before.field)) onChange(others);
    }
    if (before.field !== next.field) setOpened('');
  };
  const remove = (gone: Filter): void => {
    setDraft(null);
    if (filters.includes(gone)) onChange(filters.filter((filter) => filter !== gone));
    addButton()?.focus();
  };
  const shown = draft === null || used.has(draft.field) ? filters : [...filters, draft];
  return (
    <div className={css.bar} role="group" aria-label={t('ui.filters')}>
      <ul className={css.chips}>
        {shown.map((filter) => {
          const field = fields.find((entry) => entry.id === filter.field);
          if (field === undefined) return null;
          return (
            <Chip
              key={filter.field}
              filter={filter}
              field={field}
              fields={[field, ...free.filter((other) => other.id !== field.id)]}
              opened={opened === filter.field}
              onOpened={(open) => setOpened(open ? filter.field : '')}
              onChange={(next) => settle(filter, next)}
              onRemove={() => remove(filter)}
            />
          );
        })}
      </ul>
      {free.length === 0 ? null : (
        <Menu
          groups={[{ items: free.map((field) => ({ label: field.label, onSelect: () => add(field) })) }]}
          trigger={
            <Button data-add-filter look="ghost" icon={<PlusIcon size={14} />} keys="f">
              {t('ui.filter')}
            </Button>
          }
        />
      )}
    </div>
  );
};
