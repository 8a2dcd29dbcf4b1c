import type { Actor } from '@throughline/domain/actor.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { toHex } from '@throughline/tlog/bytes.ts';
import { type Checkpoint, openCheckpoint } from '@throughline/tlog/checkpoint.ts';
import { TlogError } from '@throughline/tlog/errors.ts';
import { emptyRoot } from '@throughline/tlog/hash.ts';
import { verifierKey } from '@throughline/tlog/key.ts';
import type { Db } from '../store/connection.ts';
import { logOrigin, publishedCheckpoint, readHead, wasSigned } from '../store/log-checkpoint.ts';
import { type LogKey, logKeys } from '../store/log-keys.ts';
import { sha256 } from '../store/sha256.ts';
import { ensureConsistent, ensureFollows, ensureWhole } from './goes-on.ts';
import { findKey } from './key-files.ts';
import { keepLastSigned, lastSigned, setAsideLastSigned } from './last-signed.ts';
import { SigningRefused } from './refused.ts';
import { asRefusal, believed, ed25519Verify, firstOrigin, type Signing } from './signer.ts';

/** What the log is to go on from: a signed note that somebody kept, what is published, or nothing that anybody has. */
export type ResumeFrom =
  | { readonly from: 'kept'; readonly note: string }
  | { readonly from: 'database' }
  | { readonly from: 'nobody' };

export type Resumed = { readonly from: ResumeFrom['from']; readonly checkpoint: Checkpoint | null };

/**
 * Lets a log be signed again whose record of what was signed last is gone from beside the key, or cannot be read: the log
 * says so first, then the record stands there again. Throws `SigningRefused` where the key is not here or the log does not
 * go on from what was named, `DomainError` `conflict` where there is nothing to resume or nothing to resume from.
 */
export async function resumeSigning(
  signing: Signing,
  organisation: string,
  asked: ResumeFrom,
  actor: Actor,
): Promise<Resumed> {
  const { store, directory, address, clock } = signing;
  try {
    const keys = await store.asOwner(logKeys);
    await ensureKeyHere(directory, keys.at(-1));
    const torn = await recordIsTorn(directory, organisation);
    const { known, checkpoint } = await store.asOwner(async (db) => {
      const known = await logOrigin(db, organisation);
      if (!(await wasSigned(db, organisation)))
        throw new DomainError(
          'conflict',
          'Nothing of this log was signed yet: the first signature needs nothing.',
        );
      const checkpoint = await checkpointOf(db, organisation, asked, { known, keys });
      if (checkpoint) await ensureGoesOn(db, organisation, checkpoint, known);
      return { known, checkpoint };
    });
    const named = checkpoint && {
      origin: checkpoint.origin,
      size: checkpoint.size,
      root: toHex(checkpoint.root),
    };
    const ctx = { organisation, actor, at: clock(), because: null, request: null };
    await store.change(ctx, async (write) => {
      write.log({ act: 'log.resumed', checkpoint: named, from: asked.from });
    });
    if (torn) await setAsideLastSigned(directory, organisation, clock());
    const origin = known ?? firstOrigin(address, organisation);
    const nothing = { origin, size: 0, root: emptyRoot(sha256), extensions: [] };
    await keepLastSigned(directory, organisation, checkpoint ?? nothing);
    return { from: asked.from, checkpoint };
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw asRefusal(directory, error);
  }
}

async function ensureKeyHere(directory: string, current: LogKey | undefined): Promise<void> {
  if (current && (await findKey(directory, current.public))) return;
  throw new SigningRefused(
    'no-key',
    `The private key that signs the log is not in ${directory}. Resume on the node that has it.`,
  );
}

/** Whether the record is there and cannot be read. Throws `conflict` where it is there and can. */
async function recordIsTorn(directory: string, organisation: string): Promise<boolean> {
  try {
    const own = await lastSigned(directory, organisation);
    if (!own) return false;
    throw new DomainError(
      'conflict',
      `What was signed last stands in ${directory} (${own.size} entries): the log goes on from that.`,
    );
  } catch (error) {
    if (error instanceof SigningRefused && error.reason === 'record-unreadable') return true;
    throw error;
  }
}

type Known = { readonly known: string | undefined; readonly keys: readonly LogKey[] };

async function checkpointOf(
  db: Db,
  organisation: string,
  asked: ResumeFrom,
  { known, keys }: Known,
): Promise<Checkpoint | null> {
  if (asked.from === 'kept') return opened(asked.note, known, keys);
  const published = await believed(await publishedCheckpoint(db, organisation), keys);
  if (asked.from === 'database') {
    if (published) return published;
    throw new DomainError(
      'conflict',
      'The database has no checkpoint of this log that one of its keys signed. Name one that somebody kept.',
    );
  }
  if (!published) return null;
  throw new DomainError(
    'conflict',
    `The database has a signed checkpoint of ${published.size} entries. Go on from that, or from one that somebody kept.`,
  );
}

/** Under the name that the log bears, and signed by any of its keys. */
async function opened(note: string, known: string | undefined, keys: readonly LogKey[]): Promise<Checkpoint> {
  const origin = known ?? note.split('\n')[0] ?? '';
  for (const key of keys) {
    try {
      return await openCheckpoint(note, verifierKey(sha256, origin, key.public), ed25519Verify);
    } catch (error) {
      // Another key may have signed it: each is tried.
      if (!(error instanceof TlogError)) throw error;
    }
  }
  throw new DomainError(
    'conflict',
    `This is no checkpoint of ${known ?? 'this log'} that a key of this log has signed.`,
  );
}

async function ensureGoesOn(
  db: Db,
  organisation: string,
  checkpoint: Checkpoint,
  known: string | undefined,
): Promise<void> {
  const head = await readHead(db, organisation);
  if (!head) throw new DomainError('conflict', 'This log has no entry with a place yet.');
  ensureFollows(head, known ?? checkpoint.origin, checkpoint);
  await ensureWhole(db, organisation, head);
  await ensureConsistent(db, organisation, head, checkpoint);
}
