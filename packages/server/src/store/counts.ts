import type { Reader } from './reader.ts';

const countedExactly = 5_000;

/**
 * Records in the register by kind, not archived. Registers of more than 5,000 numbers answer how many were ever
 * made: counting them would cost every page more than the difference is worth.
 */
export async function countsByKind(reader: Reader): Promise<Record<string, number>> {
  if (reader.narrow) return countsWithinScope(reader);
  const rows = await reader.run<{ kind: string; count: number }>({
    name: 'counts-by-kind',
    text: `select c.kind, case when c.next - 1 > $2 and c.kind <> all($3) then c.next - 1 else (
        select count(*)::int from record r
        where r.organisation = c.organisation and r.kind = c.kind and r.archived_at is null) end as count
      from counter c where c.organisation = $1`,
    values: [reader.organisation, countedExactly, reader.registry.sealed],
  });
  // That something sealed was ever made is not told either: a register that shows nothing counts like one never used.
  return Object.fromEntries(
    rows.flatMap(({ kind, count }) => (count > 0 || !reader.registry.isSealed(kind) ? [[kind, count]] : [])),
  );
}

/** What may be read alone is counted. Conditions of the scope are said again where an index answers them. */
async function countsWithinScope(reader: Reader): Promise<Record<string, number>> {
  const rows = await reader.run<{ kind: string; count: number }>({
    name: 'counts-within-scope',
    text: `select kind, sum(n)::int as count from (
        select kind, count(*) as n from record r
        where r.organisation = $1 and r.archived_at is null and (select scope_all('systems')) group by kind
        union all select kind, count(*) from record r where r.organisation = $1 and r.archived_at is null
          and not (select scope_all('systems')) and r.system = any((select scope_of('systems'))::uuid[]) group by kind
        union all select kind, count(*) from record r where r.organisation = $1 and r.archived_at is null
          and not (select scope_all('systems')) and r.system is null group by kind) c group by kind`,
    values: [reader.organisation],
  });
  return Object.fromEntries(rows.map((row) => [row.kind, row.count]));
}
