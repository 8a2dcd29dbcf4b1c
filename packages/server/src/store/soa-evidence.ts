import type { SoaRecord } from '@throughline/domain/soa/types.ts';
import type { Reader } from './reader.ts';
import { eachSoaRecords, soaRecords } from './soa.ts';
import { kindsAsOf, soaRecordOf } from './soa-as-of.ts';

/** Evidence that names a control or an implementation, some at a time: nobody keeps a hundred thousand pieces in the process. */
export const evidenceNow = (reader: Reader): AsyncGenerator<SoaRecord[]> =>
  eachSoaRecords(reader, ['evidence']);

/** The same when the log had the index given. */
export async function* evidenceAsOf(reader: Reader, index: number): AsyncGenerator<SoaRecord[]> {
  for await (const records of kindsAsOf(reader, ['evidence'], index)) yield records.map(soaRecordOf);
}

/** Evidence of one system, and of the organisation as a whole where it names one of the records given. */
export async function evidenceOn(
  reader: Reader,
  system: string,
  named: readonly string[],
): Promise<SoaRecord[]> {
  const rows = await reader.run<{ id: string }>({
    name: 'soa-evidence-on',
    text: `select r.id from record r
      where r.organisation = $1 and r.kind = 'evidence' and r.archived_at is null and r.system = $2::uuid
      union select r.id from link l join record r on r.organisation = $1 and r.id = l.from_record
      where l.organisation = $1 and l.to_record = any($3::uuid[]) and r.kind = 'evidence' and r.system is null
        and r.archived_at is null`,
    values: [reader.organisation, system, named],
  });
  return soaRecords(
    reader,
    rows.map(({ id }) => id),
    ['evidence'],
  );
}
