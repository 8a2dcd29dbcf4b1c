/** An assessment stands on its use, its system, and what that is made of: whether it does is said alike everywhere. */
import type { ChangeWire, RecordWire, RegisterWire, TraceWire } from '@throughline/domain/wire.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { approved } from '../../../test/approved.ts';
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
import { wholeAssessment } from '../../../test/whole.ts';
import { sequenceAll } from '../../log/sequencer.ts';

type Made = Record<'system' | 'use' | 'model' | 'dataset' | 'assessment', RecordWire>;

let server: TestServer;
let manager: Agent;
let top: Agent;
let one: Made;

const made = (collection: string, fields: object, links: Record<string, string[]> = {}, state?: string) =>
  madeIn(server, manager, collection, { fields, links: linked(links), state });

beforeAll(async () => {
  ({ server, manager } = await staffedServer());
  top = await signedIn(server, manager.organisation, ['top-management'], { name: 'Head of claims' });
});
afterAll(() => closeUnfailed(server));

beforeEach(async () => {
  const model = await made('models', { name: 'Reader', version: '1', licence: 'MIT' });
  const dataset = await made('data-sets', { name: 'Letters', source: 'collected' });
  const system = await made(
    'systems',
    { name: 'Mail routing', purpose: 'Routes mail', hosting: 'own-premises' },
    { usesModel: [model.id], usesDataset: [dataset.id] },
    'operation-monitoring',
  );
  const use = await made('use-cases', { name: 'Routing', purpose: 'Route' }, { system: [system.id] });
  const assessment = await made(
    'impact-assessments',
    { name: 'Impact of routing', ...wholeAssessment(manager.id) },
    { system: [system.id], covers: [use.id] },
    'completed',
  );
  server.later(5);
  await approved(top, 'impact-assessments', assessment.ref);
  server.later(5);
  one = { model, dataset, system, use, assessment };
});

const collections = { system: 'systems', use: 'use-cases', model: 'models', dataset: 'data-sets' } as const;
const pathOf = (what: keyof typeof collections): string => `/${collections[what]}/${one[what].ref}`;
/** Writes, and tells what is said beforehand to turn stale by it. */
async function write(what: keyof typeof collections, body: object): Promise<readonly string[]> {
  const { version } = (await manager.send('GET', pathOf(what))).json<RecordWire>();
  const dry = await manager.send('PATCH', `${pathOf(what)}?dryRun=true`, body, ifMatch(version));
  expect(dry.statusCode, dry.body).toBe(200);
  const answer = await manager.send('PATCH', pathOf(what), body, ifMatch(version));
  expect(answer.statusCode, answer.body).toBe(200);
  server.later(5);
  return dry.json<ChangeWire>().stale.map(({ ref }) => ref);
}
const page = async (query = ''): Promise<RecordWire> =>
  (await top.send('GET', `/impact-assessments/${one.assessment.ref}${query}`)).json();

/** What makes it stale by its page, where its line, lists, links to it and files say the same. */
async function stands(query = ''): Promise<{ readonly stale: readonly string[]; readonly moved: boolean }> {
  const { approval } = await page(query);
  const { ref } = one.assessment;
  const joined = query === '' ? '' : `&${query.slice(1)}`;
  const rows = (await manager.send('GET', `/impact-assessments${query}`)).json<RegisterWire>().items;
  expect(rows.find((row) => row.ref === ref)?.approval).toBe(approval?.status);
  const answer = await manager.send('GET', `/impact-assessments/export?format=json${joined}`);
  const file = answer.json<{ ref: string; approval: { stale: boolean } }[]>();
  expect(file.find((row) => row.ref === ref)?.approval.stale).toBe(approval?.status === 'stale');
  if (query === '') {
    const use = (await manager.send('GET', pathOf('use'))).body;
    expect(use).toContain(`"approval":"${approval?.status}"`);
    const trace = (await manager.send('GET', `/systems/${one.system.ref}/trace`)).json<TraceWire>();
    const gaps = trace.stations.flatMap((station) => station.gaps).filter(({ rule }) => rule === 'IM1');
    expect(gaps.length > 0).toBe(approval?.status === 'stale');
  }
  return {
    stale: (approval?.stale ?? []).map((each) => each.ref).sort(),
    moved: approval?.moved !== undefined,
  };
}
const untouched = { stale: [], moved: false };

