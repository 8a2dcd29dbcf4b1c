import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { DirectoryHeld, EmbeddedDatabaseError, errorCode } from './failure.ts';
import { isAlive, startMark } from './process-identity.ts';

type Holder = { pid: number; started: string };

/**
 * One server process per data directory. The file names the process and when it started, so that a file left
 * by a killed process is known for what it is even when its id has been taken by another.
 * Answers the release; throws, naming the process, while another holds the directory.
 */
export async function takeServerLock(file: string, dataDir: string): Promise<() => void> {
  const own = JSON.stringify({ pid: process.pid, started: startMark(process.pid) } satisfies Holder);
  const draft = `${file}.${process.pid}`;
  writeDraft(draft, own, dataDir);
  try {
    // A link appears whole or not at all: nobody can read a half-written file.
    linkSync(draft, file);
    rmSync(draft);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    await takeOver(file, draft, own, dataDir);
  }
  return () => {
    if (readText(file) === own) rmSync(file, { force: true });
  };
}

async function takeOver(file: string, draft: string, own: string, dataDir: string): Promise<void> {
  const holder = lockHolder(file);
  if (holder) {
    rmSync(draft);
    throw new DirectoryHeld(
      `Another Throughline server (process ${holder.pid}) is using ${dataDir}. ` +
        `Stop it first, or set DATA_DIR to another directory.`,
    );
  }
  renameSync(draft, file);
  // Of two that found the same dead holder, the one that wrote last keeps the file; give it time to write.
  await wait(150);
  if (readText(file) !== own) {
    throw new DirectoryHeld(`Another Throughline server started in ${dataDir} at the same moment.`);
  }
}

/** The process that holds the directory now; nothing when it is free or its holder is dead. */
export function lockHolder(file: string): Holder | undefined {
  const holder = parseHolder(readText(file));
  if (!holder || !isAlive(holder.pid)) return undefined;
  return startMark(holder.pid) === holder.started ? holder : undefined;
}

function parseHolder(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('started' in value))
      return undefined;
    const { pid, started } = value;
    return typeof pid === 'number' && typeof started === 'string' ? { pid, started } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function writeDraft(draft: string, text: string, dataDir: string): void {
  try {
    writeFileSync(draft, text, { mode: 0o644 });
  } catch (error) {
    throw new EmbeddedDatabaseError(
      `Cannot write to ${dataDir} (${errorCode(error)}). Set DATA_DIR to a directory this account may write.`,
      { cause: error },
    );
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '';
    throw error;
  }
}
