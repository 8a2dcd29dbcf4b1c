import type { Reader } from './reader.ts';

const countedExactly = 5_000;

/**
 * Records in the register by kind, not archived. Registers of more than 5,000 numbers answer how many were ever
 * made: counting them would cost every page more than the difference is worth.
 */
export async function countsByKind(reader: Reader): Promise<Record<string, number>> {
  const rows = await reader.run<{ kind: string; count: number }>({
    name: 'counts-by-kind',
    text: `select c.kind, case when c.next - 1 > $2 then c.next - 1 else (
        select count(*)::int from record r
        where r.organisation = c.organisation and r.kind = c.kind and r.archived_at is null) end as count
      from counter c where c.organisation = $1`,
    values: [reader.organisation, countedExactly],
  });
  return Object.fromEntries(rows.map((row) => [row.kind, row.count]));
}
