import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyState, growTree } from '@throughline/tlog/grow.ts';
import { leafHash } from '@throughline/tlog/hash.ts';
import { parseProofFile } from '@throughline/tlog/proof-file.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Backups, backups } from '../../../test/backups.ts';
import {
  cookieHeaders,
  firstAdministrator,
  ifMatch,
  password,
  type TestServer,
  testServer,
} from '../../../test/factories.ts';
import { keyedSigning, openPublished, type TestSigning, testSigning } from '../../../test/signing.ts';
import { found, publish, verifiedWorld, type World } from '../../../test/verified-world.ts';
import { proofFile } from '../../http/present/log.ts';
import { ensureKey } from '../../log/ensure-key.ts';
import { lastSigned } from '../../log/last-signed.ts';
import { sequenceAll } from '../../log/sequencer.ts';
import { entriesFrom } from '../../store/log-proof.ts';
import { sha256 } from '../../store/sha256.ts';
import { checkProof, proveRef, readVerifierKey } from '../log/prove-ref.ts';
import { trustedFor } from '../log/trusted.ts';
import { verifyOrganisation } from '../log/verify-organisation.ts';
import { openFrames } from './frames.ts';

const email = 'head.of.compliance@example.org';
const files: Backups = backups();
let source: TestServer;
let signing: TestSigning;
let world: World;
/** A proof of a version, made before anything was backed up, and the key as it was published then. */
let old: { proof: string; vkey: string };
let whole: string;
let alone: string;
/** The installation restored with the key that signed before, and the organisation restored where nothing is known of it. */
let again: { server: TestServer; signing: TestSigning };
let elsewhere: { server: TestServer; signing: TestSigning };

beforeAll(async () => {
  source = await testServer();
  signing = await keyedSigning(source.store, 'aims.example.org');
  await firstAdministrator(source, email);
  world = await verifiedWorld(source, signing);
  old = await provenIn(source);
  whole = (await files.make(source.store.owner, 'whole')).path;
  alone = (await files.make(source.store.owner, 'alone', world.organisation)).path;
  // What is signed after the backup: a restore loses it, and the key's directory remembers.
  const edit = { fields: { purpose: 'Sorts all claims' } };
  expect((await world.manager.send('PATCH', '/systems/SYS-1', edit, ifMatch(2))).statusCode).toBe(200);
  await publish(source, signing);
  again = await restored(whole, { keys: signing.directory, manyBytes: 0 });
  elsewhere = await restored(alone);
});
afterAll(async () => {
  for (const one of [again, elsewhere]) {
    one.signing.close();
    await one.server.close();
  }
  signing.close();
  await source.close();
  files.close();
});

async function provenIn(server: TestServer): Promise<typeof old> {
  const actor = { type: 'person', member: world.manager.id, roles: ['aims-manager'] } as const;
  const proof = await proveRef(server.services, {
    organisation: world.organisation,
    actor,
    ref: 'SYS-1',
    version: 1,
  });
  return { proof: proofFile(proof), vkey: proof.vkey };
}

/**
 * A server on what was restored, everything placed and signed; `keys` is copied, as a directory of keys is kept. With
 * `manyBytes` 0 indexes are taken away and built again, which few rows are not worth otherwise.
 */
async function restored(
  path: string,
  { keys, manyBytes, keepTokens }: { keys?: string; manyBytes?: number; keepTokens?: true } = {},
): Promise<typeof again> {
  const server = await testServer();
  const its = testSigning(server.store, 'elsewhere.example.org');
  if (keys !== undefined) cpSync(keys, its.directory, { recursive: true });
  await files.restore(server.store.owner, path, { keys: its.directory, manyBytes, keepTokens });
  await ensureKey(its);
  await publish(server, its);
  return { server, signing: its };
}

async function contentOf(path: string): Promise<Buffer> {
  const file = await openFrames(path);
  const parts: Buffer[] = [];
  for await (const frame of file.frames()) parts.push(frame.payload);
  await file.close();
  return Buffer.concat(parts);
}

async function checked(proof: string, vkey: string) {
  const file = parseProofFile(proof);
  return checkProof(file, file.extra ?? Buffer.of(), readVerifierKey(vkey));
}

test('nothing that lets somebody in by itself is in a file', async () => {
  const { rows } = await source.store.owner.query<{ hash: Buffer }>(
    'select token_hash as hash from session union all select token_hash from sign_in_link',
  );
  expect(rows.length).toBeGreaterThan(2);
  const keys = readdirSync(signing.directory).filter((name) => name !== 'signed');
  const pem = readFileSync(join(signing.directory, keys[0] ?? ''), 'utf8');
  const seed = Buffer.from(pem.split('\n')[1] ?? '', 'base64').subarray(-32);
  const secrets = [
    ...rows.flatMap(({ hash }) => [hash, Buffer.from(hash.toString('hex'))]),
    Buffer.from(password),
    Buffer.from(world.manager.headers.cookie?.split('=')[1] ?? 'no cookie'),
    Buffer.from(world.token.headers.authorization?.split(' ')[1] ?? 'no token'),
    Buffer.from('PRIVATE KEY'),
    seed,
    Buffer.from(seed.toString('hex')),
  ];
  for (const path of [whole, alone]) {
    const content = await contentOf(path);
    for (const [at, secret] of secrets.entries()) {
      expect(secret.length).toBeGreaterThan(8);
      expect(content.includes(secret), `${path}: secret ${at}`).toBe(false);
    }
  }
});

