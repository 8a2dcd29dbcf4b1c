import type { RiskTrendWire } from '@throughline/domain/wire-risk.ts';
import { useCallback } from 'react';
import { troubleOf } from '../../api/trouble.ts';
import { formatDay } from '../../text/dates.ts';
import { Chart } from '../../ui/chart/chart.tsx';
import type { ChartSpec } from '../../ui/chart/chart-canvas.tsx';
import { ErrorLine } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import type { Bearer, Point } from './rating-state.ts';
import { useLevelTrend } from './use-register-matrix.ts';
import { w } from './words.ts';

type Days = RiskTrendWire['days'];
type Level = { readonly id: string; readonly label: string };

/** One line a level, named at its end where any risk stands there. */
const specOf =
  (days: Days, levels: readonly Level[]): ChartSpec =>
  (palette) => ({
    grid: {
      left: 8,
      right: 96,
      top: 16,
      bottom: 8,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: {
      type: 'category',
      data: days.map(({ day }) => formatDay(day)),
      axisLine: { lineStyle: { color: palette.border } },
      axisLabel: { color: palette.ink3 },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      min: 0,
      minInterval: 1,
      splitLine: { lineStyle: { color: palette.hair } },
      axisLabel: { color: palette.ink3 },
    },
    series: levels.map(({ id, label }, at) => ({
      name: label,
      type: 'line' as const,
      step: 'end' as const,
      symbol: 'none',
      color: palette.series[at % palette.series.length],
      endLabel: { show: (days.at(-1)?.levels[id] ?? 0) > 0, formatter: '{a}', color: palette.ink2 },
      labelLayout: { moveOverlap: 'shiftY' as const },
      data: days.map((day) => day.levels[id] ?? 0),
    })),
  });

/** What the chart finds: how the upper half of the levels went. */
const titleOf = (days: Days, upper: readonly Level[]): string => {
  const of = (day: Days[number] | undefined) =>
    upper.reduce((sum, { id }) => sum + (day?.levels[id] ?? 0), 0);
  const [first, last] = [of(days[0]), of(days.at(-1))];
  const words = { first, last, days: days.length, levels: upper.map(({ label }) => label).join(', ') };
  if (first === last) return w('trend.same', words);
  return last < first ? w('trend.fell', words) : w('trend.rose', words);
};

export type LevelTrendProps = {
  point: Point;
  bearer: Bearer;
  /** The mildest first. */
  levels: readonly Level[];
};

const shownDays = 90;

/** Open risks at each level, a point a day, worked out from the versions of the risks (DESIGN 6). */
export const LevelTrend = ({ point, bearer, levels }: LevelTrendProps) => {
  const { data, error, refetch } = useLevelTrend(point, bearer, shownDays);
  const days = data?.days;
  const spec = useCallback<ChartSpec>((palette) => specOf(days ?? [], levels)(palette), [days, levels]);
  const problem = troubleOf(error);
  if (problem !== null) return <ErrorLine problem={problem} onRetry={() => void refetch()} />;
  if (days === undefined) return <Skeleton height={260} />;
  return (
    <Chart
      title={titleOf(days, levels.slice(Math.floor(levels.length / 2)))}
      subtitle={w('trend.subtitle', { point: w(`risk.point.${point}`), bearer: w(`risk.for.${bearer}`) })}
      spec={spec}
      height={260}
      table={{
        columns: [w('trend.day'), ...levels.map(({ label }) => label), w('register-matrix.unrated-column')],
        rows: days.map(({ day, levels: of }) => [
          formatDay(day),
          ...levels.map(({ id }) => of[id] ?? 0),
          of.none ?? 0,
        ]),
      }}
    />
  );
};
