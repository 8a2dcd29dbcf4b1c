import type { PoolClient } from 'pg';
import { quoted } from './columns.ts';

/** What was taken away while rows come in, as the statements that bring it back. */
export type Aside = { readonly indexes: readonly string[]; readonly constraints: readonly string[] };

/** Takes away indexes that are no constraint's, and foreign keys, of every table; inside the transaction alone. */
export async function putAside(client: PoolClient): Promise<Aside> {
  const constraints = await client.query<{ table: string; name: string; definition: string }>(
    `select c.relname as table, k.conname as name, pg_get_constraintdef(k.oid) as definition
      from pg_constraint k join pg_class c on c.oid = k.conrelid
      where k.contype = 'f' and k.connamespace = 'public'::regnamespace order by c.relname, k.conname`,
  );
  for (const { table, name } of constraints.rows)
    await client.query(`alter table ${quoted(table)} drop constraint ${quoted(name)}`);
  const indexes = await client.query<{ name: string; definition: string }>(
    `select x.relname as name, pg_get_indexdef(i.indexrelid) as definition
      from pg_index i join pg_class x on x.oid = i.indexrelid
      where x.relnamespace = 'public'::regnamespace and not i.indisprimary
        and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
      order by x.relname`,
  );
  for (const { name } of indexes.rows) await client.query(`drop index ${quoted(name)}`);
  return {
    indexes: indexes.rows.map(({ definition }) => definition),
    constraints: constraints.rows.map(
      ({ table, name, definition }) =>
        `alter table ${quoted(table)} add constraint ${quoted(name)} ${definition}`,
    ),
  };
}

export async function bringBack(client: PoolClient, { indexes, constraints }: Aside): Promise<void> {
  for (const statement of [...indexes, ...constraints]) await client.query(statement);
}
