import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeDurably } from '../../log/durable-file.ts';

/** The key that seals secrets cannot or must not be used; the message says why, and what to do. */
export class FactorKeyRefused extends Error {
  override readonly name = 'FactorKeyRefused';
}

/** The key in a file (32 bytes in Base64), for this account alone; nothing where there is no such file. */
export async function readFactorKey(path: string): Promise<Buffer | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw refused(path, error);
  }
  const { mode } = await stat(path);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    throw new FactorKeyRefused(
      `Other accounts may reach the key of second factors. Set the rights of ${path} to 0600.`,
    );
  const key = Buffer.from(text, 'base64');
  if (key.length !== 32) throw new FactorKeyRefused(`${path} holds no key of 32 bytes in Base64.`);
  return key;
}

/** Makes a key where there is none; where two make one at once, both get the same. */
export async function makeFactorKey(path: string): Promise<Buffer> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const draft = `${path}.${randomBytes(6).toString('hex')}`;
    await writeDurably(draft, `${randomBytes(32).toString('base64')}\n`, 0o600);
    try {
      // The second link fails, and both read what the first one made.
      await link(draft, path);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    } finally {
      await rm(draft, { force: true });
    }
  } catch (error) {
    throw refused(path, error);
  }
  const made = await readFactorKey(path);
  if (!made) throw new FactorKeyRefused(`${path} was made and is gone again.`);
  return made;
}

/** What the file system refuses is for whoever runs the server to mend; anything else is an error of ours. */
function refused(path: string, error: unknown): unknown {
  const code = codeOf(error);
  if (code === undefined) return error;
  return new FactorKeyRefused(
    `The key of second factors, ${path}, cannot be read or made (${code}). Set FACTORS_KEY_FILE to a file that this account may use.`,
  );
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
