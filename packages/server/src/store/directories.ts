import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a directory and those above it that are missing, one by one. Node's `recursive` tries without end where a file
 * system answers ENOENT below a directory that is there, as /proc does.
 * @throws what `mkdir` throws: EACCES, ENOENT, EEXIST where a file stands in its place, ENOTDIR where one stands above
 */
export function makeDirectories(path: string, mode?: number): void {
  const missing: string[] = [];
  for (let at = resolve(path); !existsSync(at); at = dirname(at)) missing.unshift(at);
  for (const one of missing.slice(0, -1)) makeUnlessMade(one, mode);
  makeUnlessMade(missing.at(-1) ?? path, mode);
}

/** `recursive` takes a directory that somebody made meanwhile; there is nothing above it left to make. */
function makeUnlessMade(path: string, mode: number | undefined): void {
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    mkdirSync(path, { recursive: true, mode });
  }
}
