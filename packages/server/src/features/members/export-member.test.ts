import { afterAll, beforeAll, expect, test } from 'vitest';
import { nowhereId } from '../../../test/every-route/row.ts';
import {
  type Agent,
  alsoIn,
  closeUnfailed,
  organisation,
  record,
  signedIn,
  staffedServer,
  type TestServer,
  tokenAgent,
} from '../../../test/factories.ts';
import { keyedSigning } from '../../../test/signing.ts';
import { found, publish } from '../../../test/verified-world.ts';
import { jobHandlers } from '../../job-handlers.ts';
import { runJob } from '../../jobs/run-job.ts';
import { personParts } from '../../store/person-data.ts';
import { applyRetention } from '../organisation/apply-retention.ts';

let server: TestServer;
let admin: Agent;
let manager: Agent;
let reader: Agent;
let signing: Awaited<ReturnType<typeof keyedSigning>>;
beforeAll(async () => {
  ({ server, admin, manager, reader } = await staffedServer());
  signing = await keyedSigning(server.store);
});
afterAll(async () => {
  signing.close();
  await closeUnfailed(server);
});

const ask = (who: Agent, id: string) => who.send('POST', `/members/${id}/export`);
const fetched = (who: Agent, id: string, job: string) => who.send('GET', `/members/${id}/export/${job}`);
/** Asked for, put together, and fetched; what refuses the wish refuses it here. */
async function exported(who: Agent, id: string) {
  const asked = await ask(who, id);
  if (asked.statusCode !== 202) return asked;
  await runJob(server.services, jobHandlers, admin.organisation, asked.json().id);
  return fetched(who, id, asked.json().id);
}

test('a person takes out everything that is held about them: what they are, did, own, said and were told', async () => {
  const system = await record(manager, 'systems', { name: 'Claims triage', owner: manager.id });
  const said = await manager.send('POST', `/systems/${system.ref}/comments`, { text: 'Mine to say' });
  expect(said.statusCode).toBe(201);
  await admin.send('POST', `/systems/${system.ref}/comments`, {
    text: `@[AIMS manager](${manager.id}) please look`,
  });
  await manager.send('POST', '/views', { collection: 'systems', name: 'Running', query: 'state=live' });
  await manager.send('PUT', '/preferences', { theme: 'dark' });
  const elsewhere = await organisation(server, 'Harbour Bank');
  await alsoIn(server, manager, elsewhere, ['reader']);
  const answer = await exported(manager, manager.id);
  expect(answer.statusCode).toBe(200);
  const all = answer.json();
  expect(Object.keys(all)).toEqual(['format', 'at', 'organisation', 'account', ...personParts]);
  expect(all).toMatchObject({
    format: 'throughline-person/1',
    organisation: { id: admin.organisation, name: 'Example Insurance' },
    account: {
      email: `${manager.id}@example.org`,
      organisations: [{ name: 'Example Insurance' }, { name: 'Harbour Bank', roles: ['reader'] }],
    },
    member: [
      { id: manager.id, name: 'AIMS manager', roles: ['aims-manager'], preferences: { theme: 'dark' } },
    ],
    sessions: [{ methods: ['password'], endedAt: null }],
    views: [{ name: 'Running' }],
    records: [{ ref: system.ref, title: 'Claims triage', owner: true }],
    comments: [{ ref: system.ref, text: 'Mine to say' }],
  });
  expect(all.versions).toEqual(
    expect.arrayContaining([expect.objectContaining({ ref: system.ref, version: 1 })]),
  );
  expect(all.log.map((one: { entry: { act: string } }) => one.entry.act)).toEqual(
    expect.arrayContaining(['member.joined', 'session.started', 'record.created', 'comment.created']),
  );
  // What others wrote is named, and not repeated.
  expect(answer.body).not.toContain('please look');
  const { rows } = await server.store.owner.query<{ hash: string }>(
    `select password_hash as hash from person union select encode(token_hash, 'hex') from session`,
  );
  for (const { hash } of rows) expect(answer.body).not.toContain(hash);
});

test('an administrator takes out a member’s, which tells nothing of the account beyond the address', async () => {
  const token = await tokenAgent(server, admin.organisation, ['admin']);
  for (const who of [admin, token]) {
    const answer = await exported(who, manager.id);
    expect([answer.statusCode, answer.json().account]).toEqual([200, { email: `${manager.id}@example.org` }]);
    expect(answer.body).not.toContain('Harbour Bank');
  }
});

test('nobody else does, for a service account there is none, and what is not there is not there', async () => {
  const refused = await exported(reader, manager.id);
  expect([refused.statusCode, refused.json().facts.who]).toEqual([403, ['admin']]);
  expect((await exported(reader, reader.id)).statusCode).toBe(200);
  expect((await exported(admin, nowhereId)).statusCode).toBe(404);
  const service = await admin.send('POST', '/service-accounts', {
    name: 'Inventory sync',
    owner: admin.id,
    roles: ['reader'],
  });
  expect((await exported(admin, service.json().id)).statusCode).toBe(409);
});

