import type { RowWire } from '@throughline/domain/wire.ts';
import { createStore } from '../../ui/store.ts';

/** What a row says of its record: enough for the head of its page. */
export type TrailRow = Pick<RowWire, 'ref' | 'title' | 'state' | 'line'>;

/** The rows of the list a person came from: Alt and an arrow go to the next of them (UX d). */
const trail = createStore<{ collection: string; rows: readonly TrailRow[] }>({ collection: '', rows: [] });

export const rememberRows = (collection: string, rows: readonly TrailRow[]): void => {
  if (rows.length > 0) trail.set({ collection, rows });
};

const placeOf = (collection: string, ref: string): number =>
  trail.get().collection === collection ? trail.get().rows.findIndex((row) => row.ref === ref) : -1;

/** The record before or after this one in that list; undefined at its ends or where it is not among them. */
export const neighbour = (collection: string, ref: string, by: 1 | -1): string | undefined => {
  const at = placeOf(collection, ref);
  return at === -1 ? undefined : trail.get().rows[at + by]?.ref;
};

/** What that list said of a record, for as long as the record itself is on the way (UX i). */
export const rowOf = (collection: string, ref: string): TrailRow | undefined =>
  trail.get().rows[placeOf(collection, ref)];
