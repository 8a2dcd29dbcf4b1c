/** A verdict is on what its version was made of (A.6.2.4): whether it still is, is said alike everywhere. */
import type { RecordWire, RegisterWire, TraceWire } from '@throughline/domain/wire.ts';
import type { GateSheetWire } from '@throughline/domain/wire-gates.ts';
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

type Made = Record<'system' | 'version' | 'model' | 'other' | 'verification', RecordWire>;

let server: TestServer;
let manager: Agent;
let tester: Agent;
let judge: Agent;
let one: Made;

const made = (collection: string, fields: object, links: Record<string, string[]> = {}, state?: string) =>
  madeIn(server, manager, collection, { fields, links: linked(links), state });
async function write(path: string, body: object): Promise<void> {
  const { version } = (await manager.send('GET', path)).json<RecordWire>();
  const answer = await manager.send('PATCH', path, body, ifMatch(version));
  expect(answer.statusCode, answer.body).toBe(200);
  server.later(5);
}
async function step(by: Agent, path: string, transition: string): Promise<void> {
  const { version } = (await by.send('GET', path)).json<RecordWire>();
  const answer = await by.send('POST', `${path}/transitions`, { transition }, ifMatch(version));
  expect(answer.statusCode, answer.body).toBe(200);
  server.later(5);
}
const weights = (digest: string) => ({ artefacts: [{ name: 'Weights', digest }] });

/** A verification of a version, concluded by whoever neither tested nor planned it. */
async function verified(system: string, version: string): Promise<RecordWire> {
  const record = await made(
    'verifications',
    {
      ...{ name: 'Before release', plan: 'Held-out letters', thresholdsSetOn: '2026-04-01' },
      measures: [{ measure: 'Recall', comparison: 'at-least', limit: 0.9 }],
      tester: tester.id,
    },
    { system: [system], version: [version] },
  );
  const path = `/verifications/${record.ref}`;
  await step(manager, path, 'begin');
  await write(path, {
    fields: {
      results: [{ measure: 'Recall', value: 0.95 }],
      ...{ testedOn: '2026-04-20', verdict: 'passed', decidedBy: judge.id, decidedOn: '2026-04-21' },
    },
  });
  await approved(judge, 'verifications', record.ref);
  await step(judge, path, 'conclude');
  return record;
}

beforeAll(async () => {
  ({ server, manager } = await staffedServer());
  tester = await signedIn(server, manager.organisation, ['aims-manager'], { name: 'Tester' });
  judge = await signedIn(server, manager.organisation, ['aims-manager'], { name: 'Head of release' });
});
afterAll(() => closeUnfailed(server));

beforeEach(async () => {
  const model = await made('models', { name: 'Small model' });
  const other = await made('models', { name: 'Large model' });
  const system = await made('systems', { name: 'Mail routing' }, {}, 'operation-monitoring');
  const version = await made(
    'versions',
    { name: '1.0', change: 'The first.', ...weights('sha256:aaaa') },
    { system: [system.id], containsModel: [model.id] },
  );
  const verification = await verified(system.id, version.id);
  one = { system, model, other, version, verification };
});

const versionPath = () => `/versions/${one.version.ref}`;
const page = async (): Promise<RecordWire> =>
  (await judge.send('GET', `/verifications/${one.verification.ref}`)).json();

/** Whether the verdict counts by the gate's criterion and the line; page, list and file are held against each other. */
async function counts(): Promise<{ readonly stale: readonly string[]; readonly criterion: unknown }> {
  const { approval } = await page();
  const { ref } = one.verification;
  const rows = (await manager.send('GET', '/verifications')).json<RegisterWire>().items;
  expect(rows.find((row) => row.ref === ref)?.approval).toBe(approval?.status);
  const answer = await manager.send('GET', '/verifications/export?format=json');
  const file = answer.json<{ ref: string; approval: { stale: boolean } }[]>();
  expect(file.find((row) => row.ref === ref)?.approval.stale).toBe(approval?.status === 'stale');
  // Asked for anew each time: a gate that is asked for after a change is the one that it must not pass.
  const gate = await made(
    'gates',
    { name: 'Verdict', type: 'evaluation-verdict' },
    { system: [one.system.id], version: [one.version.id] },
  );
  const { criteria } = (await manager.send('GET', `/gates/${gate.id}/criteria`)).json<GateSheetWire>();
  return {
    stale: (approval?.stale ?? []).map((each) => each.ref),
    criterion: criteria.find(({ key }) => key === 'RE3')?.finding,
  };
}
const ofLine = async (): Promise<string[]> => {
  const trace = (await manager.send('GET', `/systems/${one.system.ref}/trace`)).json<TraceWire>();
  const gaps = trace.stations.flatMap((station) => station.gaps).filter(({ rule }) => rule === 'RE3');
  return gaps.map((gap) => JSON.stringify(gap.sentence));
};
const goesLive = async () => {
  await write(versionPath(), { fields: { liveFrom: '2026-05-01' } });
  await step(manager, versionPath(), 'goLive');
};

test.each([
  ['weights', () => ({ fields: weights('sha256:bbbb') }), () => ({ fields: weights('sha256:aaaa') })],
  [
    'model',
    () => ({ links: { containsModel: { set: [one.other.id] } } }),
    () => ({ links: { containsModel: { set: [one.model.id] } } }),
  ],
  [
    'change',
    () => ({ fields: { change: 'All weights are new.' } }),
    () => ({ fields: { change: 'The first.' } }),
  ],
])(
  'a verdict counts no more once the %s of its version is another, until it is written back',
  async (_, there, back) => {
    await goesLive();
    expect([await counts(), await ofLine()]).toEqual([{ stale: [], criterion: 'met' }, []]);
    await write(versionPath(), there());
    expect(await counts()).toEqual({ stale: [one.version.ref], criterion: 'not-met' });
    expect(await ofLine()).toEqual([expect.stringContaining(one.verification.ref)]);
    await write(versionPath(), back());
    expect([await counts(), await ofLine()]).toEqual([{ stale: [], criterion: 'met' }, []]);
  },
);

test('what was not tested is not approved anew unread: another verification settles it', async () => {
  await write(versionPath(), { fields: weights('sha256:bbbb') });
  const { abilities, version, proof } = await page();
  expect(abilities.approve).toMatchObject({ allowed: false });
  const act = { act: 'approve', version, digest: proof.digest };
  const refused = await judge.send('POST', `/verifications/${one.verification.ref}/approvals`, act);
  expect([refused.statusCode, refused.json().detail]).toEqual([
    409,
    expect.stringContaining(`${one.version.ref} changed since it was verified. Verify it again`),
  ]);
  await verified(one.system.id, one.version.id);
  expect(await counts()).toEqual({ stale: [one.version.ref], criterion: 'met' });
});

test('another person may say that a change had no effect on the verdict, of that change alone', async () => {
  await write(versionPath(), { fields: { change: 'The first, in other words.' } });
  const said = async (by: Agent) => {
    const { version, proof } = await page();
    const act = { act: 'restore', reason: 'Only the words are others', version, digest: proof.digest };
    return by.send('POST', `/verifications/${one.verification.ref}/approvals`, act);
  };
  expect((await said(manager)).statusCode).toBe(403);
  const answer = await said(judge);
  expect(answer.statusCode, answer.body).toBeLessThan(300);
  server.later(5);
  expect(await counts()).toEqual({ stale: [], criterion: 'met' });
  await write(versionPath(), { fields: weights('sha256:bbbb') });
  expect(await counts()).toEqual({ stale: [one.version.ref], criterion: 'not-met' });
});
