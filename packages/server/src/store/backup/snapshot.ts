import type { Pool, PoolClient } from 'pg';
import { type TableShape, tableShapes } from './columns.ts';
import { copyOut, copySettings } from './copy.ts';
import type { RowBytes } from './copy-streams.ts';
import { rowsQuery } from './read-rows.ts';
import { backupTables } from './tables.ts';

/** How far a log is, and what of it was signed last. */
export type LogFacts = {
  readonly organisation: string;
  readonly size: number;
  /** Hex; null while the log has no tree. */
  readonly root: string | null;
  readonly origin: string | null;
  /** The published checkpoint to the byte, with what it says. */
  readonly checkpoint: {
    readonly origin: string;
    readonly size: number;
    readonly root: string;
    readonly note: string;
  } | null;
};

export type KeyFacts = {
  readonly number: number;
  readonly public: string;
  readonly lost: boolean;
  readonly at: string;
};

/** What stands in the head of a backup. */
export type SnapshotFacts = {
  readonly postgres: string;
  /** Names of the migrations that the database went through, in order. */
  readonly migrations: readonly string[];
  readonly organisations: readonly { readonly id: string; readonly name: string }[];
  readonly logs: readonly LogFacts[];
  /** Public keys that signed these logs; of an installation alone. */
  readonly keys: readonly KeyFacts[];
  readonly slots: Readonly<Record<string, string>>;
  readonly words: Readonly<Record<string, string>>;
  /** Of the members of one organisation, so that they can be invited again elsewhere. */
  readonly addresses: readonly { readonly member: string; readonly email: string }[];
};

/** The database as it stood at one moment, whatever is written meanwhile. */
export type Snapshot = {
  readonly facts: SnapshotFacts;
  readonly tables: readonly { readonly shape: TableShape; readonly estimate: number }[];
  /** In the order that the same rows always have. */
  rows(table: string): AsyncIterable<RowBytes>;
};

/** One organisation, or with `null` the whole installation. Throws `TypeError` for what is no id. */
export async function withSnapshot<T>(
  owner: Pool,
  organisation: string | null,
  work: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  const client = await owner.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query(copySettings);
    return await work(await snapshotOn(client, organisation));
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // A COPY that nobody read to its end leaves the connection unusable.
    if (broken) client.release(broken);
    else {
      await client.query('rollback');
      client.release();
    }
  }
}

async function snapshotOn(client: PoolClient, organisation: string | null): Promise<Snapshot> {
  const scope = { organisations: organisation === null ? null : [organisation], one: organisation !== null };
  const shapes = await tableShapes(client);
  const kept = backupTables.filter(
    (table) => shapes.has(table.table) && table.only !== (scope.one ? 'installation' : 'organisation'),
  );
  const estimates = await estimatedRows(client);
  const shapeOf = (table: string): TableShape => {
    const shape = shapes.get(table);
    if (!shape) throw new Error(`There is no table ${table}`);
    return shape;
  };
  return {
    facts: await factsOf(client, organisation, new Set(shapes.keys())),
    tables: kept.map(({ table }) => ({ shape: shapeOf(table), estimate: estimates.get(table) ?? 0 })),
    rows: (name) => {
      const table = kept.find((one) => one.table === name);
      if (!table) throw new Error(`${name} is no table of this backup`);
      return copyOut(client, `(${rowsQuery(table, shapeOf(name), scope)})`);
    },
  };
}

async function estimatedRows(client: PoolClient): Promise<Map<string, number>> {
  const { rows } = await client.query<{ table: string; estimate: number }>(
    `select relname as table, greatest(reltuples, 0)::float8 as estimate from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  );
  return new Map(rows.map((row) => [row.table, row.estimate]));
}

async function factsOf(
  client: PoolClient,
  organisation: string | null,
  tables: ReadonlySet<string>,
): Promise<SnapshotFacts> {
  const version = await client.query<{ server_version: string }>('show server_version');
  const migrations = await client.query<{ name: string }>(
    'select name from kysely_migration order by name collate "C"',
  );
  const organisations = await client.query<{ id: string; name: string }>(
    'select id, name from organisation where $1::uuid is null or id = $1 order by id',
    [organisation],
  );
  const signatures = async (table: string) => {
    if (!tables.has(table)) return {};
    const { rows } = await client.query<{ kind: string; signature: string }>(
      `select kind, signature from ${table} order by kind collate "C"`,
    );
    return Object.fromEntries(rows.map(({ kind, signature }) => [kind, signature]));
  };
  return {
    postgres: version.rows[0]?.server_version ?? '',
    migrations: migrations.rows.map(({ name }) => name),
    organisations: organisations.rows,
    logs: tables.has('log_checkpoint') ? await logsOf(client, organisation) : [],
    keys: tables.has('log_key') && organisation === null ? await keysOf(client) : [],
    slots: await signatures('slot_signature'),
    words: await signatures('words_signature'),
    addresses: organisation === null ? [] : await addressesOf(client, organisation),
  };
}

async function addressesOf(
  client: PoolClient,
  organisation: string,
): Promise<{ member: string; email: string }[]> {
  const { rows } = await client.query<{ member: string; email: string }>(
    `select m.id as member, p.email from member m join person p on p.id = m.person
      where m.organisation = $1 and p.email is not null order by m.id`,
    [organisation],
  );
  return rows;
}

async function logsOf(client: PoolClient, organisation: string | null): Promise<LogFacts[]> {
  const { rows } = await client.query<LogFacts>(
    `select o.id as organisation, coalesce(h.size, 0)::float8 as size, encode(h.root, 'hex') as root,
      (select n.origin from log_origin n where n.organisation = o.id order by n.number desc limit 1) as origin,
      case when c.organisation is not null then
        json_build_object('origin', c.origin, 'size', c.size, 'root', encode(c.root, 'hex'), 'note', c.note) end as checkpoint
    from organisation o left join log_head h on h.organisation = o.id left join log_checkpoint c on c.organisation = o.id
    where $1::uuid is null or o.id = $1 order by o.id`,
    [organisation],
  );
  return rows;
}

async function keysOf(client: PoolClient): Promise<KeyFacts[]> {
  const { rows } = await client.query<Omit<KeyFacts, 'at'> & { at: Date }>(
    `select number, encode(public, 'hex') as public, lost, at from log_key order by number`,
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
