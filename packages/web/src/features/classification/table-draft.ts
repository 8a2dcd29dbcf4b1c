import type { SchemeTableWire } from '@throughline/domain/wire-classes.ts';

/** A condition while it is changed; `key` tells it from others of its row, whatever it asks. */
export type DraftCondition = { key: string; fact: string; test: 'any' | 'none'; values: readonly string[] };
export type DraftRow = { key: string; level: string; because: string; when: readonly DraftCondition[] };

/** A decision table while it is changed: what decides, and its rows in their order. */
export type TableDraft = { hits: SchemeTableWire['hits']; rows: readonly DraftRow[] };

const freshKey = (taken: readonly { key: string }[]): string =>
  String(taken.reduce((most, { key }) => Math.max(most, Number(key)), 0) + 1);

export const draftOf = ({ hits, rows }: Pick<SchemeTableWire, 'hits' | 'rows'>): TableDraft => ({
  hits,
  rows: rows.map(({ level, because, when }, row) => ({
    ...{ key: String(row + 1), level, because: because ?? '' },
    when: when.map((condition, at) => ({ ...condition, key: String(at + 1) })),
  })),
});

/** The fields of the scheme that a draft stands for; rows are numbered in their order. */
export const fieldsOf = ({ hits, rows }: TableDraft) => ({
  hits,
  rules: rows.map(({ level, because }, at) => ({
    row: String(at + 1),
    level,
    ...(because === '' ? {} : { because }),
  })),
  conditions: rows.flatMap(({ when }, at) =>
    when.map(({ fact, test, values }) => ({ row: String(at + 1), fact, test, values: values.join(', ') })),
  ),
});

export const withRow = ({ hits, rows }: TableDraft): TableDraft => ({
  hits,
  rows: [...rows, { key: freshKey(rows), level: '', because: '', when: [] }],
});

export const changedRow = (
  { hits, rows }: TableDraft,
  key: string,
  change: Partial<DraftRow>,
): TableDraft => ({ hits, rows: rows.map((row) => (row.key === key ? { ...row, ...change } : row)) });

/** The rows with one moved before the one above it; the first stays where it is. */
export const earlier = ({ hits, rows }: TableDraft, key: string): TableDraft => {
  const place = rows.findIndex((row) => row.key === key);
  const moved = [...rows];
  const [row] = moved.splice(place, 1);
  if (row !== undefined) moved.splice(Math.max(place - 1, 0), 0, row);
  return { hits, rows: moved };
};

export const withoutRow = ({ hits, rows }: TableDraft, key: string): TableDraft => ({
  hits,
  rows: rows.filter((row) => row.key !== key),
});

export const withCondition = (row: DraftRow): readonly DraftCondition[] => [
  ...row.when,
  { key: freshKey(row.when), fact: '', test: 'any', values: [] },
];

/** The conditions of a row with one changed, or taken out by `null`. */
export const changedCondition = (
  { when }: DraftRow,
  key: string,
  next: DraftCondition | null,
): readonly DraftCondition[] =>
  when.flatMap((one) => (one.key === key ? (next === null ? [] : [next]) : [one]));
