import type { Db } from '../../store/connection.ts';
import { numbersOf } from '../../store/verify/records.ts';
import type { FaultSink } from './fault-sink.ts';
import type { Told } from './told.ts';

type Check = { readonly faults: FaultSink; readonly told: Pick<Told, 'numbers'> };

const atOnce = 5_000;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Holds the numbers of records, by which people name them, against the entries of their creation. */
export async function checkNumbers(
  check: Check & { readonly db: Db; readonly organisation: string },
): Promise<void> {
  const named = [...check.told.numbers.keys()].filter((id) => uuid.test(id));
  for (let from = 0; from < named.length; from += atOnce) {
    const rows = await numbersOf(check.db, check.organisation, named.slice(from, from + atOnce));
    for (const [id, { number }] of rows) holdNumber(check, { id, number });
  }
}

/** A record whose creation no entry tells of is named elsewhere, and one that is not there too. */
export function holdNumber(
  { faults, told }: Check,
  row: { readonly id: string; readonly number: number },
): void {
  const expected = told.numbers.get(row.id);
  if (expected === null) faults.notBound('record');
  else if (expected !== undefined && expected !== row.number)
    faults.hold('record-differs', { table: 'record', record: row.id }, 'number', {
      expected,
      found: row.number,
    });
}
