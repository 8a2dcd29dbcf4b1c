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

/** Uses, classes and risks of a system, not archived: what the level of its approvals is read from. */
export async function stakeRecords(reader: Reader, system: string): Promise<TraceRecord[]> {
  const [row] = await reader.run<{ records: Packed[] | null } & PackedAside>({
    name: 'stake-records',
    text: `with rows as materialized (
        select ${packedColumns('r')} from record r
        where r.organisation = $1 and r.system = $2 and r.kind = any($3) and r.archived_at is null
      ) select (select json_agg(x) from rows x) as records, ${packedAside('rows')}`,
    values: [reader.organisation, system, stakeKinds],
  });
  if (!row) throw new Error('A statement of aggregates always answers one row');
  return unpackRecords(reader.registry, row.records, row);
}
