import type { RecordWire } from '@throughline/domain/wire.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  ifMatch,
  record,
  signedIn,
  startedServer,
  type TestServer,
} from '../../../test/factories.ts';

let server: TestServer;
let manager: Agent;
let tester: Agent;
let control: { readonly id: string };

beforeAll(async () => {
  const started = await startedServer();
  server = started.server;
  manager = await signedIn(server, started.admin.organisation, ['aims-manager']);
  tester = await signedIn(server, manager.organisation, ['internal-auditor']);
  control = await record(manager, 'controls', { name: 'Second reader', code: 'X-1' });
});
afterAll(() => server?.close());

const list = Array.from({ length: 40 }, (_, at) => `Letter ${at + 1}`);
const aTest = (more: object = {}) =>
  record(
    tester,
    'control-tests',
    { name: 'Do they read twice', ...more },
    { control: { set: [control.id] } },
  );
const read = async (id: string): Promise<RecordWire> =>
  (await tester.send('GET', `/control-tests/${id}`)).json();
const items = ({ fields }: RecordWire) => (fields.sampleItems as { item: string }[]).map(({ item }) => item);
const draw = (id: string, body: object, version = 1, by = tester) =>
  by.send('POST', `/control-tests/${id}/sample`, body, ifMatch(version));
const checked = async (id: string) => (await tester.send('GET', `/control-tests/${id}/sample`)).json();
const edit = (id: string, version: number, fields: object) =>
  tester.send('PATCH', `/control-tests/${id}`, { fields }, ifMatch(version));
const conclude = (id: string, version: number, by = tester) =>
  by.send('POST', `/control-tests/${id}/transitions`, { transition: 'conclude' }, ifMatch(version));

test('the same seed and the same population give the same sample, and anybody can draw it again', async () => {
  const [one, two] = [await aTest(), await aTest()];
  expect(await checked(one.id)).toEqual({ drawn: false, repeated: null });
  for (const { id } of [one, two]) {
    const answer = await draw(id, { population: list, size: 5, seed: 'spring' });
    expect(answer.statusCode, answer.body).toBe(200);
  }
  const [first, second] = [await read(one.id), await read(two.id)];
  expect(items(first)).toEqual(items(second));
  expect(new Set(items(first)).size).toBe(5);
  expect(items(first).every((item) => list.includes(item))).toBe(true);
  expect(first.fields).toMatchObject({
    seed: 'spring',
    populationSize: 40,
    sampleSize: 5,
    deviations: 0,
    populationDigest: second.fields.populationDigest,
  });
  const file = await tester.send('GET', `/blobs/${String(first.fields.populationFile)}`);
  expect(file.body.split('\n')).toEqual(list);
  expect(await checked(one.id)).toEqual({ drawn: true, repeated: 'same' });
  const other = await aTest();
  await draw(other.id, { population: list, size: 5 });
  expect((await read(other.id)).fields.seed).toMatch(/^[0-9a-f]{32}$/);
});

test('what was drawn is not swapped by hand, and is drawn again with a reason alone', async () => {
  const { id } = await aTest();
  await draw(id, { population: list, size: 3, seed: 'a' });
  const { fields } = await read(id);
  const rows = fields.sampleItems as object[];
  const swapped = await edit(id, 2, { sampleItems: [{ item: 'Letter 99' }, ...rows.slice(1)] });
  expect([swapped.statusCode, swapped.json().errors[0].at]).toEqual([422, 'fields.sampleItems']);
  for (const change of [{ populationSize: 5 }, { populationDigest: 'x' }, { seed: 'b' }, { seed: null }])
    expect((await edit(id, 2, change)).statusCode).toBe(422);
  const silent = await draw(id, { population: list, size: 3, seed: 'b' }, 2);
  expect([silent.statusCode, silent.json().errors[0].at]).toEqual([422, 'reason']);
  const again = await draw(id, { population: list, size: 3, seed: 'b', reason: 'Three were withdrawn' }, 2);
  expect(again.statusCode, again.body).toBe(200);
  expect((await read(id)).fields.redraws).toMatchObject([{ seed: 'a', reason: 'Three were withdrawn' }]);
  expect((await edit(id, 3, { redraws: [] })).statusCode).toBe(422);
  // Two who draw at once: the second one saw a version that is gone.
  expect((await draw(id, { population: list, size: 3, reason: 'Again' }, 2)).statusCode).toBe(412);
});

