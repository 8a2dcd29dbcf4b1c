import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { type Binaries, findBinaries } from './binaries.ts';
import { makeCluster, OWNER, startCluster, stopCluster, untilReady, writeSettings } from './cluster.ts';
import { EmbeddedDatabaseError, errorCode } from './failure.ts';
import { chooseIdentity, type Identity } from './identity.ts';
import { type Layout, layOut, makeSocketDirectory, SOCKET_PORT, socketSetting } from './layout.ts';
import { type Postmaster, runningPostmaster } from './postmaster.ts';
import { takeServerLock } from './server-lock.ts';
import { type Durability, serverSettings } from './settings.ts';

/** How to connect: the cluster's owner on the database `throughline`. */
export type EmbeddedConnection = {
  host: string;
  port: number;
  user: string;
  database: string;
  password?: string;
};

export type EmbeddedServer = {
  owner: EmbeddedConnection;
  /** The process of PostgreSQL itself. */
  pid: number;
  /** True when a server left running by a killed process was taken over. */
  adopted: boolean;
  /** Stops PostgreSQL in order and gives the directory free. Calling it again does nothing. */
  stop(): Promise<void>;
};

export type OpenOptions = { dataDir: string; log: (line: string) => void; durability?: Durability };

const DATABASE = 'throughline';

/**
 * Opens the PostgreSQL of a data directory, making it where there is none. One server process at a time holds
 * a directory; the second is refused with a message that names the first.
 */
export async function openEmbedded(options: OpenOptions): Promise<EmbeddedServer> {
  const layout = layOut(resolve(options.dataDir));
  const identity = chooseIdentity(layout.dataDir, layout.cluster);
  const release = await takeServerLock(layout.lock, layout.dataDir);
  try {
    return await open(layout, identity, release, options);
  } catch (error) {
    release();
    throw error;
  }
}

/**
 * The connection to a server that runs on the directory already, for a command beside it; nothing when none
 * does. Throws when the directory belongs to another account.
 */
export function connectRunning(dataDir: string): EmbeddedConnection | undefined {
  if (!existsSync(dataDir)) return undefined;
  const layout = layOut(resolve(dataDir));
  try {
    const postmaster = runningPostmaster(layout.cluster);
    return postmaster?.ready ? connection(layout, postmaster) : undefined;
  } catch (error) {
    if (errorCode(error) !== 'EACCES') throw error;
    throw new EmbeddedDatabaseError(
      `The database in ${layout.cluster} belongs to another account. Run this as the account that runs the server.`,
      { cause: error },
    );
  }
}

async function open(
  layout: Layout,
  identity: Identity,
  release: () => void,
  options: OpenOptions,
): Promise<EmbeddedServer> {
  const binaries = findBinaries(layout.dataDir, identity);
  const { postmaster, adopted } = await runCluster(layout, binaries, identity, options);
  const owner = connection(layout, postmaster);
  await makeDatabase(owner);
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= stopCluster(layout, postmaster.pid, binaries).finally(release);
    return stopping;
  };
  return { owner, pid: postmaster.pid, adopted, stop };
}

async function runCluster(layout: Layout, binaries: Binaries, identity: Identity, options: OpenOptions) {
  const fresh = !existsSync(join(layout.cluster, 'PG_VERSION'));
  if (fresh)
    options.log(`Making a PostgreSQL ${binaries.version.split('-')[0]} database in ${layout.cluster}`);
  makeCluster(layout, binaries, identity, fresh ? makePassword(layout) : '');
  const orphan = runningPostmaster(layout.cluster);
  const changed = writeSettings(layout, identity, await settingsFor(layout, binaries, options, orphan));
  if (orphan && !changed) {
    options.log(
      `Taking over PostgreSQL (process ${orphan.pid}), left running when the last server was killed`,
    );
    return { postmaster: await untilReady(layout, () => '', 0), adopted: true };
  }
  if (orphan) {
    options.log(
      `Restarting PostgreSQL (process ${orphan.pid}), left running with the settings of another release`,
    );
    await stopCluster(layout, orphan.pid, binaries);
  }
  makeSocketDirectory(layout, identity);
  return { postmaster: await startCluster(layout, binaries, identity), adopted: false };
}

async function settingsFor(
  layout: Layout,
  binaries: Binaries,
  options: OpenOptions,
  orphan: Postmaster | undefined,
) {
  const loopback = process.platform === 'win32';
  return serverSettings({
    sockets: socketSetting(layout),
    port: loopback ? (orphan?.port ?? (await freePort())) : SOCKET_PORT,
    loopback,
    durability: options.durability ?? 'durable',
    version: binaries.version,
  });
}

function connection(layout: Layout, postmaster: Postmaster): EmbeddedConnection {
  const common = { port: postmaster.port, user: OWNER, database: DATABASE };
  if (process.platform === 'win32') return { ...common, host: '127.0.0.1', password: readPassword(layout) };
  return { ...common, host: postmaster.socketDir };
}

/** Windows has no Unix sockets that PostgreSQL's clients use; there, loopback with a password of the directory. */
function makePassword(layout: Layout): string {
  if (process.platform !== 'win32') return '';
  const password = randomBytes(24).toString('base64url');
  writeFileSync(join(layout.dataDir, 'postgres.password'), password, { mode: 0o600 });
  return password;
}

function readPassword(layout: Layout): string {
  return readFileSync(join(layout.dataDir, 'postgres.password'), 'utf8').trim();
}

function freePort(): Promise<number> {
  return new Promise((answer, refuse) => {
    const server = createServer();
    server.on('error', refuse);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? answer(address.port) : refuse(new Error('no port')),
      );
    });
  });
}

async function makeDatabase(owner: EmbeddedConnection): Promise<void> {
  const client = new pg.Client({ ...owner, database: 'postgres' });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}
