import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leafOf, leavesTo, manyRefusals, sha256 } from '../test/kit.ts';
import { concat, equalBytes } from './bytes.ts';
import { TlogError } from './errors.ts';
import { emptyFrontier, rootOf } from './frontier.ts';
import { emptyState, growTree, stateOf, type TreeState } from './grow.ts';
import { emptyRoot, type Hash, hashAt, packedRoot, treeRoot } from './hash.ts';
import { edgeTiles, type Tile, tilesOfGrowth } from './tile.ts';
import { tilePath } from './tile-path.ts';

manyRefusals();

const leaves = leavesTo(70_000);

const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const named = (tiles: readonly Tile[]) => new Map(tiles.map((tile) => [tilePath(tile), toHex(tile.bytes)]));

/** Everything of a state in text, which compares much faster than bytes do. */
const shown = ({ frontier, edge }: TreeState) =>
  JSON.stringify([
    frontier.size,
    frontier.nodes.map(toHex),
    edge.map((tile) => ({ ...tile, bytes: toHex(tile.bytes) })),
  ]);

/** Tiles by the definition of c2sp.org/tlog-tiles, level on level, without the frontier. */
function tilesByDefinition(size: number): Map<string, string> {
  const tiles = new Map<string, string>();
  let row: readonly Hash[] = leaves.slice(0, size);
  for (let level = 0; row.length > 0; level += 1) {
    const above: Hash[] = [];
    for (let index = 0; index * 256 < row.length; index += 1) {
      const hashes = row.slice(index * 256, (index + 1) * 256);
      tiles.set(tilePath({ level, index, width: hashes.length }), toHex(concat(hashes)));
      if (hashes.length === 256) above.push(treeRoot(sha256, hashes));
    }
    row = above;
  }
  return tiles;
}

test('nothing appended changes nothing and writes nothing', () => {
  const empty = growTree(sha256, emptyState, []);
  expect(empty).toEqual({
    state: { frontier: emptyFrontier, edge: [] },
    size: 0,
    root: emptyRoot(sha256),
    tiles: [],
  });
  const { state, root } = growTree(sha256, emptyState, leaves.slice(0, 300));
  const again = growTree(sha256, state, []);
  expect(again.tiles).toEqual([]);
  expect(shown(again.state)).toBe(shown(state));
  expect(again.root).toEqual(root);
});

test.each([1, 2, 255, 256, 257, 511, 512, 513, 65_536, 66_000])(
  'a tree of %i leaves has the tiles and the root of the definition',
  (size) => {
    const growth = growTree(sha256, emptyState, leaves.slice(0, size));
    expect(named(growth.tiles)).toEqual(tilesByDefinition(size));
    expect(growth.root).toEqual(treeRoot(sha256, leaves.slice(0, size)));
    expect(growth.size).toBe(size);
  },
);

test('a tree of 70,000 has the tiles that the specification counts out', () => {
  const paths = [...named(growTree(sha256, emptyState, leaves).tiles).keys()];
  expect(paths.filter((path) => /^tile\/0\/[0-9x/]+$/.test(path))).toHaveLength(273);
  expect(paths.slice(273)).toEqual(['tile/0/273.p/112', 'tile/1/000', 'tile/1/001.p/17', 'tile/2/000.p/1']);
});

test('growing in any batches gives the same state, and at each step the tiles that were foretold', () => {
  const batches = fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 700 })), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(batches, (sizes) => {
      let state: TreeState = emptyState;
      const written = new Map<string, string>();
      for (const count of sizes) {
        const from = state.frontier.size;
        const growth = growTree(sha256, state, leaves.slice(from, from + count));
        const foretold = [...tilesOfGrowth(from, from + count)];
        expect(growth.tiles.map(({ level, index, width }) => ({ level, index, width }))).toEqual(foretold);
        for (const [path, bytes] of named(growth.tiles)) {
          // A path is written once and for ever: what a partial tile held never changes.
          expect(written.has(path)).toBe(false);
          written.set(path, bytes);
        }
        state = growth.state;
      }
      const { size } = state.frontier;
      for (const [path, bytes] of tilesByDefinition(size)) expect(written.get(path)).toBe(bytes);
      const edge = state.edge.map(({ bytes }) => bytes);
      expect(shown(stateOf(sha256, size, edge))).toBe(shown(state));
    }),
    { numRuns: 30 },
  );
});

