import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { faultSentence } from '@throughline/domain/log-faults.ts';
import { toHex } from '@throughline/tlog/bytes.ts';
import { openCheckpoint } from '@throughline/tlog/checkpoint.ts';
import { emptyRoot } from '@throughline/tlog/hash.ts';
import { verifierKey } from '@throughline/tlog/key.ts';
import { expect, test } from 'vitest';
import { asAttacker, rebuildTree } from '../../../test/log-tampering.ts';
import { openPublished, testSigning } from '../../../test/signing.ts';
import { verifiedServer } from '../../../test/verified-server.ts';
import { contextOf, publish } from '../../../test/verified-world.ts';
import { makeKeyFile } from '../../log/key-files.ts';
import { keepLastSigned, lastSigned } from '../../log/last-signed.ts';
import { rotateKey, tellFirstKeys } from '../../log/rotate-key.ts';
import { ed25519Verify } from '../../log/signer.ts';
import { logKeys } from '../../store/log-keys.ts';
import { sha256 } from '../../store/sha256.ts';
import { trustedFor } from './trusted.ts';
import { verifyOrganisation } from './verify-organisation.ts';
import { verifyTrusted } from './verify-trusted.ts';

const its = verifiedServer();
const { tamper, faults } = its;

const newest = () => openPublished(its.server.store, its.world.organisation);
const trees = (said: readonly string[]) => said.filter((one) => /tile\/|checkpoint|log_/.test(one));

/** More entries of a kind that leaves no row behind, so that there are full tiles. */
async function grow(count: number): Promise<void> {
  await its.server.store.change(contextOf(its.server, its.world.organisation), async (write) => {
    for (let n = 0; n < count; n += 1)
      write.log({ act: 'session.refused', session: its.world.organisation, member: its.world.organisation });
  });
  await publish(its.server, its.signing);
}

/** What whoever deletes or moves entries does to make the rest of the tables fit: tiles, head, and the checkpoint away. */
async function coverUp(): Promise<void> {
  await rebuildTree(its.server.store, its.world.organisation);
  await tamper('delete from log_checkpoint where organisation = $1');
}

test('a tree of full tiles verifies, and goes on from what was signed before', async () => {
  const held = await newest();
  await grow(600);
  expect(await faults({ held: [held, await newest()] })).toEqual([]);
});

test('the newest entry, deleted, is named by its place', async () => {
  const { size } = await newest();
  await tamper(
    'delete from entry e using log_leaf f where f.organisation = $1 and f.index = $2 and e.organisation = $1 and e.id = f.entry',
    size - 1,
  );
  expect(await faults()).toContain(`entry-gone entry #${size - 1}`);
});

test('the newest entry, deleted with its place and every trace of it, is missed by the signature and by who kept it', async () => {
  const { size } = await newest();
  await tamper(
    'delete from entry e using log_leaf f where f.organisation = $1 and f.index = $2 and e.organisation = $1 and e.id = f.entry',
    size - 1,
  );
  await tamper('delete from log_leaf where organisation = $1 and index = $2', size - 1);
  await rebuildTree(its.server.store, its.world.organisation);
  expect(trees(await faults()).join()).toMatch(/missing|root-differs/);
  const held = await lastSigned(its.signing.directory, its.world.organisation);
  await tamper('delete from log_checkpoint where organisation = $1');
  expect(await faults({ held: held ? [held] : [] })).toContain('shrunk checkpoint');
});

test('an entry deleted from the middle is named, and so is a place', async () => {
  await tamper(
    'delete from entry e using log_leaf f where f.organisation = $1 and f.index = 5 and e.organisation = $1 and e.id = f.entry',
  );
  await tamper('delete from log_leaf where organisation = $1 and index = 7');
  const said = trees(await faults());
  expect(said).toEqual(expect.arrayContaining(['place-gone log_leaf #7']));
  expect(await faults()).toContain('entry-gone entry #5');
});

