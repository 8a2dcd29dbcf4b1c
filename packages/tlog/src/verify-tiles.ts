import { concat, equalBytes, toHex } from './bytes.ts';
import { type Hash, hashAt, leafHash, packedRoot } from './hash.ts';
import { entriesOf, readBundle, readTile, type Verification } from './log-reader.ts';
import { type TileId, tileWidth } from './tile.ts';
import { bundlePath, tilePath } from './tile-path.ts';

/** Told of the entries of each bundle in order, as they are read: nothing vouches for them before the end. */
export type OnEntries = (start: number, entries: readonly Uint8Array[]) => void | Promise<void>;

/** What stands above a tile: the hash that it must have, and whether that hash is vouched for up to the signed root. */
type Above = { readonly hash: Hash | null; readonly vouched: boolean };

/** What stands below one hash of a tile: the hash of it all, made from the entries, and whether faults were noted. */
type Below = { readonly hash: Hash | null; readonly explained: boolean };

/** A tile beside what was made from the entries below it. */
export type Compared = {
  readonly tile: TileId;
  readonly stored: Uint8Array | null;
  readonly below: readonly Below[];
};

/**
 * Told of each entry that the log holds and does not serve to this reader: nothing stands in its place in the bundle, and
 * its hash in the tile alone is held against the signed root.
 */
export type OnWithheld = (index: number) => void;

type Walk = Verification & {
  readonly onEntries: OnEntries | undefined;
  readonly onWithheld: OnWithheld | undefined;
};

/**
 * Reads everything below a tile at the right edge and compares. What differs below is noted; the tile itself is left
 * to the caller unless it is vouched for by the signed root.
 * @param stored its bytes; nothing when it could not be read
 * @param vouched whether the edge's tiles together have the signed root
 */
export async function compareEdge(
  walk: Walk,
  tile: TileId,
  stored: Uint8Array | null,
  vouched: boolean,
): Promise<Compared> {
  const below = await belowOf(walk, tile, stored, vouched);
  if (vouched && stored) noteEntries(walk, { tile, stored, below });
  return { tile, stored, below };
}

/** The hashes below a tile, packed; nothing where one of them is unknown. */
export function packedBelow({ below }: Compared): Uint8Array | null {
  const hashes = below.map(({ hash }) => hash).filter((hash) => hash !== null);
  return hashes.length === below.length ? concat(hashes) : null;
}

/**
 * Notes each hash of a tile that is not the one of what stands below it.
 * @param which `all` when what is below is known to be right; else those that no other fault explains
 */
export function noteTile({ faults }: Verification, compared: Compared, which: 'all' | 'unexplained'): void {
  const { tile, stored } = compared;
  for (const { at, hash } of differing(compared, which))
    faults.add({
      code: 'tile-differs',
      path: tilePath(tile),
      entries: entriesOf(tile, at, at + 1),
      expected: toHex(hash),
      found: stored ? toHex(hashAt(stored, at)) : 'nothing',
    });
}

/** The same where the tile is right or cannot be judged: at level 0 it is the entries that differ. */
export function noteEntries({ faults }: Verification, compared: Compared): void {
  const { tile, stored } = compared;
  if (tile.level > 0) return;
  for (const { at, hash } of differing(compared, 'unexplained'))
    faults.add({
      code: 'entry-differs',
      path: bundlePath(tile),
      entries: entriesOf(tile, at, at + 1),
      expected: stored ? toHex(hashAt(stored, at)) : 'nothing',
      found: toHex(hash),
    });
}

async function belowOf(
  walk: Walk,
  tile: TileId,
  stored: Uint8Array | null,
  vouched: boolean,
): Promise<Below[]> {
  if (tile.level === 0) return leavesOf(walk, tile);
  const below: Below[] = [];
  for (let at = 0; at < tile.width; at += 1) {
    const child = { level: tile.level - 1, index: tile.index * tileWidth + at, width: tileWidth };
    below.push(await checkFull(walk, child, { hash: stored && hashAt(stored, at), vouched }));
  }
  return below;
}

async function leavesOf(walk: Walk, tile: TileId): Promise<Below[]> {
  const entries = await readBundle(walk, tile);
  if (entries === null) return Array.from({ length: tile.width }, () => ({ hash: null, explained: true }));
  await walk.onEntries?.(tile.index * tileWidth, entries);
  return entries.map((entry, at) => {
    if (entry.length > 0 || !walk.onWithheld) return { hash: leafHash(walk.sha256, entry), explained: false };
    walk.onWithheld(tile.index * tileWidth + at);
    return { hash: null, explained: true };
  });
}

/** A full tile: held against the hash above it, and what stands below held against it. */
async function checkFull(walk: Walk, tile: TileId, above: Above): Promise<Below> {
  const { sha256, faults } = walk;
  if (faults.hopeless()) return { hash: null, explained: true };
  const before = faults.count();
  const stored = await readTile(walk, tile);
  const root = stored && packedRoot(sha256, stored);
  const vouched = above.vouched && sameHash(root, above.hash);
  const compared = { tile, stored, below: await belowOf(walk, tile, stored, vouched) };
  const packed = packedBelow(compared);
  const hash = packed && (stored && equalBytes(packed, stored) ? root : packedRoot(sha256, packed));
  judge(walk, compared, above, { root, hash, vouched });
  return { hash, explained: faults.count() > before };
}

type Found = { readonly root: Hash | null; readonly hash: Hash | null; readonly vouched: boolean };

/** Says who is wrong where tile, what is below it and what is above it do not agree. */
function judge(walk: Walk, compared: Compared, above: Above, { root, hash, vouched }: Found): void {
  const { tile, stored } = compared;
  if (vouched) {
    noteEntries(walk, compared);
    return;
  }
  // What is below has the hash that is vouched for: the tile alone is wrong, and exactly where it differs.
  if (above.vouched && sameHash(hash, above.hash)) {
    noteTile(walk, compared, 'all');
    return;
  }
  if (tile.level === 0) noteEntries(walk, compared);
  else noteTile(walk, compared, 'unexplained');
  const found = root ?? hash;
  if (!above.vouched || !above.hash || !found) return;
  walk.faults.add({
    code: stored ? 'tile-differs' : 'entry-differs',
    path: stored || tile.level > 0 ? tilePath(tile) : bundlePath(tile),
    entries: entriesOf(tile),
    expected: toHex(above.hash),
    found: toHex(found),
  });
}

function differing({ stored, below }: Compared, which: 'all' | 'unexplained'): { at: number; hash: Hash }[] {
  return below.flatMap(({ hash, explained }, at) => {
    if (!hash || !stored || (explained && which === 'unexplained')) return [];
    return equalBytes(hash, hashAt(stored, at)) ? [] : [{ at, hash }];
  });
}

function sameHash(one: Hash | null, other: Hash | null): boolean {
  return one !== null && other !== null && equalBytes(one, other);
}
