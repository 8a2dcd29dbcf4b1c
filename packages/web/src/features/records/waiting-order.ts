import type { RowWire } from '@throughline/domain/wire.ts';

const dueOf = (row: RowWire): string => (typeof row.fields.due === 'string' ? row.fields.due : '9999');

/** The tasks that press most: by day, those without one last. */
export const mostPressing = (rows: readonly RowWire[], count: number): readonly RowWire[] =>
  rows.toSorted((a, b) => (dueOf(a) < dueOf(b) ? -1 : dueOf(a) > dueOf(b) ? 1 : 0)).slice(0, count);
