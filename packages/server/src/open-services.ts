import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import type { Services } from './services.ts';
import { DirectoryHeld } from './store/embedded/failure.ts';
import { connectRunning } from './store/embedded/open.ts';
import { notedAddress } from './store/embedded/server-address.ts';
import { lockHolder } from './store/embedded/server-lock.ts';
import { migrate, schemaStanding } from './store/migrate.ts';
import { type Database, DatabaseRefused, openDatabase } from './store/open-database.ts';
import { type OrganisationName, organisationNames } from './store/organisations.ts';
import { openPools, othersAtWork, type Pools } from './store/pools.ts';
import { Store } from './store/store.ts';

/** The use cases on an open database, without a server around them: what the command line works with. */
export type OpenServices = {
  readonly services: Services;
  /** Which PostgreSQL answers: version as it says it, and whether a server of ours holds it. */
  readonly database: {
    readonly version: string;
    readonly held: 'by a server' | 'by this command' | 'outside';
  };
  organisations(): Promise<readonly OrganisationName[]>;
  /** Waits for others that work on the same embedded PostgreSQL, then gives everything back. */
  close(): Promise<void>;
  /** Gives everything back at once; what runs is rolled back by PostgreSQL. */
  abandon(): Promise<void>;
};

type Held = OpenServices['database']['held'];
type Options = { readonly dataDir: string; readonly databaseUrl: string | undefined };

/** A server that starts makes its database ready within this time, or the command gives up. */
const patienceMs = 20_000;
const lookEveryMs = 100;
const mostTries = 5;
/** What other commands may still need of a PostgreSQL that this one started. */
const othersMs = 60_000;

/** Where the server of this configuration is reached, or was last, as it wrote down; nothing where none did. */
export const serverAddress = (options: Options): Promise<string | undefined> => notedAddress(options);

/**
 * Opens what a server on the same configuration would use: through the PostgreSQL of a running server, one started
 * for the moment where none runs, or the one named by `databaseUrl`. Makes no new database and, beside others,
 * migrates nothing. Throws `DatabaseRefused` or `EmbeddedDatabaseError` with words for a person.
 */
export async function openServices(options: Options, log: (line: string) => void): Promise<OpenServices> {
  for (let tries = 1; ; tries += 1) {
    const { database, held } = await reachOne(options, log);
    try {
      return await openReached(database, held);
    } catch (error) {
      // The command that had started PostgreSQL may end between our look and our first word to it: then look again.
      if (held !== 'by a server' || tries === mostTries || !isGone(error)) throw error;
      await wait(lookEveryMs);
    }
  }
}

/**
 * Opens the database of this configuration for one process alone, and makes it where there is none: what a restore works
 * on. Throws `DatabaseRefused` or `EmbeddedDatabaseError` where somebody else works there, or a newer release did.
 */
export async function openAlone(options: Options, log: (line: string) => void): Promise<OpenServices> {
  const database = await openDatabase(options, log);
  const pools = openPools(database.connection, () => undefined);
  try {
    if ((await othersAtWork(pools.owner)) > 0)
      throw new DatabaseRefused('A server or another command works on this database. Stop it first.');
    if ((await schemaStanding(pools.owner)) === 'ahead') throw ahead();
    await migrate(pools.owner);
    const held = options.databaseUrl === undefined ? 'by this command' : 'outside';
    const version = await pools.owner.query<{ server_version: string }>('show server_version');
    return {
      ...opened(pools, database, held),
      database: { version: version.rows[0]?.server_version ?? '', held },
    };
  } catch (error) {
    await pools.end();
    await database.close();
    throw error;
  }
}

function ahead(): DatabaseRefused {
  return new DatabaseRefused('A newer release of Throughline has used this database. Use that one.');
}

async function openReached(database: Database, held: Held): Promise<OpenServices> {
  const pools = openPools(database.connection, () => undefined);
  try {
    if (held === 'by this command') await migrate(pools.owner);
    else await untilCurrent(pools, held);
    const version = await pools.owner.query<{ server_version: string }>('show server_version');
    return {
      ...opened(pools, database, held),
      database: { version: version.rows[0]?.server_version ?? '', held },
    };
  } catch (error) {
    await pools.end();
    await database.close();
    throw error;
  }
}

/** No server listens any more, or it is just shutting down (SQLSTATE 57P01 to 57P03). */
function isGone(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', '57P01', '57P02', '57P03'].some((gone) => gone === code);
}

function opened(pools: Pools, database: Database, held: Held): Omit<OpenServices, 'database'> {
  const store = new Store(pools, registry);
  return {
    services: { store, registry, catalogue: loadCatalogue(), clock: () => new Date() },
    organisations: () => store.asOwner(organisationNames),
    close: async () => {
      await pools.app.end();
      // A command that began while this one held PostgreSQL reaches it too: it is not taken from under its feet.
      if (held === 'by this command') await untilAlone(pools);
      await pools.owner.end();
      await database.close();
    },
    abandon: () => database.close(),
  };
}

/**
 * Of two commands that begin at once where no server runs, one starts PostgreSQL and the other is refused the
 * directory that it found free a moment before: it looks again, and then reaches what the first one started.
 */
async function reachOne(options: Options, log: (line: string) => void): ReturnType<typeof reach> {
  const since = Date.now();
  for (;;) {
    try {
      return await reach(options, log);
    } catch (error) {
      if (!(error instanceof DirectoryHeld) || Date.now() - since > patienceMs) throw error;
      await wait(lookEveryMs);
    }
  }
}

async function reach(
  options: Options,
  log: (line: string) => void,
): Promise<{ database: Database; held: Held }> {
  if (options.databaseUrl !== undefined)
    return { database: await openDatabase(options, log), held: 'outside' };
  const running = await untilRunning(options.dataDir);
  if (running) {
    const database = { connection: running, name: 'embedded PostgreSQL', here: true, close: async () => {} };
    return { database, held: 'by a server' };
  }
  if (!existsSync(join(options.dataDir, 'postgres', 'PG_VERSION'))) {
    throw new DatabaseRefused(
      `There is no database in ${options.dataDir} yet. Start the server first (throughline serve), ` +
        `or set DATA_DIR to the directory of one.`,
    );
  }
  return { database: await openDatabase(options, log), held: 'by this command' };
}

/** The PostgreSQL of a server; while one is just starting on the directory, waits for it. */
async function untilRunning(dataDir: string): Promise<ReturnType<typeof connectRunning>> {
  for (let waited = 0; ; waited += lookEveryMs) {
    const running = connectRunning(dataDir);
    // Without a holder, a PostgreSQL was left by a killed server: it is taken over, which settles it too.
    const holder = lockHolder(join(dataDir, 'server.lock'));
    if (!holder) return undefined;
    if (running || waited >= patienceMs) return running;
    await wait(lookEveryMs);
  }
}

async function untilCurrent(pools: Pools, held: Held): Promise<void> {
  for (let waited = 0; ; waited += lookEveryMs) {
    const standing = await schemaStanding(pools.owner);
    if (standing === 'current') return;
    if (standing === 'ahead') throw ahead();
    if (held === 'outside' || waited >= patienceMs)
      throw new DatabaseRefused(
        'This database was not brought to this release yet. Start the server of this release once (throughline serve).',
      );
    await wait(lookEveryMs);
  }
}

async function untilAlone(pools: Pools): Promise<void> {
  for (let waited = 0; waited < othersMs; waited += lookEveryMs) {
    if ((await othersAtWork(pools.owner)) === 0) return;
    await wait(lookEveryMs);
  }
}
