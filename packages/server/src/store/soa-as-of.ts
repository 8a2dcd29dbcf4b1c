import { inForce } from '@throughline/domain/approvals.ts';
import { type SoaRecord, soaKinds } from '@throughline/domain/soa/types.ts';
import type { TraceRecord } from '@throughline/domain/trace/inputs.ts';
import { linksOf } from '@throughline/domain/trace/read.ts';
import type { Reader } from './reader.ts';
import { recordsAsOf } from './records-as-of.ts';

/** Records whose past is looked up at once: each of them needs its newest revision by then. */
const readAtOnce = 2_000;

/** Records that called for controls, put them in place or tested them when the log had the index given. */
export async function soaRecordsAsOf(reader: Reader, index: number): Promise<SoaRecord[]> {
  const found: SoaRecord[] = [];
  for await (const records of kindsAsOf(reader, soaKinds, index))
    for (const record of records) {
      const one = soaRecordOf(record);
      if (linksOf(one, 'controls').length + linksOf(one, 'control').length > 0) found.push(one);
    }
  return found;
}

/** Records of some kinds as they stood, those not archived then, some at a time. */
export async function* kindsAsOf(
  reader: Reader,
  kinds: readonly string[],
  index: number,
): AsyncGenerator<TraceRecord[]> {
  // What was archived since stood then.
  const rows = await reader.run<{ id: string }>({
    name: 'ids-of-kinds',
    text: 'select r.id from record r where r.organisation = $1 and r.kind = any($2) order by r.id',
    values: [reader.organisation, kinds],
  });
  for (let from = 0; from < rows.length; from += readAtOnce) {
    const ids = rows.slice(from, from + readAtOnce).map(({ id }) => id);
    yield (await recordsAsOf(reader, index, { ids })).filter(({ archived }) => !archived);
  }
}

/** As the statement reads it: of a kind whose versions are approved, the version that stood approved then. */
export function soaRecordOf(record: TraceRecord): SoaRecord {
  const { id, ref, kind, state, system, owner, createdAt, materialAt } = record;
  const { fields, links } = record.inForce ?? record;
  const approved = inForce(record.approvals) !== null;
  const dated = kind === 'implementation' || kind === 'control-test' ? { materialAt } : {};
  const since =
    kind === 'implementation' && Date.parse(materialAt) > Date.parse(createdAt) ? { createdAt } : {};
  return { id, ref, kind, state, system, owner, fields, links, approved, ...dated, ...since };
}