test('hashes of passwords go with an installation, and not with one organisation', async () => {
  const { rows } = await source.store.owner.query<{ hash: string }>(
    'select password_hash as hash from person where email = $1',
    [email],
  );
  const hash = Buffer.from(rows[0]?.hash ?? 'none');
  expect(hash.toString()).toMatch(/^\$argon2/);
  expect((await contentOf(whole)).includes(hash)).toBe(true);
  const one = await contentOf(alone);
  expect(one.includes(Buffer.from('$argon2'))).toBe(false);
  expect(one.includes(Buffer.from(email))).toBe(false);
});

test('files of evidence come back with the bytes that their digests are of', async () => {
  for (const { server } of [again, elsewhere]) {
    const { rows } = await server.store.owner.query<{ bytes: Buffer; digest: Buffer; size: number }>(
      'select bytes, digest, size::int from blob',
    );
    expect(rows).toHaveLength(1);
    for (const { bytes, digest, size } of rows) {
      expect(createHash('sha256').update(bytes).digest().equals(digest)).toBe(true);
      expect(bytes.length).toBe(size);
    }
    const answer = await server.app.inject({ url: `/api/v1/blobs/${world.blob}`, headers: {} });
    expect(answer.statusCode).toBe(401);
  }
});

test('the log of an organisation that was restored alone verifies, rows against entries', async () => {
  expect(await found(elsewhere.server, world.organisation)).toEqual([]);
  const { origin, size } = await openPublished(elsewhere.server.store, world.organisation);
  expect(origin).toMatch(/^throughline\.internal\/log\/[0-9a-f-]+\/2-[0-9a-f]{8}$/);
  const before = parseProofFile(old.proof);
  expect(size).toBeGreaterThan(Number(before.index) + 1);
});

test('the logs of a restored installation verify, and go on from every checkpoint before the backup', async () => {
  const held = await checked(old.proof, old.vkey);
  expect(await found(again.server, world.organisation, { held: [held.checkpoint] })).toEqual([]);
  expect(await found(elsewhere.server, world.organisation, { held: [held.checkpoint] })).toEqual([]);
});

test.each([
  ['the key that signed before', () => signing.directory],
  ['a new directory of keys', () => undefined],
])(
  'straight after a restore with %s nothing is wrong, and what is not signed yet is said',
  async (_, keys) => {
    const server = await testServer();
    const its = testSigning(server.store, 'elsewhere.example.org');
    const from = keys();
    if (from !== undefined) cpSync(from, its.directory, { recursive: true });
    await files.restore(server.store.owner, whole, { keys: its.directory });
    await sequenceAll(server.store, async () => undefined);
    const given = { directory: its.directory, key: undefined, checkpoints: [], note: () => undefined };
    const verify = async () =>
      verifyOrganisation(
        server.services,
        world.organisation,
        await trustedFor(server.services, world.organisation, given),
      );
    const before = await verify();
    expect([before.faults, before.awaited]).toEqual([[], expect.stringMatching(/\/2-[0-9a-f]{8}$/)]);
    expect(await found(server, world.organisation)).toEqual(['missing checkpoint']);
    // What somebody kept from before is held against the entries, though nothing is signed.
    const entries = await source.store.asOwner((db) => entriesFrom(db, world.organisation, 0, 5));
    const { size, root } = growTree(
      sha256,
      emptyState,
      entries.map((entry) => leafHash(sha256, entry)),
    );
    const heldThen = (...held: { size: number; root: Uint8Array }[]) =>
      found(server, world.organisation, { held, awaited: before.awaited ?? '' });
    expect(await heldThen({ size, root }, { size: 0, root: Buffer.alloc(32) })).toEqual([]);
    expect(await heldThen({ size, root: Buffer.alloc(32) })).toEqual(['forked checkpoint #0']);
    const many = before.size + 7;
    expect(await heldThen({ size: many, root })).toEqual([`shrunk checkpoint #${before.size}`]);
    await server.store.owner.query(
      `update record set state = 'retired' where organisation = $1 and kind = 'system'`,
      [world.organisation],
    );
    expect((await verify()).faults).toMatchObject([{ fault: 'record-differs', column: 'state' }]);
    await ensureKey(its);
    await publish(server, its);
    expect((await verify()).awaited).toBeNull();
    await server.store.owner.query('delete from log_checkpoint');
    const gone = await verify();
    expect([gone.awaited, gone.faults.map(({ fault }) => fault)]).toEqual([
      null,
      expect.arrayContaining(['missing', 'shrunk']),
    ]);
    its.close();
    await server.close();
  },
);

