import { append, emptyFrontier, type Frontier, rootOf } from './frontier.ts';
import { type Hash, hashLength, type Sha256 } from './hash.ts';
import { checkTile, edgeTiles, nodesOfEdge, type Tile, type TileId, tileHeight, tileWidth } from './tile.ts';

/** What a sequencer must have at hand to go on: the frontier and the partial tiles at the right edge. */
export type TreeState = { readonly frontier: Frontier; readonly edge: readonly Tile[] };

/** The state after growing, and what is to be written for it: every tile that is new or wider than before. */
export type Growth = {
  readonly state: TreeState;
  readonly size: number;
  readonly root: Hash;
  readonly tiles: readonly Tile[];
};

export const emptyState: TreeState = { frontier: emptyFrontier, edge: [] };

/**
 * The state of a tree from its stored edge. Compare `rootOf(sha256, state.frontier)` with the stored root before
 * going on: the tiles may have been altered.
 * @param edge the bytes of `edgeTiles(size)`, in that order
 * @throws TlogError `number`, `tile`
 */
export function stateOf(sha256: Sha256, size: number, edge: readonly Uint8Array[]): TreeState {
  const tiles = edgeTiles(size).map((tile, at) => ({
    ...tile,
    bytes: checkTile(tile, edge[at] ?? new Uint8Array()),
  }));
  const nodes = nodesOfEdge(
    sha256,
    size,
    tiles.map(({ bytes }) => bytes),
  );
  return { frontier: { size, nodes }, edge: tiles };
}

/**
 * Appends leaf hashes and answers new state, root and tiles. The work goes with the new leaves; the old size costs
 * nothing but the copies of the edge's tiles, at most 8 KB a level. `tilesOfGrowth` names the same tiles beforehand.
 * Tiles come level by level, lowest first, and by index.
 * @throws TlogError `hash`, `range`
 */
export function growTree(sha256: Sha256, state: TreeState, leaves: Iterable<Hash>): Growth {
  const levels = new Map<number, OpenTile>(state.edge.map((tile) => [tile.level, openTile(tile)]));
  const full: Tile[] = [];
  const frontier = append(sha256, state.frontier, leaves, (binaryLevel, index, hash) => {
    if (binaryLevel % tileHeight !== 0) return;
    const level = binaryLevel / tileHeight;
    const open = levels.get(level) ?? { index: Math.floor(index / tileWidth), width: 0, added: false };
    levels.set(level, open);
    open.bytes ??= new Uint8Array(tileWidth * hashLength);
    open.bytes.set(hash, open.width * hashLength);
    open.width += 1;
    open.added = true;
    if (open.width < tileWidth) return;
    full.push({ level, index: open.index, width: tileWidth, bytes: open.bytes });
    levels.set(level, { index: open.index + 1, width: 0, added: false });
  });
  const partial = [...levels].flatMap(([level, open]) => closeTile(level, open));
  const added = partial.filter(({ level }) => levels.get(level)?.added);
  return {
    state: { frontier, edge: partial.sort(byPlace) },
    size: frontier.size,
    root: rootOf(sha256, frontier),
    tiles: [...full, ...added].sort(byPlace),
  };
}

/** A tile at the right edge while it fills. Its bytes are a copy: what was handed in or out never changes. */
type OpenTile = { index: number; width: number; added: boolean; bytes?: Uint8Array };

function openTile({ index, width, bytes }: Tile): OpenTile {
  const room = new Uint8Array(tileWidth * hashLength);
  room.set(bytes);
  return { index, width, added: false, bytes: room };
}

function closeTile(level: number, { index, width, bytes }: OpenTile): Tile[] {
  return bytes && width > 0 ? [{ level, index, width, bytes: bytes.slice(0, width * hashLength) }] : [];
}

function byPlace(one: TileId, other: TileId): number {
  return one.level - other.level || one.index - other.index;
}
