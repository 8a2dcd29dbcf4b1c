import { toHex } from '@throughline/tlog/bytes.ts';
import { leafHash } from '@throughline/tlog/hash.ts';
import { verifyInclusion } from '@throughline/tlog/inclusion.ts';
import { parseKey } from '@throughline/tlog/key.ts';
import { parseProofFile } from '@throughline/tlog/proof-file.ts';
import { verifyProofFile } from '@throughline/tlog/verify-proof.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  ifMatch,
  organisation,
  record,
  signedIn,
  startedServer,
  stranger,
  type TestServer,
  tokenAgent,
} from '../../../test/factories.ts';
import { asAttacker } from '../../../test/log-tampering.ts';
import { keyedSigning, openPublished, type TestSigning } from '../../../test/signing.ts';
import { verifyEveryLog } from '../../features/log/keep-verdict.ts';
import { rotateKey } from '../../log/rotate-key.ts';
import { sequenceAll } from '../../log/sequencer.ts';
import { ed25519Verify, signAll } from '../../log/signer.ts';
import { eraseRecord } from '../../records/erase-record.ts';
import { digestOf } from '../../store/digest.ts';
import { sha256 } from '../../store/sha256.ts';

let server: TestServer;
let signing: TestSigning;
let admin: Agent;
let manager: Agent;
let powerless: Agent;

beforeAll(async () => {
  ({ server, admin } = await startedServer());
  manager = await signedIn(server, admin.organisation, ['aims-manager']);
  powerless = await signedIn(server, admin.organisation, []);
  signing = await keyedSigning(server.store, 'aims.example.org');
  await publish();
});
afterAll(async () => {
  expect(server.failures).toEqual([]);
  signing.close();
  await server.close();
});

async function publish(): Promise<void> {
  await sequenceAll(server.store);
  await signAll(signing);
}
const state = async (who = manager) => (await who.send('GET', '/log/state')).json();
const check = { sha256, verify: ed25519Verify };

const asked = [
  '/log/state',
  '/log/entries/0/proof',
  '/log/entries/0/proof.tlog-proof',
  '/systems/SYS-1/versions/1/proof',
  '/systems/SYS-1/versions/1/proof.tlog-proof',
  '/systems/SYS-1/verification',
];
test.each(asked)('GET %s is for members and tokens that may read the log', async (path) => {
  expect((await stranger(server).send('GET', path)).statusCode).toBe(401);
  const refused = await powerless.send('GET', path);
  expect([refused.statusCode, refused.json().facts.who]).toEqual([403, expect.arrayContaining(['reader'])]);
});

test('the state says what is signed, under which name, and by which key', async () => {
  const opened = await openPublished(server.store, admin.organisation);
  const found = await state(await tokenAgent(server, admin.organisation, ['reader']));
  expect(found).toMatchObject({
    origin: `aims.example.org/log/${admin.organisation}`,
    root: Buffer.from(opened.root).toString('base64'),
    checkpoint: { size: opened.size, note: opened.published.note },
    public: false,
    verification: null,
  });
  const key = parseKey(sha256, found.keys[0].vkey);
  expect([key.name, key.id]).toEqual([found.origin, found.checkpoint.key]);
  expect(found.keys).toEqual([expect.objectContaining({ until: null, replacedLost: false })]);
});

test('entries that wait for a signature are said to, and to wait in vain after a while', async () => {
  await publish();
  expect(await state()).toMatchObject({ unsigned: null });
  await record(manager, 'systems', { name: 'Waiting' });
  await sequenceAll(server.store);
  const waiting = await state();
  expect(waiting.size).toBeGreaterThan(waiting.checkpoint.size);
  expect(waiting.unsigned).toMatchObject({
    reason: 'pending',
    since: expect.any(String),
    message: '1 entry waits for a signature.',
  });
  await record(manager, 'systems', { name: 'Waiting too' });
  await sequenceAll(server.store);
  expect((await state()).unsigned.message).toBe('2 entries wait for a signature.');
  server.later(11_000);
  expect((await state()).unsigned).toMatchObject({
    reason: 'no-key',
    message: expect.stringContaining("No running node has the log's private key."),
  });
  await publish();
  expect((await state()).unsigned).toBeNull();
});

test('a log that has no tree yet has a state too', async () => {
  const other = await signedIn(server, await organisation(server), ['reader']);
  expect(await state(other)).toMatchObject({ origin: null, size: 0, root: null, checkpoint: null, keys: [] });
});

