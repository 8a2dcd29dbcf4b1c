import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { cannotWrite } from './cannot-write.ts';
import { grouped, type Terminal } from './terminal.ts';

/** `quiet`: somebody else tells how far it is. `mode`: who may read it. */
type How = { readonly quiet?: true; readonly mode?: number };

/**
 * Writes a file under another name until it is whole, and on the disk: whoever finds it finds all of it. Answers its size
 * in bytes.
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
