import type { PoolClient } from 'pg';

/** A table as a database has it. */
export type TableShape = {
  readonly table: string;
  /** In their order, without those that PostgreSQL computes. */
  readonly columns: readonly string[];
  /** What rows are ordered by: the primary key, texts by their bytes. */
  readonly order: string;
};

/** Every table of a schema by name. */
export async function tableShapes(client: PoolClient, schema = 'public'): Promise<Map<string, TableShape>> {
  const { rows } = await client.query<TableShape>(
    `select c.relname as table,
      (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      coalesce((select string_agg(quote_ident(a.attname) || case when a.atttypid = 'text'::regtype then ' collate "C"' else '' end, ', '
          order by array_position(i.indkey::int2[], a.attnum))
        from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey::int2[])
        where i.indrelid = c.oid and i.indisprimary), '') as order
    from pg_class c where c.relnamespace = to_regnamespace($1) and c.relkind in ('r', 'p') order by c.relname`,
    [schema],
  );
  return new Map(rows.map((row) => [row.table, row]));
}

/** A name as SQL takes it whatever it holds. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
