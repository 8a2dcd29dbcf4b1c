import { addDays } from '../day.ts';

/** Days of a time zone. One formatter serves many moments: making one costs far more than using it. */
export type Zone = {
  /** Calendar day of a moment (RFC 3339), as `YYYY-MM-DD`. */
  readonly dayOf: (moment: string) => string;
  /** The first moment of a day in the zone, RFC 3339 in UTC, to the minute; it need not be midnight where clocks change. */
  readonly startOf: (day: string) => string;
};

const minute = 60_000;
/** Local time is at most 14 hours ahead of UTC and 12 behind. */
const ahead = 14 * 60 * minute;
const behind = 12 * 60 * minute;

export function zoneOf(timeZone: string): Zone {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const days = new Map<string, string>();
  const starts = new Map<string, string>();
  return {
    dayOf: (moment) => remembered(days, moment, () => format.format(new Date(moment)).padStart(10, '0')),
    startOf: (day) =>
      remembered(starts, day, () => {
        let low = Date.parse(`${addDays(day, 0)}T00:00:00Z`) - ahead - minute;
        let high = low + ahead + behind + 2 * minute;
        // `low` lies before the day, `high` in it or after its start: halve until a minute parts them.
        while (high - low > minute) {
          const middle = low + Math.floor((high - low) / minute / 2) * minute;
          if (format.format(middle) < day) low = middle;
          else high = middle;
        }
        return new Date(high).toISOString();
      }),
  };
}

function remembered(known: Map<string, string>, key: string, make: () => string): string {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  if (known.size < 50_000) known.set(key, made);
  return made;
}
