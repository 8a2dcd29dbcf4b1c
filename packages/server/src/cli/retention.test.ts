import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf } from '../../test/address.ts';
import { type Ran, runCommand } from '../../test/command-line.ts';
import {
  type Agent,
  closeUnfailed,
  firstAdministrator,
  type TestServer,
  testServer,
} from '../../test/factories.ts';

let server: TestServer;
let admin: Agent;
beforeAll(async () => {
  server = await testServer();
  admin = await firstAdministrator(server);
  for (const fields of [
    { name: 'Old log', keepUntil: '2020-01-31' },
    { name: 'Old and claimed', keepUntil: '2020-02', legalHold: 'A claim is open' },
    { name: 'Kept', keepUntil: '2999-01-01' },
  ])
    expect((await admin.send('POST', '/evidence', { fields })).statusCode).toBe(201);
});
afterAll(() => closeUnfailed(server));

const run = (...words: string[]): Promise<Ran> =>
  runCommand(['retention', ...words], { DATABASE_URL: addressOf(server.database.owner) });
const nameOf = async (ref: string) => (await admin.send('GET', `/evidence/${ref}`)).json().title;

test('it lists what is due and removes nothing', async () => {
  const { out, code } = await run();
  expect(code).toBe(0);
  expect(out).toMatch(/EVD-1\s+Old log\s+2020-01-31/);
  expect(out).toMatch(/EVD-2\s+Old and claimed\s+2020-02-29\s+A claim is open/);
  expect(out).not.toContain('EVD-3');
  expect(JSON.parse((await run('--json')).out).items).toMatchObject([
    { ref: 'EVD-1', hold: null },
    { ref: 'EVD-2', hold: 'A claim is open' },
  ]);
  expect(await nameOf('EVD-1')).toBe('Old log');
});

test('what is held back, or not due, is refused, and then nothing else named with it goes either', async () => {
  expect(await run('--confirm', 'EVD-1', 'EVD-2')).toMatchObject({ code: 4 });
  expect(await run('--confirm', 'EVD-1', 'EVD-3')).toMatchObject({ code: 3 });
  expect(await nameOf('EVD-1')).toBe('Old log');
});

test('what is named is erased, and is due no more', async () => {
  expect(await run('--confirm', 'EVD-1')).toMatchObject({ code: 0 });
  expect(await nameOf('EVD-1')).toBe('erased');
  expect((await run()).out).not.toContain('EVD-1');
  const { erased } = (await admin.send('GET', '/evidence/EVD-1/history')).json();
  expect(erased).toMatchObject({ reason: 'retention', by: { type: 'rule', id: 'operator' } });
});
