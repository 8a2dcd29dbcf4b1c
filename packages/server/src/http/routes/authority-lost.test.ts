/** Whoever approved loses the authority for it: the page, lists, links, files and the line say the same of it (5.3, 8.3). */
import type { RecordWire, RegisterWire, TraceWire } from '@throughline/domain/wire.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { comparedBut } from '../../../../domain/test/risk/compared.ts';
import { approved, criteriaInForce, ratingBy } from '../../../test/approved.ts';
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
import { setAuthority } from '../../store/authority.ts';
import { changeMember } from '../../store/members.ts';

let server: TestServer;
let manager: Agent;
let director: Agent;
let successor: Agent;
let system: RecordWire;
let risk: RecordWire;
let plan: RecordWire;

const made = (collection: string, fields: object, links: Record<string, string[]> = {}, state?: string) =>
  madeIn(server, manager, collection, { fields, links: linked(links), state });
const rule = () => {
  const actor = { type: 'rule', rule: 'test' } as const;
  const at = { at: server.services.clock(), because: null, request: null };
  return { organisation: manager.organisation, actor, ...at };
};
const rolesOf = (who: Agent, name: string, roles: readonly ('top-management' | 'reader')[]) =>
  server.store.change(rule(), (write) =>
    changeMember(write, who.id, { name, roles: [...roles], active: true, until: null, scope: null }),
  );

beforeAll(async () => {
  ({ server, manager } = await staffedServer());
  director = await signedIn(server, manager.organisation, ['top-management'], { name: 'Director' });
  successor = await signedIn(server, manager.organisation, ['top-management'], { name: 'Successor' });
  await criteriaInForce(manager, director);
  const nobody = { member: null, delegate: null, until: null };
  const rows = ['residual_risk', 'treatment_plan'].map((dimension) => ({
    ...{ dimension, level: 'severe', role: 'top-management' },
    ...nobody,
  }));
  await server.store.change(rule(), (write) => setAuthority(write, rows, '2026-01-01'));
  system = await made('systems', { name: 'Claims triage' }, {}, 'operation-monitoring');
  const home = { system: [system.id] };
  const said = { acceptanceType: 'lasting', acceptanceReason: 'The gain is worth it.' };
  const fields = { name: 'Some wait longer', event: 'They do', owner: manager.id, ...said };
  risk = await made('risks', fields, home);
  for (const point of ['current', 'residual']) {
    const { version } = (await manager.send('GET', `/risks/${risk.ref}`)).json<RecordWire>();
    const rated = await manager.send(
      'PUT',
      `/risks/${risk.ref}/rating`,
      ratingBy({ point }),
      ifMatch(version),
    );
    expect(rated.statusCode, rated.body).toBe(200);
  }
  plan = await made(
    'treatments',
    {
      ...{ name: 'Read twice', option: ['reduce-likelihood'], owner: manager.id, expectedLevel: 'severe' },
      actions: [{ action: 'Second reading', owner: manager.id, due: '2199-01-31' }],
      compared: comparedBut(),
    },
    { ...home, risks: [risk.id] },
  );
  await approved(director, 'treatments', plan.ref);
  await approved(director, 'risks', risk.ref);
});
afterAll(() => closeUnfailed(server));

/** How it stands on its page, where lists, links to it and files say the same. */
async function stands(collection: string, { ref }: RecordWire): Promise<unknown> {
  const { approval } = (await manager.send('GET', `/${collection}/${ref}`)).json<RecordWire>();
  const rows = (await manager.send('GET', `/${collection}`)).json<RegisterWire>().items;
  expect(rows.find((row) => row.ref === ref)?.approval).toBe(approval?.status);
  const file = (await manager.send('GET', `/${collection}/export?format=json`)).json<
    { ref: string; approval: { stale: boolean } }[]
  >();
  expect(file.find((row) => row.ref === ref)?.approval.stale).toBe(approval?.status === 'stale');
  return [approval?.status, approval?.beyond === true];
}
async function gaps(asked: 'RI4' | 'RI5'): Promise<number> {
  const trace = (await manager.send('GET', `/systems/${system.ref}/trace`)).json<TraceWire>();
  const found = trace.stations.flatMap((station) => station.gaps).filter(({ rule: id }) => id === asked);
  return found.filter(({ sentence }) => JSON.stringify(sentence).includes('authority')).length;
}

test('an acceptance and a plan of somebody whose role was taken away are called stale everywhere, until another confirms them', async () => {
  const both = async () => [
    ...[await stands('risks', risk), await gaps('RI5')],
    ...[await stands('treatments', plan), await gaps('RI4')],
  ];
  expect(await both()).toEqual([['approved', false], 0, ['approved', false], 0]);
  await rolesOf(director, 'Director', ['reader']);
  expect(await both()).toEqual([['stale', true], 1, ['stale', true], 1]);
  const page = (await manager.send('GET', `/systems/${system.ref}`)).body;
  expect(page).toContain('"approval":"stale"');
  // Nobody says that it has no effect: nothing changed but who gave it.
  const { version, proof } = (await successor.send('GET', `/risks/${risk.ref}`)).json<RecordWire>();
  const none = { act: 'restore', reason: 'The gain is as it was.', version, digest: proof.digest };
  expect((await successor.send('POST', `/risks/${risk.ref}/approvals`, none)).statusCode).toBe(409);
  await approved(successor, 'risks', risk.ref);
  await approved(successor, 'treatments', plan.ref);
  expect(await both()).toEqual([['approved', false], 0, ['approved', false], 0]);
});

test('what was written into it since that is not material hides nothing', async () => {
  const at = `/risks/${risk.ref}`;
  const { version } = (await manager.send('GET', at)).json<RecordWire>();
  const named = await manager.send(
    'PATCH',
    at,
    { fields: { name: 'Some wait much longer' } },
    ifMatch(version),
  );
  expect(named.statusCode, named.body).toBe(200);
  expect(await stands('risks', risk)).toEqual(['approved', false]);
  await rolesOf(successor, 'Successor', ['reader']);
  expect([await stands('risks', risk), await gaps('RI5')]).toEqual([['stale', true], 1]);
  await rolesOf(successor, 'Successor', ['top-management']);
  expect([await stands('risks', risk), await gaps('RI5')]).toEqual([['approved', false], 0]);
});
