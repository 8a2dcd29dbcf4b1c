import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { EmbeddedDatabaseError, errorCode } from './failure.ts';
import type { Identity } from './identity.ts';
import type { Layout } from './layout.ts';
import {
  clusterMark,
  disarmStalePidFile,
  isServing,
  type Postmaster,
  runningPostmaster,
} from './postmaster.ts';

/** The role that owns the cluster and the databases in it. */
export const OWNER = 'throughline';

/** Flags that make every platform's cluster equal: no collation of the operating system, no language of its user. */
const INITDB_FLAGS = [
  `--username=${OWNER}`,
  '--encoding=UTF8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--locale=C',
  '--no-instructions',
];

/** PostgreSQL looks up the name of its account; containers are often given a number that has none. */
const NAMELESS = /could not look up effective user ID/;

/**
 * Makes the cluster where there is none. It is made under another name and renamed when whole, so that a
 * process killed half-way leaves nothing that looks like a database.
 */
export function makeCluster(layout: Layout, binaries: Binaries, identity: Identity, password: string): void {
  if (existsSync(join(layout.cluster, 'PG_VERSION'))) {
    refuseOtherMajor(layout, binaries);
    return;
  }
  const draft = `${layout.cluster}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  if (identity.spawn.uid !== undefined) chownSync(draft, identity.uid, identity.gid);
  const passwordFile = join(layout.dataDir, 'initdb.password');
  const auth = password
    ? ['--auth=scram-sha-256', `--pwfile=${passwordFile}`]
    : ['--auth-local=trust', '--auth-host=reject'];
  if (password) writeFileSync(passwordFile, password, { mode: 0o600 });
  const made = spawnSync(binaries.initdb, ['-D', fromInside(draft, identity), ...INITDB_FLAGS, ...auth], {
    cwd: draft,
    ...identity.spawn,
    env: ENVIRONMENT,
    encoding: 'utf8',
  });
  if (password) rmSync(passwordFile);
  if (made.status !== 0) {
    const reason = made.error?.message ?? made.stderr.trim();
    const remedy = NAMELESS.test(reason)
      ? ` User id ${identity.uid} has no name on this machine, and PostgreSQL runs only under an account that has one. ` +
        `Give it an entry in /etc/passwd, start under another account, or set DATABASE_URL.`
      : '';
    throw new EmbeddedDatabaseError(`Cannot make the database in ${layout.cluster}: ${reason}.${remedy}`);
  }
  renameSync(draft, layout.cluster);
}

function refuseOtherMajor(layout: Layout, binaries: Binaries): void {
  const found = readFileSync(join(layout.cluster, 'PG_VERSION'), 'utf8').trim();
  const ours = binaries.version.split('.')[0];
  if (found === ours) return;
  throw new EmbeddedDatabaseError(
    `The database in ${layout.cluster} was made by PostgreSQL ${found}, and this is PostgreSQL ${ours}. ` +
      `Start the release of Throughline that made it, take a backup there, and restore it here.`,
  );
}

/** How long backends of a killed server may take to notice that it is gone. */
const LAST_BACKENDS_MS = 30_000;

/** Starts the server and waits until it takes connections. The server outlives this process if that is killed. */
export async function startCluster(
  layout: Layout,
  binaries: Binaries,
  identity: Identity,
): Promise<Postmaster> {
  disarmStalePidFile(layout.cluster);
  rotateLog(layout);
  const deadline = Date.now() + LAST_BACKENDS_MS;
  for (;;) {
    try {
      return await attemptStart(layout, binaries, identity);
    } catch (error) {
      const busy = error instanceof EmbeddedDatabaseError && error.message.includes('shared memory block');
      if (!busy || Date.now() > deadline) throw error;
      await wait(100);
    }
  }
}

async function attemptStart(layout: Layout, binaries: Binaries, identity: Identity): Promise<Postmaster> {
  const log = openSync(layout.log, 'a', 0o600);
  const start = statSync(layout.log).size;
  try {
    const gone =
      process.platform === 'win32'
        ? startByPgCtl(layout, binaries)
        : spawnServer(layout, binaries, identity, log);
    return await untilReady(layout, gone, start);
  } finally {
    closeSync(log);
  }
}

/** Answers a function that says how the server ended, '' while it runs. */
function spawnServer(layout: Layout, binaries: Binaries, identity: Identity, log: number): () => string {
  const data = fromInside(layout.cluster, identity);
  const child = spawn(binaries.postgres, ['-D', data, '-c', `cluster_name=${clusterMark(layout.cluster)}`], {
    cwd: layout.cluster,
    ...identity.spawn,
    env: ENVIRONMENT,
    // A session of its own: ctrl-C in the terminal is for us, and we stop the server in order.
    detached: true,
    stdio: ['ignore', log, log],
  });
  child.unref();
  let gone = '';
  child.on('error', (error) => {
    gone = error.message;
  });
  child.on('exit', (code, signal) => {
    gone ||= `it ended with ${signal ?? `exit code ${code}`}`;
  });
  return () => gone;
}

/** Waits for a server that is starting or recovering after a crash, for as long as it lives, at most ten minutes. */
export async function untilReady(layout: Layout, gone: () => string, logStart: number): Promise<Postmaster> {
  const deadline = Date.now() + 600_000;
  while (Date.now() < deadline) {
    const postmaster = runningPostmaster(layout.cluster);
    if (postmaster?.ready) return postmaster;
    if (gone()) {
      throw new EmbeddedDatabaseError(
        `PostgreSQL did not start: ${gone()}.\n${logSince(layout.log, logStart)}`,
      );
    }
    await wait(5);
  }
  throw new EmbeddedDatabaseError(`PostgreSQL was not ready after ten minutes; see ${layout.log}.`);
}

/** A fast shutdown: open transactions are rolled back, everything committed is written, sessions are ended. */
export async function stopCluster(layout: Layout, pid: number, binaries: Binaries): Promise<void> {
  if (process.platform === 'win32') {
    spawnSync(binaries.pgCtl, ['stop', '-D', layout.cluster, '-m', 'fast', '-w'], { env: ENVIRONMENT });
    return;
  }
  signal(pid, 'SIGINT');
  const deadline = Date.now() + 60_000;
  while (isServing(pid, layout.cluster)) {
    // A disk that hangs must not hang the stop for ever; what is committed is in the write-ahead log.
    if (Date.now() > deadline) signal(pid, 'SIGQUIT');
    await wait(5);
  }
}

function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

/** On Windows pg_ctl drops administrator rights, which the server refuses, before it starts it. */
function startByPgCtl(layout: Layout, binaries: Binaries): () => string {
  const started = spawnSync(binaries.pgCtl, ['start', '-D', layout.cluster, '-l', layout.log, '-W'], {
    env: ENVIRONMENT,
    encoding: 'utf8',
    windowsHide: true,
  });
  if (started.status !== 0)
    throw new EmbeddedDatabaseError(`PostgreSQL did not start: ${started.stderr.trim()}`);
  return () => '';
}

/**
 * How the server is told its directory. Below a private home (root's, usually) the account it runs under may
 * not walk the path, but it may use the working directory it was given.
 */
function fromInside(directory: string, identity: Identity): string {
  return process.platform === 'linux' && identity.spawn.uid !== undefined ? '/proc/self/cwd' : directory;
}

/**
 * Nothing of the person's shell reaches the server: no PG* variable, no language. Windows needs a few of its
 * own, which Node adds by itself.
 */
const ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/local/bin:/usr/bin:/bin' };

const LOG_LIMIT = 10 * 1024 * 1024;

function rotateLog(layout: Layout): void {
  if (existsSync(layout.log) && statSync(layout.log).size > LOG_LIMIT)
    renameSync(layout.log, `${layout.log}.1`);
}

function logSince(file: string, start: number): string {
  return readFileSync(file).subarray(start).toString('utf8').trim().slice(-2000);
}

/** Writes the settings with the owner the server needs to read them; answers whether they changed. */
export function writeSettings(layout: Layout, identity: Identity, text: string): boolean {
  const file = join(layout.cluster, 'postgresql.conf');
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return false;
  writeFileSync(file, text);
  chmodSync(file, 0o600);
  if (identity.spawn.uid !== undefined) chownSync(file, identity.uid, identity.gid);
  return true;
}
