import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { backupTables } from '../src/store/backup/tables.ts';

/** Texts that a careless format would break: separators and ends of lines, its own escapes, every plane of Unicode. */
const texts = [
  'plain',
  'tab\there',
  'line\nbreak\r\n',
  '\\.',
  '\\N',
  'back\\slash',
  '',
  'Zürich 龍 🜁',
  '"quoted"',
];

const values: Readonly<Record<string, (n: number) => unknown>> = {
  uuid: () => randomUUID(),
  text: (n) => `${texts[n % texts.length]}${n}`,
  'text[]': (n) => [texts[n % texts.length], `a,b"{}`, 'NULL'],
  'uuid[]': () => [randomUUID(), randomUUID()],
  integer: (n) => n + 1,
  smallint: (n) => n % 60,
  bigint: (n) => String(4_503_599_627_370_497n + BigInt(n)),
  boolean: (n) => n % 2 === 0,
  date: (n) => `2026-02-${String((n % 27) + 1).padStart(2, '0')}`,
  'timestamp with time zone': (n) => new Date(Date.UTC(2026, 1, 28, 9, 30, n % 60, n % 1000)).toISOString(),
  jsonb: (n) => JSON.stringify({ text: texts[n % texts.length], n, deep: [null, { a: 1e21 }] }),
  bytea: () => randomBytes(32),
  tsvector: (n) => `'claim':1A 'fraud':${(n % 9) + 1}`,
};

type Column = { name: string; type: string; free: boolean };

/** Puts rows into every table that a backup holds, with values of every column's type. */
export async function fillEveryTable(
  client: pg.Pool | pg.PoolClient,
  organisation: string,
  rowsEach: number,
): Promise<void> {
  const people: string[] = [];
  for (const { table, by } of backupTables) {
    if (table === 'organisation') continue;
    const columns = await columnsOf(client, table);
    if (columns.length === 0) continue;
    for (let n = 0; n < rowsEach; n += 1) {
      const row = columns.map(({ name, type }) => {
        if (name === by) return organisation;
        if (table === 'person' && name === 'id') return people[people.push(randomUUID()) - 1];
        if (table === 'member' && name === 'person') return people[n];
        if (name === 'origin') return `log/${randomUUID()}`;
        if (table === 'person' && name === 'email') return `${people.at(-1)}@example.org`;
        return values[type]?.(n);
      });
      const places = row.map((_, at) => `$${at + 1}`).join(', ');
      const names = columns.map(({ name }) => `"${name}"`).join(', ');
      await client.query(
        `insert into "${table}" (${names}) overriding system value values (${places}) on conflict do nothing`,
        row,
      );
    }
  }
}

async function columnsOf(client: pg.Pool | pg.PoolClient, table: string): Promise<Column[]> {
  const { rows } = await client.query<Column>(
    `select a.attname as name, format_type(a.atttypid, null) as type from pg_attribute a
      where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum`,
    [`public."${table}"`],
  );
  return rows;
}

/** Of every table: how many rows, and a digest of them that hangs on no order. */
export async function everyTable(
  client: pg.Pool,
  where: (table: string) => string = () => 'true',
): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string; rows: string[] }>(
    backupTables
      .map(
        ({ table }) =>
          `select '${table}' as name, coalesce(array_agg(t::text), '{}') as rows from "${table}" t where ${where(table)}`,
      )
      .join(' union all '),
  );
  return Object.fromEntries(
    rows.map(({ name, rows: all }) => {
      const hashes = all.map((row) => createHash('sha256').update(row).digest('hex')).sort();
      return [name, `${all.length} ${createHash('sha256').update(hashes.join()).digest('hex')}`];
    }),
  );
}
