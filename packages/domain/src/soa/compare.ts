import { sameJson } from '../json.ts';
import {
  firstFormat,
  type PublishedRow,
  type PublishedStatement,
  publishedFormat,
  secondFormat,
} from './published.ts';

/** Parts of a row that two statements are compared by, in the order in which they are read. */
export const comparedParts = [
  'id',
  'title',
  'objective',
  'owner',
  'decided',
  'decidedOn',
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

/** Parts that an earlier format did not keep, or not whole, with the first that does. */
const keptSince: Partial<Record<ComparedPart, number>> = {
  objective: 2,
  owner: 2,
  test: 3,
  tests: 3,
  evidence: 3,
};
const formats: readonly string[] = [firstFormat, secondFormat, publishedFormat];

type Compared = Pick<PublishedStatement, 'rows' | 'format'>;

/** Whether a statement says what another one said: every row, the organisation and the scope, kept in the same form. */
export function saysTheSame(before: PublishedStatement, after: PublishedStatement): boolean {
  if (before.format !== after.format) return false;
  if (before.organisation !== after.organisation || before.scope !== after.scope) return false;
  const { added, removed, changed } = compareStatements(before, after);
  return added.length + removed.length + changed.length === 0;
}

/**
 * What differs between two statements, row by row; rows that say the same are counted alone. A row of Annex A is known by
 * its item, an own control by its record: its code may be given anew.
 */
export function compareStatements(before: Compared, after: Compared): StatementComparison {
  // What an earlier format did not keep is no difference.
  const kept = Math.min(...[before, after].map(({ format }) => formats.indexOf(format) + 1));
  const parts = comparedParts.filter((part) => (keptSince[part] ?? 1) <= kept);
  const byRecord = [before, after].every(({ rows }) =>
    rows.every(({ topic, control }) => topic !== null || control !== null),
  );
  const keyOf = ({ topic, control, id }: PublishedRow) =>
    topic === null ? `own ${(byRecord ? control : null) ?? id}` : id;
  const then = new Map(before.rows.map((row) => [keyOf(row), row]));
  const now = new Map(after.rows.map((row) => [keyOf(row), row]));
  const changed = after.rows.flatMap((row) => {
    const old = then.get(keyOf(row));
    const differ = old ? parts.filter((part) => !sameJson(old[part], row[part])) : [];
    return old && differ.length > 0
      ? [{ id: row.id, title: row.title, parts: differ, before: old, after: row }]
      : [];
  });
  const added = after.rows.filter((row) => !then.has(keyOf(row)));
  return {
    added,
    removed: before.rows.filter((row) => !now.has(keyOf(row))),
    changed,
    same: after.rows.length - added.length - changed.length,
  };
}