test('an entry taken out of the middle, with the others moved up, is named by the place where it stood', async () => {
  await grow(600);
  const { size } = await newest();
  await tamper(
    'delete from entry e using log_leaf f where f.organisation = $1 and f.index = 200 and e.organisation = $1 and e.id = f.entry',
  );
  await tamper('delete from log_leaf where organisation = $1 and index = 200');
  await tamper('update log_leaf set index = -index where organisation = $1 and index > 200');
  await tamper('update log_leaf set index = -index - 1 where organisation = $1 and index < 0');
  const verdict = await verifyOrganisation(its.server.services, its.world.organisation, {
    key: undefined,
    held: [],
  });
  const entries = verdict.faults.filter(({ fault }) => fault.startsWith('entr'));
  expect(entries.map(({ fault, entries: range }) => [fault, range])).toEqual([
    ['entries-early', { start: 200, end: Math.floor(size / 256) * 256 }],
  ]);
  expect(entries.map(faultSentence).join()).toMatch(
    /^entries 200 to 511 stand one place before the one that the tree vouches for: the entry that stood first among them is gone: expected/,
  );
  const places = verdict.faults.find(({ fault }) => fault === 'place-gone');
  expect(places?.entries).toEqual({ start: size - 1, end: size });
});

test('an entry inserted without a place is named; one with a place of its own breaks the signed tree', async () => {
  const copy = `insert into entry (organisation, id, act, record, actor_type, actor_id, at, body)
    select organisation, $2, act, record, actor_type, actor_id, at, body from entry where organisation = $1 and act = 'token.created'`;
  const id = '01890000-0000-7000-8000-000000000001';
  await tamper(copy, id);
  expect(await faults()).toEqual(['not-placed entry']);
  await tamper('update log_leaf set index = -index - 1 where organisation = $1 and index >= 3');
  await tamper('update log_leaf set index = -index where organisation = $1 and index < 0');
  await tamper(
    `insert into log_leaf (organisation, index, entry, hash, at) select organisation, 3, id, sha256(body), at from entry where organisation = $1 and id = $2`,
    id,
  );
  await rebuildTree(its.server.store, its.world.organisation);
  const said = await faults();
  expect(said).toContain('place-differs log_leaf #3');
  expect(said.join()).toMatch(/root-differs|entry-differs/);
});

test('two entries that changed places are named, both', async () => {
  await tamper('update log_leaf set index = -1 where organisation = $1 and index = 4');
  await tamper('update log_leaf set index = 4 where organisation = $1 and index = 6');
  await tamper('update log_leaf set index = 6 where organisation = $1 and index = -1');
  const said = trees(await faults());
  expect(said).toContain('head-differs log_head.root');
  expect(said.join()).toMatch(/root-differs/);
});

test('a log cut off at an earlier size is missed by whoever holds a later checkpoint', async () => {
  await grow(300);
  const held = await newest();
  await tamper(
    'delete from entry e using log_leaf f where f.organisation = $1 and f.index >= 280 and e.organisation = $1 and e.id = f.entry',
  );
  await tamper('delete from log_leaf where organisation = $1 and index >= 280');
  await coverUp();
  expect(await faults({ held: [held] })).toEqual(
    expect.arrayContaining(['missing checkpoint', 'shrunk checkpoint']),
  );
});

test('a tile that was replaced is named, and a tile too many', async () => {
  await grow(600);
  await tamper(
    'update log_tile set bytes = overlay(bytes placing $2 from 1) where organisation = $1 and level = 0 and index = 1',
    Buffer.alloc(32),
  );
  await tamper(
    `insert into log_tile (organisation, level, index, bytes, root) select organisation, 0, 99, bytes, root from log_tile where organisation = $1 and index = 0`,
  );
  expect(await faults()).toEqual(
    expect.arrayContaining(['superfluous log_tile tile/0/099', 'tile-differs tile/0/001 #256']),
  );
});

test('yesterday put in the place of today is found by the signer and by anyone with a later checkpoint', async () => {
  const yesterday = (await newest()).published;
  await grow(20);
  const today = await newest();
  await tamper(
    'delete from entry e using log_leaf f where f.organisation = $1 and f.index >= $2 and e.organisation = $1 and e.id = f.entry',
    yesterday.size,
  );
  await tamper('delete from log_leaf where organisation = $1 and index >= $2', yesterday.size);
  await rebuildTree(its.server.store, its.world.organisation);
  await tamper(
    'update log_checkpoint set size = $2, root = $3, note = $4 where organisation = $1',
    yesterday.size,
    yesterday.root,
    yesterday.note,
  );
  expect(await faults()).toEqual([]);
  expect(await faults({ held: [today] })).toEqual([`shrunk checkpoint #${yesterday.size}`]);
  const signed = await lastSigned(its.signing.directory, its.world.organisation);
  expect(await faults({ held: signed ? [signed] : [] })).toEqual([`shrunk checkpoint #${yesterday.size}`]);
});

