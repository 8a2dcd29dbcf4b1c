import {
  type Beside,
  type GridPlace,
  gridCell,
  gridChoices,
  gridTables,
  withGridCell,
  withoutGridTable,
} from '@throughline/domain/grid.ts';
import type { Json } from '@throughline/domain/json.ts';
import type { RowsField } from '@throughline/domain/kinds/fields.ts';
import { useState } from 'react';
import { t } from '../text/t.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { type EditorProps, Legend } from '../ui/fields/field.tsx';
import { CloseIcon, PlusIcon } from '../ui/icons.ts';
import css from './grid.module.css';
import { chosenBy, moved } from './grid-keys.ts';
import { GridTables } from './grid-tables.tsx';
import kinds from './kinds.module.css';
import { choicesOf } from './parts.ts';

export type GridEditorProps = EditorProps<readonly Json[]> & { field: RowsField; beside: Beside };

/** Cells are chosen where they stand; the steps come from the fields that name them, as they are being written. */
export const GridEditor = ({
  field,
  beside,
  label,
  value,
  onChange,
  id,
  help,
  error,
  bare,
  optional,
  mark,
}: GridEditorProps) => {
  const [more, setMore] = useState<readonly string[]>([]);
  const { grid } = field;
  if (!grid) return null;
  const tables = gridTables(field, value, beside, more);
  const shown = new Set(tables.map(({ table }) => table));
  const others = gridChoices(field, grid).filter(({ id: other }) => !shown.has(other));
  const empty = tables.flatMap(({ table, down, across }) =>
    down.flatMap((row) =>
      across.filter(
        (column) => gridCell(field, value, { table, down: row.step, across: column.step }) === undefined,
      ),
    ),
  ).length;
  const drawn = tables.filter(({ down, across }) => down.length > 0 && across.length > 0).length;
  const names = new Map(gridChoices(field, grid).map((choice) => [choice.id, choice.label]));
  const cellColumn = field.columns[grid.cell];
  const options = cellColumn ? choicesOf(cellColumn) : [];
  const choose = (place: GridPlace, chosen: string): void =>
    onChange(withGridCell(field, value, place, chosen === '' ? null : chosen));
  return (
    <fieldset className={kinds.fieldset} id={id} tabIndex={-1}>
      {bare === true ? null : <Legend label={label} optional={optional === true} mark={mark} />}
      {help === undefined ? null : <p className={kinds.help}>{help}</p>}
      <GridTables
        field={field}
        tables={tables}
        content={({ table }, down, across) => gridCell(field, value, { table, down, across })}
        draw={(place) => (
          <select
            className={css.choice}
            aria-label={t('value.grid-cell', { down: place.down, across: place.across })}
            value={gridCell(field, value, place) ?? ''}
            onChange={(event) => choose(place, event.target.value)}
            onKeyDown={(event) => {
              const chosen = chosenBy(event.key, options);
              if (event.ctrlKey || event.metaKey || event.altKey) return;
              if (chosen !== undefined) choose(place, chosen);
              else if (!moved(event.currentTarget, event.key)) return;
              event.preventDefault();
            }}
          >
            <option value="">–</option>
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
        )}
        act={({ table }) =>
          tables.length === 1 ? null : (
            <IconButton
              small
              label={t('value.grid-remove', { table: names.get(table) ?? table })}
              icon={<CloseIcon size={14} />}
              onClick={() => {
                setMore(more.filter((one) => one !== table));
                onChange(withoutGridTable(field, value, table));
              }}
            />
          )
        }
      />
      {drawn === 0 ? null : <p className={css.note}>{t('value.grid-keys', { n: options.length })}</p>}
      {empty === 0 ? null : <p className={css.note}>{t('value.grid-empty', { n: empty })}</p>}
      <div className={css.more}>
        {others.map((other) => (
          <Button
            key={other.id}
            look="ghost"
            flush
            icon={<PlusIcon size={14} />}
            onClick={() => setMore([...more, other.id])}
          >
            {t('value.grid-add', { table: other.label })}
          </Button>
        ))}
      </div>
      {error === undefined ? null : <p className={kinds.error}>{error}</p>}
    </fieldset>
  );
};
