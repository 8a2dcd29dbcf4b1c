import { inForce } from '@throughline/domain/approvals.ts';
import type { TraceRecord } from '@throughline/domain/trace/inputs.ts';
import { linksOf } from '@throughline/domain/trace/read.ts';
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

/** Ids of records of some kinds that are at home in the systems given, the systems themselves among them. */
export async function idsAtHome(
  reader: Reader,
  systems: readonly string[],
  kinds: readonly string[],
): Promise<string[]> {
  const rows = await reader.run<{ id: string }>({
    name: 'ids-at-home',
    text: `select id from record where organisation = $1 and system = any($2::uuid[]) and kind = any($3::text[]) order by id`,
    values: [reader.organisation, systems, kinds],
  });
  return rows.map(({ id }) => id);
}

/** What accepted risks among the records of the whole organisation carry, of whatever system: their acceptance is held against it. */
export const carriedByShared = (
  reader: Reader,
  shared: readonly TraceRecord[],
  index: number | null = null,
): Promise<TraceRecord[]> => {
  const accepted = shared.filter(({ kind, approvals }) => kind === 'risk' && inForce(approvals));
  return traceRecords(
    reader,
    accepted.flatMap((risk) => linksOf(risk, 'carries')),
    index,
  );
};
