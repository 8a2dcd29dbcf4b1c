import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { decodeBundle } from '@throughline/tlog/bundle.ts';
import { parseCheckpoint } from '@throughline/tlog/checkpoint.ts';
import { parseKey } from '@throughline/tlog/key.ts';
import type { LogReader } from '@throughline/tlog/log-reader.ts';
import { parseNote } from '@throughline/tlog/note.ts';
import { tileWidth } from '@throughline/tlog/tile.ts';
import { parsePath } from '@throughline/tlog/tile-path.ts';
import type { HeldCheckpoint } from '@throughline/tlog/verify-held.ts';
import { type LogReport, verifyLog } from '@throughline/tlog/verify-log.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf } from '../../test/address.ts';
import { type Ran, runCommand } from '../../test/command-line.ts';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { keyedSigning, type TestSigning, testSigning } from '../../test/signing.ts';
import { sequenceAll, startSequencer } from '../log/sequencer.ts';
import { ed25519Verify, signAll } from '../log/signer.ts';
import type { Context } from '../store/context.ts';
import { sha256 } from '../store/sha256.ts';

let kernel: TestKernel;
let signing: TestSigning;
let bare: TestSigning;
let ctx: Context;
let directory: string;

beforeAll(async () => {
  kernel = await testKernel();
  const organisation = await kernel.organisation('Harbour Mutual');
  ctx = kernel.context(organisation, await kernel.member(organisation, ['admin']));
  signing = await keyedSigning(kernel.store, 'aims.example.org');
  bare = testSigning(kernel.store);
  directory = mkdtempSync(join(tmpdir(), 'throughline-log-export-'));
  await write(600);
});
afterAll(async () => {
  rmSync(directory, { recursive: true, force: true });
  signing.close();
  bare.close();
  await kernel.close();
});

async function write(entries: number): Promise<void> {
  await kernel.store.change(ctx, async (write) => {
    for (let n = 0; n < entries; n += 1)
      write.log({ act: 'token.revoked', token: ctx.organisation, roles: [] });
  });
}
const run = (...words: string[]): Promise<Ran> => runWith(signing, ...words);
const runWith = (node: TestSigning, ...words: string[]): Promise<Ran> =>
  runCommand(['--organisation', 'Harbour Mutual', ...words], {
    DATABASE_URL: addressOf(kernel.database.app),
    LOG_KEY_DIR: node.directory,
    PUBLIC_URL: 'https://aims.example.org',
  });

function* walk(root: string, at = root): Generator<string> {
  for (const name of readdirSync(at)) {
    const path = join(at, name);
    if (statSync(path).isDirectory()) yield* walk(root, path);
    else yield relative(root, path);
  }
}

/** As an outsider would: with the directory and the key alone. */
async function verify(root: string, held: readonly HeldCheckpoint[] = []): Promise<LogReport> {
  const [first = ''] = readFileSync(join(root, 'key'), 'utf8').split('\n');
  const paths = [...walk(root)];
  const reader: LogReader = {
    read: async (path) => (paths.includes(path) ? readFileSync(join(root, path)) : null),
    list: () => paths.filter((path) => path !== 'key'),
  };
  return verifyLog(reader, { sha256, verify: ed25519Verify, key: parseKey(sha256, first), held });
}

test('an export verifies with the key alone, and is brought up to date before', async () => {
  const out = join(directory, 'new', 'log');
  const ran = await run('log', 'export', out, '--json');
  expect([ran.code, ran.err]).toEqual([0, '']);
  const said = JSON.parse(ran.out);
  expect(said).toMatchObject({
    directory: out,
    origin: `aims.example.org/log/${ctx.organisation}`,
    size: 600,
    keys: [expect.objectContaining({ until: null })],
  });
  expect(readFileSync(join(out, 'checkpoint'), 'utf8')).toBe(said.checkpoint);
  expect([...walk(out)].sort()).toEqual(
    [
      'checkpoint',
      'key',
      'tile/0/000',
      'tile/0/001',
      'tile/0/002.p/88',
      'tile/1/000.p/2',
      'tile/entries/000',
      'tile/entries/001',
      'tile/entries/002.p/88',
    ].sort(),
  );
  const report = await verify(out);
  expect([report.faults, report.checkpoint?.size]).toEqual([[], 600]);
});

