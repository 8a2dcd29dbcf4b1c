import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { errorCode } from './failure.ts';
import { isAlive } from './process-identity.ts';

/** A running server as its `postmaster.pid` tells: where to connect, and whether it takes connections yet. */
export type Postmaster = { pid: number; port: number; socketDir: string; ready: boolean };

/** The server that runs on this cluster, whoever started it; nothing when none does. */
export function runningPostmaster(cluster: string): Postmaster | undefined {
  const found = readPidFile(cluster);
  return found && isServing(found.pid, cluster) ? found : undefined;
}

/**
 * PostgreSQL refuses to start while the process named in a left-over `postmaster.pid` lives, even when that id
 * now belongs to something else (usual in a restarted container). Naming a dead process instead, rather than
 * removing the file, keeps PostgreSQL's own check that no old backend still uses the shared memory.
 */
export function disarmStalePidFile(cluster: string): void {
  const found = readPidFile(cluster);
  if (!found || !isAlive(found.pid) || isServing(found.pid, cluster)) return;
  const file = join(cluster, 'postmaster.pid');
  const [, ...rest] = readFileSync(file, 'utf8').split('\n');
  writeFileSync(file, [unusedPid(), ...rest].join('\n'));
}

/** Lines of the file: pid, data directory, start time, port, socket directory, listen address, shm key, status. */
function readPidFile(cluster: string): Postmaster | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 1) return undefined;
  const socketDir = lines[4] ?? '';
  return {
    pid,
    port: Number(lines[3]),
    socketDir: socketDir === '' || isAbsolute(socketDir) ? socketDir : join(cluster, socketDir),
    ready: (lines[7] ?? '').trim() === 'ready',
  };
}

/**
 * Whether the process is a PostgreSQL server of this very directory, by the mark on its command line. A process
 * that has ended and waits to be reaped has no command line any more, and does not count.
 */
export function isServing(pid: number, cluster: string): boolean {
  if (process.platform === 'win32') return isAlive(pid);
  return isAlive(pid) && commandLine(pid).includes(clusterMark(cluster));
}

/** Stands on the server's command line, which every account may read; its working directory is not that open. */
export function clusterMark(cluster: string): string {
  return `throughline-${createHash('sha256').update(realpathSync(cluster)).digest('hex').slice(0, 16)}`;
}

function commandLine(pid: number): string {
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(errorCode(error))) return '';
    throw error;
  }
}

function unusedPid(): number {
  // Above 32,768 by far and below the largest id that Linux gives (2^22).
  let pid = 4_194_303;
  while (isAlive(pid)) pid -= 1;
  return pid;
}
