import { afterAll, beforeAll, expect, test } from 'vitest';
import { form } from '../../../test/every-route/world.ts';
import {
  type Agent,
  closeUnfailed,
  cookieHeaders,
  signedIn,
  startedServer,
  stranger,
  type TestServer,
} from '../../../test/factories.ts';
import { keyedSigning } from '../../../test/signing.ts';
import { found, publish } from '../../../test/verified-world.ts';
import { jobHandlers } from '../../job-handlers.ts';
import { runJob } from '../../jobs/run-job.ts';
import { askForJob } from '../../store/jobs.ts';
import { applyRetention } from './apply-retention.ts';

let server: TestServer;
let admin: Agent;
let signing: Awaited<ReturnType<typeof keyedSigning>>;
beforeAll(async () => {
  ({ server, admin } = await startedServer());
  signing = await keyedSigning(server.store);
});
afterAll(async () => {
  signing.close();
  await closeUnfailed(server);
});

const days = (count: number) => count * 86_400_000;
const rows = async (text: string) => (await server.store.owner.query<Record<string, unknown>>(text)).rows;
const entries = () => rows(`select act from entry where act = 'retention.applied'`);

test('rules that make no sense are refused at the field, and every change is a named entry', async () => {
  for (const [retention, at] of [
    [{ sessions: 1 }, 'retention.sessions'],
    [{ jobs: 5000 }, 'retention.jobs'],
    [{ records: 10 }, 'retention'],
  ] as const) {
    const refused = await admin.send('PATCH', '/organisation', { retention });
    expect([refused.statusCode, refused.json().errors[0].at]).toEqual([422, expect.stringContaining(at)]);
  }
  const holidays = [
    { day: '2026-12-28', name: 'In lieu' },
    { day: '2026-12-25', name: 'Christmas Day' },
    { day: '2026-12-25', name: 'Christmas' },
  ];
  const set = await admin.send('PATCH', '/organisation', {
    calendar: { workingDays: [5, 1, 2, 3, 4, 4], holidays, due: 'next' },
  });
  expect(set.json().calendar).toEqual({
    workingDays: [1, 2, 3, 4, 5],
    holidays: [holidays[2], holidays[0]],
    due: 'next',
  });
  for (const calendar of [
    { workingDays: [], holidays: [], due: 'next' },
    { workingDays: [8], holidays: [], due: 'next' },
    { workingDays: [1], holidays: [{ day: '2026-02-30', name: 'Never' }], due: 'next' },
    { workingDays: [1], holidays: [], due: 'never' },
  ])
    expect((await admin.send('PATCH', '/organisation', { calendar })).statusCode).toBe(422);
  const same = await admin.send('PATCH', '/organisation', {
    calendar: set.json().calendar,
    name: 'Example Insurance',
  });
  expect(same.statusCode).toBe(200);
  const reader = await signedIn(server, admin.organisation, ['reader']);
  const told = (await reader.send('GET', '/log?act=organisation.created,organisation.changed&limit=3')).json()
    .items;
  expect(told[0]).toMatchObject({
    act: 'organisation.changed',
    changed: ['calendar'],
    byName: 'Head of compliance',
  });
  // What changes nothing, and what is refused, is no entry.
  expect(told.map((one: { act: string }) => one.act)).toEqual([
    'organisation.changed',
    'organisation.created',
  ]);
});

test('a task that falls due on a day on which nobody works is due on the next one, on Home too', async () => {
  const member = (await admin.send('GET', '/session')).json().member.id;
  const now = server.services.clock();
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(now);
  const day = (ahead: number) =>
    new Date(Date.parse(`${today}T00:00:00Z`) + days(ahead)).toISOString().slice(0, 10);
  const task = await admin.send('POST', '/tasks', {
    fields: { name: 'Review the inventory', due: day(-1), assignee: member },
  });
  expect([task.statusCode, task.statusCode === 201 ? '' : task.body]).toEqual([201, '']);
  const rule = (due: string) =>
    admin.send('PATCH', '/organisation', {
      calendar: {
        workingDays: [1, 2, 3, 4, 5, 6, 7],
        holidays: [-1, 0].map((ahead) => ({ day: day(ahead), name: 'Closed' })),
        due,
      },
    });
  const needs = async () => JSON.stringify((await admin.send('GET', '/home')).json());
  await rule('as-is');
  const late = await needs();
  await rule('next');
  const moved = await needs();
  expect(late).toContain('Review the inventory');
  expect(moved).not.toEqual(late);
});

