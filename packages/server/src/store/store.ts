import { AsyncLocalStorage } from 'node:async_hooks';
import type { Registry } from '@throughline/domain/registry.ts';
import type { Pool, PoolClient } from 'pg';
import { ask, type Connection, connect, connectionOn, type Db } from './connection.ts';
import type { Context } from './context.ts';
import { allOf } from './flush.ts';
import { claim, settle } from './idempotency.ts';
import { Numbers, type TakeNumbers } from './numbers.ts';
import { pruned } from './prune.ts';
import { Reader, type View } from './reader.ts';
import { type Asker, isScoped, type Narrowing, narrowingOf, narrowingOfChange } from './reading.ts';
import { roleOf } from './roles.ts';
import type { Turns } from './turns.ts';
import { Write } from './write.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Lost races that PostgreSQL asks to be run again: serialisation failure, deadlock. */
const retryable = new Set(['40001', '40P01']);

/** A dry run is the change itself, refused or not by everything that would refuse it, and then rolled back. */
export type ChangeOptions = { readonly dryRun?: boolean };

/** How a transaction ends: what is sent last, and whether all of it is kept. */
type Ending = { readonly last: () => Promise<Last | undefined>; readonly keep: boolean };
type Course = Partial<Ending> & { readonly ahead?: boolean };
type Last = Awaited<ReturnType<Write['finish']>>;

/**
 * The only way to rows. `app` runs as the application's role under row-level security; `owner` belongs to migrations,
 * backup and the worker. Both may be the same login: the role is taken on with the transaction's begin.
 */
export class Store {
  readonly app: Pool;
  readonly owner: Pool;
  readonly registry: Registry;
  readonly #numbers: Numbers;
  readonly #turns: Turns | undefined;
  readonly #inside = new AsyncLocalStorage<'change'>();
  readonly #committed = new Set<(organisation: string) => void>();
  readonly #news = new Set<(organisation: string) => void>();

  /** @param turns in which readings wait for each other, where the database shares the machine */
  constructor(pools: { app: Pool; owner: Pool }, registry: Registry, turns?: Turns) {
    this.app = pools.app;
    this.owner = pools.owner;
    this.registry = registry;
    this.#turns = turns;
    this.#numbers = new Numbers(pools.owner);
  }

  /**
   * Reads the rows that an actor may read of their organisation, as they stand at one moment: the one place that every
   * request's reading passes. Inside a change, read with the change's own handle.
   */
  async read<T>({ organisation, actor }: Asker, look: (reader: Reader) => Promise<T>): Promise<T> {
    return this.#look(organisation, narrowingOf(actor, this.registry), look);
  }

  /** Reads all rows of one organisation: for rules, caches and checks of its own, never to answer a request with. */
  async readWhole<T>(organisation: string, look: (reader: Reader) => Promise<T>): Promise<T> {
    return this.#look(organisation, null, look);
  }