test('a test is concluded with a criterion, a method and a sample, each item of which has its result', async () => {
  const told = {
    conclusion: 'effective',
    result: 'As it should be.',
    tester: tester.id,
    testedOn: '2026-02-01',
  };
  const { id } = await aTest(told);
  expect((await conclude(id, 1)).json().detail ?? '').not.toBe('');
  await edit(id, 1, { criterion: 'Two names on each letter', method: 'Letters were read' });
  expect((await conclude(id, 2)).json().detail).toMatch(/draw a sample, or describe it/);
  await draw(id, { population: list, size: 2 }, 2);
  expect((await conclude(id, 3)).json().detail).toMatch(/2 of 2 items of the sample have no result yet/);
  const [one, two] = items(await read(id));
  const seen = [
    { item: one, result: 'as-expected' },
    { item: two, result: 'deviates', note: 'One name' },
  ];
  expect((await edit(id, 3, { sampleItems: seen })).statusCode).toBe(200);
  expect((await read(id)).fields).toMatchObject({ sampleSize: 2, deviations: 1 });
  expect((await conclude(id, 4, manager)).statusCode).toBe(409);
  const done = await conclude(id, 4);
  expect(done.statusCode, done.body).toBe(200);
  expect((await draw(id, { population: list, size: 2, reason: 'Better luck' }, 5)).statusCode).toBe(409);
});

test('the implementations that are in place are a population; an empty one, doubles and too large a sample are refused', async () => {
  const { id } = await aTest();
  expect((await draw(id, { population: 'in-place', size: 1 })).statusCode).toBe(409);
  const fields = {
    name: 'At the desk',
    howItWorks: 'By hand',
    owner: manager.id,
    inPlaceSince: '2026-01-05',
  };
  const links = { control: { set: [control.id] } };
  const made = await manager.send('POST', '/implementations', { fields, links, state: 'in-place' });
  expect(made.statusCode, made.body).toBe(201);
  expect((await draw(id, { population: 'in-place', size: 2 })).statusCode).toBe(422);
  expect((await draw(id, { population: ['A', 'B', ' A '], size: 1 })).json().errors[0].at).toBe(
    'population.2',
  );
  expect((await draw(id, { population: 'in-place', size: 1 })).statusCode).toBe(200);
  expect(items(await read(id))).toEqual([`${made.json().record.ref} At the desk`]);
  const reader = await signedIn(server, manager.organisation, ['reader']);
  expect((await draw(id, { population: list, size: 1, reason: 'Mine' }, 2, reader)).statusCode).toBe(403);
});

test('opening a concluded test again puts its next day off no more than a form does, until it is tested again', async () => {
  const said = {
    ...{ criterion: 'Each letter has two names', method: 'Letters were read', sample: 'Ten letters of May' },
    ...{ result: 'All ten have them', conclusion: 'effective', tester: tester.id },
  };
  const { id } = await aTest({ ...said, testedOn: '2026-02-01', nextTest: '2026-04-01' });
  let { version } = await read(id);
  const done = async (answer: Awaited<ReturnType<typeof edit>>) => {
    expect(answer.statusCode, answer.body).toBe(200);
    ({ version } = await read(id));
  };
  const refused = (answer: Awaited<ReturnType<typeof edit>>) =>
    expect(answer.json().errors).toEqual([
      { at: 'fields.nextTest', message: 'Next test is put off by testing again alone.' },
    ]);
  const stranger = await signedIn(server, manager.organisation, ['internal-auditor']);
  const step = (transition: string, fields?: object) =>
    stranger.send(
      'POST',
      `/control-tests/${id}/transitions`,
      { transition, ...(fields ? { fields } : {}) },
      ifMatch(version),
    );
  await done(await conclude(id, version));
  const why = { reopenedBecause: 'One letter of the ten was from April.' };
  refused(await step('reopen', { ...why, nextTest: '2027-01-31' }));
  await done(await step('reopen', why));
  for (const nextTest of ['2027-01-31', null]) refused(await edit(id, version, { nextTest }));
  await done(await edit(id, version, { testedOn: '2026-03-20', nextTest: '2027-01-31' }));
  // Nor by naming a later day of the test for as long as that takes.
  refused(await edit(id, version, { testedOn: '2026-02-01' }));
  await done(await edit(id, version, { nextTest: '2027-03-01' }));
  await done(await conclude(id, version));
  expect((await read(id)).fields.nextTest).toBe('2027-03-01');
});
