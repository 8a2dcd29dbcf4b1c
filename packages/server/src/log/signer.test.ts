import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatCheckpoint, parseCheckpoint } from '@throughline/tlog/checkpoint.ts';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { asAttacker, ensureWholeLog, rebuildTree } from '../../test/log-tampering.ts';
import { keyedSigning, openPublished, type TestSigning, testSigning } from '../../test/signing.ts';
import type { Context } from '../store/context.ts';
import { addLogOrigin, publishedCheckpoint, signingRefusal } from '../store/log-checkpoint.ts';
import { keysIn } from './key-files.ts';
import { announceOrigin } from './last-signed.ts';
import { resumeSigning } from './resume.ts';
import { sequenceAll } from './sequencer.ts';
import { signAll } from './signer.ts';

let kernel: TestKernel;
let signing: TestSigning;
let ctx: Context;
beforeAll(async () => {
  kernel = await testKernel();
  signing = await keyedSigning(kernel.store);
});
afterAll(async () => {
  signing.close();
  await kernel.close();
});
beforeEach(async () => {
  const organisation = await kernel.organisation();
  ctx = kernel.context(organisation, await kernel.member(organisation, ['admin']));
  signing.told.length = 0;
});

// A log that is broken on purpose keeps its pending entries: no later test is to stumble over them.
afterEach(() => asAttacker(kernel.store, ['delete from entry_pending', []]));

const of = () => ctx.organisation;
const recordOf = (node = signing) => join(node.directory, 'signed', of());
async function write(entries: number): Promise<void> {
  await kernel.store.change(ctx, async (write) => {
    for (let n = 0; n < entries; n += 1) write.log({ act: 'token.revoked', token: of(), roles: [] });
  });
  await sequenceAll(kernel.store);
}
async function signed(entries: number): Promise<void> {
  await write(entries);
  expect(await signAll(signing)).toBe(1);
}
const refusal = () => kernel.store.asOwner((db) => signingRefusal(db, of()));
const published = () => kernel.store.asOwner((db) => publishedCheckpoint(db, of()));
async function refusedFor(reason: string, message: RegExp): Promise<void> {
  const before = await published();
  expect(await signAll(signing)).toBe(0);
  expect(await refusal()).toMatchObject({ reason, message: expect.stringMatching(message) });
  expect(await published()).toEqual(before);
  expect(await signAll(signing)).toBe(0);
  // Once, however often it is refused.
  expect(signing.told).toEqual([expect.stringMatching(message)]);
  signing.told.length = 0;
}

test('what is placed is signed, under a name that stays, and what was signed stands beside the key', async () => {
  await signed(3);
  const first = await openPublished(kernel.store, of());
  expect(first).toMatchObject({ size: 3, origin: `throughline.internal/log/${of()}` });
  expect(parseCheckpoint(readFileSync(recordOf(), 'utf8'))).toMatchObject({ size: 3, origin: first.origin });
  expect(await signAll(signing)).toBe(0);
  // An address that is configured later names later logs, not this one.
  await write(2);
  await signAll({ ...signing, address: 'aims.example.org' });
  expect(await openPublished(kernel.store, of())).toMatchObject({ size: 5, origin: first.origin });
  await ensureWholeLog(kernel.store, of());
});

test('a log grows and is signed at every size, past the edges of tiles', async () => {
  for (const entries of [1, 254, 1, 1, 255, 300, 5_000]) {
    await signed(entries);
    await ensureWholeLog(kernel.store, of());
  }
  expect(signing.told).toEqual([]);
});

test('a log that lost its newest entry is not signed', async () => {
  await signed(5);
  await asAttacker(kernel.store, ['delete from log_leaf where organisation = $1 and index = 4', [of()]]);
  await rebuildTree(kernel.store, of());
  await refusedFor('smaller', /The log has 4 entries, and 5 were signed before\. Entries are missing\./);
  // Grown to the old size with another entry in the place, it is still not what was signed.
  await write(1);
  await refusedFor('inconsistent', /The first 5 entries are not those that were signed before/);
  await write(500);
  expect(await signAll(signing)).toBe(0);
  expect((await published())?.size).toBe(5);
});

test('a database set back to yesterday is not signed, though its own checkpoint fits it', async () => {
  await signed(4);
  const yesterday = await published();
  await signed(4);
  await asAttacker(
    kernel.store,
    ['delete from log_leaf where organisation = $1 and index >= 4', [of()]],
    [
      'update log_checkpoint set size = 4, root = $2, note = $3 where organisation = $1',
      [of(), yesterday?.root, yesterday?.note],
    ],
  );
  await rebuildTree(kernel.store, of());
  await write(1);
  await refusedFor('smaller', /The log has 5 entries, and 8 were signed before/);
});

test.each([0, 100, 299])(
  'a log whose entry %i was changed, with all of its tree, is not signed',
  async (index) => {
    await signed(300);
    await asAttacker(kernel.store, [
      `update log_leaf set hash = $3 where organisation = $1 and index = $2`,
      [of(), index, Buffer.alloc(32, 7)],
    ]);
    await rebuildTree(kernel.store, of());
    await refusedFor('inconsistent', /Entries were changed\./);
    await write(10);
    expect(await signAll(signing)).toBe(0);
  },
);

