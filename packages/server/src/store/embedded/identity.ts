import { type Stats, statSync } from 'node:fs';
import { makeDirectories } from '../directories.ts';
import { EmbeddedDatabaseError, errorCode } from './failure.ts';

/** The account that PostgreSQL runs under. `spawn` is empty when that is the account of this process. */
export type Identity = { uid: number; gid: number; spawn: { uid?: number; gid?: number } };

/** `nobody` on Linux and `nogroup` on Debian. */
const UNPRIVILEGED = 65534;

/**
 * PostgreSQL refuses to run as root. Started by root, it runs as the owner of the cluster, else as the owner
 * of the data directory, else as an account without rights. Otherwise it runs as whoever started us.
 */
export function chooseIdentity(dataDir: string, clusterDir: string): Identity {
  const self = process.getuid?.() ?? -1;
  const group = process.getgid?.() ?? -1;
  if (self !== 0) {
    refuseForeignCluster(clusterDir, self);
    return { uid: self, gid: group, spawn: {} };
  }
  const owner = [statOrNothing(clusterDir), statOrNothing(dataDir)].find((stats) => stats && stats.uid !== 0);
  const uid = owner?.uid ?? UNPRIVILEGED;
  const gid = owner?.gid ?? UNPRIVILEGED;
  return { uid, gid, spawn: { uid, gid } };
}

/** Makes a directory, saying plainly which one it was when that is not allowed. */
export function makeDirectory(path: string, mode: number): void {
  try {
    makeDirectories(path, mode);
  } catch (error) {
    throw new EmbeddedDatabaseError(
      `Cannot make the directory ${path} (${errorCode(error)}). Set DATA_DIR to a directory this account may write.`,
      { cause: error },
    );
  }
}

function refuseForeignCluster(clusterDir: string, self: number): void {
  const stats = statOrNothing(clusterDir);
  if (!stats || self === -1 || stats.uid === self) return;
  throw new EmbeddedDatabaseError(
    `The database in ${clusterDir} belongs to user id ${stats.uid}, and this process runs as ${self}. ` +
      `Start as root or as that user, or set DATA_DIR to another directory.`,
  );
}

function statOrNothing(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw new EmbeddedDatabaseError(`Cannot look at ${path} (${errorCode(error)}).`, { cause: error });
  }
}
