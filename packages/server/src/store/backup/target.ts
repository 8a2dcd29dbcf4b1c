import type { Pool, PoolClient } from 'pg';
import { migrateSchema, migrationNames } from '../migrate.ts';
import { othersAtWork } from '../pools.ts';
import { quoted, type TableShape, tableShapes } from './columns.ts';
import { copyIn, copyOut, copySettings, drain } from './copy.ts';
import type { RowBytes } from './copy-streams.ts';
import { type Aside, bringBack, emptied, putAside } from './put-aside.ts';
import { among, rowsQuery } from './read-rows.ts';
import { BackupRefused } from './refused.ts';
import { type BackupTable, backupTables } from './tables.ts';

/** What of a file decides where its rows go. */
export type Incoming = {
  readonly scope: 'installation' | 'organisation';
  readonly organisations: readonly { readonly id: string; readonly name: string }[];
  readonly migrations: readonly string[];
  readonly tables: readonly { readonly table: string; readonly columns: readonly string[] }[];
  /** So many rows that keys and indexes are better built at the end; what that takes is not worth it for few. */
  readonly many: boolean;
};

/** The schema that rows of an older release are brought to this one in; it never outlives the transaction. */
const stage = 'throughline_restore';

/**
 * A restore in one transaction: all of it is kept at its end, or nothing. Rows of an older release go into tables as that
 * release had them, go through the migrations there, and then to their place.
 */
export class RestoreTarget {
  readonly client: PoolClient;
  /** No organisation was here before. */
  readonly empty: boolean;
  readonly #incoming: Incoming;
  readonly #shapes: ReadonlyMap<string, TableShape>;
  readonly #aside: Aside;
  readonly #staged: boolean;
  /** Tables whose rows lie in the order in which they came. */
  readonly #fresh: ReadonlySet<string>;

  private constructor(
    client: PoolClient,
    incoming: Incoming,
    facts: {
      empty: boolean;
      staged: boolean;
      shapes: ReadonlyMap<string, TableShape>;
      aside: Aside;
      fresh: ReadonlySet<string>;
    },
  ) {
    this.client = client;
    this.#incoming = incoming;
    this.empty = facts.empty;
    this.#staged = facts.staged;
    this.#shapes = facts.shapes;
    this.#aside = facts.aside;
    this.#fresh = facts.fresh;
  }

  /** Throws `BackupRefused` where this database cannot take these rows. */
  static async on(client: PoolClient, incoming: Incoming): Promise<RestoreTarget> {
    await client.query(
      `${copySettings}; set local search_path = public; set local maintenance_work_mem = '256MB'`,
    );
    const empty = await ensureRoom(client, incoming);
    const staged = incoming.migrations.length < migrationNames.length;
    if (staged) {
      // Without `public` beside it: a function that a later release gave other arguments would stand there by the same name.
      await client.query(
        `create schema ${stage}; set local search_path = ${stage}; set local check_function_bodies = off`,
      );
      await migrateSchema(client, stage, incoming.migrations);
    }
    // What orders the rows is read before keys are put aside.
    const shapes = await tableShapes(client, staged ? stage : 'public');
    ensureKnown(incoming, shapes);
    const many = empty && incoming.many;
    const aside = many ? await putAside(client) : [];
    const named = incoming.tables.map(({ table }) => table);
    const fresh = many && !staged ? await emptied(client, named) : new Set<string>();
    return new RestoreTarget(client, incoming, { empty, staged, shapes, aside, fresh });
  }

