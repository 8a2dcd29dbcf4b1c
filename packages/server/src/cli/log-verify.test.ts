import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf } from '../../test/address.ts';
import { type Ran, runCommand } from '../../test/command-line.ts';
import { type TestServer, testServer } from '../../test/factories.ts';
import { asAttacker, rebuildTree } from '../../test/log-tampering.ts';
import { keyedSigning, openPublished, type TestSigning, testSigning } from '../../test/signing.ts';
import { publish, verifiedWorld, type World } from '../../test/verified-world.ts';

let server: TestServer;
let signing: TestSigning;
let bare: TestSigning;
let world: World;
let directory: string;
let vkey: string;

beforeAll(async () => {
  server = await testServer();
  signing = await keyedSigning(server.store, 'aims.example.org');
  bare = testSigning(server.store);
  world = await verifiedWorld(server, signing);
  directory = mkdtempSync(join(tmpdir(), 'throughline-log-verify-'));
  vkey = (await world.manager.send('GET', '/log/state')).json().keys[0].vkey;
});
afterAll(async () => {
  rmSync(directory, { recursive: true, force: true });
  signing.close();
  bare.close();
  await server.close();
});

const environment = async (node: TestSigning) => {
  const { rows } = await server.store.owner.query<{ current_database: string }>('select current_database()');
  const { connection } = (await import('vitest')).inject('cluster');
  const address = addressOf({ ...connection, database: rows[0]?.current_database ?? '' });
  return { DATABASE_URL: address, LOG_KEY_DIR: node.directory };
};
const run = async (...words: string[]): Promise<Ran> => runCommand(words, await environment(signing));
const file = (name: string) => join(directory, name);

test('a log that verifies says so, and against what; the result is kept for the pages', async () => {
  const ran = await run('log', 'verify');
  expect([ran.code, ran.err]).toEqual([0, '']);
  expect(ran.out).toMatch(/held against the key beside this node, and 1 kept checkpoint\./);
  expect(ran.out).toMatch(/✓ Every entry, every row that one speaks of, and 3 records verify\./);
  const kept = (await world.manager.send('GET', '/log/state')).json().verification;
  expect(kept).toMatchObject({ holds: true, report: { records: 3, trust: 'key-directory' } });
});

test('with the key given and a checkpoint kept, --json says all of it', async () => {
  const { published } = await openPublished(server.store, world.organisation);
  writeFileSync(file('kept'), published.note);
  const ran = await runCommand(
    ['log', 'verify', '--key', vkey, '--checkpoint', file('kept'), '--json'],
    await environment(bare),
  );
  expect(ran.code).toBe(0);
  expect(JSON.parse(ran.out)).toMatchObject({
    size: published.size,
    holds: true,
    report: { trust: 'given', held: 1, faults: [], checkpoint: { size: published.size } },
  });
});

test('a checkpoint that is kept beside the key and handed over too is held once', async () => {
  const { published } = await openPublished(server.store, world.organisation);
  writeFileSync(file('same'), published.note);
  const ran = await run('log', 'verify', '--checkpoint', file('same'), '--json');
  expect([ran.code, JSON.parse(ran.out).report.held]).toEqual([0, 1]);
});

test('what cannot be taken is refused in a line', async () => {
  writeFileSync(file('other'), 'example.org/log\n3\nAAAA\n\n— x AAAA\n');
  const foreign = await run('log', 'verify', '--checkpoint', file('other'));
  expect([foreign.code, foreign.err]).toEqual([
    4,
    expect.stringMatching(/is no checkpoint that a key of this log has signed\./),
  ]);
  expect((await run('log', 'verify', '--checkpoint', file('nowhere'))).code).toBe(3);
  expect((await run('log', 'verify', '--key', 'a+00000000+AAAA')).code).toBe(2);
  const rubbish = await run('log', 'verify', '--key', 'rubbish');
  expect([rubbish.code, rubbish.err]).toEqual([
    2,
    expect.stringContaining('"rubbish" is neither a public key of a log nor a file.'),
  ]);
  const binary = await run('log', 'verify', '--key', process.execPath);
  expect([binary.code, binary.err]).toEqual([
    2,
    expect.stringContaining('is a file, and its first line is no public key of a log.'),
  ]);
  expect(binary.err).not.toContain('ELF');
  expect((await run('log', 'prove', 'SYS-999')).code).toBe(3);
  expect((await run('log', 'prove', 'nonsense')).code).toBe(2);
});

