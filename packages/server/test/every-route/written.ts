import type { Pool } from 'pg';

/** What stands in the tables, so that two looks are the same where nothing was written in between. */
export type Written = {
  /** Of every table: how many rows, and the last transaction that wrote one of them. Sees updates too. */
  all(): Promise<string>;
  /** The same of one organisation's rows. */
  of(organisation: string): Promise<string>;
  /** Transactions that are under way, and the next one: the same as before, and nothing was written, by anybody. No scan. */
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
  // The age of a transaction is its distance from now, which moves; from the first one that there was it stays.
  const standing = (name: string) =>
    name in touched ? 'count(*)::text' : `count(*) || '@' || coalesce(age('3'::xid) - min(age(xmin)), 0)`;
  const sum = (of: typeof tables, where = '') =>
    `select concat_ws(' ', ${of
      .map(({ name }) => `'${name}', (select ${standing(name)} from "${name}"${where})`)
      .join(', ')}) as n`;
  const everything = halves(tables).map((half) => sum(half));
  const everyRow = halves(tables.filter((one) => one.held)).map((half) =>
    sum(half, ' where organisation = $1'),
  );
  const ask = async (name: string, text: string, values: string[] = []) =>
    (await owner.query<{ n: string }>({ name, text, values })).rows[0]?.n ?? '';
  const mark = () => ask('mark', 'select pg_current_snapshot()::text as n');
  const last = new Map<string, { readonly mark: string; readonly said: string }>();
  /** Looks again only where anybody wrote since the last look: it is asked thousands of times, mostly after refusals. */
  const look = async (name: string, texts: readonly string[], values: string[] = []) => {
    const key = [name, ...values].join(' ');
    const before = await mark();
    const known = last.get(key);
    if (known?.mark === before) return known.said;
    const said: string[] = [];
    for (const [at, text] of texts.entries()) said.push(await ask(`${name} ${at}`, text, values));
    last.set(key, { mark: before, said: said.join(' ') });
    return said.join(' ');
  };
  return {
    all: () => look('everything', everything),
    of: (organisation) => look('of one', everyRow, [organisation]),
    mark,
  };
}

/** A function of PostgreSQL takes 100 arguments at most, and each table is two of them. */
function halves<T>(all: readonly T[]): T[][] {
  const most = 40;
  return Array.from({ length: Math.ceil(all.length / most) }, (_, at) =>
    all.slice(at * most, at * most + most),
  );
}