  /** Keeps the rows of one table; answers how many of them are of these organisations: others are left out. */
  async load(table: string, pieces: AsyncIterable<Buffer>): Promise<number> {
    const { by } = this.#table(table).known;
    const only = by === null ? '' : `where ${among(by, this.#ids())}`;
    return copyIn(this.client, { into: this.#place(table), settled: this.#fresh.has(table), only }, pieces);
  }

  /**
   * Reads back what was kept in the order in which it lies, which is that of the backup where nothing was there before:
   * it needs no key and no sorting. Answers `false` where it is not to be had like that.
   */
  async readAsItLies(table: string, each: (piece: RowBytes) => void): Promise<boolean> {
    if (!this.#fresh.has(table)) return false;
    await drain(copyOut(this.client, this.#place(table)), each);
    return true;
  }

  /** Reads back what was kept, in the order in which a backup has it. */
  async readBack(table: string, each: (piece: RowBytes) => void): Promise<void> {
    const { known, shape } = this.#table(table);
    const scope = { organisations: this.#ids(), one: this.#incoming.scope === 'organisation' };
    const query = rowsQuery(known, { ...shape, columns: this.#columns(table) }, scope);
    await drain(copyOut(this.client, `(${query})`), each);
  }

  /**
   * Brings rows of an older release to this one, and indexes and sequences to where they must be. `tell` hears how many
   * of the indexes and keys are built.
   */
  async settle(tell: (done: number, all: number) => void): Promise<void> {
    if (this.#staged) await this.#bringForward();
    await bringBack(this.client, this.#aside, tell);
    await setSequences(this.client);
  }

  async #bringForward(): Promise<void> {
    await migrateSchema(this.client, stage, migrationNames);
    const now = await tableShapes(this.client, 'public');
    for (const { table } of backupTables) {
      const columns = (now.get(table)?.columns ?? []).map(quoted).join(', ');
      await this.client.query(
        `insert into public.${quoted(table)} (${columns}) overriding system value select ${columns} from ${stage}.${quoted(table)}`,
      );
    }
    await this.client.query(`set local search_path = public; drop schema ${stage} cascade`);
  }

  #table(table: string): { known: BackupTable; shape: TableShape } {
    const known = backupTables.find((one) => one.table === table);
    const shape = this.#shapes.get(table);
    if (!known || !shape) throw new Error(`No table ${table} is restored`);
    return { known, shape };
  }

  /** The columns in the order that the file has them in. */
  #columns(table: string): readonly string[] {
    const from = this.#incoming.tables.find((one) => one.table === table);
    return from?.columns ?? this.#table(table).shape.columns;
  }

  #place(table: string): string {
    return `${quoted(table)} (${this.#columns(table).map(quoted).join(', ')})`;
  }

  #ids(): string[] {
    return this.#incoming.organisations.map(({ id }) => id);
  }
}

/** Does the work in one transaction on a connection of its own. */
export async function inRestore<T>(owner: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await owner.connect();
  try {
    await client.query('begin');
    const result = await work(client);
    const { command } = await client.query('commit');
    if (command !== 'COMMIT') throw new Error('The restore was rolled back where it was to be committed');
    client.release();
    return result;
  } catch (error) {
    // What is still being copied ends with the connection, and so does the transaction.
    client.release(error instanceof Error ? error : true);
    throw error;
  }
}

/** That nobody else works here, and that nothing here would be written over; answers whether it is empty. */
async function ensureRoom(client: PoolClient, { scope, organisations }: Incoming): Promise<boolean> {
  const others = await othersAtWork(client);
  if (others > 0)
    throw new BackupRefused(
      'A server or another command works on this database. Stop it first: a restore is alone.',
    );
  await client.query(`set local lock_timeout = '10s'; lock table organisation in access exclusive mode`);
  const { rows } = await client.query<{ id: string; name: string }>('select id, name from organisation');
  if (rows.length === 0) return true;
  if (scope === 'installation')
    throw new BackupRefused(
      `An installation is restored into an empty one, and here is ${rows
        .map((row) => `"${row.name}"`)
        .slice(0, 5)
        .join(', ')} already. Name another data directory or database.`,
    );
  const there = rows.find((row) => organisations.some(({ id }) => id === row.id));
  if (there)
    throw new BackupRefused(
      `The organisation of this backup is here already: "${there.name}" (${there.id}).`,
    );
  return false;
}

function ensureKnown({ scope, tables }: Incoming, shapes: ReadonlyMap<string, TableShape>): void {
  const other = scope === 'installation' ? 'organisation' : 'installation';
  const wanted = backupTables.filter(({ table, only }) => shapes.has(table) && only !== other);
  for (const { table } of wanted)
    if (!tables.some((one) => one.table === table))
      throw new BackupRefused(`The backup has no table "${table}", and a backup of its release has one.`);
  for (const { table, columns } of tables) {
    const shape = wanted.some((one) => one.table === table) ? shapes.get(table) : undefined;
    if (!shape) throw new BackupRefused(`The backup has a table "${table}" that its release does not know.`);
    const strange = columns.find((column) => !shape.columns.includes(column));
    const missing = shape.columns.find((column) => !columns.includes(column));
    if (strange !== undefined || missing !== undefined || new Set(columns).size !== columns.length)
      throw new BackupRefused(
        `Table "${table}" of the backup has other columns than its release (${strange ?? missing ?? 'one twice'}).`,
      );
  }
}

/** What is numbered next comes after every number that was restored. */
async function setSequences(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string; sequence: string }>(
    `select c.relname as table, a.attname as column, pg_get_serial_sequence('public.' || quote_ident(c.relname), a.attname) as sequence
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attidentity <> ''
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`,
  );
  for (const { table, column, sequence } of rows)
    await client.query(
      `select setval('${sequence}', greatest(m.most, s.last_value)) from (select max(${quoted(column)}) as most from ${quoted(table)}) m,
        ${sequence} s where m.most is not null`,
    );
}
