import { createWriteStream } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cannotWrite } from './cannot-write.ts';
import { grouped, type Terminal } from './terminal.ts';

/** `quiet`: somebody else tells how far it is. `mode`: who may read it. */
type How = { readonly quiet?: true; readonly mode?: number };

/**
 * Writes a file under another name until it is whole, and on the disk: whoever finds it finds all of it. Takes away what a
 * process that was killed at the same file left behind. Answers its size in bytes.
 */
export async function writeWhole(
  path: string,
  body: AsyncIterable<unknown>,
  terminal: Terminal,
  { quiet, mode = 0o666 }: How = {},
): Promise<number> {
  const draft = `${path}.${process.pid}.part`;
  let bytes = 0;
  try {
    await removeLeft(path);
    await pipeline(
      body,
      async function* (chunks: AsyncIterable<unknown>) {
        for await (const chunk of chunks) {
          const piece = Buffer.isBuffer(chunk) || chunk instanceof Uint8Array ? chunk : String(chunk);
          bytes += Buffer.byteLength(piece);
          if (!quiet) terminal.progress(`Writing, ${grouped(Math.ceil(bytes / 1024))} KiB`, 0, 0);
          yield piece;
        }
      },
      createWriteStream(draft, { mode, flush: true }),
    );
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw cannotWrite(path, error);
  }
  return bytes;
}

/** Parts of this file whose process is no more; one that still writes keeps its own. */
async function removeLeft(path: string): Promise<void> {
  const prefix = `${basename(path)}.`;
  for (const name of await readdir(dirname(path))) {
    const pid = /^(\d+)\.part$/.exec(name.startsWith(prefix) ? name.slice(prefix.length) : '')?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(dirname(path), name), { force: true });
  }
}

/** A process of another account is one too (EPERM). */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
