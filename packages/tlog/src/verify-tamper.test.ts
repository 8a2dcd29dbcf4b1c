import fc from 'fast-check';
import { expect, test } from 'vitest';
import { flip, leafOf, manyRefusals, sha256, text } from '../test/kit.ts';
import { check, entriesTo, type Files, type Log, logOf, places, treeOf } from '../test/log.ts';
import { encodeBundle } from './bundle.ts';
import { nodeHash } from './hash.ts';
import { entriesOf } from './log-reader.ts';
import { parsePath } from './tile-path.ts';

manyRefusals();

const logs = new Map<number, Log>();
for (const size of [1, 2, 255, 256, 257, 600]) logs.set(size, await logOf(entriesTo(size)));
const deep = await logOf(entriesTo(66_000));
const sizes = fc.constantFrom(...logs.keys());

function logOfSize(size: number): Log {
  const log = logs.get(size);
  if (!log) throw new Error(`there is no log of ${size}`);
  return log;
}

/** One of a log's files, by a number that chooses. */
function chosen(files: Files, number: number): { path: string; bytes: Uint8Array } {
  const all = [...files].filter(([path]) => path !== 'checkpoint');
  const [path, bytes] = all[number % all.length] ?? ['', new Uint8Array()];
  return { path, bytes };
}

const changed = (files: Files, path: string, bytes: Uint8Array): Files => new Map(files).set(path, bytes);

/** The entries that a tile's or bundle's path stands for. */
function concerned(path: string): { start: number; end: number } {
  const read = parsePath(path);
  if (read.kind === 'checkpoint') throw new Error('no tile');
  return entriesOf({ level: 0, ...read });
}

test('one bit turned over in any tile is found there, at the very hash', async () => {
  await fc.assert(
    fc.asyncProperty(sizes, fc.nat(), fc.nat(), async (size, which, bit) => {
      const { files } = logOfSize(size);
      const tiles: Files = new Map([...files].filter(([path]) => /^tile\/[0-9]/.test(path)));
      const { path, bytes } = chosen(tiles, which);
      const read = parsePath(path);
      if (read.kind !== 'tile') throw new Error(`${path} is no tile`);
      const at = Math.floor((bit % (bytes.length * 8)) / 256);
      const { start, end } = entriesOf(read, at, at + 1);
      const { faults } = await check(changed(files, path, flip(bytes, bit % (bytes.length * 8))));
      expect(places(faults)).toEqual([`tile-differs ${path} ${start}-${end}`]);
    }),
    { numRuns: 80 },
  );
});

test('one bit turned over in any bundle is found in it', async () => {
  await fc.assert(
    fc.asyncProperty(sizes, fc.nat(), fc.nat(), async (size, which, bit) => {
      const { files } = logOfSize(size);
      const bundles: Files = new Map([...files].filter(([path]) => path.startsWith('tile/entries/')));
      const { path, bytes } = chosen(bundles, which);
      const { faults, faultCount } = await check(changed(files, path, flip(bytes, bit % (bytes.length * 8))));
      expect(faultCount).toBeGreaterThan(0);
      const { start, end } = concerned(path);
      for (const fault of faults) {
        expect(fault.path).toBe(path);
        expect(['entry-differs', 'malformed']).toContain(fault.code);
        expect(fault.entries?.start).toBeGreaterThanOrEqual(start);
        expect(fault.entries?.end).toBeLessThanOrEqual(end);
      }
    }),
    { numRuns: 80 },
  );
});

test('any file cut off, made longer, emptied or taken away is found under its path', async () => {
  await fc.assert(
    fc.asyncProperty(sizes, fc.nat(), fc.nat(), fc.nat(3), async (size, which, length, how) => {
      const { files } = logOfSize(size);
      const { path, bytes } = chosen(files, which);
      const altered = new Map(files);
      if (how === 0) altered.set(path, bytes.slice(0, length % bytes.length));
      else if (how === 1) altered.set(path, new Uint8Array([...bytes, 0]));
      else if (how === 2) altered.set(path, new Uint8Array());
      else altered.delete(path);
      const { faults } = await check(altered);
      expect(faults).toHaveLength(1);
      expect(faults[0]).toMatchObject({ path, code: how === 3 ? 'missing' : 'malformed' });
    }),
    { numRuns: 80 },
  );
});

