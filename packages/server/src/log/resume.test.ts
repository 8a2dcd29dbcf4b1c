import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toHex } from '@throughline/tlog/bytes.ts';
import { parseCheckpoint } from '@throughline/tlog/checkpoint.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { asAttacker, ensureWholeLog, rebuildTree } from '../../test/log-tampering.ts';
import { keyedSigning, openPublished, type TestSigning, testSigning } from '../../test/signing.ts';
import type { Context } from '../store/context.ts';
import { publishedCheckpoint, signingRefusal } from '../store/log-checkpoint.ts';
import { type ResumeFrom, resumeSigning } from './resume.ts';
import { tellFirstKeys } from './rotate-key.ts';
import { sequenceAll } from './sequencer.ts';
import { signAll } from './signer.ts';

/** What is to happen when somebody takes away what was signed last, alone or with whatever else says that it was. */
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
  await write(4);
  expect(await signAll(signing)).toBeGreaterThan(0);
  signing.told.length = 0;
});

const operator = { type: 'rule', rule: 'operator' } as const;
const of = () => ctx.organisation;
const record = () => join(signing.directory, 'signed', of());
const published = () => kernel.store.asOwner((db) => publishedCheckpoint(db, of()));
const refusal = () => kernel.store.asOwner((db) => signingRefusal(db, of()));
const resume = (from: ResumeFrom, node = signing) => resumeSigning(node, of(), from, operator);
const owner = (...statements: string[]) =>
  asAttacker(kernel.store, ...statements.map((text): [string, unknown[]] => [text, [of()]]));
async function write(entries: number): Promise<void> {
  await kernel.store.change(ctx, async (write) => {
    for (let n = 0; n < entries; n += 1) write.log({ act: 'token.revoked', token: of(), roles: [] });
  });
  await sequenceAll(kernel.store);
}
async function signs(): Promise<boolean> {
  await sequenceAll(kernel.store);
  await signAll(signing);
  return (await refusal()) === undefined;
}
async function said(): Promise<unknown[]> {
  const { rows } = await kernel.store.owner.query<{ body: Buffer }>(
    `select body from entry where organisation = $1 and act = 'log.resumed' order by seq`,
    [of()],
  );
  return rows.map((row) => JSON.parse(row.body.toString('utf8')));
}

const taken: readonly (readonly [string, () => Promise<void>])[] = [
  ['the record alone', async () => rmSync(record())],
  ['all records', async () => rmSync(join(signing.directory, 'signed'), { recursive: true })],
  [
    'the record and the published checkpoint',
    async () => {
      rmSync(record());
      await owner('delete from log_checkpoint where organisation = $1');
    },
  ],
  [
    'the record, the checkpoint and the name, while an entry tells of the key',
    async () => {
      await tellFirstKeys(signing, operator);
      rmSync(record());
      await owner(
        'delete from log_checkpoint where organisation = $1',
        'delete from log_origin where organisation = $1',
        'delete from log_key_entry where organisation = $1',
      );
    },
  ],
];

test.each(taken)('with %s taken away nothing is signed, and that is told once', async (_, take) => {
  await take();
  const before = await published();
  await write(2);
  for (const _round of [1, 2]) expect(await signs()).toBe(false);
  expect(await refusal()).toMatchObject({
    reason: 'record-missing',
    message: expect.stringContaining('say what the log goes on from: "throughline log resume"'),
  });
  expect(await published()).toEqual(before);
  expect(existsSync(record())).toBe(false);
  expect(signing.told.filter((line) => line.includes(of()))).toHaveLength(1);
});

test('entries taken away along with the record are not signed over by somebody who names a kept checkpoint', async () => {
  const { note } = (await openPublished(kernel.store, of())).published;
  rmSync(record());
  await owner('delete from log_leaf where organisation = $1 and index = 3');
  await rebuildTree(kernel.store, of());
  await expect(resume({ from: 'kept', note })).rejects.toMatchObject({ reason: 'smaller' });
  await write(3);
  await expect(resume({ from: 'kept', note })).rejects.toMatchObject({ reason: 'inconsistent' });
  await expect(resume({ from: 'database' })).rejects.toMatchObject({ reason: 'inconsistent' });
  expect([await signs(), await said()]).toEqual([false, []]);
});