test('every export is an entry of the log, with who took it out, and the log verifies', async () => {
  const before = await server.store.owner.query(`select 1 from entry where act = 'export.made'`);
  await exported(admin, reader.id);
  const { rows } = await server.store.owner.query<{ actor_id: string; body: Buffer }>(
    `select actor_id, body from entry where act = 'export.made' order by id desc`,
  );
  expect(rows).toHaveLength((before.rowCount ?? 0) + 1);
  expect(rows[0]?.actor_id).toBe(admin.id);
  expect(JSON.parse(rows[0]?.body.toString('utf8') ?? '{}').member).toBe(reader.id);
  // It is among what is held about the person from then on.
  const own = (await exported(reader, reader.id)).json();
  expect(
    own.log.filter((one: { entry: { act: string } }) => one.entry.act === 'export.made').length,
  ).toBeGreaterThan(1);
  await publish(server, signing);
  expect(await found(server, admin.organisation)).toEqual([]);
});

test('it is put together in the background, fetched by whoever asked for it alone, and for a day', async () => {
  const asked = await ask(reader, reader.id);
  const job = asked.json();
  expect([asked.statusCode, job.type, job.state]).toEqual([202, 'export-person', 'waiting']);
  const key = { headers: { 'idempotency-key': 'export-of-mine-1' } };
  const [once, twice] = [
    await reader.send('POST', `/members/${reader.id}/export`, undefined, key),
    await reader.send('POST', `/members/${reader.id}/export`, undefined, key),
  ];
  expect([twice.statusCode, twice.json().id]).toEqual([202, once.json().id]);
  // Nothing is there before it is ready, nor an entry of it.
  expect((await fetched(reader, reader.id, job.id)).statusCode).toBe(404);
  await runJob(server.services, jobHandlers, admin.organisation, job.id);
  const done = (await reader.send('GET', `/jobs/${job.id}`)).json();
  expect(done).toMatchObject({ state: 'done', result: { member: reader.id } });
  expect(done.total).toBe(personParts.length);
  const hours = (Date.parse(done.result.until) - server.services.clock().getTime()) / 3_600_000;
  expect(Math.round(hours)).toBe(24);
  for (const who of [admin, manager]) {
    expect((await fetched(who, reader.id, job.id)).statusCode).toBe(404);
    expect((await fetched(who, who.id, job.id)).statusCode).toBe(404);
  }
  const [one, again] = [await fetched(reader, reader.id, job.id), await fetched(reader, reader.id, job.id)];
  expect([one.statusCode, one.headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
  expect(again.body).toBe(one.body);
  // A second try of the same job leaves one document.
  await server.store.owner.query(`update job set ended_at = null, state = 'waiting' where id = $1`, [job.id]);
  await runJob(server.services, jobHandlers, admin.organisation, job.id);
  expect(Object.keys((await fetched(reader, reader.id, job.id)).json())).toHaveLength(personParts.length + 4);
  const kept = async () =>
    (await server.store.owner.query('select from person_export where job = $1', [job.id])).rowCount;
  server.later(25 * 3_600_000);
  await server.store.owner.query(
    `update session set expires_at = now() + interval '9 days', proved_at = now() + interval '25 hours'`,
  );
  expect((await fetched(reader, reader.id, job.id)).statusCode).toBe(404);
  expect(await kept()).toBeGreaterThan(0);
  await applyRetention(server.services);
  expect(await kept()).toBe(0);
});

test('a right that ended meanwhile ends the work, and an erased name takes the document with it', async () => {
  const other = await signedIn(server, admin.organisation, ['admin']);
  const about = await signedIn(server, admin.organisation, ['reader']);
  const asked = (await ask(other, about.id)).json();
  await server.store.owner.query(`update member set roles = '{reader}' where id = $1`, [other.id]);
  await runJob(server.services, jobHandlers, admin.organisation, asked.id);
  const { rows } = await server.store.owner.query('select state from job where id = $1', [asked.id]);
  expect(rows).toEqual([{ state: 'failed' }]);
  expect((await exported(about, about.id)).statusCode).toBe(200);
  const count = async () =>
    (await server.store.owner.query('select from person_export where member = $1', [about.id])).rowCount;
  expect(await count()).toBeGreaterThan(0);
  const chief = await signedIn(server, admin.organisation, ['admin']);
  await chief.send('PATCH', `/members/${about.id}`, { active: false });
  const erased = await chief.send('POST', `/members/${about.id}/erase`, { reason: 'person-asked' });
  expect([erased.statusCode, erased.statusCode < 300 ? '' : erased.body]).toEqual([erased.statusCode, '']);
  expect(await count()).toBe(0);
});
