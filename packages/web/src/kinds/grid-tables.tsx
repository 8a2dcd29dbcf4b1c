import {
  type GridPlace,
  type GridStep,
  type GridTable,
  gridChoices,
  stepKey,
} from '@throughline/domain/grid.ts';
import type { RowsField } from '@throughline/domain/kinds/fields.ts';
import type { ReactNode } from 'react';
import { t } from '../text/t.ts';
import { classNames } from '../ui/class-names.ts';
import ratings from '../ui/matrix.module.css';
import css from './grid.module.css';
import { choicesOf } from './parts.ts';

export type GridTablesProps = {
  field: RowsField;
  tables: readonly GridTable[];
  /** What stands in a cell, by which it is shaded. */
  content: (table: GridTable, down: string, across: string) => string | undefined;
  draw: (place: GridPlace) => ReactNode;
  /** Beside the name of a table. */
  act?: (table: GridTable) => ReactNode;
};

const unknown = ({ known, step }: GridStep): { 'data-unknown'?: true; title?: string } =>
  known ? {} : { 'data-unknown': true, title: t('value.grid-unknown', { step }) };

/** The tables of a grid, what is least at the bottom left, as risk matrices are read. */
export const GridTables = ({ field, tables, content, draw, act }: GridTablesProps) => {
  const { grid } = field;
  if (!grid) return null;
  const names = new Map(gridChoices(field, grid).map(({ id, label }) => [id, label]));
  const cell = field.columns[grid.cell];
  const ranks = new Map((cell ? choicesOf(cell) : []).map(({ value }, at) => [value, at + 1]));
  return (
    <div className={css.tables}>
      {tables.map((table) => {
        const label = names.get(table.table) ?? table.table;
        const { down, across } = table;
        return (
          <div key={table.table} className={css.table}>
            {tables.length > 1 || act ? (
              <div className={css.head}>
                <span>{label}</span>
                {act?.(table)}
              </div>
            ) : null}
            {down.length === 0 || across.length === 0 ? (
              <p className={css.note}>{t('value.grid-no-steps')}</p>
            ) : (
              <table className={classNames(ratings.matrix, css.grid)} aria-label={`${field.label}: ${label}`}>
                <tbody>
                  {[...down].reverse().map((row) => (
                    <tr key={stepKey(row.step)}>
                      <th scope="row" {...unknown(row)}>
                        {row.step}
                      </th>
                      {across.map((column) => {
                        const stands = content(table, row.step, column.step);
                        const rank = stands === undefined ? undefined : ranks.get(stands);
                        return (
                          <td
                            key={stepKey(column.step)}
                            data-rank={rank}
                            data-empty={stands === undefined || undefined}
                          >
                            {draw({ table: table.table, down: row.step, across: column.step })}
                          </td>
                        );
                      })}
                    </tr>
                  ))}
                  <tr>
                    <td />
                    {across.map((column) => (
                      <th key={stepKey(column.step)} scope="col" {...unknown(column)}>
                        {column.step}
                      </th>
                    ))}
                  </tr>
                </tbody>
              </table>
            )}
          </div>
        );
      })}
    </div>
  );
};
