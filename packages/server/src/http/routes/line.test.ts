import { addDays, dayIn } from '@throughline/domain/day.ts';
import type { ReadinessWire, RecordWire, TraceWire } from '@throughline/domain/wire.ts';
import type { HomeWire, WalkDrawWire } from '@throughline/domain/wire-pages.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  ifMatch,
  organisation,
  signedIn,
  startedServer,
  stranger,
  type TestServer,
} from '../../../test/factories.ts';
import { madeIn } from '../../../test/take-steps.ts';
import { sequenceAll } from '../../log/sequencer.ts';

let server: TestServer;
let admin: Agent;
beforeAll(async () => {
  ({ server, admin } = await startedServer());
});
afterAll(() => closeUnfailed(server));

const make = (agent: Agent, collection: string, body: Parameters<typeof madeIn>[3]) =>
  madeIn(server, agent, collection, body);

const live = (name: string) => ({
  fields: { name, liveSince: '2025-03-01' },
  links: {},
  state: 'operation-monitoring',
});

test('the line of a live system names its gaps in words, each with its rule and at most one action', async () => {
  const system = await make(admin, 'systems', live('Claims triage assistant'));
  const answer = await admin.send('GET', `/systems/${system.ref}/trace`);
  expect(answer.statusCode).toBe(200);
  const trace = answer.json<TraceWire>();
  expect(trace.stations).toHaveLength(15);
  expect(trace.strip).toHaveLength(15);
  expect(trace.stations.map((station) => station.verdict)).not.toContain('not-started');
  const ownership = trace.stations.find((station) => station.id === 'ownership');
  const owner = ownership?.gaps.find((gap) => gap.rule === 'OW1');
  expect(owner).toMatchObject({
    source: 'standard',
    weight: 'major',
    causedBy: null,
    action: { ability: { allowed: true } },
  });
  expect(owner?.records.map((record) => record.ref)).toContain(system.ref);
});

test('a gap that was given to somebody says who does what until when, until the task is dropped', async () => {
  const system = await make(admin, 'systems', live('Repair cost'));
  const taskAt = async () => {
    const trace = (await admin.send('GET', `/systems/${system.ref}/trace`)).json<TraceWire>();
    return trace.stations.flatMap((station) => station.gaps).find((gap) => gap.rule === 'OW1')?.task;
  };
  expect(await taskAt()).toBeNull();
  const me = (await admin.send('GET', '/session')).json().member;
  const task = await make(admin, 'tasks', {
    fields: { name: 'Name an owner', rule: 'OW1', assignee: me.id, due: '2026-12-15' },
    links: { system: { set: [system.id] }, concerns: { set: [system.id] } },
  });
  expect(await taskAt()).toMatchObject({ ref: task.ref, assignee: me.name, due: '2026-12-15' });
  const elsewhere = await make(admin, 'systems', live('Weather alerts'));
  const about = (add: string, remove: string) => ({ links: { concerns: { add: [add], remove: [remove] } } });
  const tasks = `/tasks/${task.ref}`;
  await admin.send('PATCH', tasks, about(elsewhere.id, system.id), ifMatch(1));
  expect(await taskAt()).toBeNull();
  await admin.send('PATCH', tasks, about(system.id, elsewhere.id), ifMatch(2));
  expect(await taskAt()).toMatchObject({ ref: task.ref });
  const dropped = { fields: { result: 'Not needed.' } };
  expect((await admin.send('PATCH', tasks, dropped, ifMatch(3))).statusCode).toBe(200);
  await admin.send('POST', `${tasks}/transitions`, { transition: 'drop' }, ifMatch(4));
  expect(await taskAt()).toBeNull();
});

test('closing a gap turns the station', async () => {
  const system = await make(admin, 'systems', live('Broker chat guide'));
  const verdictOf = async (rule: string) => {
    const trace = (await admin.send('GET', `/systems/${system.ref}/trace`)).json<TraceWire>();
    return trace.stations.flatMap((station) => station.gaps).some((gap) => gap.rule === rule);
  };
  expect(await verdictOf('OW2')).toBe(true);
  const deputy = await signedIn(server, admin.organisation, ['system-owner'], { name: 'Deputy of claims' });
  const edited = await admin.send(
    'PATCH',
    `/systems/${system.ref}`,
    { fields: { deputy: deputy.id } },
    { headers: { 'if-match': `"${system.version}"` } },
  );
  expect(edited.statusCode, edited.body).toBe(200);
  expect(await verdictOf('OW2')).toBe(false);
});

