import type { KindWire } from '@throughline/domain/wire.ts';
import { readDay } from '../../text/dates.ts';
import { t } from '../../text/t.ts';
import type { SearchState } from '../../ui/navigate.ts';
import { readSort, type SortKey } from './register-state.ts';

/** Where the rows on the page begin in their order: at the first, at a value of what they are sorted by, or at the last. */
export type Place = { at: 'first' } | { at: 'from'; value: string } | { at: 'last' };

/** The place of an address (`from=M`, `at=last`). Groups begin at their first. */
export const placeOf = (search: SearchState, group: string | undefined): Place => {
  if (group !== undefined) return { at: 'first' };
  if (search.at === 'last') return { at: 'last' };
  return search.from === undefined || search.from === ''
    ? { at: 'first' }
    : { at: 'from', value: search.from };
};

/** The last rows are the first of the order turned around. */
export const turned = (order: string | undefined): string => {
  const [{ key, descending } = { key: 'ref', descending: false }] = readSort(order);
  return descending ? key : `-${key}`;
};

export type GoesBy = 'ref' | 'number' | 'day' | 'moment' | 'text';

/** What "Go to" asks for in this order; nothing where the order is not one that a person knows by heart. */
export const goesBy = (kind: KindWire, sort: readonly SortKey[]): GoesBy | null => {
  const by = sort[0]?.key ?? 'ref';
  if (by === 'ref') return 'ref';
  if (by === 'gaps') return 'number';
  if (by === 'updated') return 'moment';
  const type = by === 'title' ? 'line' : kind.fields[by]?.type;
  if (type === 'day' || type === 'moment') return 'day';
  if (type === 'number') return 'number';
  return type === 'line' || type === 'url' ? 'text' : null;
};

/** What was typed, as the API takes it, or what is wrong with it. */
export const readGoal = (by: GoesBy, typed: string): { value: string } | { problem: string } => {
  const text = typed.trim();
  if (by === 'text') return text === '' ? { problem: t('register.go.text') } : { value: text };
  if (by === 'day' || by === 'moment') {
    const day = readDay(text);
    // When a record last changed is known to the moment, so a month or a year is no place in that order.
    return day === null || (by === 'moment' && day.length !== 10)
      ? { problem: t('register.go.day', { text }) }
      : { value: day };
  }
  const number = by === 'ref' ? text.replace(/^[a-z]+-/i, '') : text;
  return /^\d{1,9}$/.test(number) ? { value: number } : { problem: t(`register.go.${by}`, { text }) };
};
