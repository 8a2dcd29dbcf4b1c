import type { Pool } from 'pg';

/** What stands in the tables, so that two looks are the same where nothing was written in between. */
export type Written = {
  /** Of every table: how many rows, and the last transaction that wrote one of them. Sees updates too. */
  all(): Promise<string>;
  /** The same of one organisation's rows. */
  of(organisation: string): Promise<string>;
  /** The next transaction that writes: the same as before, and nothing at all was written, by anybody. Costs no scan. */
  mark(): Promise<string>;
};

/** Tables whose rows a refused request rightly changes, and why. Rows that come or go there are seen all the same. */
const touched: Readonly<Record<string, string>> = {
  session: 'when somebody was last here is kept before what they ask is looked at',
  token: 'when a token was last used is kept before what it asks is looked at',
  counter: 'numbers are handed out apart from the change: one that fails leaves its number unused',
};

/** Looks at every table that there is, as the owner. */
export async function writtenIn(owner: Pool): Promise<Written> {
  const { rows: tables } = await owner.query<{ name: string; held: boolean }>(
    `select t.tablename as name, exists (select 1 from information_schema.columns c where c.table_schema = 'public'
       and c.table_name = t.tablename and c.column_name = 'organisation') as held
       from pg_tables t where t.schemaname = 'public' order by 1`,
  );
  const missing = Object.keys(touched).filter((name) => !tables.some((one) => one.name === name));
  if (missing.length > 0) throw new Error(`There are no tables ${missing.join(', ')} to leave out`);
  const standing = (name: string) =>
    name in touched ? 'count(*)::text' : `count(*) || '@' || coalesce(max(xmin::text::bigint), 0)`;
  const sum = (of: typeof tables, where = '') =>
    `select concat_ws(' ', ${of
      .map(({ name }) => `'${name}', (select ${standing(name)} from "${name}"${where})`)
      .join(', ')}) as n`;
  const everything = halves(tables).map((half) => sum(half));
  const everyRow = halves(tables.filter((one) => one.held)).map((half) =>
    sum(half, ' where organisation = $1'),
  );
  const look = async (texts: readonly string[], values: string[] = []) => {
    const said: string[] = [];
    for (const text of texts) said.push((await owner.query<{ n: string }>(text, values)).rows[0]?.n ?? '');
    return said.join(' ');
  };
  return {
    all: () => look(everything),
    of: (organisation) => look(everyRow, [organisation]),
    mark: () => look(['select pg_snapshot_xmax(pg_current_snapshot())::text as n']),
  };
}

/** A function of PostgreSQL takes 100 arguments at most, and each table is two of them. */
function halves<T>(all: readonly T[]): T[][] {
  const most = 40;
  return Array.from({ length: Math.ceil(all.length / most) }, (_, at) =>
    all.slice(at * most, at * most + most),
  );
}
