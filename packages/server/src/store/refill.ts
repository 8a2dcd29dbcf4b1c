import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { sql } from 'kysely';
import type { Db } from './connection.ts';
import { organisationIds } from './organisations.ts';
import type { Store } from './store.ts';
import type { FieldsColumn, LinksColumn } from './tables.ts';

export const refilledAtOnce = 2_000;

/** A record as what is worked out of it is filled anew. */
export type FilledRow = {
  id: string;
  number: number;
  title: string;
  state: string;
  fields: FieldsColumn;
  links: LinksColumn;
};

/** Something that is kept beside records and worked out of them: how, and by which signature it is known to be current. */
export type Filling = {
  /** Where the signatures stand that kinds were last filled with. */
  readonly table: 'slot_signature' | 'words_signature';
  signature(kind: Kind): string;
  /** Writes what of these rows is not right yet. */
  keep(db: Db, kind: Kind, organisation: string, rows: readonly FilledRow[]): Promise<void>;
};

/**
 * Fills kinds whose signature is another than the one they were last filled with, in batches, each in a transaction of
 * its own: a start that is cut short goes on with the kind at the next. Answers the kinds that were filled.
 */
export async function refill(store: Store, filling: Filling): Promise<string[]> {
  const known = new Map(
    (await store.asOwner((db) => signatures(db, filling))).map((row) => [row.kind, row.signature]),
  );
  const filled: string[] = [];
  for (const kind of store.registry.kinds) {
    const signature = filling.signature(kind);
    if (known.get(kind.name) === signature) continue;
    await refillKind(store, kind, filling);
    await store.asOwner((db) => keepSignature(db, filling, { kind: kind.name, signature }));
    filled.push(kind.name);
  }
  return filled;
}

async function refillKind(store: Store, kind: Kind, filling: Filling): Promise<void> {
  for (const organisation of await store.asOwner(organisationIds)) {
    for (let after: number | undefined = 0; after !== undefined; ) {
      const from: number = after;
      after = await store.asOwner(async (db) => {
        const rows = await batch(db, organisation, kind.name, from);
        if (rows.length > 0) await filling.keep(db, kind, organisation, rows);
        return rows.at(-1)?.number;
      });
    }
  }
}

/** By organisation and number, as an index has them: other kinds' records are never looked at. */
async function batch(db: Db, organisation: string, kind: string, after: number): Promise<FilledRow[]> {
  const { rows } = await sql<FilledRow>`select id, number, title, state, fields, links from record
    where organisation = ${organisation} and kind = ${kind} and number > ${after}
    order by number limit ${refilledAtOnce} for update`.execute(db);
  return rows;
}

type Signature = { kind: string; signature: string };

async function signatures(db: Db, { table }: Filling): Promise<Signature[]> {
  return db.selectFrom(table).select(['kind', 'signature']).execute();
}

async function keepSignature(db: Db, { table }: Filling, { kind, signature }: Signature): Promise<void> {
  await db
    .insertInto(table)
    .values({ kind, signature })
    .onConflict((conflict) => conflict.column('kind').doUpdateSet({ signature }))
    .execute();
}
