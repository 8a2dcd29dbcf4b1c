import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '../../log/durable-file.ts';

/**
 * The key that secrets of authenticators are encrypted with: in a file beside the log's private key, for this account
 * alone; made where there is none. Nodes of one installation share it, as they share that directory. Lost, the codes of
 * authenticators are refused, and their owners enter by passkey or recovery code and set them up again.
 */
export async function openFactorKey(directory: string): Promise<Buffer> {
  const path = join(directory, 'factors.key');
  const known = await read(path);
  if (known) return known;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeDurably(draft, `${randomBytes(32).toString('base64')}\n`, 0o600);
  try {
    // Two that start at once make one key: the second link fails, and both read what the first one made.
    await link(draft, path);
  } catch (error) {
    if (!says(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const made = await read(path);
  if (!made) throw new Error(`${path} was made and is gone again.`);
  return made;
}

async function read(path: string): Promise<Buffer | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (says(error, 'ENOENT')) return undefined;
    throw error;
  }
  const { mode } = await stat(path);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    throw new Error(`Other accounts may reach the key of second factors. Set the rights of ${path} to 0600.`);
  const key = Buffer.from(text, 'base64');
  if (key.length !== 32) throw new Error(`${path} holds no key of 32 bytes in Base64.`);
  return key;
}

const says = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
