import { describe, expect, test } from 'vitest';
import { flip, keyPair, leafOf, logKey, manyRefusals, sha256, text, verifyEd25519 } from '../test/kit.ts';
import { check, entriesTo, type Files, logOf, places, readerOfFiles, signed, treeOf } from '../test/log.ts';
import { encodeBundle } from './bundle.ts';
import { toHex } from './bytes.ts';
import { verifierKey } from './key.ts';
import { describeFault } from './log-fault.ts';
import { formatNote, parseNote } from './note.ts';
import { cosignText } from './signing.ts';
import { verifyLog } from './verify-log.ts';

manyRefusals();

const big = await logOf(entriesTo(66_000));
const small = await logOf(entriesTo(600));

/** A copy of a log with some of its files replaced, or taken away. */
function altered(files: Files, changes: Readonly<Record<string, Uint8Array | null>>): Files {
  const copy = new Map(files);
  for (const [path, bytes] of Object.entries(changes))
    if (bytes === null) copy.delete(path);
    else copy.set(path, bytes);
  return copy;
}
const file = (files: Files, path: string): Uint8Array => {
  const bytes = files.get(path);
  if (!bytes) throw new Error(`${path} is not there`);
  return bytes;
};
const flipped = (files: Files, path: string, bit: number): Files =>
  altered(files, { [path]: flip(file(files, path), bit) });
const found = async (files: Files) => places((await check(files)).faults);

test.each([0, 1, 2, 255, 256, 257, 511, 512, 513, 600, 1_000])('a log of %i verifies', async (size) => {
  const { files, checkpoint } = await logOf(entriesTo(size));
  const seen: string[] = [];
  const report = await check(files, {
    onEntries: (start, entries) => {
      expect(start).toBe(seen.length);
      seen.push(...entries.map((entry) => new TextDecoder().decode(entry)));
    },
  });
  expect(report).toMatchObject({ checkpoint, faults: [], faultCount: 0, complete: true });
  expect(report.verified).toHaveLength(1);
  expect(seen).toEqual(Array.from({ length: size }, (_, at) => `entry ${at}`));
});

test('a log of 66,000 verifies, and goes on from earlier checkpoints', async () => {
  const held = [0, 1, 256, 1_000].map((size) => ({ size, root: treeOf(entriesTo(size)).root }));
  const report = await check(big.files, { held: [...held, big.checkpoint] });
  expect(report).toMatchObject({ faultCount: 0, complete: true });
});

describe('entries that the log serves to others', () => {
  const nothing = new Uint8Array();
  const first = 'tile/entries/000';
  const without = (...gone: readonly number[]): Files => {
    const entries = entriesTo(256).map((entry, at) => (gone.includes(at) ? nothing : entry));
    return altered(small.files, { [first]: encodeBundle(entries) });
  };

  test('are proven by their hashes, and told one by one; everything else is held as ever', async () => {
    const withheld: number[] = [];
    const onWithheld = (index: number) => withheld.push(index);
    const report = await check(without(0, 7, 255), { onWithheld });
    expect(report).toMatchObject({ faultCount: 0, complete: true });
    expect(withheld).toEqual([0, 7, 255]);
    const last = bundleWith(512, 600, 599, nothing);
    const path = 'tile/entries/002.p/88';
    expect(await check(altered(small.files, { [path]: last }), { onWithheld })).toMatchObject({
      faultCount: 0,
    });
    expect(withheld.at(-1)).toBe(599);
    expect((await check(small.files, { onWithheld })).faultCount).toBe(0);
    expect(withheld).toHaveLength(4);
  });

  test('are a fault for whoever is to get every entry', async () => {
    expect((await check(without(7))).faults).toMatchObject([
      { code: 'entry-differs', entries: { start: 7, end: 8 } },
    ]);
  });

  test('hide nothing else: not another entry of the bundle, nor a hash that does not lead to the root', async () => {
    const onWithheld = () => undefined;
    const entries = entriesTo(256).map((entry, at) => (at === 7 ? nothing : entry));
    entries[8] = new TextEncoder().encode('another');
    const forged = altered(small.files, { [first]: encodeBundle(entries) });
    expect((await check(forged, { onWithheld })).faults).toMatchObject([
      { code: 'entry-differs', entries: { start: 8, end: 9 } },
    ]);
    const tile = flip(file(small.files, 'tile/0/000'), 7 * 256);
    const both = altered(without(7), { 'tile/0/000': tile });
    expect((await check(both, { onWithheld })).faultCount).toBeGreaterThan(0);
  });
});

/** Entries `from` up to `to`, one of them replaced, as the bundle that they would make. */
function bundleWith(from: number, to: number, at: number, entry: Uint8Array): Uint8Array {
  const entries = entriesTo(to).slice(from);
  entries[at - from] = entry;
  return encodeBundle(entries);
}

