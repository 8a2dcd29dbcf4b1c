import type { RiskTrendWire } from '@throughline/domain/wire-risk.ts';
import { useCallback, useMemo } from 'react';
import { troubleOf } from '../../api/trouble.ts';
import { formatDay } from '../../text/dates.ts';
import { countsByDay } from '../../ui/chart/by-day.ts';
import { Chart } from '../../ui/chart/chart.tsx';
import type { ChartSpec } from '../../ui/chart/chart-canvas.tsx';
import { ErrorLine } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { type Course, courseOf } from './matrix-state.ts';
import type { Bearer, Point } from './rating-state.ts';
import { useLevelTrend } from './use-register-matrix.ts';
import { w } from './words.ts';

type Days = RiskTrendWire['days'];
type Level = { readonly id: string; readonly label: string };

/** One line a level, named at its end where any risk stands there. */
const specOf =
  (days: Days, levels: readonly Level[]): ChartSpec =>
  (palette) => ({
    ...countsByDay(
      palette,
      days.map(({ day }) => day),
      96,
    ),
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
const titleOf = ({ first, last, began, days }: Course, upper: readonly Level[]): string => {
  const words = { first, last, days: days.length, levels: upper.map(({ label }) => label).join(', ') };
  if (began !== null) return w('trend.began', { ...words, day: formatDay(began) });
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
  const upper = useMemo(() => levels.slice(Math.floor(levels.length / 2)), [levels]);
  const course = useMemo(() => data && courseOf(data.days, upper), [data, upper]);
  const days = course?.days;
  const spec = useCallback<ChartSpec>((palette) => specOf(days ?? [], levels)(palette), [days, levels]);
  const problem = troubleOf(error);
  if (problem !== null) return <ErrorLine problem={problem} onRetry={() => void refetch()} />;
  if (course === undefined || days === undefined) return <Skeleton height={260} />;
  const subtitle = w('trend.subtitle', { point: w(`risk.point.${point}`), bearer: w(`risk.for.${bearer}`) });
  // One day has no course: its numbers stand in the table of levels already.
  if (days.length < 2) return <p>{titleOf(course, upper)}</p>;
  return (
    <Chart
      title={titleOf(course, upper)}
      subtitle={subtitle}
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