test('the line of an earlier moment is judged from what stood then', async () => {
  const system = await make(admin, 'systems', live('Fraud signal ranking'));
  await sequenceAll(server.store);
  const before = new Date(Date.now() + 5).toISOString();
  server.later(50);
  const deputy = await signedIn(server, admin.organisation, ['system-owner'], { name: 'Deputy of fraud' });
  await admin.send(
    'PATCH',
    `/systems/${system.ref}`,
    { fields: { deputy: deputy.id } },
    ifMatch(system.version),
  );
  await sequenceAll(server.store);
  const gaps = async (query: string) => {
    const trace = (await admin.send('GET', `/systems/${system.ref}/trace${query}`)).json<TraceWire>();
    return {
      open: trace.stations.flatMap((station) => station.gaps.map((gap) => gap.rule)),
      index: trace.asOf.index,
    };
  };
  const [then, now] = [await gaps(`?asOf=${before}`), await gaps('')];
  expect(then.open).toContain('OW2');
  expect(now.open).not.toContain('OW2');
  expect(then.index).toBeLessThan(now.index);
  const never = await admin.send('GET', `/systems/${system.ref}/trace?asOf=2001-01-01T00:00:00Z`);
  expect([never.statusCode, never.json().detail]).toEqual([
    404,
    'Nothing of this was on record yet at 2001-01-01T00:00:00.000Z.',
  ]);
});

test('readiness counts with denominators and says nothing that nobody judged', async () => {
  const readiness = (await admin.send('GET', '/readiness')).json<ReadinessWire>();
  expect(readiness.mandatory).toHaveLength(15);
  expect(readiness.supporting).toHaveLength(17);
  expect(readiness.organisation).toHaveLength(52);
  expect(
    readiness.mandatory.every(
      (item) => item.ownerCanSpeak.state === 'not-yet-judged' || item.ownerCanSpeak.state === 'no',
    ),
  ).toBe(true);
  expect(readiness.mandatory.filter((item) => item.passes)).toEqual([]);
});

test('a judgement is a person’s, about an item that exists', async () => {
  expect(
    (await admin.send('POST', '/readiness/judgements', { item: 'MD-02', answer: 'yes' })).statusCode,
  ).toBe(204);
  const wrong = await admin.send('POST', '/readiness/judgements', { item: 'MD-99', answer: 'yes' });
  expect(wrong.statusCode).toBe(422);
  expect(
    (await admin.send('POST', '/readiness/judgements', { item: 'MD-02', answer: 'perhaps' })).statusCode,
  ).toBe(422);
});

test('a draw can be repeated exactly with its seed, and is kept', async () => {
  for (const name of ['One', 'Two', 'Three']) await make(admin, 'systems', live(name));
  const first = (await admin.send('POST', '/walks/draw', { population: 'register' })).json<WalkDrawWire>();
  const again = (
    await admin.send('POST', '/walks/draw', { population: 'register', seed: first.seed })
  ).json<WalkDrawWire>();
  expect(again.system?.id).toBe(first.system?.id);
  expect(again.walk.id).not.toBe(first.walk.id);
  const kept = await admin.send('POST', `/walks/${first.walk.ref}/record`, {
    seconds: 120,
    pauses: [],
    stations: [{ station: 'scope', seen: 'gap', known: 'gap', note: 'No scope statement' }],
    note: '',
  });
  expect(kept.statusCode, kept.body).toBe(200);
  const walk = (await admin.send('GET', `/walks/${first.walk.ref}`)).json();
  expect(walk.fields).toMatchObject({ seconds: 120, gaps: 1, walker: admin.id });
});

test('an item drawn from outside that is not in the register has no system', async () => {
  const draw = (
    await admin.send('POST', '/walks/draw', { population: ['Shadow chatbot'] })
  ).json<WalkDrawWire>();
  expect(draw).toMatchObject({ system: null, row: 'Shadow chatbot', population: 1, from: 'outside' });
  const none = await admin.send('POST', '/walks/draw', { population: 'register', filter: 'unit=Nobody' });
  expect(none.statusCode).toBe(409);
});

test('home shows tasks by their day, and an approval only to somebody who did not write it', async () => {
  const approver = await signedIn(server, admin.organisation, ['top-management'], { name: 'Head of claims' });
  await make(admin, 'tasks', {
    fields: { name: 'Reassess', assignee: admin.id, due: '2020-01-01' },
    links: {},
  });
  const document = await make(admin, 'documents', {
    fields: { name: 'AI policy', type: 'policy', location: 'https://docs.example.org/policy' },
    links: {},
  });
  const record = (await admin.send('GET', `/documents/${document.ref}`)).json();
  const submitted = await admin.send(
    'POST',
    `/documents/${document.ref}/approvals`,
    { act: 'submit', version: record.version, digest: record.proof.digest },
    { headers: { 'if-match': `"${record.version}"` } },
  );
  expect(submitted.statusCode, submitted.body).toBe(200);
  const again = (await admin.send('GET', `/documents/${document.ref}`)).json<RecordWire>();
  expect(again.abilities.approve).toMatchObject({
    allowed: false,
    reason: 'You submitted this version, so another person approves it.',
  });
  expect(again.abilities.decide).toEqual({ allowed: true });
  const mine = (await admin.send('GET', '/home')).json<HomeWire>();
  expect(mine.overdue.map((need) => need.label)).toContain('Reassess');
  expect(mine.approve).toEqual([]);
  const theirs = (await approver.send('GET', '/home')).json<HomeWire>();
  expect(theirs.approve.map((need) => need.record.ref)).toEqual([document.ref]);
});