  async #look<T>(
    organisation: string,
    narrowing: Narrowing | null,
    look: (reader: Reader) => Promise<T>,
  ): Promise<T> {
    this.#refuseInside('A change reads with its own handle, never on a second connection.');
    const room = { organisation, mode: 'repeatable read read only', narrowing, ahead: true };
    const read = () =>
      this.#transaction(room, async (connection) => {
        const through = narrowing && isScoped(narrowing) ? pruned(connection, organisation) : connection;
        const reader = new Reader(through, organisation, this.registry, viewOf(narrowing));
        try {
          return await look(reader);
        } finally {
          reader.end();
        }
      });
    return this.#turns ? this.#turns.during(read) : read();
  }

  /**
   * Changes one organisation's rows: everything that `work` asks of the handle is written with its log entries in one
   * transaction, or nothing is. Runs `work` once more after a deadlock, so it must not reach outside. A dry run writes
   * everything too, and answers the same, but nothing of it stays.
   */
  async change<T>(
    ctx: Context,
    work: (write: Write) => Promise<T>,
    { dryRun = false }: ChangeOptions = {},
  ): Promise<T> {
    this.#refuseInside('A change cannot begin inside a change.');
    let logged = false;
    const take: TakeNumbers = (wanted) => this.#numbers.take(ctx.organisation, wanted);
    const narrowing = narrowingOfChange(ctx.actor, this.registry);
    const room = { organisation: ctx.organisation, mode: 'read committed', narrowing };
    const once = async () => {
      let write: Write | undefined;
      const inside = async (connection: Connection) => {
        write = new Write(connection, ctx, this.registry, viewOf(narrowing));
        if (!dryRun) write.numberedBy(take);
        const named = ctx.once?.done === false ? ctx.once : undefined;
        if (named) await claim(write, named);
        const result = await this.#inside.run('change', work, write);
        if (named) await settle(write, named, write.subject);
        logged = write.logged;
        return result;
      };
      const ending = { last: async () => write?.finish(), keep: !dryRun };
      try {
        return await this.#transaction(room, inside, ending);
      } finally {
        write?.end();
      }
    };
    const result = await once().catch((error: unknown) => {
      if (isRetryable(error)) return once();
      throw error;
    });
    if (dryRun) return result;
    if (ctx.once) ctx.once.done = true;
    if (logged) for (const listener of this.#committed) listener(ctx.organisation);
    return result;
  }

  /** Calls back after each change of this node that wrote an entry is committed. Answers how to stop. */
  onCommitted(listener: (organisation: string) => void): () => void {
    this.#committed.add(listener);
    return () => this.#committed.delete(listener);
  }

  /** Calls back when there is something new to see in an organisation: placed entries, settled lines. Answers how to stop. */
  onNews(listener: (organisation: string) => void): () => void {
    this.#news.add(listener);
    return () => this.#news.delete(listener);
  }

  /** Says that there is something new to see in an organisation. */
  announce(organisation: string): void {
    for (const listener of this.#news) listener(organisation);
  }

  /** Questions before an organisation is known (sessions, tokens, memberships): only the named functions answer them. */
  async ask<T>(question: (db: Db) => Promise<T>): Promise<T> {
    const room = { organisation: '', mode: 'read committed read only', narrowing: null, ahead: true };
    return this.#transaction(room, (connection) => question(connection.db));
  }

  /** As the owner of the tables, beyond row-level security: sequencer, worker, first run. Never for a request's data. */
  async asOwner<T>(work: (db: Db) => Promise<T>): Promise<T> {
    return inTransaction(await this.owner.connect(), 'begin', (connection) => work(connection.db));
  }

  /**
   * As the owner, what concerns the whole installation and is told to the logs of its organisations: rows and entries in
   * one transaction, or nothing. `tell` writes the entries of one organisation.
   */
  async changeAll<T>(
    work: (
      db: Db,
      tell: (ctx: Context, write: (write: Write) => Promise<void>) => Promise<void>,
    ) => Promise<T>,
  ): Promise<T> {
    this.#refuseInside('A change cannot begin inside a change.');
    const told = new Set<string>();
    const result = await inTransaction(await this.owner.connect(), 'begin', (connection) =>
      work(connection.db, async (ctx, said) => {
        const write = new Write(connection, ctx, this.registry);
        try {
          await said(write);
          await (await write.finish()).written;
        } finally {
          write.end();
        }
        told.add(ctx.organisation);
      }),
    );
    for (const organisation of told) for (const listener of this.#committed) listener(organisation);
    return result;
  }

  async #transaction<T>(
    { organisation, mode, narrowing, ahead = false }: Room,
    work: (connection: Connection) => Promise<T>,
    ending?: Ending,
  ): Promise<T> {
    if (organisation !== '' && !uuid.test(organisation))
      throw new TypeError('An organisation is named by its id');
    // One round trip: a pooler between us and the server must not split role and setting from the transaction.
    const begin = `begin isolation level ${mode}; set local role ${roleOf[viewOf(narrowing)]}; set local app.organisation = '${organisation}'${scoped(narrowing)}`;
    return inTransaction(await connect(this.app), begin, work, { ...ending, ahead });
  }

  #refuseInside(message: string): void {
    if (this.#inside.getStore()) throw new Error(message);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.app.end();
    if (this.owner !== this.app) await this.owner.end();
  }
}

/** Where a transaction works: in which organisation, how isolated, and what of it may not be seen. */
type Room = {
  readonly organisation: string;
  readonly mode: string;
  readonly narrowing: Narrowing | null;
  /** It only reads: its first statement does not wait until it has begun. */
  readonly ahead?: boolean;
};

/** What a transaction shows: everything, all but what is sealed, or what lies in a scope. */
const viewOf = (narrowing: Narrowing | null): View =>
  narrowing === null ? 'whole' : isScoped(narrowing) ? 'scoped' : 'sealed';

/** What the policies look at, as a literal: ids and names of kinds, of which no sign may end it. */
const scoped = (narrowing: Narrowing | null): string =>
  narrowing
    ? `; set local app.scope = ${literal(JSON.stringify(narrowing))}; set local app.sealed = ${literal(`{${narrowing.sealed.join()}}`)}`
    : '';
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Begins, works and commits, or rolls back; then the connection goes back. */
async function inTransaction<T>(
  client: PoolClient,
  begin: string,
  work: (connection: Connection) => Promise<T>,
  { last: lastOf = async () => undefined, keep = true, ahead = false }: Course = {},
): Promise<T> {
  const connection = connectionOn(client);
  try {
    if (ahead) connection.beginAhead(begin);
    else await ask(client, begin);
    const result = await work(connection);
    const last = await lastOf();
    if (!keep || last?.whole === false) await last?.written;
    // Sent behind what is still being written: the rows that others wait for are then held as short as can be.
    await allOf([last?.written, keep ? commit(client) : ask(client, 'rollback')]);
    connection.over();
    client.release();
    return result;
  } catch (error) {
    connection.over();
    await abandon(client);
    throw error;
  }
}

/** Where a statement failed before, PostgreSQL answers a commit with a rollback: nobody may take that for kept. */
async function commit(client: PoolClient): Promise<void> {
  const { command } = await ask(client, 'commit');
  if (command !== 'COMMIT') throw new Error('The transaction was rolled back where it was to be committed');
}

/** Rolls back and gives the connection back; one that cannot even roll back is closed. */
async function abandon(client: PoolClient): Promise<void> {
  try {
    await ask(client, 'rollback');
    client.release();
  } catch (error) {
    client.release(error instanceof Error ? error : true);
  }
}

function isRetryable(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'string' && retryable.has(error.code)
  );
}
