import { prefixQuery, searchFunction } from './list-filter.ts';
import type { Reader } from './reader.ts';
import type { RefRow } from './records.ts';

/** Only so many matches are ranked: a word that half of the records hold says too little for an order of all. */
export const rankedAtMost = 1_000;

/** What words found: the best, and of how many; `more` where there are others that were not ranked. */
export type Found = {
  readonly rows: RefRow[];
  readonly total: { readonly count: number; readonly more: boolean };
};

/** Records of the kinds given that hold every word, best first, across kinds or of one. Archived ones come last. */
export async function searchRecords(
  reader: Reader,
  words: string,
  options: { readonly kind: string | null; readonly kinds: readonly string[]; readonly limit: number },
): Promise<Found> {
  const query = prefixQuery(words);
  if (query === '') return { rows: [], total: { count: 0, more: false } };
  const found = await reader.run<RefRow & { count: number; looked: number }>({
    name: 'search',
    text: `with f as materialized (select * from ${searchFunction(reader)}($2::text::tsquery, $3, $5::int + 1))
      select r.id, r.kind, r.number, r.title, r.state, r.archived_at is not null as archived,
        (count(*) over ())::int as count, (select count(*)::int from f) as looked
      from f join record r on r.organisation = $1 and r.id = f.record
      where r.kind = any($6)
      order by (r.archived_at is not null), f.rank desc, r.id limit $4`,
    values: [reader.organisation, query, options.kind, options.limit, rankedAtMost, options.kinds],
  });
  const { count = 0, looked = 0 } = found[0] ?? {};
  const rows = found.map(({ count: _count, looked: _looked, ...row }) => row);
  return { rows, total: { count: Math.min(count, rankedAtMost), more: looked > rankedAtMost } };
}
