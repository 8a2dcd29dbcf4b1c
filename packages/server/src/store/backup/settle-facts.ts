import type { PoolClient } from 'pg';
import type { Db } from '../connection.ts';
import { newSecret } from '../secret.ts';
import type { KeyFacts } from './snapshot.ts';

type Signatures = Readonly<Record<string, string>>;

/**
 * By which declarations what is worked out of records was filled. Where the rows that came were filled otherwise than
 * those that were here, the next start fills the kind anew.
 */
export async function keepSignatures(
  client: PoolClient,
  empty: boolean,
  file: { slots: Signatures; words: Signatures },
): Promise<void> {
  for (const [table, signatures] of [
    ['slot_signature', file.slots],
    ['words_signature', file.words],
  ] as const) {
    const list = JSON.stringify(Object.entries(signatures).map(([kind, signature]) => ({ kind, signature })));
    const rows = 'jsonb_to_recordset($1::jsonb) as f(kind text, signature text)';
    await client.query(
      empty
        ? `delete from ${table}`
        : `delete from ${table} t where not exists (select from ${rows} where f.kind = t.kind and f.signature = t.signature)`,
      empty ? [] : [list],
    );
    if (empty) await client.query(`insert into ${table} select kind, signature from ${rows}`, [list]);
  }
}

/**
 * Makes the public keys of the file those of the installation: old checkpoints stay checkable. A start on the empty
 * database may have registered one of its own; that one is registered again behind them where it is to sign.
 */
export async function keepKeys(client: PoolClient, keys: readonly KeyFacts[]): Promise<void> {
  await client.query('alter table log_key disable trigger user');
  await client.query('delete from log_key');
  await client.query('alter table log_key enable trigger user');
  await client.query(
    `insert into log_key (number, public, lost, at)
      select number, decode(public, 'hex'), lost, at from jsonb_to_recordset($1::jsonb) as k(number int, public text, lost boolean, at timestamptz)`,
    [JSON.stringify(keys)],
  );
}

/** Links that were printed for an empty installation let nobody in any more. */
export async function endFirstLinks(client: PoolClient): Promise<void> {
  await client.query('delete from sign_in_link');
}

/** Invitations that ran out already: they say where a member is reached, so that they can be invited again. */
export async function keepAddresses(
  db: Db,
  organisation: string,
  addresses: readonly { readonly member: string; readonly email: string }[],
  at: Date,
): Promise<void> {
  for (const { member, email } of addresses)
    await db
      .insertInto('sign_in_link')
      .values({
        token_hash: newSecret().hash,
        purpose: 'invitation',
        person: null,
        organisation,
        member,
        email,
        created_at: at,
        expires_at: at,
        used_at: null,
      })
      .execute();
}
