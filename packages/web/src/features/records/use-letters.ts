import type { KindWire, RowWire } from '@throughline/domain/wire.ts';
import { useMemo, useRef } from 'react';
import type { Names } from '../../api/members.ts';
import { columnText } from './rows-csv.ts';

/** Widths follow the text of these; days, numbers and the line have widths of their own. */
const isMeasured = (kind: KindWire, id: string): boolean => {
  const type = kind.fields[id]?.type;
  if (id === 'line' || id === 'gaps' || id === 'updated') return false;
  return type !== 'day' && type !== 'moment' && type !== 'number';
};

/** In steps, so that another row of about the same length moves nothing. */
const step = 4;

/** Letters of the longest text of each column among these rows. */
export const lettersOf = (
  kind: KindWire,
  ids: readonly string[],
  rows: readonly RowWire[],
  names: Names,
): Readonly<Record<string, number>> => {
  const longest = (id: string): number =>
    Math.max(
      0,
      ...rows.map((row) => (id === kind.title ? row.title : columnText(kind, id, row, names)).length),
    );
  return Object.fromEntries(
    [kind.title, ...ids.filter((id) => isMeasured(kind, id))].map((id) => [
      id,
      Math.ceil(longest(id) / step) * step,
    ]),
  );
};

/** The greater of both for each column. */
export const atLeast = (
  before: Readonly<Record<string, number>>,
  now: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> => {
  const grown = Object.entries(now).filter(([id, letters]) => letters > (before[id] ?? 0));
  return grown.length === 0 ? before : { ...before, ...Object.fromEntries(grown) };
};

/**
 * How long the texts of a register are, as far as its first page told in this visit: it only grows, so that a filter does
 * not move the columns under the eye, and more rows do not either.
 */
export const useLetters = (
  kind: KindWire,
  ids: readonly string[],
  first: readonly RowWire[] | undefined,
  names: Names,
): Readonly<Record<string, number>> | undefined => {
  const kept = useRef<Readonly<Record<string, number>>>({});
  return useMemo(() => {
    if (first !== undefined && first.length > 0)
      kept.current = atLeast(kept.current, lettersOf(kind, ids, first, names));
    return Object.keys(kept.current).length === 0 ? undefined : kept.current;
  }, [kind, ids, first, names]);
};
