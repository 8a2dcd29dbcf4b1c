import { chmodSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { openPublished, type TestSigning, testSigning } from '../../test/signing.ts';
import type { Context } from '../store/context.ts';
import { logKeys } from '../store/log-keys.ts';
import { ensureKey, whyNotSigning } from './ensure-key.ts';
import { findKey, keysIn, makeKeyFile } from './key-files.ts';
import { lastSigned } from './last-signed.ts';
import { rotateKey, tellRotations } from './rotate-key.ts';
import { sequenceAll } from './sequencer.ts';
import { ed25519Verify, signAll } from './signer.ts';

let kernel: TestKernel;
const nodes: TestSigning[] = [];
beforeAll(async () => {
  kernel = await testKernel();
});
afterEach(async () => {
  for (const node of nodes.splice(0)) node.close();
  await kernel.store.owner.query(
    'alter table log_key disable trigger all; delete from log_key; alter table log_key enable trigger all',
  );
  await kernel.store.owner.query(
    'alter table log_key_entry disable trigger all; delete from log_key_entry; alter table log_key_entry enable trigger all',
  );
});
afterAll(() => kernel.close());

const operator = { type: 'rule', rule: 'operator' } as const;

function node(): TestSigning {
  const made = testSigning(kernel.store);
  nodes.push(made);
  return made;
}
const registered = async () => (await kernel.store.asOwner(logKeys)).map((key) => key.public.toString('hex'));
const held = async ({ directory }: TestSigning) =>
  (await keysIn(directory)).map((key) => key.public.toString('hex'));
async function placed(): Promise<Context> {
  const organisation = await kernel.organisation();
  const ctx = kernel.context(organisation, await kernel.member(organisation, ['admin']));
  await kernel.store.change(ctx, async (write) =>
    write.log({ act: 'token.revoked', token: organisation, roles: [] }),
  );
  await sequenceAll(kernel.store);
  return ctx;
}

test('a key is made once, in a file for this account alone, and signs as RFC 8032 says', async () => {
  const one = node();
  expect(await ensureKey(one)).toBe(true);
  expect(await ensureKey(one)).toBe(true);
  const files = readdirSync(one.directory);
  expect(files).toEqual([expect.stringMatching(/^[0-9a-f]{16}\.pem$/)]);
  expect(statSync(join(one.directory, files[0] ?? '')).mode & 0o777).toBe(0o600);
  expect(await held(one)).toEqual(await registered());
  const [key] = await keysIn(one.directory);
  const message = Buffer.from('text');
  const signature = key?.sign(message) ?? Buffer.of();
  expect(signature).toHaveLength(64);
  expect(ed25519Verify(key?.public ?? Buffer.of(), message, signature)).toBe(true);
  expect(ed25519Verify(key?.public ?? Buffer.of(), Buffer.from('other'), signature)).toBe(false);
});

test('a file that a rotation removed while keys are read is no key any more, and no fault', async () => {
  const { directory } = node();
  const key = await makeKeyFile(directory);
  symlinkSync(join(directory, 'gone'), join(directory, '0123456789abcdef.pem'));
  expect((await keysIn(directory)).map((one) => one.public)).toEqual([key.public]);
});

test('three nodes that start at once register one key, and one of them has it', async () => {
  const three = [node(), node(), node()];
  const has = await Promise.all(three.map((one) => ensureKey(one)));
  expect(has.filter(Boolean)).toHaveLength(1);
  expect(await registered()).toHaveLength(1);
  expect((await Promise.all(three.map(held))).flat()).toEqual(await registered());
  const without = three.filter((_, at) => !has[at]);
  for (const one of without)
    expect(await whyNotSigning(one)).toMatch(
      /does not sign it: the private key that is registered is not in/,
    );
});

test('three nodes with one directory share one key', async () => {
  const one = node();
  const has = await Promise.all([one, { ...one }, { ...one }].map((each) => ensureKey(each)));
  expect(has).toEqual([true, true, true]);
  expect(await held(one)).toEqual(await registered());
});

test('a node without the key serves on, and signs and complains of nothing', async () => {
  const [keyed, bare] = [node(), node()];
  await ensureKey(keyed);
  expect(await ensureKey(bare)).toBe(false);
  const { organisation } = await placed();
  expect(await signAll(bare)).toBe(0);
  await expect(openPublished(kernel.store, organisation)).rejects.toThrow('Nothing is published');
  expect(bare.told).toEqual([]);
  expect(await signAll(keyed)).toBeGreaterThan(0);
  expect(await openPublished(kernel.store, organisation)).toMatchObject({ size: 1 });
});

test.each([0o777, 0o770, 0o702])(
  'a directory of the key that other accounts may write in (%o) is refused, also before a key is made there',
  async (mode) => {
    const one = node();
    chmodSync(one.directory, mode);
    const said = `Set the rights of ${one.directory} to 0700.`;
    expect(await whyNotSigning(one)).toContain(said);
    expect([readdirSync(one.directory), await registered()]).toEqual([[], []]);
    chmodSync(one.directory, 0o700);
    await ensureKey(one);
    const { organisation } = await placed();
    chmodSync(one.directory, mode);
    expect(await signAll(one)).toBe(0);
    expect(one.told.find((line) => line.includes(organisation))).toContain(said);
    chmodSync(one.directory, 0o755);
    expect(await signAll(one)).toBeGreaterThan(0);
  },
);

test('a record of what was signed that other accounts may replace is not gone by', async () => {
  const one = node();
  await ensureKey(one);
  const { organisation } = await placed();
  await signAll(one);
  const signed = join(one.directory, 'signed');
  chmodSync(signed, 0o777);
  await expect(lastSigned(one.directory, organisation)).rejects.toMatchObject({ reason: 'key-exposed' });
  chmodSync(signed, 0o700);
  expect(await lastSigned(one.directory, organisation)).toMatchObject({ size: 1 });
});

test('a key that other accounts may read is refused, and good again once they may not', async () => {
  const one = node();
  await ensureKey(one);
  const file = join(one.directory, readdirSync(one.directory)[0] ?? '');
  chmodSync(file, 0o640);
  expect(await whyNotSigning(one)).toContain(`Set the rights of ${file} to 0600.`);
  const { organisation } = await placed();
  expect(await signAll(one)).toBe(0);
  expect(one.told.find((line) => line.includes(organisation))).toMatch(/Other accounts may reach/);
  chmodSync(file, 0o600);
  expect(await whyNotSigning(one)).toBeUndefined();
  expect(await signAll(one)).toBeGreaterThan(0);
});

test('a file that holds no key, or another than its name says, is refused by name', async () => {
  const [one, other] = [node(), node()];
  await ensureKey(one);
  const file = join(one.directory, readdirSync(one.directory)[0] ?? '');
  writeFileSync(file, 'nonsense');
  expect(await whyNotSigning(one)).toContain(`${file} holds no Ed25519 key in PEM.`);
  const foreign = await makeKeyFile(other.directory);
  const [source = ''] = readdirSync(other.directory);
  writeFileSync(file, statSync(join(other.directory, source)).size > 0 ? await pem(other, source) : '');
  const [mine] = await kernel.store.asOwner(logKeys);
  await expect(findKey(one.directory, mine?.public ?? Buffer.of())).rejects.toMatchObject({
    reason: 'key-unreadable',
  });
  expect((await findKey(other.directory, foreign.public))?.public.equals(foreign.public)).toBe(true);
});
const pem = async ({ directory }: TestSigning, name: string) =>
  (await import('node:fs/promises')).readFile(join(directory, name), 'utf8');

test('a directory that cannot be made is said, and nothing is registered', async () => {
  const one = node();
  const path = join(one.directory, 'file');
  writeFileSync(path, '');
  expect(await whyNotSigning({ ...one, directory: join(path, 'below') })).toMatch(
    /The directory of the log's key, .*below, cannot be used: ENOTDIR/,
  );
  expect(await registered()).toEqual([]);
});

test('rotation makes another key sign, keeps the old public one and removes the old private one', async () => {
  const one = node();
  await ensureKey(one);
  const ctx = await placed();
  await signAll(one);
  const first = await openPublished(kernel.store, ctx.organisation);
  const { now, before } = await rotateKey(one, { actor: operator, lost: false });
  expect(await registered()).toEqual([before, now].map((key) => key.public.toString('hex')));
  expect(await held(one)).toEqual([now.public.toString('hex')]);
  await sequenceAll(kernel.store);
  await signAll(one);
  const second = await openPublished(kernel.store, ctx.organisation);
  expect([first.published.key, second.published.key]).toEqual([1, 2]);
  expect(second.size).toBe(first.size + 1);
  const { rows } = await kernel.store.owner.query<{ body: Buffer }>(
    `select body from entry where organisation = $1 and act = 'log.key-rotated'`,
    [ctx.organisation],
  );
  expect(rows.map((row) => JSON.parse(row.body.toString('utf8')))).toEqual([
    expect.objectContaining({
      actor: { type: 'rule', id: 'operator' },
      key: now.public.toString('hex'),
      previous: before.public.toString('hex'),
    }),
  ]);
});

test('a log is signed anew at once after a rotation, also while nothing is written', async () => {
  const one = node();
  await ensureKey(one);
  const ctx = await placed();
  await signAll(one);
  await rotateKey(one, { actor: operator, lost: false });
  expect(await signAll(one)).toBeGreaterThan(0);
  expect((await openPublished(kernel.store, ctx.organisation)).published.key).toBe(2);
});

test('only whoever has the key rotates it; a key that nobody has is replaced when that is said', async () => {
  const [one, other] = [node(), node()];
  await ensureKey(one);
  const ctx = await placed();
  await expect(rotateKey(other, { actor: operator, lost: false })).rejects.toMatchObject({
    reason: 'no-key',
  });
  expect(await held(other)).toEqual([]);
  rmSync(one.directory, { recursive: true });
  mkdirSync(one.directory);
  const { now } = await rotateKey(one, { actor: operator, lost: true });
  expect([now.number, now.lost]).toEqual([2, true]);
  const { rows } = await kernel.store.owner.query<{ body: Buffer }>(
    `select body from entry where organisation = $1 and act = 'log.key-rotated'`,
    [ctx.organisation],
  );
  expect(JSON.parse(rows[0]?.body.toString('utf8') ?? '{}')).toMatchObject({ lost: true });
});

test('a rotation that ended before its entries is told by whoever comes next, once; later organisations need none', async () => {
  const one = node();
  await ensureKey(one);
  const ctx = await placed();
  await kernel.store.owner.query('insert into log_key values (2, $1, false, now())', [Buffer.alloc(32, 2)]);
  const later = await kernel.organisation();
  const entries = async () =>
    (
      await kernel.store.owner.query<{ organisation: string }>(
        `select organisation from log_key_entry where organisation = any($1)`,
        [[ctx.organisation, later]],
      )
    ).rows;
  await tellRotations(kernel.store, one.clock, operator);
  expect(await entries()).toEqual([{ organisation: ctx.organisation }]);
  expect(await tellRotations(kernel.store, one.clock, operator)).toBe(0);
  expect(await entries()).toHaveLength(1);
});
