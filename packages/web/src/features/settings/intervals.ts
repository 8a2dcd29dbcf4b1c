import { t } from './words.ts';

/** A rhythm of the catalogue in words: ISO 8601 durations of whole months or years, or "continuous". */
export const everyText = (advised: string): string => {
  if (advised === 'continuous') return t('settings.continuous');
  const match = /^P(\d+)([MY])$/.exec(advised);
  if (match === null) return advised;
  const n = Number(match[1]);
  return match[2] === 'Y' ? t('settings.every-years', { n }) : t('settings.every-months', { n });
};

type Interval = { id: string; months: number | null };

/** What changed, as the server takes it: months by id, null where an adoption ends. */
export const changedIntervals = (
  before: readonly Interval[],
  now: Readonly<Record<string, number | null>>,
): Readonly<Record<string, number | null>> =>
  Object.fromEntries(
    before.flatMap(({ id, months }) => {
      const next = now[id];
      return next === undefined || next === months ? [] : [[id, next]];
    }),
  );
