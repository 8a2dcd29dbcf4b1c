import type { SchemeTableWire } from '@throughline/domain/wire-classes.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { ChoiceField } from '../../ui/fields/choice-field.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import css from './interview.module.css';
import {
  changedCondition,
  changedRow,
  type DraftCondition,
  type DraftRow,
  earlier,
  type TableDraft,
  withCondition,
  withoutRow,
  withRow,
} from './table-draft.ts';
import { w } from './words.ts';

type ConditionProps = {
  condition: DraftCondition;
  facts: SchemeTableWire['facts'];
  onChange: (condition: DraftCondition | null) => void;
};

/** One condition: the fact, the test, and which of its values. */
const ConditionEditor = ({ condition, facts, onChange }: ConditionProps) => {
  const fact = facts.find(({ id }) => id === condition.fact);
  const label = fact?.label ?? condition.fact;
  const toggle = (value: string): readonly string[] =>
    condition.values.includes(value)
      ? condition.values.filter((one) => one !== value)
      : [...condition.values, value];
  return (
    <div className={css.several}>
      <div className={css.known}>
        <ChoiceField
          bare
          label={w('table.fact')}
          value={condition.fact === '' ? null : condition.fact}
          options={facts.map(({ id, label: name }) => ({
            value: id,
            label: name,
            hint: id.split('.')[0] ?? '',
          }))}
          onChange={(id) => onChange({ ...condition, fact: id ?? '', values: [] })}
        />
        <ChoiceField
          bare
          label={w('table.test', { fact: label })}
          value={condition.test}
          options={[
            { value: 'any', label: w('table.is-one') },
            { value: 'none', label: w('table.is-none') },
          ]}
          onChange={(test) => onChange({ ...condition, test: test === 'none' ? 'none' : 'any' })}
        />
        <Button look="ghost" onClick={() => onChange(null)}>
          {w('table.remove-condition', { fact: label })}
        </Button>
      </div>
      {fact === undefined ? null : (
        <fieldset className={css.tools} aria-label={w('table.values', { fact: label })}>
          {fact.values.map(({ id, label: name }) => (
            <Checkbox
              key={id}
              label={name}
              checked={condition.values.includes(id)}
              onChange={() => onChange({ ...condition, values: toggle(id) })}
            />
          ))}
        </fieldset>
      )}
    </div>
  );
};

type Props = { table: SchemeTableWire; draft: TableDraft; onChange: (draft: TableDraft) => void };

const hits = ['first', 'severest', 'one'] as const;

type RowProps = { row: DraftRow; number: string } & Props;

const RowEditor = ({ row, number, table, draft, onChange }: RowProps) => {
  const change = (next: Partial<DraftRow>) => onChange(changedRow(draft, row.key, next));
  return (
    <li className={css.question}>
      <div className={css.known}>
        <b>{w('table.number', { row: number })}</b>
        <ChoiceField
          bare
          label={w('table.level-of', { row: number })}
          placeholder={w('table.level')}
          value={row.level === '' ? null : row.level}
          options={table.levels.map(({ level }) => ({ value: level, label: level }))}
          onChange={(level) => change({ level: level ?? '' })}
        />
        <TextField
          bare
          label={w('table.because-of', { row: number })}
          placeholder={w('table.because')}
          maxLength={200}
          value={row.because}
          onChange={(because) => change({ because })}
        />
        <Button look="ghost" onClick={() => onChange(earlier(draft, row.key))}>
          {w('table.up', { row: number })}
        </Button>
        <Button look="ghost" onClick={() => onChange(withoutRow(draft, row.key))}>
          {w('table.remove', { row: number })}
        </Button>
      </div>
      {row.when.map((condition) => (
        <ConditionEditor
          key={condition.key}
          condition={condition}
          facts={table.facts}
          onChange={(next) => change({ when: changedCondition(row, condition.key, next) })}
        />
      ))}
      <Button onClick={() => change({ when: withCondition(row) })}>{w('table.add-condition')}</Button>
    </li>
  );
};

/** The rows of a table, each with its level and its conditions; nothing is kept before somebody says so. */
export const TableEditor = ({ table, draft, onChange }: Props) => (
  <>
    <ChoiceField
      label={w('table.hits')}
      value={draft.hits}
      options={hits.map((value) => ({ value, label: w(`table.hits.${value}`) }))}
      onChange={(value) => onChange({ ...draft, hits: hits.find((one) => one === value) ?? 'first' })}
    />
    <ol className={css.list}>
      {draft.rows.map((row, at) => (
        <RowEditor
          key={row.key}
          row={row}
          number={String(at + 1)}
          table={table}
          draft={draft}
          onChange={onChange}
        />
      ))}
    </ol>
    <div className={css.foot}>
      <Button onClick={() => onChange(withRow(draft))}>{w('table.add-row')}</Button>
      <span className={css.small}>{w('table.edit-parts')}</span>
    </div>
  </>
);