describe('what was altered is named', () => {
  test('an entry', async () => {
    const files = altered(small.files, { 'tile/entries/001': bundleWith(256, 512, 300, text('forged')) });
    const { faults } = await check(files);
    expect(places(faults)).toEqual(['entry-differs tile/entries/001 300-301']);
    expect(faults[0]?.expected).toBe(toHex(leafOf(300)));
    expect(describeFault(faults[0] ?? never())).toMatch(
      /^entry-differs: tile\/entries\/001, entry 300: expected [0-9a-f]{64}, found [0-9a-f]{64}$/,
    );
  });

  test('an entry in the last, partial bundle', async () => {
    const path = 'tile/entries/002.p/88';
    const files = altered(small.files, { [path]: bundleWith(512, 600, 599, text('forged')) });
    expect(await found(files)).toEqual([`entry-differs ${path} 599-600`]);
  });

  test('several entries, each by its place, and the rest only counted', async () => {
    const entries = entriesTo(256);
    entries[3] = text('a');
    entries[200] = text('b');
    const files = altered(small.files, { 'tile/entries/000': encodeBundle(entries) });
    expect(await found(files)).toEqual([
      'entry-differs tile/entries/000 3-4',
      'entry-differs tile/entries/000 200-201',
    ]);
    const report = await check(files, { mostFaults: 1 });
    expect([report.faults.length, report.faultCount]).toEqual([1, 2]);
  });

  test('a hash in a full tile of leaves', async () => {
    expect(await found(flipped(small.files, 'tile/0/001', 44 * 256))).toEqual([
      'tile-differs tile/0/001 300-301',
    ]);
  });

  test('a hash in the partial tile of leaves', async () => {
    expect(await found(flipped(small.files, 'tile/0/002.p/88', 7))).toEqual([
      'tile-differs tile/0/002.p/88 512-513',
    ]);
  });

  test('a hash in the partial tile above', async () => {
    expect(await found(flipped(small.files, 'tile/1/000.p/2', 256))).toEqual([
      'tile-differs tile/1/000.p/2 256-512',
    ]);
  });

  test('an entry and its hash together, so that only the tile above knows', async () => {
    const forged = treeOf(entriesTo(600).with(300, text('forged'))).files;
    const files = altered(small.files, {
      'tile/entries/001': file(forged, 'tile/entries/001'),
      'tile/0/001': file(forged, 'tile/0/001'),
    });
    expect(await found(files)).toEqual(['tile-differs tile/0/001 256-512']);
  });

  test('a whole tree under the old checkpoint', async () => {
    const forged = treeOf(entriesTo(600).with(300, text('forged')));
    const { faults } = await check(altered(forged.files, { checkpoint: file(small.files, 'checkpoint') }));
    expect(places(faults)).toEqual(['root-differs checkpoint 0-600']);
    expect([faults[0]?.expected, faults[0]?.found]).toEqual([
      toHex(small.checkpoint.root),
      toHex(forged.root),
    ]);
  });

  test('an entry taken out of the middle: all that moved up, and what is no longer there', async () => {
    const entries = entriesTo(600).toSpliced(510, 1);
    const files = altered(small.files, {
      'tile/entries/001': encodeBundle(entries.slice(256, 512)),
      'tile/entries/002.p/88': encodeBundle(entries.slice(512)),
    });
    const { faults } = await check(files);
    expect(places(faults)).toEqual([
      'entry-differs tile/entries/001 510-511',
      'entry-differs tile/entries/001 511-512',
      'malformed tile/entries/002.p/88 512-600',
    ]);
    expect(faults[2]?.found).toBe('entry 87: the bundle ends within it, and 88 entries belong to it');
  });

  test('an entry put in', async () => {
    const bundle = encodeBundle([...entriesTo(255), text('added'), text('entry 255')].slice(0, 256));
    const more = new Uint8Array([...bundle, 0, 1, 65]);
    expect(await found(altered(small.files, { 'tile/entries/000': bundle }))).toEqual([
      'entry-differs tile/entries/000 255-256',
    ]);
    const { faults } = await check(altered(small.files, { 'tile/entries/000': more }));
    expect(places(faults)).toEqual(['malformed tile/entries/000 0-256']);
    expect(faults[0]?.found).toContain('goes on after its 256 entries');
  });

  test('the newest entry taken away everywhere but in the checkpoint', async () => {
    const shorter = treeOf(entriesTo(599)).files;
    expect(await found(altered(shorter, { checkpoint: file(small.files, 'checkpoint') }))).toEqual([
      'missing tile/0/002.p/88 512-600',
      'missing tile/entries/002.p/88 512-600',
    ]);
  });

  test('entries in another order', async () => {
    const swapped = entriesTo(256).with(10, text('entry 11')).with(11, text('entry 10'));
    expect(await found(altered(small.files, { 'tile/entries/000': encodeBundle(swapped) }))).toEqual([
      'entry-differs tile/entries/000 10-11',
      'entry-differs tile/entries/000 11-12',
    ]);
  });
});

