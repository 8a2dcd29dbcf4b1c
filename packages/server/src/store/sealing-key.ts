import { DomainError } from '@throughline/domain/errors.ts';
import { sql } from 'kysely';
import type { Db } from './connection.ts';
import type { Write } from './write.ts';

/** What every sealed secret begins with, so that each says which key it needs: so many bytes of the name of its key. */
export const sealingNameLength = 8;

/** How many secrets are kept that one key, or any other one, sealed. */
export type SealedSecrets = { readonly own: number; readonly other: number };

/**
 * Says in the change that keeps a sealed secret which key sealed it; the first one stands from then on. Throws
 * `unavailable` on a node that runs with another key than the one that stands: nobody else could open what it seals.
 */
export async function ensureSealing(write: Write, name: Uint8Array): Promise<void> {
  const [row] = await write.run<{ seals_here: boolean }>({
    name: 'seals-here',
    text: 'select seals_here($1, $2)',
    values: [Buffer.from(name), write.ctx.at],
  });
  if (row?.seals_here) return;
  throw new DomainError(
    'unavailable',
    'This server has another key for secrets than the one in use, so it keeps none. Whoever runs it starts it with that key (FACTORS_KEY_FILE).',
  );
}

/** Holds off sealing, and whoever else looks which key stands, until the transaction ends. */
export async function lockSealingKey(db: Db): Promise<void> {
  await sql`lock table sealing_key in exclusive mode`.execute(db);
}

/** The name of the key that stands; nothing before the first. */
export async function sealingKey(db: Db): Promise<Buffer | undefined> {
  const row = await db.selectFrom('sealing_key').select('name').executeTakeFirst();
  return row?.name;
}

/** Puts a key in the place of the one that stood. The caller holds the lock. */
export async function setSealingKey(db: Db, name: Uint8Array, since: Date): Promise<void> {
  const row = { name: Buffer.from(name), since };
  await db
    .insertInto('sealing_key')
    .values(row)
    .onConflict((conflict) => conflict.column('one').doUpdateSet(row))
    .execute();
}

/** Counts what is kept sealed, by the key that its first bytes name. What waits for some minutes is not counted. */
export async function sealedSecrets(db: Db, name: Uint8Array): Promise<SealedSecrets> {
  const { rows } = await sql<{ own: number; other: number }>`
    with sealed as (
      select secret from factor where kind = 'totp' and ended_at is null and secret is not null
      union all select secret from provider_secret),
    named as (select substring(secret from 1 for ${sealingNameLength}::int) = ${Buffer.from(name)} as own from sealed)
    select count(*) filter (where own)::int as own, count(*) filter (where not own)::int as other from named`.execute(
    db,
  );
  return rows[0] ?? { own: 0, other: 0 };
}
