import { afterAll, beforeAll, expect, test } from 'vitest';
import { approved } from '../../../test/approved.ts';
import { inDays } from '../../../test/days.ts';
import {
  type Agent,
  closeUnfailed,
  ifMatch,
  signedIn,
  staffedServer,
  type TestServer,
} from '../../../test/factories.ts';
import { linked } from '../../../test/linked.ts';
import { madeIn } from '../../../test/take-steps.ts';

let server: TestServer;
let manager: Agent;
let approver: Agent;

beforeAll(async () => {
  ({ server, manager } = await staffedServer());
  approver = await signedIn(server, manager.organisation, ['top-management']);
});
afterAll(() => closeUnfailed(server));

const read = async (at: string) => (await manager.send('GET', at)).json();
const home = (id: string) => linked({ system: id });

test('when the management system began is said by what was approved, whatever a draft or the archive makes of it', async () => {
  const today = inDays(server, 0);
  const system = await madeIn(server, manager, 'systems', {
    ...{ fields: { name: 'Triage' }, links: {} },
    state: 'operation-monitoring',
  });
  const content = { fields: { name: '2', liveFrom: today }, links: home(system.id) };
  const version = await madeIn(server, manager, 'versions', { ...content, state: 'live' });
  const gate = await madeIn(server, manager, 'gates', {
    fields: { name: 'Admitted', type: 'deployment-approval', retrospective: 'yes' },
    links: { ...home(system.id), version: { set: [version.id] } },
  });
  const refused = async () => (await read(`/gates/${gate.ref}/criteria`)).obstacles.join(' ');
  expect(await refused()).not.toContain('older than the management system');
  const fields = { name: 'AI policy', type: 'ai-policy', location: 'https://files.example/policy' };
  const { ref } = await madeIn(server, manager, 'documents', { fields });
  const at = `/documents/${ref}`;
  await approved(approver, 'documents', ref);
  const younger = 'older than the management system, which began with the approval';
  expect(await refused()).toContain(younger);
  const draft = { fields: { type: 'procedure' } };
  const written = await manager.send('PATCH', at, draft, ifMatch((await read(at)).version));
  expect(written.statusCode, written.body).toBe(200);
  expect(await refused()).toContain(younger);
  const { version: now, proof } = await read(at);
  const withdrawal = { act: 'withdraw', version: now, digest: proof.digest, reason: 'It is written anew.' };
  expect((await approver.send('POST', `${at}/approvals`, withdrawal)).statusCode).toBeLessThan(300);
  const gone = await manager.send('POST', `${at}/archive`, {}, ifMatch((await read(at)).version));
  expect(gone.statusCode, gone.body).toBe(200);
  expect(await refused()).toContain(younger);
});

test('a version that was replaced and is set live again is no older for a day that was typed in between', async () => {
  const today = inDays(server, 0);
  const system = await madeIn(server, manager, 'systems', {
    ...{ fields: { name: 'Routing' }, links: {} },
    state: 'operation-monitoring',
  });
  const fields = { name: '2', liveFrom: today, liveTo: today };
  const version = await madeIn(server, manager, 'versions', {
    ...{ fields, links: home(system.id) },
    state: 'live',
  });
  const gate = await madeIn(server, manager, 'gates', {
    fields: { name: 'Admitted', type: 'deployment-approval', retrospective: 'yes' },
    links: { ...home(system.id), version: { set: [version.id] } },
  });
  const { ref } = await madeIn(server, manager, 'documents', {
    fields: { name: 'AI policy', type: 'ai-policy', location: 'https://files.example/policy' },
  });
  await approved(approver, 'documents', ref);
  const at = `/versions/${version.ref}`;
  const step = async (transition: string) =>
    manager.send('POST', `${at}/transitions`, { transition }, ifMatch((await read(at)).version));
  const younger = async () => (await read(`/gates/${gate.ref}/criteria`)).obstacles.join(' ');
  expect(await younger()).toContain('older than the management system');
  expect((await step('replace')).statusCode).toBe(200);
  const back = { fields: { liveFrom: '2019-01-01', liveTo: null } };
  const typed = await manager.send('PATCH', at, back, ifMatch((await read(at)).version));
  expect(typed.statusCode, typed.body).toBe(200);
  expect((await step('goLive')).statusCode).toBe(200);
  expect(await younger()).toContain('older than the management system');
});