describe('what is missing, and what is too much', () => {
  test.each([
    ['tile/0/000', '0-256'],
    ['tile/0/002.p/88', '512-600'],
    ['tile/1/000.p/2', '0-512'],
    ['tile/entries/001', '256-512'],
    ['tile/entries/002.p/88', '512-600'],
  ])('without %s, just that is missing', async (path, entries) => {
    expect(await found(altered(small.files, { [path]: null }))).toEqual([`missing ${path} ${entries}`]);
  });

  test('a missing tile hides no altered entry below it', async () => {
    const files = altered(small.files, {
      'tile/0/001': null,
      'tile/entries/001': bundleWith(256, 512, 300, text('forged')),
    });
    expect(await found(files)).toEqual([
      'missing tile/0/001 256-512',
      'entry-differs tile/entries/001 256-512',
    ]);
  });

  test('a missing bundle hides no altered tile beside it', async () => {
    const files = altered(flipped(small.files, 'tile/0/001', 9), { 'tile/entries/001': null });
    expect(await found(files)).toEqual([
      'missing tile/entries/001 256-512',
      'tile-differs tile/0/001 256-512',
    ]);
  });

  test.each([0, 31, 8_191, 8_193, 8_224])('a tile of %i bytes is malformed', async (length) => {
    const files = altered(small.files, { 'tile/0/000': new Uint8Array(length) });
    expect(await found(files)).toEqual(['malformed tile/0/000 0-256']);
  });

  test('a partial tile that gave way to the full one is read out of that', async () => {
    const { files } = await logOf(entriesTo(600));
    for (const [path, bytes] of treeOf(entriesTo(768)).files) files.set(path, bytes);
    for (const path of ['tile/0/002.p/88', 'tile/entries/002.p/88']) files.delete(path);
    const { read } = readerOfFiles(files);
    const options = { sha256, verify: verifyEd25519, key: logKey };
    expect(await verifyLog({ read }, options)).toMatchObject({ faultCount: 0 });
    // Where everything can be listed, what a log of 600 cannot have is named all the same.
    expect(await found(files)).toEqual([
      'superfluous tile/0/002 512-768',
      'superfluous tile/1/000.p/3 0-768',
      'superfluous tile/entries/002 512-768',
    ]);
  });

  test('partial tiles of earlier sizes may stay, if they are the beginning of what came after', async () => {
    const old = treeOf(entriesTo(550)).files;
    const files = altered(small.files, Object.fromEntries(old));
    expect(await found(files)).toEqual([]);
    const forged = altered(files, {
      'tile/0/002.p/38': flip(file(old, 'tile/0/002.p/38'), 3),
      'tile/entries/002.p/38': bundleWith(512, 550, 520, text('forged')),
    });
    expect(await found(forged)).toEqual([
      'tile-differs tile/0/002.p/38 512-550',
      'entry-differs tile/entries/002.p/38 512-550',
    ]);
    const torn = altered(files, {
      'tile/0/002.p/38': new Uint8Array(3),
      'tile/entries/002.p/38': text('ab'),
    });
    expect(await found(torn)).toEqual([
      'malformed tile/0/002.p/38 512-550',
      'malformed tile/entries/002.p/38 512-550',
    ]);
  });

  test('paths below tile/ that are none are superfluous, and others are not ours', async () => {
    const files = altered(small.files, {
      'log.vkey': text('x'),
      'tile/0/003': new Uint8Array(8_192),
      'tile/0/x000/001': new Uint8Array(8_192),
      'tile/entries/000.p/256': text('x'),
      'tile/notes.txt': text('x'),
    });
    expect(await found(files)).toEqual([
      'superfluous tile/0/003 768-1024',
      'superfluous tile/0/x000/001',
      'superfluous tile/entries/000.p/256',
      'superfluous tile/notes.txt',
    ]);
  });
});

