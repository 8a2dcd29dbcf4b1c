import type { Content, Kind } from '@throughline/domain/kinds/kind.ts';
import type { Reader } from './reader.ts';
import type { RefRow } from './records.ts';

export type KeptRow = RefRow & { readonly version: number; readonly fields: Content['fields'] };

/**
 * Records whose time to be kept began to end before a day (YYYY-MM-DD), earliest first: what says no whole day may still
 * be in it. What was erased says none.
 */
export async function keptBefore(
  reader: Reader,
  kinds: readonly Pick<Kind, 'name' | 'kept'>[],
  day: string,
  most: number,
): Promise<KeptRow[]> {
  const kept = kinds.flatMap(({ name, kept }) => (kept ? [{ name, until: kept.until }] : []));
  if (kept.length === 0) return [];
  return reader.run<KeptRow>({
    name: 'kept-before',
    text: `select r.id, r.kind, r.number, r.title, r.state, r.archived_at is not null as archived, r.version, r.fields
      from record r join unnest($2::text[], $3::text[]) as k(kind, field) on k.kind = r.kind
      where r.organisation = $1 and r.fields ->> k.field < $4 order by r.fields ->> k.field, r.kind, r.number limit $5`,
    values: [reader.organisation, kept.map(({ name }) => name), kept.map(({ until }) => until), day, most],
  });
}
