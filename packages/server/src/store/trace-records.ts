import type { TraceRecord } from '@throughline/domain/trace/inputs.ts';
import {
  type Packed,
  type PackedAside,
  packedAside,
  packedColumns,
  unpackRecords,
} from './packed-records.ts';
import type { Reader } from './reader.ts';
import { recordsAsOf } from './records-as-of.ts';

/** The records given as rules read them, archived ones too; with an index, as they stood when the log had it. */
export async function traceRecords(
  reader: Reader,
  ids: readonly string[],
  index: number | null = null,
): Promise<TraceRecord[]> {
  if (ids.length === 0) return [];
  const asked = [...new Set(ids)];
  if (index !== null) return recordsAsOf(reader, index, { ids: asked });
  const [row] = await reader.run<{ records: Packed[] | null } & PackedAside>({
    name: 'trace-records',
    text: `with rows as materialized (
        select ${packedColumns('r')} from record r where r.organisation = $1 and r.id = any($2::uuid[])
      ) select (select json_agg(x order by x.id) from rows x) as records, ${packedAside('rows')}`,
    values: [reader.organisation, asked],
  });
  if (!row) throw new Error('A statement of aggregates always answers one row');
  return unpackRecords(reader.registry, row.records, row);
}
