import { type Beside, type GridTable, gridCell, gridTables } from '@throughline/domain/grid.ts';
import type { Json } from '@throughline/domain/json.ts';
import type { RowsField } from '@throughline/domain/kinds/fields.ts';
import css from './grid.module.css';
import { GridTables } from './grid-tables.tsx';
import { choicesOf } from './parts.ts';

export type GridValueProps = { field: RowsField; value: readonly Json[]; beside: Beside };

/** Rows that are the cells of tables, read as tables: what stands in each is shaded by its place on its scale. */
export const GridValue = ({ field, value, beside }: GridValueProps) => {
  const cell = field.columns[field.grid?.cell ?? ''];
  const labels = new Map((cell ? choicesOf(cell) : []).map((choice) => [choice.value, choice.label]));
  const content = (table: GridTable, down: string, across: string): string | undefined =>
    gridCell(field, value, { table: table.table, down, across });
  return (
    <GridTables
      field={field}
      tables={gridTables(field, value, beside)}
      content={content}
      draw={(place) => {
        const id = gridCell(field, value, place);
        return <span className={css.text}>{id === undefined ? '–' : (labels.get(id) ?? id)}</span>;
      }}
    />
  );
};
