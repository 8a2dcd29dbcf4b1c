import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeDirectories } from '../store/directories.ts';
import { writeDurably } from './durable-file.ts';
import { SigningRefused } from './refused.ts';

/** A private key (Ed25519, RFC 8032) as what it can do. */
export type SigningKey = {
  /** 32 bytes. */
  readonly public: Buffer;
  /** 64 bytes. */
  sign(message: Uint8Array): Buffer;
};

const named = /^[0-9a-f]{16}\.pem$/;

/** Makes a key and keeps it in a file of its own in the directory, readable by this account alone. */
export async function makeKeyFile(directory: string): Promise<SigningKey> {
  makeDirectories(directory, 0o700);
  await ensureOwn(directory);
  const { privateKey } = generateKeyPairSync('ed25519');
  const key = signingKey(privateKey);
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  await writeDurably(join(directory, fileName(key.public)), pem, 0o600);
  return key;
}

/**
 * The public keys whose private ones lie in the directory; none while there is no directory. A file that a rotation
 * removes while they are read is none of them any more.
 */
export async function keysIn(directory: string): Promise<SigningKey[]> {
  const keys: SigningKey[] = [];
  for (const name of await keyFiles(directory)) {
    const key = await keyIn(join(directory, name));
    if (key) keys.push(key);
  }
  return keys;
}

/** The private key to a public one; nothing where it is not here. Throws `SigningRefused` for one that must not be used. */
export async function findKey(directory: string, publicKey: Buffer): Promise<SigningKey | undefined> {
  const name = fileName(publicKey);
  if (!(await keyFiles(directory)).includes(name)) return undefined;
  const key = await keyIn(join(directory, name));
  if (!key || key.public.equals(publicKey)) return key;
  throw new SigningRefused(
    'key-unreadable',
    `${join(directory, name)} holds another key than its name says.`,
  );
}

/** Removes every private key but one. */
export async function keepOnly(directory: string, publicKey: Buffer): Promise<void> {
  for (const name of await keyFiles(directory))
    if (name !== fileName(publicKey)) await rm(join(directory, name));
}

async function keyFiles(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory)).filter((name) => named.test(name)).sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/**
 * Throws `SigningRefused` for a directory that other accounts may write in: whoever can, puts another key or another
 * record of what was signed in the place of ours, whatever the rights of the files.
 */
export async function ensureOwn(directory: string): Promise<void> {
  const { mode } = await stat(directory);
  if (process.platform !== 'win32' && (mode & 0o022) !== 0)
    throw new SigningRefused(
      'key-exposed',
      `Other accounts may write in the directory of the log's key. Set the rights of ${directory} to 0700.`,
    );
}

/** The key of a file that was there; nothing where a rotation removed it since. */
async function keyIn(path: string): Promise<SigningKey | undefined> {
  try {
    return await readKey(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function readKey(path: string): Promise<SigningKey> {
  await ensureOwn(dirname(path));
  const { mode } = await stat(path);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    throw new SigningRefused(
      'key-exposed',
      `Other accounts may reach the log's private key. Set the rights of ${path} to 0600.`,
    );
  try {
    return signingKey(createPrivateKey(await readFile(path)));
  } catch (error) {
    if (isMissing(error)) throw error;
    throw new SigningRefused('key-unreadable', `${path} holds no Ed25519 key in PEM.`, { cause: error });
  }
}

function signingKey(key: KeyObject): SigningKey {
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('This is no Ed25519 key');
  // RFC 8410: the last 32 bytes of the structure are the key itself.
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return { public: spki.subarray(-32), sign: (message) => sign(null, message, key) };
}

/** Named after the public key, so that two keys never share a file and the right one is found by the registered one. */
function fileName(publicKey: Buffer): string {
  return `${createHash('sha256').update(publicKey).digest('hex').slice(0, 16)}.pem`;
}
