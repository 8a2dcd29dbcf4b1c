import { lazy, type ReactNode, Suspense, useState } from 'react';
import { formatNumber, t } from '../../text/t.ts';
import { Button } from '../button.tsx';
import { Skeleton } from '../skeleton.tsx';
import css from './chart.module.css';
import type { ChartSpec } from './chart-canvas.tsx';

const Canvas = lazy(() => import('./chart-canvas.tsx').then(({ ChartCanvas }) => ({ default: ChartCanvas })));

export type ChartTable = {
  columns: readonly string[];
  rows: readonly (readonly (string | number | null)[])[];
};

export type ChartProps = {
  /** The finding: "Gaps fell from 61 to 37 in 12 weeks". */
  title: string;
  /** What is counted, in which unit. */
  subtitle: string;
  /** ECharts option from the colours of the present theme. A missing value is null, and a break. */
  spec: ChartSpec;
  table: ChartTable;
  height?: number;
  actions?: ReactNode;
};

const cell = (value: string | number | null): string =>
  value === null ? '–' : typeof value === 'number' ? formatNumber(value) : value;

const NumbersTable = ({ table, title }: { table: ChartTable; title: string }) => (
  <div className={css.scroll}>
    <table className={css.table} aria-label={title}>
      <thead>
        <tr>
          {table.columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row) => (
          <tr key={row.join(' ')}>
            {row.map((value, index) => (
              <td key={table.columns[index]} className={typeof value === 'number' ? css.number : undefined}>
                {cell(value)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

/** The one wrapper of every chart (UX h): finding as title, numbers one button away, drawing code fetched on use. */
export const Chart = ({ title, subtitle, spec, table, height = 220, actions }: ChartProps) => {
  const [asTable, setAsTable] = useState(false);
  return (
    <figure className={css.chart}>
      <figcaption className={css.head}>
        <span className={css.title}>{title}</span>
        <span className={css.subtitle}>{subtitle}</span>
      </figcaption>
      <div className={css.actions}>
        {actions}
        <Button look="ghost" onClick={() => setAsTable(!asTable)}>
          {asTable ? t('ui.as-chart') : t('ui.as-table')}
        </Button>
      </div>
      {asTable ? (
        <NumbersTable table={table} title={title} />
      ) : (
        <div className={css.canvas} style={{ minHeight: height }}>
          <Suspense fallback={<Skeleton height={height} />}>
            <Canvas spec={spec} height={height} label={`${title}. ${subtitle}`} />
          </Suspense>
        </div>
      )}
    </figure>
  );
};
