import { parseDay } from '../day.ts';
import type { Json } from '../json.ts';
import type { Content, Kind } from './kind.ts';

/** What of a record outlives its erasing: days alone, also out of a list of them, and links. No word does. */
export function outliving({ outlives = [], relations }: Kind, { fields, links }: Content): Content {
  const isDay = (value: Json): boolean => typeof value === 'string' && 'value' in parseDay(value);
  const days = (value: Json | undefined): Json | undefined => {
    if (Array.isArray(value)) return value.filter(isDay);
    return value !== undefined && isDay(value) ? value : undefined;
  };
  return {
    fields: Object.fromEntries(
      outlives.flatMap((name) => {
        const value = days(fields[name]);
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    links: Object.fromEntries(
      outlives.flatMap((name) => {
        const ids = name in relations ? links[name] : undefined;
        return ids ? [[name, ids]] : [];
      }),
    ),
  };
}
