import { decodeBundle } from '@throughline/tlog/bundle.ts';
import { toHex } from '@throughline/tlog/bytes.ts';
import { openCheckpoint } from '@throughline/tlog/checkpoint.ts';
import { leafHash, packedRoot, treeRoot } from '@throughline/tlog/hash.ts';
import { parseKey } from '@throughline/tlog/key.ts';
import { tilesOfGrowth } from '@throughline/tlog/tile.ts';
import { bundlePath, tilePath } from '@throughline/tlog/tile-path.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  firstAdministrator,
  organisation,
  signedIn,
  stranger,
  type TestServer,
  testServer,
  tokenAgent,
} from '../../test/factories.ts';
import { keyedSigning, type TestSigning } from '../../test/signing.ts';
import { sequenceAll } from '../log/sequencer.ts';
import { ed25519Verify, signAll } from '../log/signer.ts';
import { sha256 } from '../store/sha256.ts';

let server: TestServer;
let signing: TestSigning;
let admin: Agent;
let reader: Agent;
let size: number;

beforeAll(async () => {
  server = await testServer();
  admin = await firstAdministrator(server);
  reader = await tokenAgent(server, admin.organisation, ['reader']);
  signing = await keyedSigning(server.store, 'aims.example.org');
  const ctx = {
    organisation: admin.organisation,
    actor: { type: 'rule', rule: 'test' },
    at: new Date(),
    because: null,
    request: null,
  } as const;
  await server.store.change(ctx, async (write) => {
    for (let n = 0; n < 600; n += 1) write.log({ act: 'token.revoked', token: admin.id, roles: [] });
  });
  await publish();
});
afterAll(async () => {
  expect(server.failures).toEqual([]);
  expect(signing.told).toEqual([]);
  signing.close();
  await server.close();
});

async function publish(): Promise<void> {
  await sequenceAll(server.store);
  await signAll(signing);
  const { rows } = await server.store.owner.query<{ size: string }>(
    'select size from log_head where organisation = $1',
    [admin.organisation],
  );
  size = Number(rows[0]?.size);
}

const get = (who: Agent, path: string, of = admin.organisation) =>
  server.app.inject({ url: `/log/${of}/${path}`, headers: who.headers });
const vkey = async () => parseKey(sha256, (await get(reader, 'key')).body.trim());
const checkpoint = async () =>
  openCheckpoint((await get(reader, 'checkpoint')).body, await vkey(), ed25519Verify);
const publicly = async (logPublic: boolean) =>
  expect((await admin.send('PATCH', '/organisation', { logPublic })).json().logPublic).toBe(logPublic);

test('whoever has the key alone reads the whole log and comes to the signed root', async () => {
  const signed = await checkpoint();
  expect(signed).toMatchObject({ origin: `aims.example.org/log/${admin.organisation}`, size });
  const leaves: Uint8Array[] = [];
  for (const tile of tilesOfGrowth(0, size)) {
    const served = await get(reader, tilePath(tile));
    expect([tilePath(tile), served.statusCode, served.rawPayload.length]).toEqual([
      tilePath(tile),
      200,
      tile.width * 32,
    ]);
    if (tile.level > 0) {
      const below = Array.from({ length: tile.width }, (_, n) => leaves.slice(n * 256, n * 256 + 256));
      expect(below.map((hashes) => toHex(treeRoot(sha256, hashes)))).toEqual(
        below.map((_, n) => served.rawPayload.subarray(n * 32, n * 32 + 32).toString('hex')),
      );
      continue;
    }
    const bundle = await get(reader, bundlePath(tile));
    const entries = decodeBundle(bundle.rawPayload, tile.width);
    for (const entry of entries) leaves.push(leafHash(sha256, entry));
    expect(served.rawPayload.equals(Buffer.concat(leaves.slice(-tile.width)))).toBe(true);
    for (const entry of entries) expect(() => JSON.parse(Buffer.from(entry).toString('utf8'))).not.toThrow();
  }
  expect(leaves).toHaveLength(size);
  expect(toHex(treeRoot(sha256, leaves))).toBe(toHex(signed.root));
});

test('every width of a tile is served, of any size that the log once had', async () => {
  const full = (await get(reader, 'tile/0/000')).rawPayload;
  const entries = decodeBundle((await get(reader, 'tile/entries/000')).rawPayload, 256);
  for (const width of [1, 2, 100, 255]) {
    const partial = (await get(reader, `tile/0/000.p/${width}`)).rawPayload;
    expect(partial.equals(full.subarray(0, width * 32))).toBe(true);
    const bundle = (await get(reader, `tile/entries/000.p/${width}`)).rawPayload;
    expect(decodeBundle(bundle, width).map(toHex)).toEqual(entries.slice(0, width).map(toHex));
  }
  const upper = (await get(reader, 'tile/1/000.p/2')).rawPayload;
  expect(toHex(packedRoot(sha256, full))).toBe(upper.subarray(0, 32).toString('hex'));
  expect((await get(reader, 'tile/1/000.p/1')).rawPayload.equals(upper.subarray(0, 32))).toBe(true);
});

