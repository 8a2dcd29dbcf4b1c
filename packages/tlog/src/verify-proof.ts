import { openCheckpoint, type SignedCheckpoint } from './checkpoint.ts';
import { leafHash, type Sha256 } from './hash.ts';
import { verifyInclusion } from './inclusion.ts';
import type { VerifierKey } from './key.ts';
import { type ProofFile, parseProofFile } from './proof-file.ts';
import type { Ed25519Verify } from './signing.ts';

/** What a proof was checked with: two functions and what the checker knew before. */
export type ProofCheck = {
  readonly sha256: Sha256;
  readonly verify: Ed25519Verify;
  /** The log's key, held from elsewhere than the file. */
  readonly key: VerifierKey;
  readonly witnesses?: readonly VerifierKey[];
};

/** What the proof proves: this entry stands at `index` of the log that signed this checkpoint. */
export type ProvenEntry = {
  readonly index: number;
  readonly checkpoint: SignedCheckpoint;
  readonly entry: Uint8Array;
};

/**
 * Checks without the log that an entry is in it: the checkpoint's signature, then the path from entry to root.
 * @param entry the bytes of the entry; where the application put them into `extra`, those
 * @throws TlogError what `parseProofFile`, `openCheckpoint` and `verifyInclusion` throw
 */
export async function verifyProofFile(
  file: ProofFile | Uint8Array | string,
  entry: Uint8Array,
  { sha256, verify, key, witnesses = [] }: ProofCheck,
): Promise<ProvenEntry> {
  const read = typeof file === 'string' || file instanceof Uint8Array ? parseProofFile(file) : file;
  const checkpoint = await openCheckpoint(read.checkpoint, key, verify, witnesses);
  verifyInclusion(sha256, {
    index: read.index,
    size: checkpoint.size,
    leaf: leafHash(sha256, entry),
    root: checkpoint.root,
    proof: read.proof,
  });
  return { index: read.index, checkpoint, entry };
}
