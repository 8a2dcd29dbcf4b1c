import { registry } from '@throughline/domain/kinds/all.ts';
import type { RecordWire } from '@throughline/domain/wire.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  firstAdministrator,
  type TestServer,
  testServer,
} from '../../../test/factories.ts';
import { createRecord } from '../../records/create-record.ts';
import { lockFor } from '../../records/load.ts';

/** What a record's answer says of steps that a blank field alone stands before. */
let server: TestServer;
let admin: Agent;
beforeAll(async () => {
  server = await testServer();
  admin = await firstAdministrator(server);
});
afterAll(() => closeUnfailed(server));

const read = async (path: string): Promise<RecordWire> => (await admin.send('GET', path)).json();
const stepOf = async (path: string, name: string) =>
  (await read(path)).transitions.find((step) => step.name === name);
const take = async (path: string, transition: string, fields?: object) =>
  admin.send(
    'POST',
    `${path}/transitions`,
    { transition, ...(fields ? { fields } : {}) },
    { headers: { 'if-match': `"${(await read(path)).version}"` } },
  );

test('a task asks for its result; a word that says nothing is asked for again, and sent with the step it is done', async () => {
  const { ref } = (await admin.send('POST', '/tasks', { fields: { name: 'Read letters' } })).json().record;
  const path = `/tasks/${ref}`;
  const asked = { ability: { allowed: false, reason: 'Result is needed first.' }, asks: ['result'] };
  expect(await stepOf(path, 'finish')).toMatchObject(asked);
  const begin = await stepOf(path, 'start');
  expect([begin?.ability.allowed, begin?.asks]).toEqual([true, undefined]);
  const done = await take(path, 'finish', { result: 'All of them were read.' });
  expect([done.statusCode, (await read(path)).state]).toEqual([200, 'done']);
});

test('what runs asks why it is taken back, and asks nothing while a use of it goes on', async () => {
  const actor = { type: 'person', member: admin.id, roles: ['admin', 'aims-manager'] } as const;
  const ctx = {
    ...{ organisation: admin.organisation, actor, because: null, request: null },
    at: server.services.clock(),
  };
  const running = await createRecord(server.services, ctx, registry.get('system'), {
    ...{ patch: { fields: { name: 'Letter sorting' } }, state: 'operation-monitoring', broughtIn: true },
  });
  const use = await createRecord(server.services, ctx, registry.get('use-case'), {
    patch: { fields: { name: 'Sorting' }, links: { system: { set: [running.id] } } },
    ...{ state: 'in-use', broughtIn: true },
  });
  const path = `/systems/${running.id}`;
  const refused = await stepOf(path, 'takeBack');
  expect([refused?.ability.allowed, refused?.asks]).toEqual([false, undefined]);
  await admin.send(
    'POST',
    `/use-cases/${use.id}/transitions`,
    { transition: 'suspend' },
    { headers: { 'if-match': '"1"' } },
  );
  expect(await stepOf(path, 'takeBack')).toMatchObject({ asks: ['takenBackBecause'] });
  const back = await take(path, 'takeBack', { takenBackBecause: 'It missed one letter in ten.' });
  expect([back.statusCode, (await read(path)).state]).toEqual([200, 'design-development']);

  // A second time what was said speaks of an earlier one: it is asked for anew, in the same dialog.
  await server.services.store.change(ctx, async (write) => {
    const record = await lockFor(write, registry.get('system'), running.id, 'transition');
    return write.move(record, 'operation-monitoring');
  });
  expect(await stepOf(path, 'takeBack')).toMatchObject({
    ability: { allowed: false, reason: expect.stringContaining('said anew first') },
    asks: ['takenBackBecause'],
  });
  const again = await take(path, 'takeBack', { takenBackBecause: 'It learnt from the wrong letters.' });
  expect([again.statusCode, (await read(path)).state]).toEqual([200, 'design-development']);
});
