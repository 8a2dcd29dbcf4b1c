import type { ProposalWire } from '@throughline/domain/wire-proposals.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  agentOf,
  closeUnfailed,
  signedIn,
  startedServer,
  type TestServer,
} from '../../../test/factories.ts';

/** However many proposals somebody makes, what one hand did alone and what waits are seen by those they are told to. */
let server: TestServer;
let admin: Agent;
let reader: Agent;
beforeAll(async () => {
  ({ server, admin } = await startedServer());
});
afterAll(() => closeUnfailed(server));

const listed = async (who: Agent): Promise<ProposalWire[]> =>
  (await who.send('GET', '/proposals')).json().items;
const kinds = async (who: Agent) =>
  [...new Set((await listed(who)).map(({ matter, state }) => `${matter} ${state}`))].sort();
const addAccount = (n: number) =>
  admin.send('POST', '/service-accounts', { name: `Sync ${n}`, owner: admin.id, roles: ['contributor'] });

/** As many as there would be after months of use: they are over. */
const manyOver = (many: number, matter: string) =>
  server.store.owner.query(
    `insert into proposal (organisation, id, matter, what, about, by_type, by_id, at, ended_at, ended_by, ended_as)
      select $1, gen_random_uuid(), $2, '{"grants":[]}', null, 'person', ($3::uuid)::text, now(), now(), $3::uuid, 'withdrawn'
      from generate_series(1, $4)`,
    [admin.organisation, matter, admin.id, many],
  );

test('what one hand did alone, and what waits, stay listed behind any number of others', async () => {
  const grants = [{ level: 'high', dimension: 'release', holder: { role: 'top-management' } }];
  const alone = await admin.send('PUT', '/authority', { grants, reason: 'There is nobody else here yet.' });
  expect(alone.statusCode).toBe(200);
  reader = await signedIn(server, admin.organisation, ['reader']);
  await signedIn(server, admin.organisation, ['admin'], { name: 'Head of operations' });
  expect((await admin.send('PUT', '/authority', { grants: [] })).statusCode).toBe(202);
  await manyOver(150, 'authority');
  await manyOver(150, 'administrator');
  expect(await kinds(reader)).toEqual(['authority alone', 'authority waits', 'authority withdrawn']);
  expect(await kinds(admin)).toEqual(expect.arrayContaining(['authority alone', 'authority waits']));
  const moments = (await listed(admin)).map(({ at }) => at);
  expect(moments).toEqual(moments.toSorted().toReversed());
  expect((await listed(admin)).filter(({ state }) => state === 'withdrawn')).toHaveLength(100);
});

test('one hand keeps no more than fifty waiting, by whichever of its accounts and tokens', async () => {
  const answers: number[] = [];
  for (let n = 0; n < 51; n += 1) answers.push((await addAccount(n)).statusCode);
  // The table of authority waits already.
  expect(answers.filter((status) => status === 201)).toHaveLength(49);
  const refused = await addAccount(51);
  expect([refused.statusCode, refused.json().code]).toEqual([409, 'conflict']);
  expect(refused.json().detail).toContain('End some of them first');
  const made = await admin.send('POST', '/tokens', { name: 'Pipeline', roles: ['admin'] });
  const program = agentOf(server, { authorization: `Bearer ${made.json().secret}` }, admin.organisation, '');
  const account = { name: 'Sync', owner: admin.id, roles: ['contributor'] };
  expect((await program.send('POST', '/service-accounts', account)).statusCode).toBe(409);
  const mine = (await listed(admin)).find(({ state }) => state === 'waits');
  expect(
    (await admin.send('POST', `/proposals/${mine?.id}/end`, { reason: 'It is not needed any more.' }))
      .statusCode,
  ).toBe(200);
  expect((await addAccount(52)).statusCode).toBe(201);
});
