import { prefixQuery } from './list-filter.ts';
import type { Reader } from './reader.ts';
import type { RefRow } from './records.ts';

/** Records that hold every word, best first, across kinds or of one. Archived ones come last. */
export async function searchRecords(
  reader: Reader,
  words: string,
  options: { kind: string | null; limit: number },
): Promise<RefRow[]> {
  const query = prefixQuery(words);
  if (query === '') return [];
  return reader.run<RefRow>({
    name: 'search',
    text: `select r.id, r.kind, r.number, r.title, r.state, r.archived_at is not null as archived
      from search_records($2::text::tsquery, $3, 1000) f join record r on r.organisation = $1 and r.id = f.record
      order by (r.archived_at is not null), f.rank desc, r.id limit $4`,
    values: [reader.organisation, query, options.kind, options.limit],
  });
}