describe('the checkpoint', () => {
  const withCheckpoint = (note: string) => altered(small.files, { checkpoint: text(note) });

  test('is missing', async () => {
    const report = await check(altered(small.files, { checkpoint: null }));
    expect(report).toMatchObject({ checkpoint: null, verified: [] });
    expect(places(report.faults)).toEqual(['missing checkpoint']);
  });

  test('cannot be read', async () => {
    const report = await check(withCheckpoint('nothing\n'));
    expect(places(report.faults)).toEqual(['malformed checkpoint']);
    expect(report.checkpoint).toBeNull();
  });

  test('is signed by another key under the same name, and the tree is looked at all the same', async () => {
    const other = keyPair(9);
    const key = verifierKey(sha256, logKey.name, other.publicKey);
    const note = new TextDecoder().decode(file(small.files, 'checkpoint'));
    const files = altered(small.files, { 'tile/entries/000': text('') });
    const report = await verifyLog(readerOfFiles(files), { sha256, verify: verifyEd25519, key });
    expect(places(report.faults)).toEqual(['unsigned checkpoint', 'malformed tile/entries/000 0-256']);
    expect(report.checkpoint?.size).toBe(600);
    expect((await check(withCheckpoint(note.replace(/.{4}\n$/, 'AAA=\n')))).faults[0]?.code).toBe('unsigned');
  });

  test('has another size under the same signature', async () => {
    const note = new TextDecoder().decode(file(small.files, 'checkpoint')).replace('600', '599');
    expect((await found(withCheckpoint(note)))[0]).toBe('unsigned checkpoint');
  });

  test('is of another log', async () => {
    const note = await signed({ ...small.checkpoint, origin: 'other.example/audit' });
    expect(await found(withCheckpoint(note))).toEqual(['other-log checkpoint']);
  });

  test('of an empty log has the root of nothing', async () => {
    const note = await signed({ ...small.checkpoint, size: 0 });
    expect(await found(new Map([['checkpoint', text(note)]]))).toEqual(['root-differs checkpoint']);
  });

  test('names a size that nothing is there for: the search ends', async () => {
    const note = await signed({ ...small.checkpoint, size: Number.MAX_SAFE_INTEGER });
    const report = await check(new Map([['checkpoint', text(note)]]));
    expect(report.complete).toBe(false);
    expect(report.faults).toHaveLength(100);
  });
});

describe('a checkpoint that somebody holds', () => {
  const held = small.checkpoint;

  test('a log rolled back to yesterday is smaller', async () => {
    const yesterday = await logOf(entriesTo(590));
    const report = await check(yesterday.files, { held: [held] });
    expect(places(report.faults)).toEqual(['shrunk checkpoint 590-600']);
    expect(describeFault(report.faults[0] ?? never())).toBe(
      'shrunk: checkpoint, entries 590 to 599: expected 600 entries or more, found 590 entries',
    );
  });

  test.each([600, 601, 900])('another tree of %i, itself in order, is a fork', async (size) => {
    const other = await logOf(entriesTo(size).with(300, text('for other eyes')));
    const report = await check(other.files, { held: [held] });
    expect(places(report.faults)).toEqual(['forked checkpoint 0-600']);
    expect(report.faults[0]?.expected).toBe(toHex(held.root));
  });

  test('what came after it may be anything', async () => {
    const grown = await logOf([...entriesTo(600), text('more')]);
    expect(await check(grown.files, { held: [held] })).toMatchObject({ faultCount: 0 });
  });
});

test('known witnesses are checked too, and one that lies refuses the checkpoint', async () => {
  const pair = keyPair(8);
  const witness = verifierKey(sha256, 'witness.example', pair.publicKey, 'cosignature');
  const note = parseNote(file(small.files, 'checkpoint'));
  const cosigned = async (body: string) => {
    const cosignature = await cosignText(body, witness, 1_700_000_000, pair.sign);
    const both = formatNote({ ...note, signatures: [...note.signatures, cosignature] });
    return check(altered(small.files, { checkpoint: text(both) }), { witnesses: [witness] });
  };
  const report = await cosigned(note.text);
  expect(report.faults).toEqual([]);
  expect(report.verified.map(({ key, time }) => [key.name, time])).toEqual([
    [logKey.name, null],
    ['witness.example', 1_700_000_000],
  ]);
  expect(places((await cosigned('something else\n')).faults)).toEqual(['unsigned checkpoint']);
});

test('a held checkpoint whose tiles are gone is not called a fork: what is missing was named', async () => {
  const files = altered(small.files, { 'tile/0/000': null });
  const held = [{ size: 100, root: treeOf(entriesTo(100)).root }];
  expect(places((await check(files, { held })).faults)).toEqual(['missing tile/0/000 0-256']);
});

test('paths may be listed as they come in', async () => {
  async function* list() {
    yield* [...small.files.keys(), 'tile/0/009'];
  }
  const { read } = readerOfFiles(small.files);
  const report = await verifyLog({ read, list }, { sha256, verify: verifyEd25519, key: logKey });
  expect(places(report.faults)).toEqual(['superfluous tile/0/009 2304-2560']);
});

test('what the reader throws is not taken for a fault of the log', async () => {
  const read = async () => {
    throw new Error('the disk is gone');
  };
  const verifying = verifyLog({ read }, { sha256, verify: verifyEd25519, key: logKey });
  await expect(verifying).rejects.toThrow('the disk is gone');
});

function never(): never {
  throw new Error('nothing was found');
}