test('an operator names a checkpoint that was kept, the log says so, and everything goes on', async () => {
  const kept = await openPublished(kernel.store, of());
  await write(3);
  await signs();
  rmSync(record());
  await write(1);
  expect(await signs()).toBe(false);
  expect(await resume({ from: 'kept', note: kept.published.note })).toMatchObject({
    from: 'kept',
    checkpoint: { size: 4 },
  });
  expect(parseCheckpoint(readFileSync(record(), 'utf8'))).toMatchObject({ size: 4, origin: kept.origin });
  expect(await signs()).toBe(true);
  expect((await ensureWholeLog(kernel.store, of())).size).toBe(9);
  expect(await said()).toEqual([
    expect.objectContaining({
      actor: { type: 'rule', id: 'operator' },
      from: 'kept',
      checkpoint: { origin: kept.origin, size: 4, root: toHex(kept.root) },
    }),
  ]);
});

test('what the database has is gone on from where that is said, and the entry tells whose word it was', async () => {
  const { origin, root } = await openPublished(kernel.store, of());
  rmSync(record());
  await write(1);
  await expect(resume({ from: 'nobody' })).rejects.toThrow('has a signed checkpoint of 4 entries');
  await resume({ from: 'database' });
  expect(await signs()).toBe(true);
  expect(await said()).toEqual([
    expect.objectContaining({ from: 'database', checkpoint: { origin, size: 4, root: toHex(root) } }),
  ]);
});

test('where nothing is left to go on from, that is said too, and the log keeps its name', async () => {
  const { origin } = await openPublished(kernel.store, of());
  rmSync(record());
  await owner('delete from log_checkpoint where organisation = $1');
  await expect(resume({ from: 'database' })).rejects.toThrow('has no checkpoint of this log');
  expect(await resume({ from: 'nobody' })).toEqual({ from: 'nobody', checkpoint: null });
  expect(await signs()).toBe(true);
  expect(await said()).toEqual([expect.objectContaining({ from: 'nobody', checkpoint: null })]);
  expect(await openPublished(kernel.store, of())).toMatchObject({ size: 5, origin });
});

test('a record that cannot be read is put aside for what is named', async () => {
  writeFileSync(record(), 'nonsense');
  await write(1);
  expect([await signs(), (await refusal())?.reason]).toEqual([false, 'record-unreadable']);
  await resume({ from: 'database' });
  expect(await signs()).toBe(true);
  const aside = readdirSync(join(signing.directory, 'signed')).filter((name) =>
    name.startsWith(`${of()}.until-`),
  );
  expect(aside.map((name) => readFileSync(join(signing.directory, 'signed', name), 'utf8'))).toEqual([
    'nonsense',
  ]);
});

test('there is nothing to resume where the record stands, where nothing was signed, and where the key is not', async () => {
  await expect(resume({ from: 'database' })).rejects.toThrow(/stands in .* \(4 entries\)/);
  const { note } = (await openPublished(kernel.store, of())).published;
  const bare = testSigning(kernel.store);
  await expect(resume({ from: 'kept', note }, bare)).rejects.toMatchObject({ reason: 'no-key' });
  bare.close();
  const organisation = await kernel.organisation();
  ctx = kernel.context(organisation, await kernel.member(organisation, ['admin']));
  await write(1);
  await expect(resume({ from: 'nobody' })).rejects.toThrow('Nothing of this log was signed yet');
  await expect(resume({ from: 'kept', note })).rejects.toThrow('Nothing of this log was signed yet');
  expect(await signs()).toBe(true);
  rmSync(record());
  await expect(resume({ from: 'kept', note })).rejects.toThrow('no checkpoint of throughline.internal/log/');
  await expect(resume({ from: 'kept', note: 'nonsense' })).rejects.toThrow('is no checkpoint of');
});