test('the last verification is shown as it was kept', async () => {
  expect((await state()).verification).toBe(null);
  await publish();
  const told: string[] = [];
  await verifyEveryLog(server.services, signing.directory, (line) => told.push(line));
  const first = (await state()).verification;
  expect([first.holds, first.report.faults, first.report.trust, first.report.held]).toEqual([
    true,
    [],
    'key-directory',
    1,
  ]);
  expect([first.size, told]).toEqual([(await state()).size, []]);
  const [session] = (await server.store.owner.query('select id from session where member = $1', [manager.id]))
    .rows;
  const setEnd = (end: string) =>
    server.store.owner.query(`update session set ended_at = ${end} where id = $1`, [session.id]);
  await setEnd('now()');
  await verifyEveryLog(server.services, signing.directory, (line) => told.push(line));
  await setEnd('null');
  const { verification } = await state();
  expect(verification).toMatchObject({ holds: false, report: { faultCount: 1 } });
  expect(verification.report.faults).toEqual([
    expect.objectContaining({
      fault: 'row-differs',
      table: 'session',
      column: 'ended_at',
      row: session.id,
      ref: null,
    }),
  ]);
  expect(told).toEqual([expect.stringMatching(/does not verify: 1 faults\. The first: session\.ended_at/)]);
});

test('a record says of each version whether it verifies, and what does not', async () => {
  const { ref, id } = await record(manager, 'systems', { name: 'Route planner', purpose: 'Plans routes' });
  await manager.send(
    'PATCH',
    `/systems/${ref}`,
    { fields: { purpose: 'Plans and times routes' } },
    ifMatch(1),
  );
  const ask = async () => (await manager.send('GET', `/systems/${ref}/verification`)).json();
  expect((await ask()).versions.map((one: { standing: string }) => one.standing)).toEqual(['waits', 'waits']);
  await publish();
  expect(await ask()).toMatchObject({
    record: id,
    ref,
    holds: true,
    faults: [],
    versions: [
      { version: 2, standing: 'verifies', faults: [] },
      { version: 1, standing: 'verifies', faults: [] },
    ],
  });
  await server.store.owner.query(
    `update revision set fields = jsonb_set(fields, '{purpose}', '"Nothing"') where record = $1 and version = 1`,
    [id],
  );
  await server.store.owner.query(`update record set title = 'Another' where id = $1`, [id]);
  const broken = await ask();
  expect(broken).toMatchObject({
    holds: false,
    versions: [
      { version: 2, standing: 'verifies' },
      { version: 1, standing: 'differs', faults: [{ fault: 'content-differs', ref, version: 1 }] },
    ],
    faults: [{ fault: 'record-differs', column: 'title', version: 2, expected: 'other content' }],
  });
  expect(broken.versions[1].faults[0].message).toMatch(new RegExp(`^${ref} version 1, revision\\.fields`));
  await server.store.owner.query(`update record set title = 'Route planner' where id = $1`, [id]);
  await server.store.owner.query(
    `update revision set fields = jsonb_set(fields, '{purpose}', '"Plans routes"') where record = $1 and version = 1`,
    [id],
  );
  expect((await ask()).holds).toBe(true);
});

test('an entry of a record that was changed, or is gone, is named at its version', async () => {
  const member = await signedIn(server, await organisation(server), ['aims-manager']);
  const { ref, id } = await record(member, 'systems', { name: 'Yard planner', purpose: 'Plans yards' });
  await publish();
  const ask = async () => (await member.send('GET', `/systems/${ref}/verification`)).json();
  const attack = (text: string) => asAttacker(server.store, [text, [id]]);
  await attack(
    `update entry set body = convert_to(replace(convert_from(body, 'UTF8'), '"state":"', '"state":"x'), 'UTF8') where record = $1`,
  );
  const [changed] = (await ask()).versions;
  expect(changed.standing).toBe('differs');
  expect(changed.faults.map((one: { fault: string }) => one.fault).sort()).toEqual([
    'entry-differs',
    'place-differs',
    'row-differs',
  ]);
  await attack('delete from entry where record = $1');
  expect((await ask()).versions[0]).toMatchObject({
    index: null,
    standing: 'differs',
    faults: [{ fault: 'row-unlogged' }],
  });
  expect((await member.send('GET', '/systems/SYS-999/verification')).statusCode).toBe(404);
});

test('every entry has a proof that leads to the signed root', async () => {
  await publish();
  const { size, keys } = await state();
  const signed = await openPublished(server.store, admin.organisation);
  for (let index = 0; index < size; index += 1) {
    const proof = (await manager.send('GET', `/log/entries/${index}/proof`)).json();
    expect([proof.index, proof.size, proof.vkey]).toEqual([index, size, keys[0].vkey]);
    const leaf = leafHash(sha256, Buffer.from(proof.entry));
    expect(Buffer.from(leaf).toString('base64')).toBe(proof.leaf);
    const hashes = proof.proof.map((hash: string) => Buffer.from(hash, 'base64'));
    verifyInclusion(sha256, { index, size, leaf, root: signed.root, proof: hashes });
  }
});

