import type { Db } from '../../store/connection.ts';
import { recordNumbers } from '../../store/verify/records.ts';
import type { FaultSink } from './fault-sink.ts';
import type { Told } from './told.ts';

type Check = { readonly faults: FaultSink; readonly told: Pick<Told, 'numbers'> };

const atOnce = 5_000;

/** Holds the number of every record, by which people name it, against the entry of its creation. */
export async function checkNumbers(
  check: Check & { readonly db: Db; readonly organisation: string },
): Promise<void> {
  let after: string | null = null;
  for (;;) {
    const rows: { id: string; number: number }[] = await recordNumbers(
      check.db,
      check.organisation,
      after,
      atOnce,
    );
    for (const row of rows) holdNumber(check, row);
    after = rows.at(-1)?.id ?? null;
    if (rows.length < atOnce) return;
  }
}

/** A record whose creation no entry tells of is named elsewhere. */
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
