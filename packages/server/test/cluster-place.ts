import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runningPostmaster } from '../src/store/embedded/postmaster.ts';
import { lockHolder } from '../src/store/embedded/server-lock.ts';

const PREFIX = 'throughline-test-';
const GIGABYTE = 1024 ** 3;
/** Linux keeps this directory in memory. */
const MEMORY = '/dev/shm';
/** What the cluster of a run takes at its most; beside it the tests themselves, a Chromium and the servers that they start. */
const room = 2 * GIGABYTE;
const memory = 6 * GIGABYTE;

/**
 * A new directory for the cluster of a run, in memory where there is plenty: each test file copies eight hundred small
 * files, which costs a disk's file system more than half of what the tests cost the database.
 */
export function makeClusterPlace(): string {
  const place = isRoomy(MEMORY) ? MEMORY : tmpdir();
  for (const one of [MEMORY, tmpdir()]) sweepAbandoned(one);
  return mkdtempSync(join(place, PREFIX));
}

function isRoomy(directory: string): boolean {
  if (process.platform !== 'linux' || !existsSync(directory)) return false;
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize >= room && process.availableMemory() >= memory && runsPrograms(directory);
}

/** Containers forbid to write there, or to run what stands there, as PostgreSQL may have to. */
function runsPrograms(directory: string): boolean {
  let tried: string | undefined;
  try {
    tried = mkdtempSync(join(directory, PREFIX));
    const program = join(tried, 'program');
    writeFileSync(program, '#!/bin/sh\nexit 0\n', { mode: 0o755 });
    return spawnSync(program, { timeout: 10_000 }).status === 0;
  } catch {
    return false;
  } finally {
    if (tried !== undefined) rmSync(tried, { recursive: true, force: true });
  }
}

/** A run that was killed leaves its server and directory behind; the next run clears them away. */
function sweepAbandoned(place: string): void {
  if (!existsSync(place)) return;
  for (const name of readdirSync(place).filter((entry) => entry.startsWith(PREFIX))) {
    const directory = join(place, name);
    const age = Date.now() - statSync(directory).mtimeMs;
    if (age < 60_000 || lockHolder(join(directory, 'server.lock'))) continue;
    if (statSync(directory).uid !== process.getuid?.()) continue;
    const postmaster = runningPostmaster(join(directory, 'postgres'));
    if (postmaster) process.kill(postmaster.pid, 'SIGQUIT');
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}