test('one altered byte of an export is found', async () => {
  const out = join(directory, 'altered');
  expect((await run('log', 'export', out)).code).toBe(0);
  const path = join(out, 'tile/entries/001');
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(100) ^ 1, 100);
  writeFileSync(path, bytes);
  const report = await verify(out);
  expect(report.faultCount).toBeGreaterThan(0);
  expect(report.faults[0]?.path).toBe('tile/entries/001');
});

test('a directory that holds something, or cannot be made, is refused', async () => {
  const full = join(directory, 'full');
  mkdirSync(full);
  writeFileSync(join(full, 'notes'), '');
  const refused = await run('log', 'export', full);
  expect([refused.code, refused.out]).toEqual([4, '']);
  expect(refused.err).toMatch(/holds something already\. Name a new or empty directory\./);
  const below = await run('log', 'export', join(full, 'notes', 'below'));
  expect([below.code, below.err]).toEqual([4, expect.stringContaining('cannot be written')]);
  const file = await run('log', 'export', join(full, 'notes'));
  expect([file.code, file.out]).toEqual([4, '']);
  expect(file.err).toMatch(/notes.? cannot be written: a file has that name\.\s*$/);
  expect(readdirSync(full)).toEqual(['notes']);
});

test('where nobody signs, what is signed is exported and the rest is said', async () => {
  await write(5);
  await sequenceAll(kernel.store);
  const out = join(directory, 'behind');
  const ran = await runWith(bare, 'log', 'export', out, '--json');
  expect([ran.code, JSON.parse(ran.out).size]).toEqual([0, 600]);
  expect(ran.err).toMatch(/^5 newer entries are not signed yet and not among the files\./);
  expect((await verify(out)).faults).toEqual([]);
});

test('a key is rotated by whoever has it, beside whatever runs, and an export names both', async () => {
  const before = JSON.parse((await run('log', 'export', join(directory, 'a'), '--json')).out).keys;
  const refused = await runWith(bare, 'log', 'rotate-key');
  expect([refused.code, refused.out]).toEqual([4, '']);
  expect(refused.err).toMatch(/is not in .*Rotate it on the node that has it, or say --lost/);
  const rotated = await run('log', 'rotate-key', '--json');
  expect([rotated.code, JSON.parse(rotated.out).number]).toEqual([0, 2]);
  await sequenceAll(kernel.store);
  await signAll(signing);
  const out = join(directory, 'b');
  const said = JSON.parse((await run('log', 'export', out, '--json')).out);
  expect(said.keys.map((key: { id: string }) => key.id)).toEqual([expect.any(String), before[0].id]);
  expect(readFileSync(join(out, 'key'), 'utf8')).toBe(
    said.keys.map((key: { vkey: string }) => `${key.vkey}\n`).join(''),
  );
  const report = await verify(out);
  expect([report.faults, report.checkpoint?.size]).toEqual([[], 606]);
  const entries = await kernel.store.owner.query(
    `select 1 from entry where organisation = $1 and act = 'log.key-rotated'`,
    [ctx.organisation],
  );
  expect(entries.rowCount).toBe(1);
});