test('the proof of a version checks offline with the key alone, and an altered one does not', async () => {
  const made = await run(
    'log',
    'prove',
    'SYS-1',
    '--version',
    '1',
    '--out',
    file('p'),
    '--content',
    file('c'),
  );
  expect([made.code, made.err]).toEqual([0, expect.stringContaining(vkey)]);
  const offline = (...words: string[]) =>
    runCommand(['verify-proof', ...words], { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' });
  const whole = await offline(file('p'), '--key', vkey, '--content', file('c'), '--json');
  expect([whole.code, whole.err]).toEqual([0, '']);
  expect(JSON.parse(whole.out)).toMatchObject({
    holds: true,
    content: 'matches',
    entry: { act: 'record.created', record: world.system, version: 1 },
  });
  const content = JSON.parse(readFileSync(file('c'), 'utf8'));
  expect(content.fields.purpose).toBe('Sorts claims');
  expect(JSON.parse((await offline(file('p'), '--key', vkey, '--json')).out).content).toBe('not given');
  writeFileSync(file('c2'), JSON.stringify({ ...content, fields: { ...content.fields, purpose: 'Other' } }));
  expect((await offline(file('p'), '--key', vkey, '--content', file('c2'))).code).toBe(12);
  const proof = readFileSync(file('p'), 'utf8');
  writeFileSync(
    file('p2'),
    proof.replace(/^index (\d+)$/m, (_, index) => `index ${Number(index) + 1}`),
  );
  const altered = await offline(file('p2'), '--key', vkey);
  expect([altered.code, altered.out]).toEqual([12, expect.stringMatching(/^◆ .* does not verify: /)]);
  writeFileSync(file('e'), JSON.stringify({ act: 'record.created' }));
  expect((await offline(file('p'), '--key', vkey, '--entry', file('e'))).code).toBe(12);
  writeFileSync(file('key'), `${vkey}\n`);
  const alone = await offline(file('p'), '--key', file('key'));
  expect([alone.code, alone.out]).toEqual([
    0,
    expect.stringContaining(
      'What the version says was not checked: give the file that holds it with --content.',
    ),
  ]);
  const both = await offline(file('p'), '--key', file('key'), '--content', file('c'));
  expect(both.out).toContain('/c is what this entry is about: its digest is the one that the entry names.');
  expect(both.out).not.toContain('was not checked');
  expect((await offline(file('p'))).code).toBe(2);
});

test('a changed row ends with 12 and names the place; a shorter log is missed by what was signed last', async () => {
  const attack = (text: string) => asAttacker(server.store, [text, [world.organisation]]);
  await attack(`update record set state = 'retired' where organisation = $1 and kind = 'system'`);
  const changed = await run('log', 'verify');
  expect([changed.code, changed.out]).toEqual([
    12,
    expect.stringMatching(
      /◆ SYS-1 version 2, record\.state is not what the newest version says: expected \S+, found retired/,
    ),
  ]);
  const { size } = await openPublished(server.store, world.organisation);
  await attack(
    `delete from entry e using log_leaf f where f.organisation = $1 and f.index = ${size - 1} and e.organisation = $1 and e.id = f.entry`,
  );
  await attack(`delete from log_leaf where organisation = $1 and index = ${size - 1}`);
  await rebuildTree(server.store, world.organisation);
  await attack('delete from log_checkpoint where organisation = $1');
  await publish(server, signing);
  const shorter = await run('log', 'verify', '--json');
  expect(shorter.code).toBe(12);
  expect(JSON.parse(shorter.out).report.faults.map((fault: { fault: string }) => fault.fault)).toContain(
    'shrunk',
  );
});
