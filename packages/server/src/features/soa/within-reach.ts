import type { PublishedRow, PublishedStatement } from '@throughline/domain/soa/published.ts';
import type { Reader } from '../../store/reader.ts';

const anyRef = /\b[A-Z]{2,5}-[1-9]\d{0,8}\b/g;

/**
 * A published statement names records by their refs, as they were shown to whoever published it. To somebody who reads
 * within a scope, those outside it are not named; how many there are stays, for that is what was published.
 */
export async function withinReach(
  reader: Reader,
  statement: PublishedStatement,
): Promise<PublishedStatement> {
  const named = new Set(JSON.stringify(statement.rows).match(anyRef) ?? []);
  const known = [...named].flatMap((ref) => {
    const read = reader.registry.readRef(ref);
    return read ? [{ ref, kind: read.kind.name, number: read.number }] : [];
  });
  const found = await reader.run<{ ref: string }>({
    name: 'refs-in-reach',
    text: `select w.ref from jsonb_to_recordset($2) as w(ref text, kind text, number int)
      join record r on r.organisation = $1 and r.kind = w.kind and r.number = w.number`,
    values: [reader.organisation, JSON.stringify(known)],
  });
  const seen = new Set(found.map(({ ref }) => ref));
  const hidden = new Set(known.flatMap(({ ref }) => (seen.has(ref) ? [] : [ref])));
  return { ...statement, rows: statement.rows.map((row) => without(row, hidden)) };
}

function without(row: PublishedRow, hidden: ReadonlySet<string>): PublishedRow {
  const words = (text: string): string =>
    text.replace(anyRef, (ref) => (hidden.has(ref) ? 'a record outside your scope' : ref));
  return {
    ...row,
    line: row.line !== null && hidden.has(row.line) ? null : row.line,
    sources: row.sources.map((source) => ({
      ...source,
      refs: source.refs.filter((ref) => !hidden.has(ref)),
    })),
    test: row.test !== null && hidden.has(row.test.ref) ? null : row.test,
    justification: row.justification && words(row.justification),
    faults: row.faults.map(words),
  };
}