test('types and caching are those that tlog-tiles names; nothing is compressed on the way', async () => {
  const accept = { ...reader.headers, 'accept-encoding': 'br, gzip' };
  const headers = async (path: string) =>
    (await server.app.inject({ url: `/log/${admin.organisation}/${path}`, headers: accept })).headers;
  for (const path of ['tile/0/000', 'tile/0/001.p/7', 'tile/entries/000', 'tile/1/000.p/2'])
    expect(await headers(path)).toMatchObject({
      'content-type': 'application/octet-stream',
      'cache-control': 'private, max-age=31536000, immutable',
      vary: 'authorization, cookie',
    });
  for (const path of ['checkpoint', 'key'])
    expect(await headers(path)).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
    });
  expect((await headers('tile/entries/000'))['content-encoding']).toBeUndefined();
});

const elsewhere = [
  '',
  'tile',
  'tile/0',
  'tile/0/0',
  'tile/0/00',
  'tile/0/0000',
  'tile/0/x000/000',
  'tile/0/x001',
  'tile/0/001x',
  'tile/00/000',
  'tile/-1/000',
  'tile/64/000',
  'tile/0/000.p/0',
  'tile/0/000.p/256',
  'tile/0/000.p/01',
  'tile/0/000.p/',
  'tile/0/000.p',
  'tile/0/000/',
  'tile//0/000',
  'tile/0/%3000',
  'tile/0/000%2Ep/3',
  'tile/Entries/000',
  'tile/entries/000.p/300',
  'checkpoint/',
  'Checkpoint',
  'key/',
  'keys',
  '../checkpoint',
  'tile/0/000;x',
  'tile/0/x999/x999/x999/x999/999',
  // Beyond the log: never served as empty, never narrower than asked for.
  'tile/0/003',
  'tile/0/002',
  'tile/0/002.p/250',
  'tile/1/000',
  'tile/1/000.p/3',
  'tile/2/000.p/1',
  'tile/entries/002',
  'tile/entries/003.p/1',
];
test.each(elsewhere)('"%s" is the path of nothing', async (path) => {
  const answer = await get(reader, path);
  expect([answer.statusCode, answer.json().code]).toEqual([404, 'not-found']);
  expect(answer.headers['content-type']).toContain('application/problem+json');
});

test('nobody else learns whether a log, or an organisation, is there', async () => {
  const other = await signedIn(server, await organisation(server), ['admin']);
  const powerless = await signedIn(server, admin.organisation, []);
  const nowhere = await get(reader, 'checkpoint', '00000000-0000-7000-8000-000000000000');
  const { instance: _, ...refusal } = nowhere.json();
  expect(nowhere.statusCode).toBe(404);
  for (const who of [stranger(server), other, powerless])
    for (const path of ['checkpoint', 'key', 'tile/0/000', 'tile/entries/000']) {
      const { instance: __, ...said } = (await get(who, path)).json();
      expect(said).toEqual(refusal);
    }
  const wrong = { authorization: 'Bearer tl_wrong' };
  const url = `/log/${admin.organisation}/checkpoint`;
  expect((await server.app.inject({ url, headers: wrong })).statusCode).toBe(404);
  // Their own is there for them, though nothing was signed of it yet.
  expect((await get(other, 'tile/entries/000.p/1', other.organisation)).statusCode).toBe(404);
});

test('the organisation opens its log to anyone, says so in the log, and closes it again', async () => {
  const [nobody, path] = [stranger(server), 'tile/0/000'];
  await publish();
  const before = size;
  await publicly(true);
  const opened = await get(nobody, path);
  expect(opened.statusCode).toBe(200);
  expect(opened.headers).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  });
  expect((await get(nobody, 'checkpoint')).headers['cache-control']).toBe('no-store');
  expect((await get(nobody, 'tile/0/009')).statusCode).toBe(404);
  await publicly(false);
  expect((await get(nobody, path)).statusCode).toBe(404);
  await publish();
  expect(size).toBe(before + 2);
  const refused = await reader.send('PATCH', '/organisation', { logPublic: true });
  expect(refused.statusCode).toBe(403);
});

test('HEAD is answered as GET without its body; other methods change nothing', async () => {
  const url = `/log/${admin.organisation}/tile/0/000`;
  const head = await server.app.inject({ method: 'HEAD', url, headers: reader.headers });
  expect([head.statusCode, head.headers['content-length'], head.body]).toEqual([200, '8192', '']);
  const post = await server.app.inject({ method: 'POST', url, headers: reader.headers });
  expect(post.statusCode).toBe(404);
});
