import type { Beside } from '@throughline/domain/grid.ts';
import type { Json } from '@throughline/domain/json.ts';
import type { Field, RowsField } from '@throughline/domain/kinds/fields.ts';
import type { Names } from '../api/members.ts';
import { t } from '../text/t.ts';
import { DateText } from '../ui/date-text.tsx';
import { Link } from '../ui/link.tsx';
import { CatalogueValue } from './catalogue-value.tsx';
import { FileValue } from './file-value.tsx';
import { GridValue } from './grid-value.tsx';
import css from './kinds.module.css';
import { cellOf, isDay, isEmptyValue, isMany, isOwedBy, valueText } from './parts.ts';
import { RowsTable } from './rows-table.tsx';

export type FieldValueProps = {
  name: string;
  field: Field;
  value: Json | undefined;
  names: Names;
  /** One line, cut where there is no room: in a table or a panel. */
  short?: boolean;
  /** The record's other values: what stands in the cells of a grid is placed by them. */
  beside?: Beside;
};

/** Above this many columns a row reads better as a list of its own than as a line of narrow cells. */
const tableColumns = 5;

const RowsValue = ({ field, value, names }: { field: RowsField; value: readonly Json[]; names: Names }) => {
  // Columns that no row fills take no room.
  const used = Object.entries(field.columns).filter(([name]) =>
    value.some((row) => !isEmptyValue(cellOf(row, name))),
  );
  const rows = value.map((row, index) => ({ row, id: `row ${index + 1}`, number: index + 1 }));
  if (used.length > tableColumns)
    return (
      <ol className={css.cards}>
        {rows.map(({ row, id, number }) => (
          <li key={id} className={css.card} aria-label={t('value.row-number', { n: number })}>
            <dl className={css.facts}>
              {used.flatMap(([name, column]) => {
                const text = valueText(column, cellOf(row, name), names);
                return text === ''
                  ? []
                  : [
                      <div key={name}>
                        <dt>{column.label}</dt>
                        <dd>{text}</dd>
                      </div>,
                    ];
              })}
            </dl>
          </li>
        ))}
      </ol>
    );
  return <RowsTable columns={used} rows={value} names={names} />;
};

/** A value of a record as people read it, by the type of its field. Nothing where nothing is recorded. */
export const FieldValue = ({ name, field, value, names, short = false, beside }: FieldValueProps) => {
  if (value === undefined || value === null || isEmptyValue(value)) return null;
  if ((field.type === 'day' && isDay(value)) || (field.type === 'moment' && typeof value === 'string'))
    return <DateText value={value} due={isOwedBy(name)} />;
  if (field.type === 'url' && typeof value === 'string' && !short)
    return (
      <Link href={value} target="_blank">
        {value}
      </Link>
    );
  if (field.type === 'file' && typeof value === 'string')
    return short ? t('value.file') : <FileValue id={value} field={field} />;
  if (field.type === 'rows' && field.grid !== undefined && isMany(value) && !short)
    return <GridValue field={field} value={value} beside={beside ?? {}} />;
  if (field.type === 'rows' && isMany(value))
    return short ? (
      t('value.row', { n: value.length })
    ) : (
      <RowsValue field={field} value={value} names={names} />
    );
  if (field.type === 'catalogue')
    return <CatalogueValue field={field} ids={(isMany(value) ? value : [value]).map(String)} short={short} />;
  const text = valueText(field, value, names);
  if (short) return <span title={text.length > 24 ? text : undefined}>{text}</span>;
  if (field.type === 'list' && isMany(value))
    return (
      <ul className={css.list}>
        {value.map((entry) => (
          <li key={String(entry)}>{String(entry)}</li>
        ))}
      </ul>
    );
  return <span className={field.type === 'text' ? css.prose : undefined}>{text}</span>;
};