test('the state of every size up to 600 is found again from its stored edge', () => {
  let state = emptyState;
  for (let size = 1; size <= 600; size += 1) {
    const growth = growTree(sha256, state, [leafOf(size - 1)]);
    state = growth.state;
    const found = stateOf(
      sha256,
      size,
      state.edge.map(({ bytes }) => bytes),
    );
    expect(shown(found)).toBe(shown(state));
    expect(rootOf(sha256, found.frontier)).toEqual(growth.root);
    expect(found.edge.map(({ level, index, width }) => ({ level, index, width }))).toEqual(edgeTiles(size));
  }
});

test('what was handed in and handed out earlier stays as it was', () => {
  const first = growTree(sha256, emptyState, leaves.slice(0, 100));
  const before = first.tiles.map(({ bytes }) => toHex(bytes));
  growTree(sha256, first.state, leaves.slice(100, 300));
  growTree(sha256, first.state, leaves.slice(200, 201));
  expect(first.tiles.map(({ bytes }) => toHex(bytes))).toEqual(before);
});

test('tiles that come as Buffers, as from a database, serve the same and stay as they were', () => {
  const first = growTree(sha256, emptyState, leaves.slice(0, 700));
  const edge = first.state.edge.map(({ bytes }) => Buffer.from(bytes));
  const grown = growTree(sha256, stateOf(sha256, 700, edge), leaves.slice(700, 1_100));
  expect(named(grown.tiles)).toEqual(named(growTree(sha256, first.state, leaves.slice(700, 1_100)).tiles));
  expect(edge.map((bytes) => bytes.toString('hex'))).toEqual(
    first.state.edge.map(({ bytes }) => toHex(bytes)),
  );
});

test('a partial tile is the beginning of every later tile of its place', () => {
  const { tiles } = growTree(sha256, emptyState, leaves.slice(0, 256));
  const full = tiles[0]?.bytes ?? new Uint8Array();
  for (let size = 1; size < 256; size += 1) {
    const [partial] = growTree(sha256, emptyState, leaves.slice(0, size)).tiles;
    expect(equalBytes(partial?.bytes ?? full, full.subarray(0, size * 32))).toBe(true);
  }
  expect(hashAt(full, 3)).toEqual(leafOf(3));
  expect(packedRoot(sha256, full)).toEqual(tiles[1]?.bytes);
});

test('an altered edge gives another root, so that a sequencer can refuse to go on with it', () => {
  const { state, root } = growTree(sha256, emptyState, leaves.slice(0, 1_000));
  for (const [at] of state.edge.entries()) {
    const edge = state.edge.map(({ bytes }) => bytes.slice());
    const altered = edge[at];
    if (altered) altered[5] = (altered[5] ?? 0) ^ 1;
    expect(equalBytes(rootOf(sha256, stateOf(sha256, 1_000, edge).frontier), root)).toBe(false);
  }
});

test('an edge of another length, and a leaf that is no hash, are refused', () => {
  const { state } = growTree(sha256, emptyState, leaves.slice(0, 300));
  const edge = state.edge.map(({ bytes }) => bytes);
  expect(() => stateOf(sha256, 299, edge)).toThrow(TlogError);
  expect(() => stateOf(sha256, 300, edge.slice(1))).toThrow('has 32 bytes where 1408 belong');
  expect(() => stateOf(sha256, 300, [])).toThrow('tile 1 of level 0: has 0 bytes where 1408 belong');
  expect(() => stateOf(sha256, -1, [])).toThrow(expect.objectContaining({ code: 'number', at: 'size' }));
  expect(() => growTree(sha256, state, [leafOf(0).subarray(1)])).toThrow(
    expect.objectContaining({ code: 'hash', at: 'leaf 300' }),
  );
  const torn = { ...state, frontier: { size: 300, nodes: state.frontier.nodes.slice(1) } };
  expect(() => growTree(sha256, torn, [])).toThrow(expect.objectContaining({ code: 'range' }));
});
