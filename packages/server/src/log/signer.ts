import { verify } from 'node:crypto';
import { equalBytes } from '@throughline/tlog/bytes.ts';
import { type Checkpoint, formatCheckpoint, openCheckpoint } from '@throughline/tlog/checkpoint.ts';
import { TlogError } from '@throughline/tlog/errors.ts';
import { verifierKey } from '@throughline/tlog/key.ts';
import { formatNote } from '@throughline/tlog/note.ts';
import { type Ed25519Verify, signText } from '@throughline/tlog/signing.ts';
import type { Db } from '../store/connection.ts';
import {
  addLogOrigin,
  lockSigning,
  logOrigin,
  organisationsToSign,
  type PublishedCheckpoint,
  publishCheckpoint,
  publishedCheckpoint,
  readHead,
  wasSigned,
} from '../store/log-checkpoint.ts';
import { type LogKey, logKeys } from '../store/log-keys.ts';
import { TreeBroken } from '../store/log-tree.ts';
import { sha256 } from '../store/sha256.ts';
import type { Store } from '../store/store.ts';
import { ensureConsistent, ensureFollows, ensureWhole } from './goes-on.ts';
import { findKey, type SigningKey } from './key-files.ts';
import {
  announcedOrigins,
  endAnnouncement,
  keepLastSigned,
  lastSigned,
  setAsideLastSigned,
} from './last-signed.ts';
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

/** What keeps a log from being signed, as a refusal; anything else is thrown on. */
export function asRefusal(directory: string, error: unknown): SigningRefused {
  if (error instanceof TreeBroken) return new SigningRefused('broken', `${error.message}.`, { cause: error });
  return directoryRefused(directory, error);
}

type Keys = { readonly key: SigningKey; readonly known: readonly LogKey[] };

/** In one transaction, so that the checkpoint is published with nobody else signing. False while another one is at it. */
async function sign(db: Db, signing: Signing, organisation: string, keys: Keys): Promise<boolean> {
  if (!(await lockSigning(db, organisation))) return false;
  const head = await readHead(db, organisation);
  if (!head) return false;
  const known = await logOrigin(db, organisation);
  const own = await signedUnder(db, signing, organisation, known);
  const origin =
    known ??
    (await addLogOrigin(db, organisation, firstOrigin(signing.address, organisation), signing.clock()));
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
  await endAnnouncement(signing.directory, organisation, origin);
  signing.reached?.('recorded');
  const note = await signedNote(checkpoint, keys.key);
  signing.reached?.('signed');
  const number = keys.known.at(-1)?.number ?? 0;
  await publishCheckpoint(db, organisation, { origin, ...head, key: number, note, at: signing.clock() });
  return true;
}

/**
 * What was signed last. Once a restore has announced another name and the log bears it, what was signed before is set
 * aside. Only a log of which nothing was ever signed has nothing: throws `SigningRefused` where what was signed is gone.
 */
async function signedUnder(
  db: Db,
  { directory, clock }: Signing,
  organisation: string,
  origin: string | undefined,
): Promise<Checkpoint | undefined> {
  const own = await lastSigned(directory, organisation);
  if (own && own.origin === origin) return own;
  const restored = origin !== undefined && (await announcedOrigins(directory, organisation)).includes(origin);
  if (own && !restored) return own;
  if (own) await setAsideLastSigned(directory, organisation, clock());
  else if (!restored && (await wasSigned(db, organisation)))
    throw new SigningRefused(
      'record-missing',
      `What was signed last is not in ${directory}, and something of this log was signed before. Bring the directory "signed" back from its backup, or say what the log goes on from: "throughline log resume".`,
    );
  return undefined;
}

function same(one: Checkpoint | undefined, other: Checkpoint): boolean {
  return one?.origin === other.origin && one.size === other.size && equalBytes(one.root, other.root);
}

/** What a log is named that has no name yet. `.internal` is kept for private use: it is nobody's on the internet. */
export function firstOrigin(address: string | undefined, organisation: string): string {
  return `${address ?? 'throughline.internal'}/log/${organisation}`;
}

async function signedNote(checkpoint: Checkpoint, key: SigningKey): Promise<string> {
  const text = formatCheckpoint(checkpoint);
  const name = verifierKey(sha256, checkpoint.origin, key.public);
  return formatNote({ text, signatures: [await signText(text, name, (message) => key.sign(message))] });
}

/** What is published binds too, where one of our keys signed it: another node may have signed further than this one. */
export async function believed(
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
