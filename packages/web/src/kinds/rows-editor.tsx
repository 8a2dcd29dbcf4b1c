import type { Json } from '@throughline/domain/json.ts';
import type { RowsField } from '@throughline/domain/kinds/fields.ts';
import { t } from '../text/t.ts';
import { Button, IconButton } from '../ui/button.tsx';
import type { EditorProps } from '../ui/fields/field.tsx';
import { CloseIcon, PlusIcon } from '../ui/icons.ts';
import { CellInput } from './cell-input.tsx';
import css from './kinds.module.css';
import { cellOf, isEmptyValue } from './parts.ts';

export type RowsEditorProps = EditorProps<readonly Json[]> & { field: RowsField };

const withCell = (row: Json, name: string, value: Json): Json => {
  const before = typeof row === 'object' && row !== null && !Array.isArray(row) ? row : {};
  const entries = Object.entries({ ...before, [name]: value }).filter(([, cell]) => !isEmptyValue(cell));
  return Object.fromEntries(entries);
};

/** A table inside a record: each row a small form of its own, so that it works at 320 px and by key alone. */
export const RowsEditor = ({ field, label, value, onChange, id, help, error, bare }: RowsEditorProps) => {
  // Edited where it stands, an empty table begins with a row to type in; in a form of many parts it waits to be asked.
  const first = bare === true && value.length === 0;
  const given: readonly Json[] = first ? [{}] : value;
  const rows = given.map((row, index) => ({ row, index, key: `row ${index + 1}` }));
  return (
    <fieldset className={css.fieldset} id={id} tabIndex={-1}>
      {bare === true ? null : <legend className={css.legend}>{label}</legend>}
      {help === undefined ? null : <p className={css.help}>{help}</p>}
      {rows.length === 0 ? <p className={css.quiet}>{t('value.rows-empty')}</p> : null}
      {rows.map(({ row, index, key }) => (
        <div key={key} role="group" aria-label={t('value.row-number', { n: index + 1 })} className={css.card}>
          <div className={css.cardHead}>
            <span>{t('value.row-number', { n: index + 1 })}</span>
            {first ? null : (
              <IconButton
                small
                label={t('value.remove-row', { n: index + 1 })}
                icon={<CloseIcon size={14} />}
                onClick={() => onChange(value.filter((_row, at) => at !== index))}
              />
            )}
          </div>
          {Object.entries(field.columns).map(([name, column]) => (
            <CellInput
              key={name}
              field={column}
              label={column.label}
              value={cellOf(row, name) ?? null}
              onChange={(cell) =>
                onChange(given.map((other, at) => (at === index ? withCell(other, name, cell) : other)))
              }
            />
          ))}
        </div>
      ))}
      <div>
        <Button look="ghost" flush icon={<PlusIcon size={14} />} onClick={() => onChange([...given, {}])}>
          {t('value.add-row')}
        </Button>
      </div>
      {error === undefined ? null : <p className={css.error}>{error}</p>}
    </fieldset>
  );
};
