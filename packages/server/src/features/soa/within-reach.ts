import type {
  PublishedRow,
  PublishedSeveral,
  PublishedStatement,
} from '@throughline/domain/soa/published.ts';
import type { Reader } from '../../store/reader.ts';
import { refsInReach } from '../../store/soa-versions.ts';

const anyRef = /\b[A-Z]{2,5}-[1-9]\d{0,8}\b/g;

/**
 * A published statement names records by their refs, as they were shown to whoever published it. To somebody who reads
 * within a scope, those outside it are not named; how many there are stays, for that is what was published.
 */
export async function withinReach(
  reader: Reader,
  statement: PublishedStatement,
): Promise<PublishedStatement> {
  const named = new Set(JSON.stringify([statement.rows, statement.scope]).match(anyRef) ?? []);
  const known = [...named].flatMap((ref) => {
    const read = reader.registry.readRef(ref);
    return read ? [{ ref, kind: read.kind.name, number: read.number }] : [];
  });
  const seen = await refsInReach(reader, known);
  const hidden = new Set(known.flatMap(({ ref }) => (seen.has(ref) ? [] : [ref])));
  const scope = statement.scope?.match(anyRef)?.some((ref) => hidden.has(ref)) ? null : statement.scope;
  return { ...statement, scope, rows: statement.rows.map((row) => without(row, hidden)) };
}

function without(row: PublishedRow, hidden: ReadonlySet<string>): PublishedRow {
  const words = (text: string): string =>
    text.replace(anyRef, (ref) => (hidden.has(ref) ? 'a record outside your scope' : ref));
  const several = <T extends PublishedSeveral>(some: T): T => ({
    ...some,
    refs: some.refs.filter((ref) => !hidden.has(ref)),
  });
  return {
    ...row,
    control: row.control !== null && hidden.has(row.control) ? null : row.control,
    line: row.line !== null && hidden.has(row.line) ? null : row.line,
    sources: row.sources.map(several),
    implementedBy: row.implementedBy && several(row.implementedBy),
    evidence: row.evidence && several(row.evidence),
    tests: row.tests && { ...row.tests, first: row.tests.first.filter(({ ref }) => !hidden.has(ref)) },
    test: row.test !== null && hidden.has(row.test.ref) ? null : row.test,
    justification: row.justification && words(row.justification),
    faults: row.faults.map(words),
  };
}