test('two trees of one size for two readers are told apart', async () => {
  const shown = await newest();
  const other = { size: shown.size, root: Buffer.alloc(32, 7) };
  expect(await faults({ held: [other] })).toEqual(['forked checkpoint #0']);
});

test('a second tree that the holder of the key signs for another reader is told from the first by who holds either', async () => {
  const first = await newest();
  const altered = `set body = convert_to(replace(convert_from(body, 'UTF8'), '"material":true', '"material":null'), 'UTF8')`;
  await tamper(`update entry ${altered} where organisation = $1 and act = 'record.edited'`);
  await tamper(
    `update log_leaf f set hash = sha256('\\x00'::bytea || e.body) from entry e
      where f.organisation = $1 and e.organisation = $1 and e.id = f.entry`,
  );
  await coverUp();
  const forger = testSigning(its.server.store);
  cpSync(its.signing.directory, forger.directory, { recursive: true });
  // Without the record the node would refuse: whoever holds the key writes one that nothing was signed.
  const nothing = { origin: first.origin, size: 0, root: emptyRoot(sha256), extensions: [] };
  await keepLastSigned(forger.directory, its.world.organisation, nothing);
  await publish(its.server, forger);
  const second = await newest();
  expect([second.size, toHex(second.root) === toHex(first.root)]).toEqual([first.size, false]);
  expect(trees(await faults({ held: [second] }))).toEqual([]);
  expect(trees(await faults({ held: [first] }))).toEqual(['forked checkpoint #0']);
  forger.close();
});

test('a tree built anew over other entries and signed by another key is not signed by the key that is held', async () => {
  const genuine = (await newest()).published;
  const [registered] = (
    await its.server.store.owner.query<{ public: Buffer }>('select public from log_key where number = 1')
  ).rows;
  const forger = testSigning(its.server.store);
  const forged = await makeKeyFile(forger.directory);
  const text = genuine.note.slice(0, genuine.note.indexOf('\n\n') + 1);
  const name = verifierKey(sha256, genuine.origin, forged.public);
  const { formatNote } = await import('@throughline/tlog/note.ts');
  const { signText } = await import('@throughline/tlog/signing.ts');
  const note = formatNote({
    text,
    signatures: [await signText(text, name, (message) => forged.sign(message))],
  });
  await expect(openCheckpoint(note, name, ed25519Verify)).resolves.toMatchObject({ size: genuine.size });
  await tamper('update log_checkpoint set note = $2 where organisation = $1', note);
  const key = { trust: 'key-directory', key: registered?.public ?? Buffer.alloc(32) } as const;
  expect(await faults({ key })).toEqual(['unsigned checkpoint']);
  forger.close();
});

