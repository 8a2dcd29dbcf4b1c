import type { RecordWire, TraceWire } from '@throughline/domain/wire.ts';
import type { WithdrawalWire } from '@throughline/domain/wire-withdrawal.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  ifMatch,
  signedIn,
  staffedServer,
  type TestServer,
} from '../../../test/factories.ts';
import { linked } from '../../../test/linked.ts';
import { wholePolicy, wholeUse } from '../../../test/whole.ts';

let server: TestServer;
let manager: Agent;
let decider: Agent;

beforeAll(async () => {
  ({ server, manager } = await staffedServer());
  decider = await signedIn(server, manager.organisation, ['aims-manager'], { name: 'Head of release' });
});
afterAll(() => closeUnfailed(server));

async function made(collection: string, fields: object, links: Record<string, string> = {}) {
  const answer = await manager.send('POST', `/${collection}`, { fields, links: linked(links) });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json().record as RecordWire;
}
const read = async (collection: string, id: string, by = manager): Promise<RecordWire> =>
  (await by.send('GET', `/${collection}/${id}`)).json();
async function decide(collection: string, id: string, act: string, by = decider) {
  const { version, proof } = await read(collection, id);
  const body = { act, version, digest: proof.digest, reason: act === 'approve' ? null : 'It was a mistake' };
  return by.send('POST', `/${collection}/${id}/approvals`, body);
}
async function decided(collection: string, id: string, act: string): Promise<void> {
  const answer = await decide(collection, id, act);
  expect(answer.statusCode, answer.body).toBeLessThan(300);
}
async function preview(collection: string, id: string): Promise<WithdrawalWire> {
  const answer = await decider.send('GET', `/${collection}/${id}/withdrawal`);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}
/** Stations of a line with their verdicts and the rules of their gaps. */
async function lineOf(system: string) {
  const trace: TraceWire = (await manager.send('GET', `/systems/${system}/trace`)).json();
  return trace.stations.map(({ id, verdict, gaps }) => ({ id, verdict, gaps: gaps.length }));
}
const useOf = async (system: string, name: string) => {
  const use = await made('use-cases', { name, ...wholeUse }, { system });
  await decided('use-cases', use.id, 'approve');
  return use.id;
};
const newSystem = async (name: string) => {
  const answer = await manager.send('POST', '/systems', { fields: { name }, state: 'deployment' });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json().record.id as string;
};

test('what is said to fall is what falls, on that system and on no other', async () => {
  const system = await newSystem('Claims triage');
  const other = await newSystem('Fraud alerts');
  const use = await useOf(system, 'Order of claims');
  await useOf(other, 'Order of alerts');
  const [before, beside] = [await lineOf(system), await lineOf(other)];
  const told = await preview('use-cases', use);
  expect(await lineOf(system)).toEqual(before);
  expect(told).toMatchObject({ version: 1, fallen: 1, looked: 1, of: 1, organisation: [] });
  expect(told.systems.map((one) => one.system.id)).toEqual([system]);
  const said = told.systems[0]?.falls ?? [];
  expect(said.map(({ id }) => id)).toContain('use-cases');
  expect(said.every(({ gaps }) => gaps.length > 0)).toBe(true);

  await decided('use-cases', use, 'withdraw');
  const after = await lineOf(system);
  expect(await lineOf(other)).toEqual(beside);
  const turned = after.filter((one, at) => JSON.stringify(one) !== JSON.stringify(before[at]));
  expect(said.map(({ id, after: verdict }) => ({ id, verdict }))).toEqual(
    turned.map(({ id, verdict }) => ({ id, verdict })),
  );
  expect((await decider.send('GET', `/use-cases/${use}/withdrawal`)).statusCode).toBe(409);
});

test('what belongs to the organisation is looked at on every system, and on its own line', async () => {
  const policy = await made('documents', { name: 'AI policy', ...wholePolicy, type: 'ai-policy' });
  await decided('documents', policy.id, 'approve');
  const told = await preview('documents', policy.id);
  expect(told.of).toBe(2);
  expect(told.looked).toBe(2);
  expect(told.fallen).toBe(2);
  expect(told.systems.every(({ falls }) => falls.some(({ id }) => id === 'policy'))).toBe(true);
  expect(told.organisation.map(({ id }) => id)).toContain('5.2');
});

test('a withdrawal by mistake is taken back by the same person alone, and everything stands as it did', async () => {
  const system = await newSystem('Invoice reader');
  const use = await useOf(system, 'Reading invoices');
  const before = await lineOf(system);
  const given = (await read('use-cases', use)).approval;
  expect((await decide('use-cases', use, 'reinstate')).json().detail).toContain('no withdrawal to take back');
  await decided('use-cases', use, 'withdraw');
  expect((await read('use-cases', use, decider)).abilities.reinstate).toEqual({ allowed: true });
  expect((await read('use-cases', use)).abilities.reinstate).toMatchObject({ allowed: false });
  const another = await decide('use-cases', use, 'reinstate', manager);
  expect([another.statusCode, another.json().detail]).toEqual([
    409,
    expect.stringContaining('Only whoever withdrew'),
  ]);
  await decided('use-cases', use, 'reinstate');
  const back = await read('use-cases', use);
  expect(back.approval).toMatchObject({ status: 'approved', version: 1, inForce: 1, at: given?.at });
  expect(back.approval?.acts.map(({ act }) => act)).toEqual(['approve', 'withdraw', 'reinstate']);
  expect(await lineOf(system)).toEqual(before);
  // Once only: it is no longer the newest act.
  expect((await decide('use-cases', use, 'reinstate')).statusCode).toBe(409);
});

test('what was written since a withdrawal is approved anew', async () => {
  const use = await useOf(await newSystem('Route planner'), 'Planning of routes');
  await decided('use-cases', use, 'withdraw');
  const { version } = await read('use-cases', use);
  const edit = { fields: { name: 'Planning of rounds' } };
  expect((await manager.send('PATCH', `/use-cases/${use}`, edit, ifMatch(version))).statusCode).toBe(200);
  const refused = await decide('use-cases', use, 'reinstate');
  expect([refused.statusCode, refused.json().detail]).toEqual([
    409,
    expect.stringContaining('Something changed since'),
  ]);
});
