import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { slotSignature, slotsOf } from '@throughline/domain/kinds/slots.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from './connection.ts';
import { type FilledRow, refill, refilledAtOnce } from './refill.ts';
import type { Store } from './store.ts';

type PastRow = Pick<FilledRow, 'id' | 'state' | 'fields' | 'links'> & { version: number };

/**
 * Fills the slots of kinds whose declaration changed since they were last filled, before anything is served: a register
 * that is sorted by half-filled slots would leave rows out. Answers the kinds that were filled.
 */
export function refillSlots(store: Store): Promise<string[]> {
  return refill(store, { table: 'slot_signature', signature: slotSignature, keep: keepSlots });
}

/** Rows whose slots are right already are not written again: all of their indexes would be. */
async function keepSlots(
  db: Db,
  kind: Kind,
  organisation: string,
  rows: readonly FilledRow[],
): Promise<void> {
  await sql`update record r set ${setSlots} from ${filledSlots(kind, rows)}
    where r.organisation = ${organisation} and r.id = f.id and ${sql.raw(differs('r'))}`.execute(db);
  await keepPastSlots(
    db,
    kind,
    organisation,
    rows.map((row) => row.id),
  );
}

/** The same for every version of the records, by which a register is listed as of a time. */
async function keepPastSlots(
  db: Db,
  kind: Kind,
  organisation: string,
  records: readonly string[],
): Promise<void> {
  const { rows } = await sql<PastRow>`select record as id, version, state, fields, links from revision
    where organisation = ${organisation} and record = any(${records}::uuid[]) and fields is not null`.execute(
    db,
  );
  for (let from = 0; from < rows.length; from += refilledAtOnce) {
    await sql`update revision v set ${setSlots} from ${filledSlots(kind, rows.slice(from, from + refilledAtOnce))}
      where v.organisation = ${organisation} and v.record = f.id and v.version = f.version and ${sql.raw(differs('v'))}`.execute(
      db,
    );
  }
}

const places = [1, 2, 3, 4, 5, 6, 7, 8];
const setSlots = sql.raw(places.map((n) => `k${n} = f.slots ->> ${n - 1}`).join(', '));
const differs = (table: string): string =>
  `(${places.map((n) => `${table}.k${n}`).join(', ')}) is distinct from (${places.map((n) => `f.slots ->> ${n - 1}`).join(', ')})`;

function filledSlots(kind: Kind, rows: readonly (FilledRow | PastRow)[]): RawBuilder<unknown> {
  const filled = rows.map(({ id, fields, links, state, ...row }) => ({
    id,
    version: 'version' in row ? row.version : undefined,
    slots: slotsOf(kind, { fields, links }, { state }),
  }));
  return sql`jsonb_to_recordset(${JSON.stringify(filled)}::jsonb) as f(id uuid, version int, slots jsonb)`;
}
