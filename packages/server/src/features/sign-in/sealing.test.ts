import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { usualProvider } from '@throughline/domain/provider.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf } from '../../../test/address.ts';
import { authenticator } from '../../../test/authenticator.ts';
import { runCommand } from '../../../test/command-line.ts';
import {
  type Agent,
  closeUnfailed,
  firstAdministrator,
  password,
  signedIn,
  type TestServer,
  testServer,
} from '../../../test/factories.ts';
import { buildApp } from '../../app.ts';
import { readConfig } from '../../config.ts';
import { serve } from '../../serve.ts';
import { FactorKeyRefused, makeFactorKey } from './factor-key.ts';
import { openSecretBox, sealingState } from './sealing.ts';

let first: TestServer;
let directory: string;
let admin: Agent;
/** Files of keys, as nodes have them. */
const shared = () => join(directory, 'shared', 'factors.key');
const stray = () => join(directory, 'stray', 'factors.key');
const closing: (() => Promise<unknown>)[] = [];

/** A node of the same database, with the key of a file. */
async function node(path: string): Promise<TestServer> {
  const secrets = await openSecretBox(first.store, path, first.services.clock());
  const app = await buildApp({ ...first.services, secrets });
  closing.push(() => app.close());
  return { ...first, app };
}

const environment = (path: string) => ({
  DATABASE_URL: addressOf(first.database.owner),
  DATA_DIR: join(directory, 'data'),
  FACTORS_KEY_FILE: path,
  PORT: '0',
});
/** The server as it starts, up to where it is refused. */
const started = (path: string) =>
  serve(readConfig(environment(path)), { line: () => undefined, failed: () => undefined }, () => false);
const run = (path: string, ...words: string[]) => runCommand(['factors-key', ...words], environment(path));

beforeAll(async () => {
  first = await testServer();
  directory = mkdtempSync(join(tmpdir(), 'throughline-sealing-'));
  admin = await firstAdministrator(first);
});
afterAll(async () => {
  for (const close of closing) await close();
  await closeUnfailed(first);
  rmSync(directory, { recursive: true });
});

let a: TestServer;
const through = (server: TestServer, who: Agent): Agent => ({
  ...who,
  send: async (method, path, body) =>
    server.app.inject({
      method,
      url: `/api/v1${path}`,
      headers: { ...who.headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    }),
});

test('before anything is sealed, a node takes its key along, whichever stood', async () => {
  await node(stray());
  a = await node(shared());
  const [here, there] = [await sealingState(first.store, shared()), await sealingState(first.store, stray())];
  expect(here).toMatchObject({ standing: here.here, own: 0, other: 0 });
  expect(there.standing).toBe(here.here);
  expect(there.here).not.toBe(here.here);
  // Of the key nothing is in the database but its name.
  const kept = await first.store.owner.query('select encode(name, $1) as name from sealing_key', ['hex']);
  expect(kept.rows).toEqual([{ name: here.here }]);
});

test('a node that runs on with a key that no longer stands seals nothing, and says who mends it', async () => {
  const behind = await node(stray());
  const left = through(behind, await signedIn(first, admin.organisation, ['reader']));
  a = await node(shared());
  await expect(authenticator(first, left).add()).rejects.toThrow(/FACTORS_KEY_FILE/);
  const client = {
    ...usualProvider,
    issuer: 'https://login.example.org',
    clientId: 'aims',
    text: 'Staff account',
    secret: 'of the client',
  };
  const saved = await through(behind, admin).send('PUT', '/sign-in-provider', client);
  expect([saved.statusCode, saved.json().code]).toEqual([503, 'unavailable']);
  expect((await first.store.owner.query('select from provider_secret')).rowCount).toBe(0);
  expect((await first.store.owner.query('select from factor')).rowCount).toBe(0);
});

test('two nodes with one key take each other’s second factors', async () => {
  const copy = join(directory, 'copy', 'factors.key');
  mkdirSync(join(directory, 'copy'));
  copyFileSync(shared(), copy);
  const b = await node(copy);
  const phone = authenticator(a, through(a, admin));
  await phone.add();
  const entered = async (server: TestServer) => {
    const body = { email: 'admin@example.org', password };
    const send = (url: string, payload: object) =>
      server.app.inject({ method: 'POST', url: `/api/v1${url}`, payload, headers: { 'x-throughline': '1' } });
    const { step } = (await send('/session', body)).json();
    return (await send('/session/step', { step, code: phone.code() })).statusCode;
  };
  expect([await entered(b), await entered(a)]).toEqual([200, 200]);
});

test('with another key, or none, no node starts any more; it says which file, and what to do', async () => {
  await expect(started(stray())).rejects.toThrow(FactorKeyRefused);
  await expect(started(stray())).rejects.toThrow(
    `The key in ${stray()} is not the one of this database: 1 secret is sealed with another.`,
  );
  const none = join(directory, 'none', 'factors.key');
  await expect(started(none)).rejects.toThrow(
    `There is no key in ${none}, and 1 secret is kept in this database that need one.`,
  );
  // A path that was mistyped leaves no key behind.
  expect(existsSync(none)).toBe(false);
  expect((await sealingState(first.store, shared())).own).toBe(1);
});

test('of keys that earlier releases used side by side, one that opens something goes on', async () => {
  await first.store.owner.query('delete from sealing_key');
  await expect(node(stray())).rejects.toThrow(FactorKeyRefused);
  await node(shared());
  expect(await sealingState(first.store, shared())).toMatchObject({ own: 1, other: 0 });
});

test('the command says which key is here, and puts it in the place of one that is lost', async () => {
  const right = await run(shared());
  expect([right.code, right.out]).toMatchObject([0, expect.stringContaining('It is the one in use.')]);
  const wrong = await run(stray(), '--json');
  const said = JSON.parse(wrong.out);
  expect(said).toMatchObject({ file: stray(), own: 0, other: 1, inUse: false });
  expect(said.here).toMatch(/^[0-9a-f]{16}$/);
  const accepted = await run(stray(), '--accept');
  expect([accepted.code, accepted.out]).toEqual([
    0,
    `The key in ${stray()} is ${said.here}. It is the one in use.\nSecrets that it opens: 0.\nSecrets that it cannot open: 1. They are set up anew.\n`,
  ]);
  // What the lost key sealed is refused, and nothing breaks.
  const body = { email: 'admin@example.org', password };
  const b = await node(stray());
  const send = (url: string, payload: object) =>
    b.app.inject({ method: 'POST', url: `/api/v1${url}`, payload, headers: { 'x-throughline': '1' } });
  const { step } = (await send('/session', body)).json();
  expect((await send('/session/step', { step, code: '123456' })).statusCode).toBe(401);
  // Found again, it goes on: nothing was sealed with another meanwhile.
  await node(shared());
  await expect(node(stray())).rejects.toThrow(FactorKeyRefused);
});

test('the command makes a key where nobody has one any more, and names a file that is no key', async () => {
  const fresh = join(directory, 'fresh', 'factors.key');
  expect((await run(fresh)).out).toContain(`There is no key in ${fresh}.`);
  expect((await run(fresh, '--accept')).out).toContain('It is the one in use.');
  expect(await makeFactorKey(fresh)).toHaveLength(32);
  const refused = await run(join(fresh, 'factors.key'));
  expect([refused.code, refused.err]).toMatchObject([4, expect.stringContaining('FACTORS_KEY_FILE')]);
});
