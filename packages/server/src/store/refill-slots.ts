import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { slotSignature, slotsOf } from '@throughline/domain/kinds/slots.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from './connection.ts';
import { organisationIds } from './organisations.ts';
import type { Store } from './store.ts';
import type { FieldsColumn, LinksColumn } from './tables.ts';

const atOnce = 2_000;

type Row = { id: string; number: number; state: string; fields: FieldsColumn; links: LinksColumn };
type PastRow = Omit<Row, 'number'> & { version: number };

/**
 * Fills the slots of kinds whose declaration changed since they were last filled, in batches, before anything is
 * served: a register that is sorted by half-filled slots would leave rows out. Answers the kinds that were filled.
 */
export async function refillSlots(store: Store): Promise<string[]> {
  const known = new Map((await store.asOwner(signatures)).map((row) => [row.kind, row.signature]));
  const filled: string[] = [];
  for (const kind of store.registry.kinds) {
    const signature = slotSignature(kind);
    if (known.get(kind.name) === signature) continue;
    await refillKind(store, kind);
    await store.asOwner((db) => keepSignature(db, kind.name, signature));
    filled.push(kind.name);
  }
  return filled;
}

async function refillKind(store: Store, kind: Kind): Promise<void> {
  for (const organisation of await store.asOwner(organisationIds)) {
    for (let after: number | undefined = 0; after !== undefined; ) {
      const from: number = after;
      after = await store.asOwner(async (db) => {
        const rows = await batch(db, organisation, kind.name, from);
        if (rows.length > 0) await keepSlots(db, kind, organisation, rows);
        return rows.at(-1)?.number;
      });
    }
  }
}

/** By organisation and number, as an index has them: other kinds' records are never looked at. */
async function batch(db: Db, organisation: string, kind: string, after: number): Promise<Row[]> {
  const { rows } = await sql<Row>`select id, number, state, fields, links from record
    where organisation = ${organisation} and kind = ${kind} and number > ${after}
    order by number limit ${atOnce} for update`.execute(db);
  return rows;
}

/** Rows whose slots are right already are not written again: all of their indexes would be. */
async function keepSlots(db: Db, kind: Kind, organisation: string, rows: readonly Row[]): Promise<void> {
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
  for (let from = 0; from < rows.length; from += atOnce) {
    await sql`update revision v set ${setSlots} from ${filledSlots(kind, rows.slice(from, from + atOnce))}
      where v.organisation = ${organisation} and v.record = f.id and v.version = f.version and ${sql.raw(differs('v'))}`.execute(
      db,
    );
  }
}

const places = [1, 2, 3, 4, 5, 6, 7, 8];
const setSlots = sql.raw(places.map((n) => `k${n} = f.slots ->> ${n - 1}`).join(', '));
const differs = (table: string): string =>
  `(${places.map((n) => `${table}.k${n}`).join(', ')}) is distinct from (${places.map((n) => `f.slots ->> ${n - 1}`).join(', ')})`;

function filledSlots(kind: Kind, rows: readonly (Row | PastRow)[]): RawBuilder<unknown> {
  const filled = rows.map(({ fields, links, state, ...row }) => ({
    ...row,
    slots: slotsOf(kind, { fields, links }, { state }),
  }));
  return sql`jsonb_to_recordset(${JSON.stringify(filled)}::jsonb) as f(id uuid, version int, slots jsonb)`;
}

async function signatures(db: Db): Promise<{ kind: string; signature: string }[]> {
  return db.selectFrom('slot_signature').select(['kind', 'signature']).execute();
}

async function keepSignature(db: Db, kind: string, signature: string): Promise<void> {
  await db
    .insertInto('slot_signature')
    .values({ kind, signature })
    .onConflict((conflict) => conflict.column('kind').doUpdateSet({ signature }))
    .execute();
}