test('nobody sees a line without signing in, nor another organisation’s', async () => {
  const system = await make(admin, 'systems', live('Ours'));
  const foreign = await signedIn(server, await organisation(server), ['aims-manager']);
  const paths = [
    `/systems/${system.id}/trace`,
    '/readiness',
    '/readiness/coverage',
    '/readiness/gaps',
    '/readiness/trend',
    '/home',
  ];
  for (const path of paths) expect((await stranger(server).send('GET', path)).statusCode, path).toBe(401);
  expect((await foreign.send('GET', `/systems/${system.id}/trace`)).statusCode).toBe(404);
  expect((await foreign.send('GET', '/systems/SYS-1/trace')).statusCode).toBe(404);
  const readiness = (await foreign.send('GET', '/readiness')).json<ReadinessWire>();
  expect(readiness.systems.total).toBe(0);
});

test('a reader may look and not draw', async () => {
  const reader = await signedIn(server, admin.organisation, ['reader']);
  expect((await reader.send('GET', '/readiness')).statusCode).toBe(200);
  expect((await reader.send('POST', '/walks/draw', { population: 'register' })).statusCode).toBe(403);
  expect(server.failures).toEqual([]);
});

test('a house rule is waived by another person within authority: accepted, not met, until it is ended', async () => {
  const own = await organisation(server, 'Small Insurer');
  const manager = await signedIn(server, own, ['admin', 'aims-manager']);
  const board = await signedIn(server, own, ['top-management']);
  const system = await make(manager, 'systems', live('Letters'));
  const stands = async () => {
    const answer = await manager.send('GET', `/systems/${system.ref}/trace`);
    const { stations, summary } = answer.json<TraceWire>();
    const gap = stations.flatMap(({ gaps }) => gaps).find(({ rule }) => rule === 'OW2');
    return { gap, gaps: summary.gaps };
  };
  const before = await stands();
  expect([before.gap?.source, before.gap?.accepted]).toEqual(['house', undefined]);
  const today = dayIn(new Date(), 'UTC');
  const end = addDays(today, 60);
  const fields = {
    name: 'No deputy this year',
    rule: 'ow2',
    startsOn: today,
    endsOn: end,
    reason: 'We are three people',
    measures: 'The owner is always reachable',
  };
  const links = { system: { set: [system.id] } };
  const refused = await manager.send('POST', '/waivers', { fields: { ...fields, rule: 'ow1' }, links });
  expect([refused.statusCode, refused.json().errors[0].at]).toEqual([422, 'fields.rule']);
  const waiver = await make(manager, 'waivers', { fields, links });
  const decide = async (who: Agent, act: string) => {
    const { digest } = (await manager.send('GET', `/waivers/${waiver.ref}`)).json().proof;
    return (await who.send('POST', `/waivers/${waiver.ref}/approvals`, { act, version: 1, digest }))
      .statusCode;
  };
  // Nobody else keeps settings here, so that a reason stands in the place of a second hand.
  const give = (level: string) =>
    manager.send('PUT', '/authority', {
      grants: [{ dimension: 'waiver', level, holder: { member: board.id } }],
      reason: 'Nobody else keeps settings here',
    });
  expect((await give('low')).statusCode).toBe(200);
  expect(await decide(manager, 'submit')).toBe(200);
  expect([await decide(manager, 'approve'), await decide(board, 'approve')]).toEqual([403, 403]);
  expect((await stands()).gap?.accepted).toBeUndefined();
  expect((await give('moderate')).statusCode).toBe(200);
  expect(await decide(board, 'approve')).toBe(200);
  const waived = await stands();
  expect(waived.gap?.accepted).toEqual({ by: expect.any(String), until: end });
  expect(waived.gaps).toBe(before.gaps - 1);
  expect(JSON.stringify(waived.gap?.sentence)).toContain(waiver.ref);
  const step = `/waivers/${waiver.ref}/transitions`;
  const ended = { transition: 'end', fields: { endReason: 'A deputy is there' } };
  const answer = await manager.send('POST', step, ended, ifMatch(1));
  expect([answer.statusCode, (await stands()).gap?.accepted]).toEqual([200, undefined]);
});
