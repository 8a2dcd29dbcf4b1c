import type { Reader } from './reader.ts';

/**
 * Since when a record has been in states of a set without leaving it, or was so for the last time, RFC 3339; `null` where
 * it began in them, or was in none of them.
 */
export async function stageSince(
  reader: Reader,
  record: string,
  states: readonly string[],
): Promise<string | null> {
  const [row] = await reader.run<{ at: Date | null }>({
    name: 'stage-since',
    text: `with last as (select max(i.version) as version from revision i
        where i.organisation = $1 and i.record = $2 and i.state = any($3))
      select min(v.at) as at from revision v, last
      where v.organisation = $1 and v.record = $2 and v.version <= last.version and v.version >
        (select max(o.version) from revision o
          where o.organisation = $1 and o.record = $2 and o.state <> all($3) and o.version < last.version)`,
    values: [reader.organisation, record, states],
  });
  return row?.at?.toISOString() ?? null;
}
