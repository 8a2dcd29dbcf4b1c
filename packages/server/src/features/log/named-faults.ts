import type { FoundFault, LogFaultFound } from '@throughline/domain/log-faults.ts';
import { knownOf, type LogKnown } from '@throughline/domain/log-known.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import type { Db } from '../../store/connection.ts';
import { type PlaceRow, placeRows, tellingEntries } from '../../store/verify/places.ts';
import { numbersOf } from '../../store/verify/records.ts';
import { readBody, type Said } from './told.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Faults with the refs of their records, by which people and pages find them. Where a row is gone, with what the log
 * itself knows of it: who did what and when, and of a record the ref, as the entry of its creation names its number.
 */
export async function namedFaults(
  db: Db,
  organisation: string,
  registry: Registry,
  faults: readonly FoundFault[],
): Promise<LogFaultFound[]> {
  const labelOf = (kind: string) => registry.find(kind)?.label;
  const placed: (FoundFault & { readonly known: LogKnown | null })[] = [];
  for (const fault of faults) {
    const said = await entryOf(db, organisation, fault);
    const known = fault.fault === 'row-gone' && said ? knownOf(said.body, said.index, labelOf) : null;
    placed.push({ ...withRecord(fault, said?.body), known });
  }
  const ids = placed.flatMap(({ record }) => (record !== null && uuid.test(record) ? [record] : []));
  const numbers = await numbersOf(db, organisation, ids);
  const gone = await goneRecords(
    db,
    organisation,
    registry,
    ids.filter((id) => !numbers.has(id)),
  );
  return placed.map((fault) => {
    const row = fault.record === null ? undefined : numbers.get(fault.record);
    const told = fault.record === null ? undefined : gone.get(fault.record);
    return {
      ...fault,
      ref: row ? refOf(registry, row.kind, row.number) : (told?.ref ?? null),
      known: fault.known ?? (fault.fault === 'row-gone' ? (told?.newest ?? null) : null),
    };
  });
}

function refOf(registry: Registry, name: unknown, number: unknown): string | null {
  const kind = registry.find(String(name));
  return kind && typeof number === 'number' ? `${kind.prefix}-${number}` : null;
}

type Gone = { readonly ref: string | null; readonly newest: LogKnown | null };

/** What entries say of records whose own rows are not there. */
async function goneRecords(
  db: Db,
  organisation: string,
  registry: Registry,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Gone>> {
  const gone = new Map<string, Gone>();
  if (ids.length === 0) return gone;
  for (const row of await tellingEntries(db, organisation, ids)) {
    const body = readBody(row);
    if (!body || row.record === null) continue;
    const before = gone.get(row.record);
    const known = knownOf(body, placeOf(row), (kind) => registry.find(kind)?.label);
    const newest = (before?.newest?.version ?? 0) > (known?.version ?? 0) ? before?.newest : known;
    gone.set(row.record, {
      ref: before?.ref ?? refOf(registry, body.kind, body.number),
      newest: newest ?? null,
    });
  }
  return gone;
}

const placeOf = ({ index }: PlaceRow): number | null => (index < 0 ? null : index);

/** The one entry that a fault names, where it can be read. */
async function entryOf(
  db: Db,
  organisation: string,
  { entries, fault, record, table }: FoundFault,
): Promise<Pick<Said, 'index' | 'body'> | undefined> {
  const asked = fault === 'row-gone' || (record === null && table === null);
  if (!asked || entries === null || entries.end - entries.start !== 1) return undefined;
  const [row] = await placeRows(db, organisation, entries.start, entries.end);
  const body = row && row.id !== null ? readBody(row) : undefined;
  return body && { index: entries.start, body };
}

/** What an entry that does not fit says of itself: not to be believed, but it shows where to look. */
function withRecord(fault: FoundFault, body: Said['body'] | undefined): FoundFault {
  if (fault.record !== null || fault.table !== null || typeof body?.record !== 'string') return fault;
  return { ...fault, record: body.record, version: typeof body.version === 'number' ? body.version : null };
}
