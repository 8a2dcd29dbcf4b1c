import { sql } from 'kysely';
import type { Db } from './connection.ts';
import type { Write } from './write.ts';

/** A public key (Ed25519, 32 bytes) that signs, or signed, the logs of this installation. */
export type LogKey = {
  /** 1 for the first. */
  readonly number: number;
  readonly public: Buffer;
  /** The one before it could sign no more: its private key was lost. */
  readonly lost: boolean;
  /** Since when; until the next one. */
  readonly at: Date;
};

/** Every key that ever signed here, oldest first. The last one signs. */
export async function logKeys(db: Db): Promise<LogKey[]> {
  return db.selectFrom('log_key').selectAll().orderBy('number').execute();
}

/** Held until the transaction ends: nodes that start at once must not register a key each. */
export async function lockLogKeys(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(4270, 2)`.execute(db);
}

/** Makes a key the one that signs from now on. The caller holds the lock. */
export async function registerLogKey(db: Db, publicKey: Buffer, at: Date, lost = false): Promise<LogKey> {
  const known = await logKeys(db);
  const key = { number: (known.at(-1)?.number ?? 0) + 1, public: publicKey, lost, at };
  await db.insertInto('log_key').values(key).execute();
  return key;
}

/** Rotations that the log of an organisation does not tell of yet: it was there before the key was. */
export async function untoldRotations(db: Db): Promise<{ organisation: string; key: number }[]> {
  const { rows } = await sql<{ organisation: string; key: number }>`
    select o.id as organisation, k.number as key from organisation o join log_key k on k.number > 1 and k.at >= o.created_at
    where not exists (select from log_key_entry e where e.organisation = o.id and e.key = k.number)
    order by k.number, o.id`.execute(db);
  return rows;
}

/** Organisations whose log was signed and names no key yet. One that was restored with such entries keeps them. */
export async function organisationsWithoutKey(db: Db): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select o.id from organisation o where not exists (select from log_key_entry e where e.organisation = o.id)
      and exists (select from log_origin n where n.organisation = o.id)
    order by o.id`.execute(db);
  return rows.map((row) => row.id);
}

/** Names the key that signs in the log of an organisation, so that no other can be put in its place unseen. */
export async function logFirstKey(write: Write, key: LogKey): Promise<void> {
  const entry = write.log({ act: 'log.key-registered', key: key.public.toString('hex') });
  await write.db
    .insertInto('log_key_entry')
    .values({ organisation: write.organisation, key: key.number, entry })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Tells the log of an organisation that another key signs, once. */
export async function logRotation(write: Write, now: LogKey, before: LogKey): Promise<void> {
  const entry = write.log({
    act: 'log.key-rotated',
    key: now.public.toString('hex'),
    previous: before.public.toString('hex'),
    ...(now.lost ? { lost: true } : {}),
  });
  await write.db
    .insertInto('log_key_entry')
    .values({ organisation: write.organisation, key: now.number, entry })
    .execute();
}
