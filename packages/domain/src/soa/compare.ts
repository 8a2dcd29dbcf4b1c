import { sameJson } from '../json.ts';
import type { PublishedRow, PublishedStatement } from './published.ts';

/** Parts of a row that two statements are compared by, in the order in which they are read. */
export const comparedParts = [
  'decided',
  'reasons',
  'justification',
  'sources',
  'place',
  'test',
  'tests',
  'evidence',
  'faults',
] as const;
export type ComparedPart = (typeof comparedParts)[number];

export type ChangedRow = Pick<PublishedRow, 'id' | 'title'> & {
  readonly parts: readonly ComparedPart[];
  readonly before: PublishedRow;
  readonly after: PublishedRow;
};

export type StatementComparison = {
  readonly added: readonly PublishedRow[];
  readonly removed: readonly PublishedRow[];
  readonly changed: readonly ChangedRow[];
  readonly same: number;
};

/** Parts that an earlier format did not keep, or not whole. */
const keptSince = { test: 3, tests: 3, evidence: 3 } as const;

/** What differs between two statements, row by row; rows that say the same are counted alone. */
export function compareStatements(
  before: Pick<PublishedStatement, 'rows' | 'format'>,
  after: Pick<PublishedStatement, 'rows' | 'format'>,
): StatementComparison {
  // An earlier format did not keep which tests and which evidence stood: that is no difference.
  const kept = before.format === after.format;
  const parts = comparedParts.filter((part) => kept || !(part in keptSince));
  const then = new Map(before.rows.map((row) => [row.id, row]));
  const now = new Map(after.rows.map((row) => [row.id, row]));
  const changed = after.rows.flatMap((row) => {
    const old = then.get(row.id);
    const differ = old ? parts.filter((part) => !sameJson(old[part], row[part])) : [];
    return old && differ.length > 0
      ? [{ id: row.id, title: row.title, parts: differ, before: old, after: row }]
      : [];
  });
  const added = after.rows.filter(({ id }) => !then.has(id));
  return {
    added,
    removed: before.rows.filter(({ id }) => !now.has(id)),
    changed,
    same: after.rows.length - added.length - changed.length,
  };
}