test.each([
  ['system', { fields: { purpose: 'Decides who is heard' } }, { fields: { purpose: 'Routes mail' } }],
  ['model', { fields: { version: '2' } }, { fields: { version: '1' } }],
  ['model', { fields: { licence: null } }, { fields: { licence: 'MIT' } }],
  ['dataset', { fields: { source: 'bought' } }, { fields: { source: 'collected' } }],
  ['use', { fields: { purpose: 'Refuse' } }, { fields: { purpose: 'Route' } }],
] as const)(
  'a change of the %s, %j, is said everywhere until it is written back',
  async (what, there, back) => {
    expect(await stands()).toEqual(untouched);
    expect(await write(what, there), 'named before it takes effect').toEqual([one.assessment.ref]);
    expect(await stands()).toEqual({ stale: [one[what].ref], moved: what !== 'use' });
    expect(await write(what, back), 'what is written back turns nothing stale').toEqual([]);
    expect(await stands()).toEqual(untouched);
    // What is as it was approved needs neither a reassessment nor a word that it had no effect.
    const { abilities, version, proof } = await page();
    expect(abilities.withdraw).toMatchObject({ allowed: true });
    const act = {
      act: 'restore',
      reason: 'It was changed back on the same day',
      version,
      digest: proof.digest,
    };
    const none = await top.send('POST', `/impact-assessments/${one.assessment.ref}/approvals`, act);
    expect(none.json().detail).toBe('Only an approval that turned stale can be restored as without effect.');
  },
);

test('a model taken out and put back leaves it as it was approved, and so does the undoing of a change', async () => {
  await write('system', { links: { usesModel: { set: [] } } });
  expect((await stands()).stale).toEqual([one.system.ref]);
  await write('system', { links: { usesModel: { set: [one.model.id] } } });
  expect(await stands()).toEqual(untouched);

  await write('system', { fields: { purpose: 'Decides who is heard' } });
  const { version } = (await manager.send('GET', pathOf('system'))).json<RecordWire>();
  const undone = await manager.send('POST', `${pathOf('system')}/undo`, { version });
  expect(undone.statusCode, undone.body).toBe(200);
  expect(await stands()).toEqual(untouched);
});

test('of several changes, the one written back asks nothing, and the other may have no effect', async () => {
  await write('system', { fields: { purpose: 'Decides who is heard' } });
  await write('system', { fields: { hosting: 'cloud' } });
  expect((await page()).abilities.noEffect).toMatchObject({ allowed: false });
  await write('system', { fields: { purpose: 'Routes mail' } });
  expect((await stands()).stale).toEqual([one.system.ref]);
  const { abilities, version, proof } = await page();
  expect(abilities.noEffect).toEqual({ allowed: true });
  const act = { act: 'restore', reason: 'The same software in another hall', version, digest: proof.digest };
  const said = await top.send('POST', `/impact-assessments/${one.assessment.ref}/approvals`, act);
  expect(said.statusCode, said.body).toBeLessThan(300);
  server.later(5);
  expect(await stands()).toEqual(untouched);
  // What was said of the change speaks of what stood then: changed back, it is another again.
  await write('system', { fields: { hosting: 'own-premises' } });
  expect((await stands()).stale).toEqual([one.system.ref]);
});

test('a draft that was written while the system was another is not approved unread', async () => {
  await write('system', { fields: { purpose: 'Decides who is heard' } });
  const at = `/impact-assessments/${one.assessment.ref}`;
  const step = async (transition: string) => {
    const { version } = await page();
    const taken = await manager.send('POST', `${at}/transitions`, { transition }, ifMatch(version));
    expect(taken.statusCode, taken.body).toBe(200);
  };
  await step('reassess');
  const { version } = await page();
  const fields = { conclusion: 'People are refused: a clerk decides.' };
  expect((await manager.send('PATCH', at, { fields }, ifMatch(version))).statusCode).toBe(200);
  await step('complete');
  server.later(5);
  await write('system', { fields: { purpose: 'Routes mail' } });
  const draft = await page();
  const act = { act: 'approve', version: draft.version, digest: draft.proof.digest };
  const refused = await top.send('POST', `${at}/approvals`, act);
  expect([refused.statusCode, refused.json().detail]).toEqual([
    409,
    expect.stringContaining(`${one.system.ref} changed since it was assessed.`),
  ]);
});

test('lists and files of an earlier moment say what was so then', async () => {
  const moment = async () => {
    await sequenceAll(server.store);
    server.later(50);
    const at = new Date(server.services.clock().getTime() - 10).toISOString();
    return `?asOf=${at}`;
  };
  const before = await moment();
  await write('model', { fields: { version: '2' } });
  const during = await moment();
  await write('model', { fields: { version: '1' } });
  expect(await stands()).toEqual(untouched);
  expect(await stands(before)).toEqual(untouched);
  expect(await stands(during)).toEqual({ stale: [one.model.ref], moved: true });
});
