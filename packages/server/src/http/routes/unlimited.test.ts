import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  record,
  signedIn,
  staffedServer,
  type TestServer,
} from '../../../test/factories.ts';

/** Where no line of the table of authority limits a decision, whoever takes it is told (5.3, 8.3). */
let server: TestServer;
let manager: Agent;
let reader: Agent;

beforeAll(async () => {
  ({ server, manager, reader } = await staffedServer());
});
afterAll(() => closeUnfailed(server));

const approvalOf = async (by: Agent, path: string) => (await by.send('GET', path)).json().approval;

test('an acceptance, a plan, a gate and a waiver say that a role alone decides, until a line limits them', async () => {
  const system = { system: { set: [(await record(manager, 'systems', { name: 'Triage' })).id] } };
  const risk = await record(manager, 'risks', { name: 'It ranks wrongly' }, system);
  const plan = await record(manager, 'treatments', { name: 'Test it' }, system);
  const gate = await record(manager, 'gates', { name: 'Release', type: 'deployment-approval' }, system);
  const waiver = await record(
    manager,
    'waivers',
    {
      ...{ name: 'Without a test', rule: 'cl2', startsOn: '2026-01-01', endsOn: '2026-03-01' },
    },
    system,
  );
  const paths = [
    `/risks/${risk.ref}`,
    `/treatments/${plan.ref}`,
    `/gates/${gate.ref}`,
    `/waivers/${waiver.ref}`,
  ];
  for (const path of paths) {
    expect([path, (await approvalOf(reader, path)).unlimited]).toEqual([path, { edit: false }]);
    expect((await approvalOf(manager, path)).unlimited).toEqual({ edit: true });
  }
  // A document has no level that anybody could be limited to.
  const text = await record(manager, 'documents', { name: 'Method', type: 'method' });
  expect(await approvalOf(manager, `/documents/${text.ref}`)).not.toHaveProperty('unlimited');

  const grants = [{ level: 'moderate', dimension: 'residual_risk', holder: { role: 'risk-owner' } }];
  const limited = await manager.send('PUT', '/authority', { grants, reason: 'Decided by the board.' });
  expect(limited.statusCode, limited.body).toBe(202);
  const second = await signedIn(server, manager.organisation, ['admin']);
  const confirmed = await second.send('POST', `/proposals/${limited.json().waits}/confirm`);
  expect(confirmed.statusCode, confirmed.body).toBe(200);
  expect(await approvalOf(manager, paths[0] ?? '')).not.toHaveProperty('unlimited');
  expect((await approvalOf(reader, paths[1] ?? '')).unlimited).toEqual({ edit: false });
});
