import { verify } from 'node:crypto';
import { equalBytes } from '@throughline/tlog/bytes.ts';
import { type Checkpoint, formatCheckpoint, openCheckpoint } from '@throughline/tlog/checkpoint.ts';
import { verifyConsistency } from '@throughline/tlog/consistency.ts';
import { TlogError } from '@throughline/tlog/errors.ts';
import { rootOf } from '@throughline/tlog/frontier.ts';
import { verifierKey } from '@throughline/tlog/key.ts';
import { formatNote } from '@throughline/tlog/note.ts';
import { consistencyFromTiles } from '@throughline/tlog/prove.ts';
import { type Ed25519Verify, signText } from '@throughline/tlog/signing.ts';
import type { Db } from '../store/connection.ts';
import {
  addLogOrigin,
  type Head,
  lockSigning,
  logOrigin,
  organisationsToSign,
  type PublishedCheckpoint,
  publishCheckpoint,
  publishedCheckpoint,
  readHead,
} from '../store/log-checkpoint.ts';
import { type LogKey, logKeys } from '../store/log-keys.ts';
import { readTreeState, TreeBroken, treeOf } from '../store/log-tree.ts';
import { sha256 } from '../store/sha256.ts';
import type { Store } from '../store/store.ts';
import { findKey, type SigningKey } from './key-files.ts';
import { announcedOrigin, keepLastSigned, lastSigned, setAsideLastSigned } from './last-signed.ts';
import { noteRefusal } from './note-refusal.ts';
import { directoryRefused, SigningRefused } from './refused.ts';

/** Named so that tests can end a process between any two of them. */
export type SigningStep = 'checked' | 'recorded' | 'signed' | 'published';

export type Signing = {
  readonly store: Store;
  /** Holds the private key and what was signed last. */
  readonly directory: string;
  /** What names of logs begin with; without it they get one that no other installation answers to either. */
  readonly address: string | undefined;
  readonly clock: () => Date;
  /** Hears of every refusal once, in words for whoever operates the installation. */
  readonly refused: (message: string) => void;
  readonly reached?: (step: SigningStep) => void;
};

/** RFC 8032 over a raw public key; DER of RFC 8410 around it. */
export const ed25519Verify: Ed25519Verify = (publicKey, message, signature) => {
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), publicKey]);
  return verify(null, message, { key: der, format: 'der', type: 'spki' }, signature);
};

/**
 * Signs and publishes a checkpoint for every organisation whose head has none yet. A node without the registered key
 * signs nothing and complains of nothing: another one has it. Answers how many were signed.
 */
export async function signAll(signing: Signing): Promise<number> {
  const { store, directory } = signing;
  const known = await store.asOwner(logKeys);
  const current = known.at(-1);
  if (!current) return 0;
  const waiting = await store.asOwner((db) => organisationsToSign(db, current.number));
  if (waiting.length === 0) return 0;
  let signed = 0;
  for (const organisation of waiting) {
    try {
      const key = await findKey(directory, current.public);
      if (!key) return signed;
      signed += (await store.asOwner((db) => sign(db, signing, organisation, { key, known }))) ? 1 : 0;
      signing.reached?.('published');
    } catch (error) {
      await noteRefusal(signing, organisation, asRefusal(directory, error));
    }
  }
  return signed;
}

function asRefusal(directory: string, error: unknown): SigningRefused {
  if (error instanceof TreeBroken) return new SigningRefused('broken', `${error.message}.`, { cause: error });
  return directoryRefused(directory, error);
}

type Keys = { readonly key: SigningKey; readonly known: readonly LogKey[] };

