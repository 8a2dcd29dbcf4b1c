import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { slotSignature, slotsOf } from '@throughline/domain/kinds/slots.ts';
import { sql } from 'kysely';
import type { Db } from './connection.ts';
import { organisationIds } from './organisations.ts';
import type { Store } from './store.ts';
import type { FieldsColumn, LinksColumn } from './tables.ts';

const atOnce = 2_000;

type Row = { id: string; number: number; state: string; fields: FieldsColumn; links: LinksColumn };

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
  const filled = rows.map(({ id, state, fields, links }) => ({
    id,
    slots: slotsOf(kind, { fields, links }, { state }),
  }));
  await sql`update record r set k1 = f.slots ->> 0, k2 = f.slots ->> 1, k3 = f.slots ->> 2, k4 = f.slots ->> 3,
      k5 = f.slots ->> 4, k6 = f.slots ->> 5, k7 = f.slots ->> 6, k8 = f.slots ->> 7
    from jsonb_to_recordset(${JSON.stringify(filled)}::jsonb) as f(id uuid, slots jsonb)
    where r.organisation = ${organisation} and r.id = f.id
      and (r.k1, r.k2, r.k3, r.k4, r.k5, r.k6, r.k7, r.k8) is distinct from (f.slots ->> 0, f.slots ->> 1, f.slots ->> 2,
        f.slots ->> 3, f.slots ->> 4, f.slots ->> 5, f.slots ->> 6, f.slots ->> 7)`.execute(db);
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
