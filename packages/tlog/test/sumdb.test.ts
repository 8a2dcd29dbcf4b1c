import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { formatKey, parseKey, verifierKey } from '../src/key.ts';
import { parseNote } from '../src/note.ts';
import { openNote } from '../src/signing.ts';
import { checkpointPath } from '../src/tile-path.ts';
import { flip, keyPair, logKey, sha256, verifyEd25519 } from './kit.ts';
import { entriesTo, logOf } from './log.ts';
import { buildSumdb, writeFiles } from './sumdb.ts';

const sumdb = buildSumdb();
const vkey = formatKey(logKey);
const directories: string[] = [];
afterAll(() => {
  sumdb?.close();
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

const run = (...words: string[]) => {
  if (!sumdb) throw new Error('not without Go');
  return sumdb.run(words);
};

async function written(size: number): Promise<string> {
  const directory = writeFiles((await logOf(entriesTo(size))).files);
  directories.push(directory);
  return directory;
}

describe.skipIf(!sumdb)('the Go project’s sumdb/note and sumdb/tlog', () => {
  test.each([
    [0, 'OK entries=0'],
    [1, 'OK entries=1 bundles=1 proofs=2'],
    [2, 'OK entries=2 bundles=1 proofs=4'],
    [255, 'OK entries=255 bundles=1 proofs=86'],
    [256, 'OK entries=256 bundles=1 proofs=86'],
    [257, 'OK entries=257 bundles=2 proofs=86'],
    [70_000, 'OK entries=70000 bundles=274 proofs=100'],
  ])(
    'accept our log of %i',
    async (size, expected) => {
      expect(run('verify', await written(size), vkey)).toEqual({ code: 0, output: expected });
    },
    60_000,
  );

  test('refuse it under another key of the same name', async () => {
    const other = verifierKey(sha256, logKey.name, keyPair(6).publicKey);
    const { code, output } = run('verify', await written(257), formatKey(other));
    expect([code, output]).toEqual([
      1,
      expect.stringMatching(/^FAIL checkpoint: note has no verifiable signatures/),
    ]);
  });

  test.each([
    [checkpointPath, 0, /^FAIL checkpoint: /],
    [checkpointPath, 24, /^FAIL checkpoint: /],
    ['tile/0/000', 5_000, /^FAIL tile\/0\/000: .*/],
    ['tile/0/001.p/1', 9, /^FAIL .*inconsistent tile|^FAIL tile\/0/],
    ['tile/1/000.p/1', 0, /^FAIL /],
    ['tile/entries/000', 2, /^FAIL tile\/entries\/000: entry 0 hash mismatch$/],
    ['tile/entries/000', 1_000, /^FAIL tile\/entries\/000: entry \d+ hash mismatch$/],
    ['tile/entries/001.p/1', 4, /^FAIL tile\/entries\/001\.p\/1: entry 256 hash mismatch$/],
  ])('refuse one flipped byte of %s, at %i', async (path, at, message) => {
    const directory = await written(257);
    const file = join(directory, path);
    writeFileSync(file, flip(readFileSync(file), at * 8 + 1));
    const { code, output } = run('verify', directory, vkey);
    expect(code).toBe(1);
    expect(output).toMatch(message);
  });

  test('refuse a log from which a file is missing', async () => {
    const directory = await written(257);
    rmSync(join(directory, 'tile/entries/001.p/1'));
    expect(run('verify', directory, vkey)).toMatchObject({
      code: 1,
      output: expect.stringContaining('no such file'),
    });
  });

  test('sign notes that we open, with a key that we read', async () => {
    const text = 'go.example/log\n12\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n';
    const { code, output = '' } = sumdb?.run(['sign', 'go.example/log'], text) ?? {};
    expect(code).toBe(0);
    const [published = '', ...lines] = output.split('\n');
    const key = parseKey(sha256, published);
    expect(formatKey(key)).toBe(published);
    const opened = await openNote(parseNote(`${lines.join('\n')}\n`), [key], verifyEd25519);
    expect(opened).toEqual({ text, verified: [{ key, time: null }], unknown: [] });
  });
});

test('where Go is missing, the check is left out with a word, but never in CI', () => {
  const before = { PATH: process.env.PATH, CI: process.env.CI };
  const warned: string[] = [];
  const warn = console.warn;
  console.warn = (line: string) => warned.push(line);
  try {
    process.env.PATH = '/nowhere';
    process.env.CI = 'true';
    expect(() => buildSumdb()).toThrow('needs Debian');
    process.env.CI = '';
    expect(buildSumdb()).toBeNull();
    expect(warned).toEqual([
      expect.stringMatching(/^The check by an independent implementation needs .*golang-go/),
    ]);
  } finally {
    console.warn = warn;
    for (const [name, value] of Object.entries(before))
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  }
});