test('a proof as a file checks with the public key alone, and not for another entry', async () => {
  const key = parseKey(sha256, (await state()).keys[0].vkey);
  const answer = await manager.send('GET', '/log/entries/2/proof.tlog-proof');
  expect(answer.headers).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': 'attachment; filename="entry-2.tlog-proof"',
  });
  const { extra } = parseProofFile(answer.body);
  const proven = await verifyProofFile(answer.body, extra ?? Buffer.of(), { ...check, key });
  expect([proven.index, JSON.parse(Buffer.from(proven.entry).toString('utf8')).organisation]).toEqual([
    2,
    admin.organisation,
  ]);
  const altered = Buffer.from(extra ?? []);
  altered.writeUInt8(altered.readUInt8(10) ^ 1, 10);
  await expect(verifyProofFile(answer.body, altered, { ...check, key })).rejects.toMatchObject({
    code: 'root-differs',
  });
});

test('a version has a proof with what its digest is over; erased content leaves the proof', async () => {
  const made = await record(manager, 'systems', { name: 'Claims triage', purpose: 'Sorts claims' });
  const patch = { fields: { purpose: 'Sorts claims by size' } };
  await manager.send('PATCH', `/systems/${made.ref}`, patch, ifMatch(1));
  const path = `/systems/${made.ref}/versions/2/proof`;
  expect((await manager.send('GET', path)).json().code).toBe('conflict');
  await publish();
  const proof = (await manager.send('GET', path)).json();
  expect(proof).toMatchObject({ record: made.id, version: 2, content: { kind: 'system', ...patch } });
  expect(digestOf(proof.content).toString('hex')).toBe(proof.digest);
  expect(JSON.parse(proof.entry)).toMatchObject({ record: made.id, version: 2, digest: proof.digest });
  expect(proof.entry).not.toContain('Sorts claims');

  const key = parseKey(sha256, proof.vkey);
  const ctx = {
    organisation: admin.organisation,
    actor: { type: 'person', member: admin.id, roles: ['admin'] },
    at: new Date(),
    because: null,
    request: null,
  } as const;
  await manager.send('POST', `/systems/${made.ref}/archive`, {}, ifMatch(2));
  await eraseRecord(server.services, ctx, server.services.registry.get('system'), {
    ref: made.ref,
    version: null,
    reason: 'law',
  });
  await publish();
  const after = (await manager.send('GET', path)).json();
  expect([after.content, after.digest]).toEqual([null, proof.digest]);
  const file = await manager.send('GET', `${path}.tlog-proof`);
  expect(file.headers['content-disposition']).toContain(`${made.ref}-v2.tlog-proof`);
  await verifyProofFile(file.body, Buffer.from(proof.entry), { ...check, key });
});

test('a proof made under an earlier key stays good under that key', async () => {
  const before = (await state()).keys[0];
  const old = await manager.send('GET', '/log/entries/0/proof.tlog-proof');
  await rotateKey(signing, { actor: { type: 'rule', rule: 'operator' }, lost: false });
  await publish();
  const { keys, checkpoint } = await state();
  expect(keys.map((key: { id: string }) => key.id)).toEqual([checkpoint.key, before.id]);
  expect(keys[1].until).toBe(keys[0].from);
  const { extra } = parseProofFile(old.body);
  const entry = extra ?? Buffer.of();
  const key = parseKey(sha256, before.vkey);
  expect(toHex((await verifyProofFile(old.body, entry, { ...check, key })).entry)).toBe(toHex(entry));
  const now = await manager.send('GET', '/log/entries/0/proof.tlog-proof');
  await expect(verifyProofFile(now.body, entry, { ...check, key })).rejects.toMatchObject({
    code: 'signature',
  });
});

test.each([
  ['/log/entries/999999/proof', 404],
  ['/log/entries/999999999999999/proof.tlog-proof', 404],
  ['/log/entries/9999999999999999999/proof', 422],
  ['/log/entries/-1/proof', 422],
  ['/log/entries/01/proof', 422],
  ['/log/entries/x/proof', 422],
  ['/log/entries/1/proof?x=1%00', 422],
  ['/systems/SYS-1/versions/99/proof', 404],
  ['/systems/SYS-1/versions/0/proof', 404],
  ['/systems/SYS-1/versions/one/proof', 422],
  ['/systems/SYS-9999/versions/1/proof', 404],
  ['/nothings/SYS-1/versions/1/proof', 404],
])('GET %s is answered with %i', async (path, status) => {
  expect((await manager.send('GET', path)).statusCode).toBe(status);
});

test("another organisation's versions are not there", async () => {
  const other = await signedIn(server, await organisation(server), ['aims-manager']);
  const { items } = (await manager.send('GET', '/systems')).json();
  for (const ref of [items[0].ref, items[0].id])
    expect((await other.send('GET', `/systems/${ref}/versions/1/proof`)).statusCode).toBe(404);
});