test('two files changed places, or several altered at once: it never verifies', async () => {
  await fc.assert(
    fc.asyncProperty(
      sizes,
      fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 5 }),
      async (size, all) => {
        const { files } = logOfSize(size);
        let altered = files;
        for (const [which, bit] of all) {
          const { path, bytes } = chosen(files, which);
          altered = changed(altered, path, flip(bytes, bit % (bytes.length * 8)));
        }
        expect((await check(altered)).faultCount).toBeGreaterThan(0);
      },
    ),
    { numRuns: 60 },
  );
  const { files } = logOfSize(600);
  const [one, other] = [files.get('tile/entries/000'), files.get('tile/entries/001')];
  if (!one || !other) throw new Error('two bundles');
  const swapped = new Map(files).set('tile/entries/000', other).set('tile/entries/001', one);
  expect(await check(swapped)).toMatchObject({ faultCount: 512, complete: true });
});

test('under the checkpoint of one size, the files of no other size verify', async () => {
  for (const [size, { files }] of logs)
    for (const [otherSize, other] of logs) {
      const note = files.get('checkpoint');
      if (size === otherSize || !note) continue;
      const { faultCount } = await check(changed(other.files, 'checkpoint', note));
      expect(faultCount, `${size} over ${otherSize}`).toBeGreaterThan(0);
    }
});

const file = (path: string): Uint8Array => {
  const bytes = deep.files.get(path);
  if (!bytes) throw new Error(`${path} is not there`);
  return bytes;
};
const found = async (changes: Readonly<Record<string, Uint8Array | null>>) => {
  const altered = new Map(deep.files);
  for (const [path, bytes] of Object.entries(changes))
    if (bytes) altered.set(path, bytes);
    else altered.delete(path);
  return places((await check(altered)).faults);
};

/** What a forger would put into a place of a tile. */
const withHash = (path: string, at: number, hash: Uint8Array): Uint8Array => {
  const bytes = file(path).slice();
  bytes.set(hash, at * 32);
  return bytes;
};

test('in a tree of three levels of tiles, a hash of each higher level is found where it is', async () => {
  const hash = leafOf(1);
  expect(await found({ 'tile/1/000': withHash('tile/1/000', 3, hash) })).toEqual([
    'tile-differs tile/1/000 768-1024',
  ]);
  expect(await found({ 'tile/2/000.p/1': hash })).toEqual(['tile-differs tile/2/000.p/1 0-65536']);
});

test('a missing tile of a higher level hides nothing below it', async () => {
  expect(await found({ 'tile/1/000': null })).toEqual(['missing tile/1/000 0-65536']);
  const forged = entriesTo(1_024).slice(768);
  forged[7] = text('forged');
  expect(await found({ 'tile/1/000': null, 'tile/entries/003': encodeBundle(forged) })).toEqual([
    'missing tile/1/000 0-65536',
    'entry-differs tile/entries/003 775-776',
    'entry-differs tile/1/000 0-65536',
  ]);
});

test('a forger who goes on to the top leaves nothing but the root to tell', async () => {
  const forged = treeOf(entriesTo(66_000).with(775, text('forged'))).files;
  const upTo = (...paths: string[]) =>
    Object.fromEntries(paths.map((path) => [path, forged.get(path) ?? null]));
  const [entries, leaves, above, top] = ['tile/entries/003', 'tile/0/003', 'tile/1/000', 'tile/2/000.p/1'];
  if (!entries || !leaves || !above || !top) throw new Error('four paths');
  expect(await found(upTo(entries, leaves))).toEqual(['tile-differs tile/0/003 768-1024']);
  expect(await found(upTo(entries, leaves, above))).toEqual(['tile-differs tile/1/000 0-65536']);
  expect(await found(upTo(entries, leaves, above, top))).toEqual(['root-differs checkpoint 0-66000']);
});

test('a tile altered beside an altered entry: both are named', async () => {
  const { files } = logOfSize(600);
  const tile = files.get('tile/0/001')?.slice() ?? new Uint8Array();
  tile.set(nodeHash(sha256, leafOf(1), leafOf(2)), 9 * 32);
  const forged = encodeBundle(entriesTo(512).with(263, text('forged')).slice(256));
  const altered = changed(changed(files, 'tile/entries/001', forged), 'tile/0/001', tile);
  expect(places((await check(altered)).faults)).toEqual([
    'entry-differs tile/entries/001 263-264',
    'entry-differs tile/entries/001 265-266',
    'tile-differs tile/0/001 256-512',
  ]);
});