test('a head, a leaf or a tile that does not fit the rest is neither signed nor built upon', async () => {
  const broken = async () => {
    const found: string[] = [];
    await kernel.store.change(ctx, async (write) =>
      write.log({ act: 'token.revoked', token: of(), roles: [] }),
    );
    await sequenceAll(kernel.store, async (organisation, error) => {
      found.push(`${organisation} ${error.message}`);
    });
    return found;
  };
  await signed(300);
  await asAttacker(kernel.store, [
    'update log_head set root = $2 where organisation = $1',
    [of(), Buffer.alloc(32, 1)],
  ]);
  await refusedFor('broken', /do not lead to the root of the head at 300 entries/);
  expect(await broken()).toEqual([expect.stringContaining(of())]);
  await rebuildTree(kernel.store, of());
  expect(await signAll(signing)).toBe(0);
  await sequenceAll(kernel.store);
  expect(await signAll(signing)).toBe(1);
  expect(await refusal()).toBeUndefined();
  await asAttacker(kernel.store, [
    'update log_tile set root = $2 where organisation = $1',
    [of(), Buffer.alloc(32)],
  ]);
  expect(await broken()).toHaveLength(1);
  await asAttacker(kernel.store, ['delete from log_tile where organisation = $1', [of()]]);
  expect(await broken()).toEqual([expect.stringContaining('Tile 0 of level 1 is not as wide as 1')]);
});

test('a log that breaks keeps no other from being placed and signed', async () => {
  await signed(3);
  const torn = ctx;
  await asAttacker(kernel.store, [
    'update log_leaf set hash = $2 where organisation = $1 and index = 1',
    [of(), Buffer.alloc(32)],
  ]);
  const organisation = await kernel.organisation();
  ctx = kernel.context(organisation, await kernel.member(organisation, ['admin']));
  const log = { act: 'token.revoked', token: of(), roles: [] } as const;
  for (const each of [torn, ctx]) await kernel.store.change(each, async (write) => write.log(log));
  const found: string[] = [];
  await sequenceAll(kernel.store, async (broken) => {
    found.push(broken);
  });
  expect(found).toEqual([torn.organisation]);
  expect(await signAll(signing)).toBe(1);
  expect(await openPublished(kernel.store, of())).toMatchObject({ size: 1 });
});

test('what was signed last must be readable', async () => {
  await signed(2);
  const before = readFileSync(recordOf(), 'utf8');
  writeFileSync(recordOf(), 'nonsense');
  await write(1);
  await refusedFor('record-unreadable', /does not say what was signed last/);
  writeFileSync(recordOf(), before);
  expect(await signAll(signing)).toBe(1);
});

test('another name for the log is refused until a restore announces it, and lets off from nothing twice', async () => {
  await signed(3);
  const { origin } = await openPublished(kernel.store, of());
  const renamed = await kernel.store.asOwner((db) => addLogOrigin(db, of(), origin, new Date()));
  expect(renamed).toBe(`${origin}/2`);
  await refusedFor('other-origin', /was signed as .* before and is now called .*\/2/);
  await announceOrigin(signing.directory, of(), renamed);
  const noon = { ...signing, clock: () => new Date('2026-11-21T12:00:00Z') };
  expect(await signAll(noon)).toBe(1);
  expect(await openPublished(kernel.store, of())).toMatchObject({ size: 3, origin: renamed });
  const beside = () => readdirSync(join(signing.directory, 'signed')).filter((name) => name.startsWith(of()));
  expect(beside().sort()).toEqual([of(), `${of()}.until-2026-11-21T120000.000Z`]);
  rmSync(recordOf());
  await write(1);
  await refusedFor('record-missing', /What was signed last is not in/);
});

test('a node that was handed the key signs nothing smaller than what another one published', async () => {
  await signed(5);
  const copy = testSigning(kernel.store);
  const [name = ''] = readdirSync(signing.directory).filter((file) => file.endsWith('.pem'));
  writeFileSync(join(copy.directory, name), readFileSync(join(signing.directory, name)), { mode: 0o600 });
  expect(await keysIn(copy.directory)).toHaveLength(1);
  await asAttacker(kernel.store, ['delete from log_leaf where organisation = $1 and index > 2', [of()]]);
  await rebuildTree(kernel.store, of());
  const before = await published();
  await signAll(copy);
  expect(await published()).toEqual(before);
  expect(copy.told.filter((line) => line.includes(of()))).toEqual([
    expect.stringMatching(/What was signed last is not in/),
  ]);
  const operator = { type: 'rule', rule: 'operator' } as const;
  await expect(resumeSigning(copy, of(), { from: 'database' }, operator)).rejects.toMatchObject({
    reason: 'smaller',
    message: expect.stringMatching(/The log has 3 entries, and 5 were signed before/),
  });
  expect(existsSync(recordOf(copy))).toBe(false);
  copy.close();
});

test('a checkpoint that nobody of ours signed binds nobody, and the true one takes its place', async () => {
  await signed(3);
  const { origin, published: row } = await openPublished(kernel.store, of());
  const text = formatCheckpoint({ origin, size: 900, root: Buffer.alloc(32), extensions: [] });
  for (const note of [`${text}\n${row.note.split('\n\n')[1]}`, 'nonsense'])
    await asAttacker(kernel.store, [
      'update log_checkpoint set size = 900, root = $2, note = $3 where organisation = $1',
      [of(), Buffer.alloc(32), note],
    ]);
  expect(await signAll(signing)).toBe(1);
  expect((await openPublished(kernel.store, of())).published.note).toBe(row.note);
});

test('entries that were placed before there was a tree get one, and the same root', async () => {
  await write(700);
  const head = async () =>
    (await kernel.store.owner.query('select size, root from log_head where organisation = $1', [of()])).rows;
  const before = await head();
  await asAttacker(
    kernel.store,
    ['delete from log_tile where organisation = $1', [of()]],
    ['update log_head set root = null where organisation = $1', [of()]],
  );
  expect(await signAll(signing)).toBe(0);
  await sequenceAll(kernel.store);
  expect(await head()).toEqual(before);
  expect(await signAll(signing)).toBe(1);
  await ensureWholeLog(kernel.store, of());
});
