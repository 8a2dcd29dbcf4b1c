import type { KindWire } from '@throughline/domain/wire.ts';
import type { ImportColumnWire } from '@throughline/domain/wire-import.ts';
import css from './imports.module.css';
import { dateClashes, needsLook, targetGroups } from './wizard-state.ts';
import { w } from './words.ts';

type Order = 'month-first' | 'day-first';
type Change = { target?: string | null; dateOrder?: Order | null };

const confidence = {
  sure: 'import.columns.sure',
  likely: 'import.columns.likely',
  unsure: 'import.columns.unsure-word',
  unused: 'import.columns.unused',
} as const;

const isOrder = (value: string): value is Order => value === 'month-first' || value === 'day-first';

const DateOrder = ({
  column,
  name,
  locked,
  onChange,
}: {
  column: ImportColumnWire;
  name: string;
  locked: boolean;
  onChange: (change: Change) => void;
}) => {
  const clashes = dateClashes(column);
  return (
    <>
      <select
        className={css.select}
        aria-label={w('import.columns.date-order', { header: name })}
        value={column.dateOrder ?? ''}
        disabled={locked}
        data-open={column.dateOrder === null || undefined}
        onChange={({ target: { value } }) => onChange({ dateOrder: isOrder(value) ? value : null })}
      >
        <option value="">{w('import.columns.date-ask')}</option>
        <option value="month-first">{w('import.columns.month-first')}</option>
        <option value="day-first">{w('import.columns.day-first')}</option>
      </select>
      {clashes === 0 ? null : (
        <span className={css.clash}>{w('import.columns.date-clash', { n: clashes })}</span>
      )}
    </>
  );
};

export type ColumnRowProps = {
  column: ImportColumnWire;
  kind: KindWire;
  rows: number;
  locked: boolean;
  onChange: (change: Change) => void;
};

/** One column: its heading, three of its cells, where it goes, how sure that is and why. */
export const ColumnRow = ({ column, kind, rows, locked, onChange }: ColumnRowProps) => {
  const name = column.header === '' ? w('import.columns.no-header', { n: column.index + 1 }) : column.header;
  const groups = targetGroups(kind, column);
  const known = groups.some(({ targets }) => targets.some(({ value }) => value === column.target));
  const asks = column.target !== null && column.dateOrder !== undefined;
  return (
    <tr data-look={needsLook(column) || undefined}>
      <th scope="row">
        {name}
        <span className={css.filled}>
          {column.filled === 0
            ? w('import.columns.empty')
            : w('import.columns.filled', { n: column.filled, of: rows })}
        </span>
      </th>
      <td className={css.samples}>
        {[...new Set(column.samples)].slice(0, 3).map((sample) => (
          <span key={sample} title={sample}>
            {sample}
          </span>
        ))}
      </td>
      <td>
        <select
          className={css.select}
          aria-label={w('import.columns.target-of', { header: name })}
          value={column.target ?? ''}
          disabled={locked}
          onChange={({ target: { value } }) => onChange({ target: value === '' ? null : value })}
        >
          <option value="">{w('import.columns.keep')}</option>
          {known || column.target === null ? null : <option value={column.target}>{column.target}</option>}
          {groups.map((group) => (
            <optgroup key={group.label} label={group.label}>
              {group.targets.map((target) => (
                <option key={target.value} value={target.value}>
                  {target.label}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
        {asks ? <DateOrder column={column} name={name} locked={locked} onChange={onChange} /> : null}
      </td>
      <td>
        <b className={css.sure} data-confidence={column.confidence}>
          {w(confidence[column.confidence])}
        </b>
        {column.why === '' ? null : <span className={css.whyText}>{column.why}</span>}
      </td>
    </tr>
  );
};
