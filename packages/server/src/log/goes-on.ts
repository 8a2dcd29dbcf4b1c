import type { Checkpoint } from '@throughline/tlog/checkpoint.ts';
import { verifyConsistency } from '@throughline/tlog/consistency.ts';
import { TlogError } from '@throughline/tlog/errors.ts';
import { rootOf } from '@throughline/tlog/frontier.ts';
import { consistencyFromTiles } from '@throughline/tlog/prove.ts';
import type { Db } from '../store/connection.ts';
import type { Head } from '../store/log-checkpoint.ts';
import { readTreeState, treeOf } from '../store/log-tree.ts';
import { sha256 } from '../store/sha256.ts';
import { SigningRefused } from './refused.ts';

/** Throws `SigningRefused` where a log is not what went on from an earlier checkpoint: another name, or fewer entries. */
export function ensureFollows(head: Head, origin: string, before: Checkpoint): void {
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
export async function ensureWhole(db: Db, organisation: string, head: Head): Promise<void> {
  const { frontier } = await readTreeState(db, organisation, head.size);
  if (!head.root.equals(rootOf(sha256, frontier)))
    throw new SigningRefused(
      'broken',
      `Leaves and tiles do not lead to the root of the head at ${head.size} entries.`,
    );
}

/** Throws `SigningRefused` where the entries of an earlier checkpoint are not the first of this head. */
export async function ensureConsistent(
  db: Db,
  organisation: string,
  head: Head,
  before: Checkpoint,
): Promise<void> {
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
