import { stakeKinds } from '@throughline/domain/trace/at-stake.ts';
import type { TraceRecord } from '@throughline/domain/trace/inputs.ts';
import {
  type Packed,
  type PackedAside,
  packedAside,
  packedColumns,
  unpackRecords,
} from './packed-records.ts';
import type { Reader } from './reader.ts';

/** Uses, classes and risks of systems, not archived: what the level of their approvals is read from. */
export async function stakeRecords(reader: Reader, systems: readonly string[]): Promise<TraceRecord[]> {
  if (systems.length === 0) return [];
  const [row] = await reader.run<{ records: Packed[] | null } & PackedAside>({
    name: 'stake-records',
    text: `with rows as materialized (
        select ${packedColumns('r')} from record r
        where r.organisation = $1 and r.system = any($2::uuid[]) and r.kind = any($3) and r.archived_at is null
      ) select (select json_agg(x) from rows x) as records, ${packedAside('rows')}`,
    values: [reader.organisation, [...new Set(systems)], stakeKinds],
  });
  if (!row) throw new Error('A statement of aggregates always answers one row');
  return unpackRecords(reader.registry, row.records, row);
}
