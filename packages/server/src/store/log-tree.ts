import { emptyState, type Growth, growTree, stateOf, type TreeState } from '@throughline/tlog/grow.ts';
import { hashAt } from '@throughline/tlog/hash.ts';
import type { ReadTiles } from '@throughline/tlog/prove.ts';
import { edgeTiles, type TileId, tileWidth } from '@throughline/tlog/tile.ts';
import { sql } from 'kysely';
import type { Db } from './connection.ts';
import { sha256 } from './sha256.ts';

/**
 * The bytes of tiles, in the order asked; nothing for one that is not there or not as wide. Full tiles are kept. A
 * narrower one is put together from the leaves, or from the roots of the full tiles below: whatever width a reader asks
 * for, of any size that the tree once had.
 */
export async function readTiles(
  db: Db,
  organisation: string,
  tiles: readonly TileId[],
): Promise<(Buffer | undefined)[]> {
  if (tiles.length === 0) return [];
  const { rows } = await sql<{ bytes: Buffer | null }>`
    select case
      when p.width = ${tileWidth} then (select t.bytes from log_tile t
        where t.organisation = ${organisation} and t.level = p.level and t.index = p.index)
      when p.level = 0 then (select string_agg(f.hash, '' order by f.index) from log_leaf f
        where f.organisation = ${organisation} and f.index >= p.index * ${tileWidth} and f.index < p.index * ${tileWidth} + p.width)
      else (select string_agg(t.root, '' order by t.index) from log_tile t
        where t.organisation = ${organisation} and t.level = p.level - 1
          and t.index >= p.index * ${tileWidth} and t.index < p.index * ${tileWidth} + p.width)
      end as bytes
    from unnest(${tiles.map((tile) => tile.level)}::int[], ${tiles.map((tile) => tile.index)}::bigint[],
      ${tiles.map((tile) => tile.width)}::int[]) with ordinality as p(level, index, width, place)
    order by p.place`.execute(db);
  return rows.map(({ bytes }, at) =>
    bytes !== null && bytes.length === (tiles[at]?.width ?? 0) * 32 ? bytes : undefined,
  );
}

/** Something of a tree that must be there and is not, or does not fit. */
export class TreeBroken extends Error {
  override readonly name = 'TreeBroken';
}

/** Reads whole tiles of an organisation's tree. Throws `TreeBroken` where one is missing. */
export function treeOf(db: Db, organisation: string): ReadTiles {
  return async (tiles) => {
    const found = await readTiles(db, organisation, tiles);
    return found.map((bytes, at) => {
      if (bytes) return bytes;
      const { level, index, width } = tiles[at] ?? { level: 0, index: 0, width: 0 };
      throw new TreeBroken(`Tile ${index} of level ${level} is not as wide as ${width}`);
    });
  };
}

/** What is needed to go on with the tree of `size`. Throws `TreeBroken` where its edge is not there. */
export async function readTreeState(db: Db, organisation: string, size: number): Promise<TreeState> {
  return stateOf(sha256, size, await treeOf(db, organisation)(edgeTiles(size)));
}

/** Keeps the tiles that grew full. */
export async function addTiles(db: Db, organisation: string, growth: Growth): Promise<void> {
  const full = growth.tiles.filter((tile) => tile.width === tileWidth);
  if (full.length === 0) return;
  const above = new Map(growth.tiles.map((tile) => [`${tile.level}/${tile.index}`, tile.bytes]));
  const roots = full.map(({ level, index }) => {
    const parent = above.get(`${level + 1}/${Math.floor(index / tileWidth)}`) ?? new Uint8Array();
    return Buffer.from(hashAt(parent, index % tileWidth));
  });
  await sql`insert into log_tile (organisation, level, index, bytes, root)
    select ${organisation}, x.level, x.index, x.bytes, x.root
    from unnest(${full.map((tile) => tile.level)}::int[], ${full.map((tile) => tile.index)}::bigint[],
      ${full.map((tile) => Buffer.from(tile.bytes))}::bytea[], ${roots}::bytea[]) as x(level, index, bytes, root)`.execute(
    db,
  );
}

const leavesAtOnce = 16_384;

/** Builds the tiles over leaves that were placed before there were any; answers the root. The caller holds the head. */
export async function buildTiles(db: Db, organisation: string, size: number): Promise<Uint8Array> {
  let state = emptyState;
  let growth = growTree(sha256, state, []);
  for (let from = 0; from < size; from += leavesAtOnce) {
    const { rows } = await sql<{ hash: Buffer }>`select hash from log_leaf
      where organisation = ${organisation} and index >= ${from} and index < ${Math.min(size, from + leavesAtOnce)}
      order by index`.execute(db);
    growth = growTree(
      sha256,
      state,
      rows.map((row) => row.hash),
    );
    await addTiles(db, organisation, growth);
    state = growth.state;
  }
  if (growth.size !== size)
    throw new TreeBroken(`The log has ${growth.size} leaves where its head counts ${size}`);
  return growth.root;
}
