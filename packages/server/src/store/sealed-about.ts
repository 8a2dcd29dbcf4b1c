import type { TraceRecord } from '@throughline/domain/trace/inputs.ts';
import {
  type Packed,
  type PackedAside,
  packedAside,
  packedColumns,
  unpackRecords,
} from './packed-records.ts';
import type { Reader } from './reader.ts';

/** What whoever reads is a party of comes first: of nearly everybody that is nothing, and then nothing else is looked at. */
const text = `
with mine as materialized (
  select distinct p.record from record_party p where p.organisation = $1 and p.member = (select scope_member())
), found as materialized (
  select ${packedColumns('r')} from mine join record r on r.organisation = $1 and r.id = mine.record
  where r.kind = any($3::text[]) and exists (select from link l
    where l.organisation = $1 and l.from_record = r.id and l.to_record = $2 and l.relation = 'systems')
)
select (select json_agg(f) from found f) as packed, ${packedAside('found')}`;

/**
 * Sealed records about a system that whoever reads is a party of, the archived among them: what their own line is judged
 * on beside everybody's. Nothing where everything is read, for that is no person's reading.
 */
export async function sealedAbout(reader: Reader, system: string): Promise<readonly TraceRecord[]> {
  const { registry, organisation, view } = reader;
  if (view === 'whole' || registry.sealed.length === 0) return [];
  const values = [organisation, system, registry.sealed];
  const [row] = await reader.run<{ packed: Packed[] | null } & PackedAside>({
    name: 'sealed-about',
    text,
    values,
  });
  return row ? unpackRecords(registry, row.packed, row, 'sealed') : [];
}
