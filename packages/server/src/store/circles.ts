import type { Reader } from './reader.ts';

/** Where links of some relations lead from some records. */
export async function linksFrom(
  reader: Reader,
  records: readonly string[],
  relations: readonly string[],
): Promise<{ from: string; to: string }[]> {
  return reader.run<{ from: string; to: string }>({
    name: 'links-from',
    text: `select from_record as "from", to_record as "to" from link
      where organisation = $1 and from_record = any($2::uuid[]) and relation = any($3::text[])`,
    values: [reader.organisation, [...records], [...relations]],
  });
}
