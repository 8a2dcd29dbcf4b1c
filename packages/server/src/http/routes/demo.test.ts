import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  signedIn,
  startedServer,
  stranger,
  type TestServer,
} from '../../../test/factories.ts';
import { jobHandlers } from '../../job-handlers.ts';
import { runJob } from '../../jobs/run-job.ts';

let server: TestServer;
let admin: Agent;
beforeAll(async () => {
  ({ server, admin } = await startedServer());
});
afterAll(() => closeUnfailed(server));

const once = (key: string) => ({ headers: { 'idempotency-key': key } });
const run = (id: string) => runJob(server.services, jobHandlers, admin.organisation, id);
const jobOf = async (id: string) => (await admin.send('GET', `/jobs/${id}`)).json();

test('nobody but who may change the settings loads or removes it', async () => {
  for (const method of ['POST', 'DELETE'] as const) {
    expect((await stranger(server).send(method, '/demo')).statusCode).toBe(401);
    const owner = await signedIn(server, admin.organisation, ['system-owner']);
    expect((await owner.send(method, '/demo')).statusCode).toBe(403);
  }
  expect((await stranger(server).send('GET', '/demo')).statusCode).toBe(401);
});

test('before it is loaded it is offered, and there is nothing to remove', async () => {
  expect((await admin.send('GET', '/session')).json().demo).toBe('offered');
  expect((await admin.send('GET', '/demo')).json()).toEqual({ standing: 'none', systems: 0, records: [] });
  const answer = await admin.send('DELETE', '/demo');
  expect([answer.statusCode, answer.json().code]).toEqual([409, 'conflict']);
});

test('it is loaded by a job, once however often the request is sent', async () => {
  const asked = await admin.send('POST', '/demo', undefined, once('load-1'));
  expect([asked.statusCode, asked.json().type, asked.json().state]).toEqual([202, 'demo', 'waiting']);
  const again = await admin.send('POST', '/demo', undefined, once('load-1'));
  expect(again.json().id).toBe(asked.json().id);
  // A second load beside it is refused while it waits or runs.
  expect((await admin.send('POST', '/demo')).statusCode).toBe(409);
  await run(asked.json().id);
  expect(await jobOf(asked.json().id)).toMatchObject({ state: 'done', result: { people: 16 } });
  // The job run again, as after a crash, is an end and no second demo.
  expect((await admin.send('POST', '/demo')).statusCode).toBe(409);
}, 60_000);

test('what is loaded says that it is demo: its records, the counts, the session', async () => {
  const demo = (await admin.send('GET', '/demo')).json();
  expect([demo.standing, demo.systems]).toEqual(['loaded', 12]);
  const systems = (await admin.send('GET', '/systems?limit=50')).json().items;
  const refs = new Set(demo.records.map((record: { ref: string }) => record.ref));
  for (const { ref } of systems) expect([ref, refs.has(ref)]).toEqual([ref, true]);
  const one = (await admin.send('GET', `/systems/${systems[0].ref}`)).json();
  expect(one.external).toEqual([{ source: 'demo', key: expect.any(String) }]);
  expect((await admin.send('GET', '/session')).json().demo).toBe('loaded');
  expect((await admin.send('GET', '/home')).json().readiness.demo).toBe(12);
  const { systems: counted } = (await admin.send('GET', '/readiness')).json();
  expect([counted.total, counted.demo]).toEqual([12, 12]);
});

test('the first page has work in each of its groups, and only the owner is asked to confirm', async () => {
  const home = (await admin.send('GET', '/home')).json();
  const { stations } = (await admin.send('GET', '/readiness')).json();
  const gaps = stations.map(({ gap }: { gap: number }) => gap).sort((a: number, b: number) => b - a);
  expect(home.readiness.worst.map(({ systems }: { systems: number }) => systems)).toEqual(
    gaps.slice(0, 5).filter((n: number) => n > 0),
  );
  expect(home.overdue.length).toBeGreaterThan(0);
  expect(home.week.length).toBeGreaterThan(0);
  expect(home.approve.map((need: { record: { title: string } }) => need.record.title)).toContain(
    'Suppliers of AI',
  );
  expect(home.confirm.length).toBeGreaterThan(0);
  expect(home.systems.map((system: { title: string }) => system.title)).toEqual(['Applicant screening']);
  const documents = (await admin.send('GET', '/readiness')).json().mandatory;
  for (const need of home.confirm)
    expect(documents.find((item: { clause: string }) => item.clause === need.closes)?.owner?.id).toBe(
      admin.id,
    );
});

test('removing archives it and takes it out of every count', async () => {
  const asked = await admin.send('DELETE', '/demo');
  expect([asked.statusCode, asked.json().type]).toEqual([202, 'demo-remove']);
  await run(asked.json().id);
  expect(await jobOf(asked.json().id)).toMatchObject({ state: 'done', result: { people: 16, linked: 0 } });
  expect((await admin.send('GET', '/systems')).json().items).toEqual([]);
  expect((await admin.send('GET', '/readiness')).json().systems).toMatchObject({ total: 0, demo: 0 });
  expect((await admin.send('GET', '/session')).json().demo).toBe('offered');
}, 60_000);
