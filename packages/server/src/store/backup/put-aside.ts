import type { PoolClient } from 'pg';
import { quoted } from './columns.ts';

/** The statements that bring back what was taken away while rows come in, in the order that they need. */
export type Aside = readonly string[];

/**
 * Takes away every index and key of the tables for as long as rows come in: what is built once over all rows costs a
 * fraction of what grows row by row. Inside the transaction alone, and for an owner who is no superuser.
 */
export async function putAside(client: PoolClient): Promise<Aside> {
  const constraints = await client.query<{ table: string; name: string; definition: string; type: string }>(
    `select c.relname as table, k.conname as name, pg_get_constraintdef(k.oid) as definition, k.contype as type
      from pg_constraint k join pg_class c on c.oid = k.conrelid
      where k.contype in ('f', 'p', 'u') and k.connamespace = 'public'::regnamespace
      order by k.contype = 'f', c.relname, k.conname`,
  );
  const indexes = await client.query<{ name: string; definition: string }>(
    `select x.relname as name, pg_get_indexdef(i.indexrelid) as definition
      from pg_index i join pg_class x on x.oid = i.indexrelid
      where x.relnamespace = 'public'::regnamespace
        and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
      order by i.indrelid::regclass::text, x.relname`,
  );
  // What refers to a key goes before the key, and comes back after it.
  const dropped = constraints.rows
    .toReversed()
    .map(({ table, name }) => `alter table ${quoted(table)} drop constraint ${quoted(name)}`);
  if (indexes.rows.length > 0)
    dropped.push(`drop index ${indexes.rows.map(({ name }) => quoted(name)).join(', ')}`);
  if (dropped.length > 0) await client.query(dropped.join('; '));
  const added = (foreign: boolean) =>
    constraints.rows
      .filter(({ type }) => (type === 'f') === foreign)
      .map(
        ({ table, name, definition }) =>
          `alter table ${quoted(table)} add constraint ${quoted(name)} ${definition}`,
      );
  return [...added(false), ...indexes.rows.map(({ definition }) => definition), ...added(true)];
}

/** `tell` hears before each statement how many are done. */
export async function bringBack(
  client: PoolClient,
  aside: Aside,
  tell: (done: number, all: number) => void,
): Promise<void> {
  for (const [done, statement] of aside.entries()) {
    tell(done, aside.length);
    await client.query(statement);
  }
}

/**
 * Gives empty tables new files, so that PostgreSQL puts rows one behind the other and as settled at once (COPY, FREEZE:
 * the table is truncated in the same transaction). Answers which those are; one that has rows is left as it is.
 */
export async function emptied(client: PoolClient, tables: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ table: string }>(
    tables
      .map((table, at) => `select $${at + 1}::text as table where not exists (select from ${quoted(table)})`)
      .join(' union all '),
    [...tables],
  );
  const found = rows.map(({ table }) => table);
  const guarded = await client.query<{ table: string; trigger: string }>(
    `select c.relname as table, t.tgname as trigger from pg_trigger t join pg_class c on c.oid = t.tgrelid
      where c.relnamespace = 'public'::regnamespace and c.relname = any($1) and not t.tgisinternal
        and t.tgenabled = 'O' and t.tgtype & 32 <> 0`,
    [found],
  );
  // The log's tables refuse to be emptied, also those that are empty.
  const each = (word: string) =>
    guarded.rows.map(
      ({ table, trigger }) => `alter table ${quoted(table)} ${word} trigger ${quoted(trigger)}`,
    );
  if (found.length > 0)
    await client.query(
      [...each('disable'), `truncate ${found.map(quoted).join(', ')}`, ...each('enable')].join('; '),
    );
  return new Set(found);
}
