import type { Reader } from './reader.ts';

/**
 * Systems whose line a record reaches: its home and those that use it; for one of the whole organisation every system,
 * those that use it first. At most as many as asked for, and how many there are.
 */
export async function systemsReached(
  reader: Reader,
  record: { readonly id: string; readonly system: string | null },
  most: number,
): Promise<{ systems: string[]; of: number }> {
  const rows = await reader.run<{ id: string; of: number }>({
    name: 'systems-reached',
    text: `with users as (
        select distinct f.system as id from link k join record f on f.organisation = $1 and f.id = k.from_record
        where k.organisation = $1 and k.to_record = $2 and k.type = 'uses' and f.system is not null
      )
      select s.id, count(*) over ()::int as of from record s left join users u on u.id = s.id
      where s.organisation = $1 and s.kind = 'system' and s.archived_at is null
        and ($3::uuid is null or s.id = $3 or u.id is not null)
      order by (s.id = $3) desc nulls last, u.id is null, s.number limit $4`,
    values: [reader.organisation, record.id, record.system, most],
  });
  return { systems: rows.map(({ id }) => id), of: rows[0]?.of ?? 0 };
}