test('whoever holds a checkpoint of after the backup finds out what the restore lost', async () => {
  const later = await openPublished(source.store, world.organisation);
  expect(await found(source, world.organisation, { held: [later] })).toEqual([]);
  const faults = await found(again.server, world.organisation, { held: [later] });
  expect(faults).toEqual([expect.stringMatching(/^(forked|shrunk|root|held|inconsistent).* checkpoint/)]);
});

test('a proof from before verifies with the old key and name, and with no other', async () => {
  const proven = await checked(old.proof, old.vkey);
  expect(proven.checkpoint.origin).toBe(`aims.example.org/log/${world.organisation}`);
  for (const { server } of [again, elsewhere]) {
    const now = await provenIn(server);
    const then = await checked(now.proof, now.vkey);
    expect(then.index).toBe(proven.index);
    expect(parseProofFile(now.proof).extra).toEqual(parseProofFile(old.proof).extra);
    expect(then.checkpoint.origin).not.toBe(proven.checkpoint.origin);
    await expect(checked(old.proof, now.vkey)).rejects.toThrow();
    await expect(checked(now.proof, old.vkey)).rejects.toThrow();
  }
});

test('with the old directory of keys, the old key signs the new name, and what it signed before is put aside', async () => {
  const { organisation } = world;
  const keys = await again.server.store.owner.query('select number, lost from log_key');
  expect(keys.rows).toEqual([{ number: 1, lost: false }]);
  expect(again.signing.told).toEqual([]);
  const later = await lastSigned(signing.directory, organisation);
  const { origin, size } = await openPublished(again.server.store, organisation);
  expect(origin).not.toBe(later?.origin);
  expect(await lastSigned(again.signing.directory, organisation)).toMatchObject({ origin, size });
  const names = readdirSync(join(again.signing.directory, 'signed'));
  const aside = names.filter((name) => name.startsWith(`${organisation}.until-`));
  expect(aside).toHaveLength(1);
  const kept = readFileSync(join(again.signing.directory, 'signed', aside[0] ?? ''), 'utf8');
  expect(kept).toBe(readFileSync(join(signing.directory, 'signed', organisation), 'utf8'));
});

test('a restore that was not kept changes nothing of what is signed', async () => {
  const { store } = again.server;
  const before = await openPublished(store, world.organisation);
  await expect(
    files.restore(store.owner, whole, { keys: again.signing.directory, manyBytes: 0 }),
  ).rejects.toThrow(/An installation is restored into an empty one/);
  await expect(files.restore(store.owner, alone, { keys: again.signing.directory })).rejects.toThrow(
    /is here already/,
  );
  await publish(again.server, again.signing);
  expect(await openPublished(store, world.organisation)).toEqual(before);
  expect(again.signing.told).toEqual([]);
});

test('people of a restored installation sign in with their passwords; nobody is still signed in', async () => {
  const { app } = again.server;
  const session = await app.inject({ url: '/api/v1/session', headers: world.manager.headers });
  expect(session.statusCode).toBe(401);
  const wrong = { email, password: 'another horse entirely' };
  const headers = { 'x-throughline': '1', 'content-type': 'application/json' };
  const post = (payload: object) =>
    app.inject({ method: 'POST', url: '/api/v1/session', headers, payload: JSON.stringify(payload) });
  expect((await post(wrong)).statusCode).toBe(401);
  const answer = await post({ email, password });
  expect(answer.statusCode).toBeLessThan(300);
  const cookie = answer.cookies.find(({ name }) => name === 'throughline')?.value ?? '';
  const state = await app.inject({ url: '/api/v1/log/state', headers: cookieHeaders(cookie) });
  expect(state.json()).toMatchObject({ checkpoint: { size: expect.any(Number) } });
  expect(state.json().origin).toMatch(/\/2-[0-9a-f]{8}$/);
});

test('tokens of a backup open nothing, as any of them may have been ended since; an operator who knows better keeps them', async () => {
  const reads = async ({ app }: TestServer) =>
    (await app.inject({ url: '/api/v1/systems', headers: world.token.headers })).statusCode;
  expect(await reads(again.server)).toBe(401);
  const { rows } = await again.server.store.owner.query<{ actor: string }>(
    `select actor_id as actor from entry where act = 'token.revoked'`,
  );
  expect(rows).toEqual([{ actor: 'operator' }]);
  const moved = await restored(whole, { keys: signing.directory, keepTokens: true });
  expect(await reads(moved.server)).toBe(200);
  moved.signing.close();
  await moved.server.close();
});

test('where one organisation was restored alone, nobody of it gets in by what they had', async () => {
  for (const { headers } of [world.manager, world.token]) {
    const answer = await elsewhere.server.app.inject({ url: '/api/v1/systems', headers });
    expect(answer.statusCode).toBe(401);
  }
  expect(elsewhere.server.failures).toEqual([]);
  expect(again.server.failures).toEqual([]);
});
