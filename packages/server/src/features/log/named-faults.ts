import type { FoundFault, LogFaultFound } from '@throughline/domain/log-faults.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import type { Db } from '../../store/connection.ts';
import { placeRows } from '../../store/verify/places.ts';
import { numbersOf } from '../../store/verify/records.ts';
import { readBody } from './told.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Faults with the refs of their records, by which people and pages find them. */
export async function namedFaults(
  db: Db,
  organisation: string,
  registry: Registry,
  faults: readonly FoundFault[],
): Promise<LogFaultFound[]> {
  const placed: FoundFault[] = [];
  for (const fault of faults) placed.push(await withRecord(db, organisation, fault));
  const ids = placed.flatMap(({ record }) => (record !== null && uuid.test(record) ? [record] : []));
  const numbers = await numbersOf(db, organisation, ids);
  return placed.map((fault) => {
    const known = fault.record === null ? undefined : numbers.get(fault.record);
    const kind = known && registry.find(known.kind);
    return { ...fault, ref: known && kind ? `${kind.prefix}-${known.number}` : null };
  });
}

/** What an entry that does not fit says of itself: not to be believed, but it shows where to look. */
async function withRecord(db: Db, organisation: string, fault: FoundFault): Promise<FoundFault> {
  const { entries, record, table } = fault;
  if (record !== null || table !== null || entries === null || entries.end - entries.start !== 1)
    return fault;
  const [row] = await placeRows(db, organisation, entries.start, entries.end);
  const body = row && row.id !== null ? readBody(row) : undefined;
  if (typeof body?.record !== 'string') return fault;
  return {
    ...fault,
    record: body.record,
    version: typeof body.version === 'number' ? body.version : null,
  };
}
