import type { Reader } from './reader.ts';

/**
 * Since when a record has been in states of a set without leaving it, RFC 3339; `null` where it began in them, or is in
 * none of them now.
 */
export async function stageSince(
  reader: Reader,
  record: string,
  states: readonly string[],
): Promise<string | null> {
  const [row] = await reader.run<{ at: Date | null }>({
    name: 'stage-since',
    text: `select min(v.at) as at from revision v
      where v.organisation = $1 and v.record = $2 and v.version >
        (select max(o.version) from revision o
          where o.organisation = $1 and o.record = $2 and o.state <> all($3))`,
    values: [reader.organisation, record, states],
  });
  return row?.at?.toISOString() ?? null;
}
