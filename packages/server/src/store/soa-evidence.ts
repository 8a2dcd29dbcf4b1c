import { linksOf } from '@throughline/domain/trace/read.ts';
import type { Reader } from './reader.ts';
import { kindsAsOf } from './soa-as-of.ts';

/** Kept evidence that names a control: how many pieces, and the ids of the newest. */
export type ControlEvidence = { readonly count: number; readonly first: readonly string[] };

/** Pieces that a statement names. */
const named = 3;

/** Kept evidence by the control that it proves, newest first. */
export async function controlEvidence(
  reader: Reader,
  controls: readonly string[],
): Promise<Map<string, ControlEvidence>> {
  const rows = await reader.run<{ control: string; count: number; first: string[] }>({
    name: 'soa-evidence',
    text: `select l.to_record as control, count(*)::int as count,
        (array_agg(r.id order by r.number desc))[1:$3] as first
      from link l join record r on r.organisation = $1 and r.id = l.from_record
      where l.organisation = $1 and l.to_record = any($2::uuid[]) and l.relation = 'controls'
        and r.kind = 'evidence' and r.state = 'kept' and r.archived_at is null
      group by l.to_record`,
    values: [reader.organisation, controls, named],
  });
  return new Map(rows.map(({ control, ...evidence }) => [control, evidence]));
}

/** The same when the log had the index given. */
export async function evidenceAsOf(reader: Reader, index: number): Promise<Map<string, ControlEvidence>> {
  const found = new Map<string, { count: number; first: string[] }>();
  for await (const records of kindsAsOf(reader, ['evidence'], index))
    for (const record of records) {
      if (record.state !== 'kept') continue;
      for (const control of linksOf(record, 'controls')) {
        const known = found.get(control) ?? { count: 0, first: [] };
        found.set(control, { count: known.count + 1, first: [record.id, ...known.first].slice(0, named) });
      }
    }
  return found;
}
