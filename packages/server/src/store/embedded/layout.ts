import { createHash } from 'node:crypto';
import { chmodSync, chownSync, lstatSync, mkdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { EmbeddedDatabaseError, errorCode } from './failure.ts';
import { type Identity, makeDirectory } from './identity.ts';

/** Where everything of one embedded server lies. All paths are absolute. */
export type Layout = {
  dataDir: string;
  cluster: string;
  /** Holds the Unix socket; only the database's account may enter it, for the socket asks for no password. */
  sockets: string;
  log: string;
  lock: string;
};

/** The name PostgreSQL gives its socket; the number is the port setting, which means nothing else on a socket. */
export const SOCKET_PORT = 5432;
const SOCKET_NAME = `.s.PGSQL.${SOCKET_PORT}`;

/** `sun_path` holds 108 bytes on Linux and 104 on macOS, terminating zero included. */
const SOCKET_PATH_LIMIT = process.platform === 'darwin' ? 103 : 107;

/** Makes the data directory where it is missing, and says where its parts lie. */
export function layOut(dataDir: string): Layout {
  makeDirectory(dataDir, 0o755);
  const real = realpathSync(dataDir);
  return {
    dataDir: real,
    cluster: join(real, 'postgres'),
    sockets: socketDirectory(join(real, 'postgres')),
    log: join(real, 'postgres.log'),
    lock: join(real, 'server.lock'),
  };
}

/** The socket directory as the server is told: relative to the cluster where it can be, so no escaping matters. */
export function socketSetting(layout: Layout): string {
  return layout.sockets.startsWith(layout.cluster)
    ? relative(layout.cluster, layout.sockets)
    : layout.sockets;
}

/** Makes the directory of the socket; to be called while no server runs, for it clears what a killed one left. */
export function makeSocketDirectory(layout: Layout, identity: Identity): void {
  if (process.platform === 'win32') return;
  try {
    mkdirSync(layout.sockets, { mode: 0o700 });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
  const stats = lstatSync(layout.sockets);
  // Below the system's temporary directory anybody could have put a directory or a link of that name first.
  const ours = stats.isDirectory() && [process.getuid?.(), identity.uid].includes(stats.uid);
  if (!ours)
    throw new EmbeddedDatabaseError(`${layout.sockets} belongs to somebody else. Remove it and start again.`);
  if (identity.spawn.uid !== undefined) chownSync(layout.sockets, identity.uid, identity.gid);
  chmodSync(layout.sockets, 0o700);
  // PostgreSQL would refuse to start while the process of a left-over lock is in the process table, even as a zombie.
  for (const name of [SOCKET_NAME, `${SOCKET_NAME}.lock`])
    rmSync(join(layout.sockets, name), { force: true });
}

/**
 * `run` in the cluster, which the server reaches without walking a path that its account may not walk; or where
 * that path is too long for a socket, a directory of the system's temporary one, derived from the cluster.
 */
function socketDirectory(cluster: string): string {
  const inside = join(cluster, 'run');
  if (Buffer.byteLength(join(inside, SOCKET_NAME)) <= SOCKET_PATH_LIMIT) return inside;
  const name = createHash('sha256').update(cluster).digest('hex').slice(0, 16);
  return join(realpathSync(tmpdir()), `throughline-${name}`);
}
