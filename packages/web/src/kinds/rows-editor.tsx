import type { Json } from '@throughline/domain/json.ts';
import type { CellField, RowsField } from '@throughline/domain/kinds/fields.ts';
import { useRef } from 'react';
import { t } from '../text/t.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { type EditorProps, Legend } from '../ui/fields/field.tsx';
import { CloseIcon, PlusIcon } from '../ui/icons.ts';
import { CellInput } from './cell-input.tsx';
import css from './kinds.module.css';
import { cellOf, isEmptyValue, isLocked, valueText } from './parts.ts';
import { sheetColumns } from './sheet-columns.ts';

export type RowsEditorProps = EditorProps<readonly Json[]> & { field: RowsField };

const withCell = (row: Json, name: string, value: Json): Json => {
  const before = typeof row === 'object' && row !== null && !Array.isArray(row) ? row : {};
  const entries = Object.entries({ ...before, [name]: value }).filter(([, cell]) => !isEmptyValue(cell));
  return Object.fromEntries(entries);
};

type RowProps = {
  field: RowsField;
  row: Json;
  index: number;
  /** Columns stand side by side under one head: the cells carry no labels of their own. */
  sheet: boolean;
  onCell: (name: string, value: Json) => void;
  onRemove: (() => void) | undefined;
};

const RemoveRow = ({ index, onRemove }: Pick<RowProps, 'index' | 'onRemove'>) =>
  onRemove === undefined ? (
    <span />
  ) : (
    <IconButton
      small
      label={t('value.remove-row', { n: index + 1 })}
      icon={<CloseIcon size={14} />}
      onClick={onRemove}
    />
  );

/** What an act of its own wrote is read here and written there; a row of one's own has none of it. */
const LockedCell = ({
  column,
  value,
  sheet,
}: {
  column: CellField;
  value: Json | undefined;
  sheet: boolean;
}) => {
  const text = valueText(column, value, {});
  if (text === '' && !sheet) return null;
  return <p className={css.quiet}>{sheet ? text : `${column.label}: ${text}`}</p>;
};

const Row = ({ field, row, index, sheet, onCell, onRemove }: RowProps) => {
  const cells = Object.entries(field.columns).map(([name, column]) => {
    const input = isLocked(column) ? (
      <LockedCell key={name} column={column} value={cellOf(row, name)} sheet={sheet} />
    ) : (
      <CellInput
        key={name}
        field={column}
        label={column.label}
        bare={sheet}
        wraps
        value={cellOf(row, name) ?? null}
        onChange={(cell) => onCell(name, cell)}
      />
    );
    return sheet ? (
      <div key={name} className={css.sheetCell} data-label={column.label}>
        {input}
      </div>
    ) : (
      input
    );
  });
  const number = t('value.row-number', { n: index + 1 });
  return (
    <div role="group" aria-label={number} className={sheet ? css.sheetRow : css.card}>
      {sheet ? (
        <>
          {cells}
          <RemoveRow index={index} onRemove={onRemove} />
        </>
      ) : (
        <>
          <div className={css.cardHead}>
            <span>{number}</span>
            <RemoveRow index={index} onRemove={onRemove} />
          </div>
          {cells}
        </>
      )}
    </div>
  );
};

/**
 * A table inside a record. Few short columns stand as a table; where there is no room, and for more, each row is a small
 * form of its own, so that it works at 320 px and by key alone.
 */
export const RowsEditor = ({ field, label, value, onChange, id, help, error, ...props }: RowsEditorProps) => {
  const { bare, optional, mark } = props;
  const box = useRef<HTMLFieldSetElement>(null);
  // Edited where it stands, an empty table begins with a row to type in; in a form of many parts it waits to be asked.
  const first = bare === true && value.length === 0;
  const given: readonly Json[] = first ? [{}] : value;
  const columns = sheetColumns(field);
  const sheet = columns !== undefined;
  const add = (): void => {
    onChange([...given, {}]);
    // Once it is drawn, so that whoever asked for a row types in it.
    setTimeout(() => {
      const rows = box.current?.querySelectorAll('[role="group"]');
      rows?.[rows.length - 1]?.querySelector<HTMLElement>('input, select, button, textarea')?.focus();
    }, 0);
  };
  // A row has no name of its own: it is where it stands.
  const placed = given.map((row, index) => ({ row, index, key: `row ${index + 1}` }));
  const rows = placed.map(({ row, index, key }) => (
    <Row
      key={key}
      field={field}
      row={row}
      index={index}
      sheet={sheet}
      onCell={(name, cell) =>
        onChange(given.map((other, at) => (at === index ? withCell(other, name, cell) : other)))
      }
      onRemove={first ? undefined : () => onChange(value.filter((_row, at) => at !== index))}
    />
  ));
  return (
    <fieldset ref={box} className={css.fieldset} id={id} tabIndex={-1}>
      {bare === true ? null : <Legend label={label} optional={optional === true} mark={mark} />}
      {help === undefined ? null : <p className={css.help}>{help}</p>}
      {rows.length === 0 ? <p className={css.quiet}>{t('value.rows-empty')}</p> : null}
      {sheet && rows.length > 0 ? (
        <div className={css.sheetBox} data-sheet>
          <div className={css.sheet} style={{ gridTemplateColumns: columns }}>
            <div className={css.sheetHead} aria-hidden="true">
              {Object.entries(field.columns).map(([name, column]) => (
                <span key={name}>{column.label}</span>
              ))}
            </div>
            {rows}
          </div>
        </div>
      ) : (
        rows
      )}
      <div>
        <Button look="ghost" flush icon={<PlusIcon size={14} />} onClick={add}>
          {t('value.add-row')}
        </Button>
      </div>
      {error === undefined ? null : <p className={css.error}>{error}</p>}
    </fieldset>
  );
};
