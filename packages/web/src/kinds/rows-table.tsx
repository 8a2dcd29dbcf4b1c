import type { Json } from '@throughline/domain/json.ts';
import type { CellField } from '@throughline/domain/kinds/fields.ts';
import { useState } from 'react';
import type { Names } from '../api/members.ts';
import { t } from '../text/t.ts';
import { Button } from '../ui/button.tsx';
import css from './kinds.module.css';
import { cellOf, valueText } from './parts.ts';
import { headedWeight } from './sheet-columns.ts';

/** A table longer than this begins folded: what stands below it on the page stays in reach. */
const foldsAbove = 10;
const shownFolded = 6;

type RowsTableProps = {
  columns: readonly (readonly [string, CellField])[];
  rows: readonly Json[];
  names: Names;
};

/** Rows as a table, words with more room than numbers. Folded rows are on paper all the same. */
export const RowsTable = ({ columns, rows, names }: RowsTableProps) => {
  const folds = rows.length > foldsAbove;
  const [whole, setWhole] = useState(!folds);
  const weights = new Map(columns.map(([name, column]) => [name, headedWeight(column)]));
  const all = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  // A row has no name of its own: it is where it stands.
  const placed = rows.map((row, index) => ({
    row,
    id: `row ${index + 1}`,
    folded: !whole && index >= shownFolded,
  }));
  return (
    <>
      <table className={css.rows}>
        <colgroup>
          {[...weights].map(([name, weight]) => (
            <col key={name} style={{ width: `${Math.round((100 * weight) / all)}%` }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map(([name, column]) => (
              <th key={name} scope="col" data-number={column.type === 'number' || undefined}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {placed.map(({ row, id, folded }) => (
            <tr key={id} className={folded ? css.folded : undefined}>
              {columns.map(([name, column]) => (
                <td key={name} data-label={column.label} data-number={column.type === 'number' || undefined}>
                  {valueText(column, cellOf(row, name), names)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {folds ? (
        <span className={css.unfold}>
          <Button look="ghost" flush aria-expanded={whole} onClick={() => setWhole(!whole)}>
            {whole ? t('value.rows-fewer') : t('value.rows-all', { n: rows.length })}
          </Button>
        </span>
      ) : null}
    </>
  );
};
