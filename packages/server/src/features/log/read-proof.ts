import type { Actor } from '@throughline/domain/actor.ts';
import { DomainError, notFound } from '@throughline/domain/errors.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { type Hash, leafHash } from '@throughline/tlog/hash.ts';
import { formatKey, verifierKey } from '@throughline/tlog/key.ts';
import { inclusionFromTiles } from '@throughline/tlog/prove.ts';
import { ensureMay, loadReadable } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import { type PublishedCheckpoint, publishedCheckpoint } from '../../store/log-checkpoint.ts';
import { logKeys } from '../../store/log-keys.ts';
import { entriesFrom, type VersionEvidence, versionEvidence } from '../../store/log-proof.ts';
import { TreeBroken, treeOf } from '../../store/log-tree.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import { sha256 } from '../../store/sha256.ts';

/** That an entry stands at its place under a signed checkpoint: everything that checks without this server. */
export type EntryProof = {
  readonly index: number;
  /** The bytes that are hashed. */
  readonly entry: Buffer;
  readonly leaf: Hash;
  readonly proof: readonly Hash[];
  readonly checkpoint: PublishedCheckpoint;
  readonly vkey: string;
};

/** The proof of the entry at a place. Throws `not-found` beyond the log, `conflict` while nothing signed covers it. */
export async function proveEntry(services: Services, who: Asker, index: number): Promise<EntryProof> {
  return services.store.read(who, (reader) => entryProof(reader, index));
}

export type VersionProof = EntryProof & {
  readonly record: string;
  readonly evidence: VersionEvidence;
};

/** The proof of the entry that made a version of a record, with what the entry's digest is over. */
export async function proveVersion(
  services: Services,
  asked: {
    readonly organisation: string;
    readonly actor: Actor;
    readonly kind: Kind;
    readonly ref: string;
    readonly version: number;
  },
): Promise<VersionProof> {
  ensureMay(asked.actor, asked.kind, 'read');
  return services.store.read(asked, async (reader) => {
    const record = await loadReadable(reader, asked.actor, asked.kind, asked.ref);
    const evidence = await versionEvidence(reader, record.id, asked.version);
    if (!evidence) throw notFound();
    if (evidence.index === null) throw notSigned();
    return { ...(await entryProof(reader, evidence.index)), record: record.id, evidence };
  });
}

async function entryProof(reader: Reader, index: number): Promise<EntryProof> {
  const { db, organisation } = reader;
  const [entry] = await entriesFrom(db, organisation, index, 1);
  if (!entry) throw notFound();
  const checkpoint = await publishedCheckpoint(db, organisation);
  const key = (await logKeys(db)).find(({ number }) => number === checkpoint?.key);
  if (!checkpoint || !key || index >= checkpoint.size) throw notSigned();
  try {
    const proof = await inclusionFromTiles(sha256, index, checkpoint.size, treeOf(db, organisation));
    const vkey = formatKey(verifierKey(sha256, checkpoint.origin, key.public));
    return { index, entry, leaf: leafHash(sha256, entry), proof, checkpoint, vkey };
  } catch (error) {
    if (!(error instanceof TreeBroken)) throw error;
    throw new DomainError('conflict', `The log's tree is not whole, so nothing is proven: ${error.message}.`);
  }
}

function notSigned(): DomainError {
  return new DomainError(
    'conflict',
    'No signed checkpoint covers this entry yet. One does within a second, or GET /log/state says why not.',
  );
}