test('what ended long enough is taken away after the organisation’s own rule, once, and the log counts it', async () => {
  const entered = await stranger(server).send(
    'POST',
    '/session',
    { email: 'admin@example.org', password: 'correct horse battery staple' },
    {
      headers: { 'user-agent': 'Browser of a test' },
    },
  );
  expect(entered.statusCode).toBe(200);
  const cookie = entered.cookies.find(({ name }) => name === 'throughline')?.value ?? '';
  const left = await stranger(server).send('DELETE', '/session', undefined, {
    headers: cookieHeaders(cookie),
  });
  expect(left.statusCode).toBe(204);
  const ctx = { organisation: admin.organisation, at: server.services.clock(), because: null, request: null };
  const job = await server.store.change({ ...ctx, actor: { type: 'rule', rule: 'test' } }, (write) =>
    askForJob(write, 'nothing', null),
  );
  await runJob(server.services, { nothing: async () => null }, admin.organisation, job);
  const { payload, headers } = form('Model Name,Provider\nNight tariff,In house\n');
  const uploaded = await admin.send('POST', '/imports?kind=model', undefined, { payload, headers });
  expect(uploaded.statusCode).toBe(201);
  const applied = await admin.send('POST', `/imports/${uploaded.json().id}/apply`, {});
  expect(applied.statusCode).toBe(202);
  await runJob(server.services, jobHandlers, admin.organisation, applied.json().job.id);
  const set = await admin.send('PATCH', '/organisation', {
    retention: { sessions: 30, jobs: 7, importCells: 90 },
  });
  expect(set.json().retention).toEqual({ sessions: 30, jobs: 7, importCells: 90 });

  expect(await applyRetention(server.services)).toEqual(new Map([[admin.organisation, {}]]));
  expect(await entries()).toEqual([]);
  server.later(days(10));
  const first = (await applyRetention(server.services)).get(admin.organisation);
  expect(first).toMatchObject({ jobs: expect.any(Number) });
  expect(await rows(`select id from job where id = '${job}'`)).toEqual([]);
  expect(await rows('select agent from session where agent is not null')).not.toEqual([]);
  server.later(days(100));
  const second = (await applyRetention(server.services)).get(admin.organisation);
  expect(second?.sessions).toBeGreaterThan(0);
  expect(
    await rows(
      'select 1 from session where ended_at is not null and (agent is not null or host is not null or browser is not null)',
    ),
  ).toEqual([]);
  // The rows of a file and what came of them stay; their cells are gone.
  expect(await rows('select raw from import_row')).toSatisfy((all: { raw: unknown }[]) => all.length > 0);
  expect(await rows('select raw from import_row where raw is not null')).toEqual([]);
  expect(await applyRetention(server.services)).toEqual(new Map([[admin.organisation, {}]]));
  expect(await entries()).toHaveLength(2);
  await publish(server, signing);
  expect(await found(server, admin.organisation)).toEqual([]);
  expect(await rows('select 1 from import_row where salt is not null or rejections is not null')).toEqual([]);
  // The entry says how far back cells went: of a later import they would be missed.
  const [entry] = await rows(
    `select body from entry where act = 'retention.applied' order by id desc limit 1`,
  );
  const { cellsBefore } = JSON.parse(String(entry?.body));
  const appliedAt = (await rows('select applied_at from import'))[0]?.applied_at;
  expect(appliedAt instanceof Date && appliedAt.toISOString() < cellsBefore).toBe(true);
});