test('rotations that the log tells of verify, and one that it does not tell of is named', async () => {
  await rotateKey(its.signing, { actor: { type: 'rule', rule: 'operator' }, lost: false });
  await publish(its.server, its.signing);
  expect(await faults()).toEqual([]);
  await tamper('delete from log_key_entry where organisation = $1');
  expect(await faults()).toEqual([expect.stringMatching(/^row-differs log_key_entry\.key #\d+$/)]);
});

const notes: string[] = [];
const beside = () => ({
  directory: its.signing.directory,
  key: undefined,
  checkpoints: [],
  note: (line: string) => void notes.push(line),
});
const besideNode = () => trustedFor(its.server.services, its.world.organisation, beside());
const operator = { type: 'rule', rule: 'operator' } as const;

test('at no moment of a rotation does a look find anything, key and entries being there at once', async () => {
  const looks: Promise<readonly unknown[]>[] = [];
  const look = async () =>
    (await verifyTrusted(its.server.services, its.world.organisation, beside())).faults;
  const reached = (step: string) => {
    if (step !== 'made') looks.push(look());
  };
  await rotateKey({ ...its.signing, keyReached: reached }, { actor: operator, lost: false });
  looks.push(look());
  await publish(its.server, its.signing);
  looks.push(look());
  expect(await Promise.all(looks)).toEqual([[], [], [], []]);
});

test('a checkpoint that an entry names is held against the tree', async () => {
  const { origin, size, root } = await newest();
  const say = async (checkpoint: { size: number; root: Uint8Array }) => {
    const named = { origin, size: checkpoint.size, root: toHex(checkpoint.root) };
    await its.server.store.change(contextOf(its.server, its.world.organisation), async (write) => {
      write.log({ act: 'log.resumed', checkpoint: named, from: 'kept' });
    });
    await publish(its.server, its.signing);
  };
  await say({ size, root });
  expect(await faults()).toEqual([]);
  await say({ size, root: Buffer.alloc(32, 7) });
  await say({ size: size + 100, root });
  expect(await faults()).toEqual([`forked checkpoint #${size + 1}`, `shrunk checkpoint #${size + 2}`]);
});

test('whoever verifies is told that what was signed last is gone', async () => {
  expect([(await besideNode()).held.length, notes]).toEqual([1, []]);
  rmSync(join(its.signing.directory, 'signed', its.world.organisation));
  expect((await besideNode()).held).toEqual([]);
  expect(notes.splice(0)).toEqual([expect.stringMatching(/^What was signed last is not in /)]);
});
const registered = async () => (await its.server.store.asOwner(logKeys)).at(-1)?.public ?? Buffer.alloc(0);

test('a public key put in the place of the registered one is named by whoever holds the true one', async () => {
  const genuine = await registered();
  const forged = Buffer.alloc(32, 9);
  const put = (key: Buffer) =>
    asAttacker(its.server.store, [
      'update log_key set public = $1 where public = $2',
      [key, key === forged ? genuine : forged],
    ]);
  const { origin } = await newest();
  expect(await faults(await besideNode())).toEqual([]);
  await put(forged);
  expect(await faults(await besideNode())).toEqual(['key-differs log_key']);
  const given = { trust: 'given', key: verifierKey(sha256, origin, genuine) } as const;
  expect(await faults({ key: given })).toEqual(['key-differs log_key']);
  await put(genuine);
  expect(await faults({ key: given })).toEqual([]);
});

test('a log names its first key once, and then no other is taken for it, whoever verifies', async () => {
  const genuine = await registered();
  const bare = testSigning(its.server.store);
  expect(await tellFirstKeys(bare, operator)).toBe(0);
  bare.close();
  expect(await tellFirstKeys(its.signing, operator)).toBeGreaterThan(0);
  expect(await tellFirstKeys(its.signing, operator)).toBe(0);
  await publish(its.server, its.signing);
  expect(await faults()).toEqual([]);
  const { size } = await newest();
  await asAttacker(its.server.store, [
    'update log_key set public = $1 where public = $2',
    [Buffer.alloc(32, 9), genuine],
  ]);
  expect(await faults()).toContain(`key-unknown log_key #${size - 1}`);
  await asAttacker(its.server.store, [
    'update log_key set public = $2 where public = $1',
    [Buffer.alloc(32, 9), genuine],
  ]);
  await tamper('delete from log_key_entry where organisation = $1');
  expect(await faults()).toEqual([`row-differs log_key_entry.key #${size - 1}`]);
});

test('a key that was added, and that no entry tells of, is named', async () => {
  const add =
    'insert into log_key (number, public, lost, at) select max(number) + 1, $1, false, $2 from log_key';
  await asAttacker(its.server.store, [add, [Buffer.alloc(32, 9), new Date(0)]]);
  expect(await faults()).toEqual(['row-unlogged log_key']);
  await asAttacker(its.server.store, ['delete from log_key where public = $1', [Buffer.alloc(32, 9)]]);
});

test('another name of the log is named, whatever was changed along with it', async () => {
  expect(await faults(await besideNode())).toEqual([]);
  await tamper(
    `update log_origin set origin = 'aims.example.org/log/other' || $1 where organisation = $1::uuid`,
  );
  expect(await faults()).toEqual(['other-log log_origin.origin']);
  expect(await faults(await besideNode())).toEqual(['other-log log_origin.origin']);
  await tamper(
    `update log_checkpoint set origin = 'aims.example.org/log/other' || $1 where organisation = $1::uuid`,
  );
  expect(await faults()).toContain('unsigned checkpoint');
  expect(await faults(await besideNode())).toContain('other-log log_checkpoint.origin');
  await tamper('delete from log_checkpoint where organisation = $1');
  expect(await faults(await besideNode())).toEqual(
    expect.arrayContaining(['other-log log_origin.origin', 'shrunk checkpoint']),
  );
});

test('a name more than entries tell of, or one less, is named', async () => {
  const add = `insert into log_origin (organisation, number, origin, at)
    select organisation, number + 1, origin || '/2', at from log_origin where organisation = $1`;
  await tamper(add);
  expect(await faults()).toEqual(['other-log log_origin', 'other-log log_origin.origin']);
});
