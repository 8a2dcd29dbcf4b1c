import type { TrendWire } from '@throughline/domain/wire-readiness.ts';
import { t } from '../../text/t.ts';

type Day = TrendWire['days'][number];
const oneDay = 86_400_000;
const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + oneDay).toISOString().slice(0, 10);

/** Every day from the first to the last counted one; those that were not counted stand without a count. */
export const withMissingDays = (days: readonly Day[]): readonly { day: string; counted: Day | null }[] => {
  const byDay = new Map(days.map((day) => [day.day, day]));
  const first = days[0]?.day;
  const last = days.at(-1)?.day;
  const all: { day: string; counted: Day | null }[] = [];
  if (first === undefined || last === undefined) return all;
  for (let day = first; day <= last; day = dayAfter(day)) all.push({ day, counted: byDay.get(day) ?? null });
  return all;
};

/** The finding of the chart (UX h): from what to what, in how many days. */
export const trendTitle = (days: readonly Day[]): string => {
  const first = days[0]?.withGaps ?? 0;
  const last = days.at(-1)?.withGaps ?? 0;
  const values = { first, last, days: withMissingDays(days).length };
  if (last < first) return t('readiness.trend.fell', values);
  return last > first
    ? t('readiness.trend.rose', values)
    : t('readiness.trend.same', { last, days: values.days });
};