/** In one transaction, so that the checkpoint is published with nobody else signing. False while another one is at it. */
async function sign(db: Db, signing: Signing, organisation: string, keys: Keys): Promise<boolean> {
  if (!(await lockSigning(db, organisation))) return false;
  const head = await readHead(db, organisation);
  if (!head) return false;
  const origin = await originOf(db, signing, organisation);
  const own = await signedUnder(signing, organisation, origin);
  const published = await publishedCheckpoint(db, organisation);
  const elsewhere = await believed(published, keys.known);
  const before = [own, elsewhere?.origin === origin && !same(own, elsewhere) ? elsewhere : undefined].filter(
    (one) => one !== undefined,
  );
  for (const earlier of before) ensureFollows(head, origin, earlier);
  await ensureWhole(db, organisation, head);
  for (const earlier of before) await ensureConsistent(db, organisation, head, earlier);
  signing.reached?.('checked');
  const checkpoint = { origin, ...head, extensions: [] };
  await keepLastSigned(signing.directory, organisation, checkpoint);
  signing.reached?.('recorded');
  const note = await signedNote(checkpoint, keys.key);
  signing.reached?.('signed');
  const number = keys.known.at(-1)?.number ?? 0;
  await publishCheckpoint(db, organisation, { origin, ...head, key: number, note, at: signing.clock() });
  return true;
}

/** What was signed last. Once a restore has announced another name and the log bears it, what was signed before is set aside. */
async function signedUnder(
  { directory, clock }: Signing,
  organisation: string,
  origin: string,
): Promise<Checkpoint | undefined> {
  const own = await lastSigned(directory, organisation);
  if (!own || own.origin === origin || (await announcedOrigin(directory, organisation)) !== origin)
    return own;
  await setAsideLastSigned(directory, organisation, clock());
  return undefined;
}

function same(one: Checkpoint | undefined, other: Checkpoint): boolean {
  return one?.origin === other.origin && one.size === other.size && equalBytes(one.root, other.root);
}

async function originOf(db: Db, { address, clock }: Signing, organisation: string): Promise<string> {
  const known = await logOrigin(db, organisation);
  // `.internal` is kept for private use: it is nobody's on the internet.
  return (
    known ??
    addLogOrigin(db, organisation, `${address ?? 'throughline.internal'}/log/${organisation}`, clock())
  );
}

async function signedNote(checkpoint: Checkpoint, key: SigningKey): Promise<string> {
  const text = formatCheckpoint(checkpoint);
  const name = verifierKey(sha256, checkpoint.origin, key.public);
  return formatNote({ text, signatures: [await signText(text, name, (message) => key.sign(message))] });
}

/** What is published binds too, where one of our keys signed it: another node may have signed further than this one. */
async function believed(
  published: PublishedCheckpoint | undefined,
  known: readonly LogKey[],
): Promise<Checkpoint | undefined> {
  const key = known.find(({ number }) => number === published?.key);
  if (!published || !key) return undefined;
  try {
    const name = verifierKey(sha256, published.origin, key.public);
    return await openCheckpoint(published.note, name, ed25519Verify);
  } catch (error) {
    // Whoever may write the table may write nonsense there; the true checkpoint takes its place.
    if (error instanceof TlogError) return undefined;
    throw error;
  }
}

function ensureFollows(head: Head, origin: string, before: Checkpoint): void {
  if (before.origin !== origin)
    throw new SigningRefused(
      'other-origin',
      `The log was signed as ${before.origin} before and is now called ${origin}. A restore names it anew.`,
    );
  if (before.size > head.size)
    throw new SigningRefused(
      'smaller',
      `The log has ${head.size} entries, and ${before.size} were signed before. Entries are missing.`,
    );
}

/** That leaves, tiles and head belong together: a signature must not vouch for a root that nothing leads to. */
async function ensureWhole(db: Db, organisation: string, head: Head): Promise<void> {
  const { frontier } = await readTreeState(db, organisation, head.size);
  if (!head.root.equals(rootOf(sha256, frontier)))
    throw new SigningRefused(
      'broken',
      `Leaves and tiles do not lead to the root of the head at ${head.size} entries.`,
    );
}

async function ensureConsistent(db: Db, organisation: string, head: Head, before: Checkpoint): Promise<void> {
  if (before.size === 0) return;
  const tiles = treeOf(db, organisation);
  const proof = await consistencyFromTiles(sha256, before.size, head.size, tiles);
  try {
    verifyConsistency(sha256, {
      olderSize: before.size,
      olderRoot: before.root,
      newerSize: head.size,
      newerRoot: head.root,
      proof,
    });
  } catch (error) {
    if (!(error instanceof TlogError)) throw error;
    throw new SigningRefused(
      'inconsistent',
      `The first ${before.size} entries are not those that were signed before. Entries were changed.`,
      { cause: error },
    );
  }
}
