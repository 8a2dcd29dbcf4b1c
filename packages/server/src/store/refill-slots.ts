import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { slotSignature, slotsOf } from '@throughline/domain/kinds/slots.ts';
import { sql } from 'kysely';
import type { Db } from './connection.ts';
import type { Store } from './store.ts';
import type { FieldsColumn, LinksColumn } from './tables.ts';

const atOnce = 2_000;

type Row = { organisation: string; id: string; state: string; fields: FieldsColumn; links: LinksColumn };

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
  let after = {
    organisation: '00000000-0000-0000-0000-000000000000',
    id: '00000000-0000-0000-0000-000000000000',
  };
  for (;;) {
    const last = await store.asOwner(async (db) => {
      const rows = await batch(db, kind.name, after);
      if (rows.length > 0) await keepSlots(db, kind, rows);
      return rows.at(-1);
    });
    if (!last) return;
    after = last;
  }
}

async function batch(db: Db, kind: string, after: { organisation: string; id: string }): Promise<Row[]> {
  const { rows } = await sql<Row>`select organisation, id, state, fields, links from record
    where kind = ${kind} and (organisation, id) > (${after.organisation}::uuid, ${after.id}::uuid)
    order by organisation, id limit ${atOnce} for update`.execute(db);
  return rows;
}

async function keepSlots(db: Db, kind: Kind, rows: readonly Row[]): Promise<void> {
  const filled = rows.map(({ organisation, id, state, fields, links }) => {
    const slots = slotsOf(kind, { fields, links }, { state });
    return { organisation, id, slots };
  });
  await sql`update record r set k1 = f.slots ->> 0, k2 = f.slots ->> 1, k3 = f.slots ->> 2, k4 = f.slots ->> 3,
      k5 = f.slots ->> 4, k6 = f.slots ->> 5, k7 = f.slots ->> 6, k8 = f.slots ->> 7
    from jsonb_to_recordset(${JSON.stringify(filled)}::jsonb) as f(organisation uuid, id uuid, slots jsonb)
    where r.organisation = f.organisation and r.id = f.id`.execute(db);
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