test('with what was signed last gone, nothing is signed until an operator says what the log goes on from', async () => {
  const kept = join(directory, 'kept');
  await run('log', 'export', join(directory, 'before'));
  writeFileSync(kept, readFileSync(join(directory, 'before', 'checkpoint')));
  rmSync(join(signing.directory, 'signed'), { recursive: true });
  await write(1);
  const exported = await run('log', 'export', join(directory, 'gone'));
  expect([exported.code, exported.err]).toEqual([
    0,
    expect.stringMatching(/is not signed\. What was signed last is not in .*"throughline log resume"/),
  ]);
  const unsaid = await run('log', 'resume');
  expect([unsaid.code, unsaid.err]).toEqual([2, expect.stringContaining('Say what the log goes on from:')]);
  expect((await run('log', 'resume', '--published', '--nothing')).code).toBe(2);
  expect((await run('log', 'resume', '--checkpoint', join(directory, 'nowhere'))).code).toBe(3);
  const foreign = await run('log', 'resume', '--checkpoint', join(directory, 'before', 'key'));
  expect([foreign.code, foreign.err]).toEqual([4, expect.stringContaining('This is no checkpoint of aims.')]);
  const without = await runWith(bare, 'log', 'resume', '--published');
  expect([without.code, without.err]).toEqual([
    4,
    expect.stringContaining('Resume on the node that has it.'),
  ]);
  const ran = await run('log', 'resume', '--checkpoint', kept, '--json');
  expect([ran.code, JSON.parse(ran.out)]).toEqual([
    0,
    {
      from: 'kept',
      checkpoint: { origin: `aims.example.org/log/${ctx.organisation}`, size: 606, root: expect.any(String) },
    },
  ]);
  const again = await run('log', 'resume', '--published');
  expect([again.code, again.err]).toEqual([4, expect.stringMatching(/What was signed last stands in/)]);
  const after = join(directory, 'after');
  expect(JSON.parse((await run('log', 'export', after, '--json')).out).size).toBe(608);
  expect((await verify(after)).faults).toEqual([]);
});

/** Ids of the entries of an export, in the order of their places. */
function exportedEntries(root: string): string[] {
  return [...walk(join(root, 'tile', 'entries'))]
    .map((path) => join('tile', 'entries', path))
    .flatMap((path) => {
      const bundle = parsePath(path);
      if (bundle.kind !== 'entries') throw new Error(`${path} is no bundle`);
      const entries = decodeBundle(readFileSync(join(root, path)), bundle.width);
      return entries.map((entry, at): [number, string] => [
        bundle.index * tileWidth + at,
        JSON.parse(Buffer.from(entry).toString('utf8')).id,
      ]);
    })
    .sort(([a], [b]) => a - b)
    .map(([, id]) => id);
}

test('exports while others write are each of one signed moment, with all that was written before they began', async () => {
  let writing = true;
  const errors: unknown[] = [];
  const onError = (error: unknown) => errors.push(error);
  await using _sequencer = startSequencer(signing, { everyMs: 50, onError });
  const committed: string[] = [];
  const writer = async (many: number) => {
    while (writing) {
      const ids: string[] = [];
      await kernel.store.change(ctx, async (write) => {
        for (let n = 0; n < many; n += 1)
          ids.push(write.log({ act: 'token.revoked', token: ctx.organisation, roles: [] }));
      });
      committed.push(...ids);
      await pause(20);
    }
  };
  // Some commit an entry at a time, others more than a tile holds.
  const writers = [1, 3, 300].map(writer);
  const held: HeldCheckpoint[] = [];
  try {
    for (let n = 0; n < 3; n += 1) {
      const out = join(directory, `beside-${n}`);
      const before = [...committed];
      const ran = await run('log', 'export', out, '--json');
      expect(ran.code).toBe(0);
      expect(committed.length).toBeGreaterThan(before.length);
      const said = JSON.parse(ran.out);
      const report = await verify(out, held);
      expect([report.faults, report.checkpoint?.size]).toEqual([[], said.size]);
      const exported = exportedEntries(out);
      const { rows } = await kernel.store.owner.query<{ entry: string }>(
        'select entry from log_leaf where organisation = $1 and index < $2 order by index',
        [ctx.organisation, said.size],
      );
      expect(exported).toEqual(rows.map(({ entry }) => entry));
      expect(exported.length).toBe(said.size);
      const there = new Set(exported);
      expect(before.filter((id) => !there.has(id))).toEqual([]);
      held.push(parseCheckpoint(parseNote(Buffer.from(said.checkpoint)).text));
    }
  } finally {
    writing = false;
    await Promise.all(writers);
  }
  expect(held.map(({ size }) => size)).toEqual(held.map(({ size }) => size).toSorted((a, b) => a - b));
  expect(held.at(-1)?.size).toBeGreaterThan(held[0]?.size ?? 0);
  expect(errors).toEqual([]);
});
