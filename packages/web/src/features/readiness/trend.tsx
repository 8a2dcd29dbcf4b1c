import { useQuery } from '@tanstack/react-query';
import type { TrendWire } from '@throughline/domain/wire-readiness.ts';
import { useCallback } from 'react';
import { get } from '../../api/client.ts';
import { troubleOf } from '../../api/trouble.ts';
import { formatDay } from '../../text/dates.ts';
import { t } from '../../text/t.ts';
import { countsByDay } from '../../ui/chart/by-day.ts';
import { Chart } from '../../ui/chart/chart.tsx';
import type { ChartSpec } from '../../ui/chart/chart-canvas.tsx';
import { ErrorLine } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from './readiness.module.css';
import { trendTitle, withMissingDays } from './trend-days.ts';

type Day = TrendWire['days'][number];

/** The systems with gaps against all systems: two lines, each named at its end. */
const specOf =
  (days: readonly { day: string; counted: Day | null }[]): ChartSpec =>
  (palette) => {
    const line = (name: string, color: string, pick: (day: Day) => number) => ({
      name,
      type: 'line' as const,
      symbol: 'none',
      color,
      endLabel: { show: true, formatter: '{a}', color },
      data: days.map(({ counted }) => (counted === null ? null : pick(counted))),
    });
    return {
      ...countsByDay(
        palette,
        days.map(({ day }) => day),
        88,
      ),
      series: [
        line(t('readiness.trend.systems'), palette.ink3, (day) => day.systems),
        line(t('readiness.trend.with-gaps'), palette.verdict.gap, (day) => day.withGaps),
      ],
    };
  };

/** Readiness over time, one count a day; a day that was not counted is a break, not zero (UX h). */
export const Trend = () => {
  const { data, error, refetch } = useQuery({
    queryKey: ['readiness', 'trend', 'system'],
    queryFn: ({ signal }) => get<TrendWire>('/api/v1/readiness/trend', { signal }),
  });
  const days = data?.days;
  const spec = useCallback<ChartSpec>((palette) => specOf(withMissingDays(days ?? []))(palette), [days]);
  const problem = troubleOf(error);
  if (problem !== null) return <ErrorLine problem={problem} onRetry={() => void refetch()} />;
  if (days === undefined) return <Skeleton height={280} />;
  const [first, second] = days;
  if (first === undefined) return <p className={css.sentence}>{t('readiness.trend.none')}</p>;
  if (second === undefined)
    return (
      <p className={css.sentence}>
        {t('readiness.trend.one', { day: formatDay(first.day), gaps: first.withGaps, n: first.systems })}
      </p>
    );
  return (
    <div className={css.chart}>
      <Chart
        title={trendTitle(days)}
        subtitle={t('readiness.trend.subtitle')}
        spec={spec}
        height={320}
        table={{
          columns: [t('readiness.trend.day'), t('readiness.trend.systems'), t('readiness.trend.with-gaps')],
          rows: days.map((day) => [formatDay(day.day), day.systems, day.withGaps]),
        }}
      />
    </div>
  );
};
