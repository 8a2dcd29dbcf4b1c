import type { TraceWire } from '@throughline/domain/wire.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { comparedBut } from '../../../../domain/test/risk/compared.ts';
import { approved, criteriaInForce, ratingBy } from '../../../test/approved.ts';
import {
  type Agent,
  closeUnfailed,
  ifMatch,
  record,
  signedIn,
  staffedServer,
  type TestServer,
} from '../../../test/factories.ts';
import { madeIn } from '../../../test/take-steps.ts';
import { sequenceAll } from '../../log/sequencer.ts';

let server: TestServer;
let manager: Agent;
let top: Agent;
let system: { id: string; ref: string };
let risk: { id: string; ref: string };
let plan: { id: string; ref: string };

/** A high risk with an approved plan. */
beforeAll(async () => {
  ({ server, manager } = await staffedServer());
  top = await signedIn(server, manager.organisation, ['top-management']);
  await criteriaInForce(manager, top);
  const running = { fields: { name: 'Triage' }, links: {}, state: 'operation-monitoring' };
  system = await madeIn(server, manager, 'systems', running);
  const home = { system: { set: [system.id] } };
  risk = await record(manager, 'risks', { name: 'Late help', event: 'Somebody waits' }, home);
  await rate('current');
  const actions = [{ action: 'Second reading', owner: manager.id, due: '2199-01-31' }];
  const said = {
    name: 'Read twice',
    option: ['reduce-likelihood'],
    owner: manager.id,
    expectedLevel: 'severe',
    actions,
  };
  const whole = { ...said, compared: comparedBut() };
  plan = await record(manager, 'treatments', whole, { ...home, risks: { set: [risk.id] } });
  await approved(top, 'treatments', plan.ref);
});
afterAll(() => closeUnfailed(server));

const now = async (ref: string) => (await manager.send('GET', `/risks/${ref}`)).json();
async function rate(point: 'current' | 'residual'): Promise<void> {
  const { version } = await now(risk.ref);
  const body = ratingBy(point === 'current' ? {} : { point, likelihood: 'Seldom' });
  const rated = await manager.send('PUT', `/risks/${risk.ref}/rating`, body, ifMatch(version));
  expect(rated.statusCode, rated.body).toBe(200);
}
async function write(fields: object): Promise<readonly string[]> {
  const { version } = await now(risk.ref);
  const edited = await manager.send('PATCH', `/risks/${risk.ref}`, { fields }, ifMatch(version));
  expect(edited.statusCode, edited.body).toBe(200);
  return edited.json().stale;
}
const standing = async () => (await manager.send('GET', `/treatments/${plan.ref}`)).json().approval;
const sentences = async (asOf = ''): Promise<readonly string[]> => {
  const answer = await manager.send('GET', `/systems/${system.ref}/trace${asOf}`);
  expect(answer.statusCode, answer.body).toBe(200);
  const trace: TraceWire = answer.json();
  return trace.stations.flatMap(({ gaps }) =>
    gaps.filter(({ rule }) => rule === 'RI4').map(({ sentence }) => JSON.stringify(sentence)),
  );
};
const changed = expect.stringContaining('approved before');

test('what is rated to remain, and who answers for the risk, leave the approval of its plan as it stands', async () => {
  const before = (await standing()).status;
  await rate('residual');
  expect(await write({ owner: manager.id })).toEqual([]);
  expect((await standing()).status).toBe(before);
  expect(await sentences()).not.toContainEqual(changed);
});

test('another event turns it stale, on its page and on the line, and back words make it stand again', async () => {
  await sequenceAll(server.store);
  const at = new Date().toISOString();
  await write({ event: 'Nobody is helped at all' });
  expect(await sentences()).toContainEqual(changed);
  expect(JSON.stringify(await standing())).toContain('stale');
  // As of a moment before, it stood, though the risk was rated since the approval.
  await sequenceAll(server.store);
  expect(await sentences(`?asOf=${encodeURIComponent(at)}`)).not.toContainEqual(changed);
  await write({ event: 'Somebody waits' });
  expect(await sentences()).not.toContainEqual(changed);
});

test('the line reads the plan in force: a draft treats nothing, drops nothing and puts nothing off, now and at a moment before', async () => {
  const home = { system: { set: [system.id] } };
  const other = await record(manager, 'risks', { name: 'Wrong help', event: 'Somebody is sent away' }, home);
  const { version } = (await manager.send('GET', `/risks/${other.ref}`)).json();
  const rated = await manager.send('PUT', `/risks/${other.ref}/rating`, ratingBy({}), ifMatch(version));
  expect(rated.statusCode, rated.body).toBe(200);
  expect(await sentences()).toEqual([expect.stringContaining('no treatment plan')]);

  await draft({ links: { risks: { set: [other.id] } } });
  const said = await sentences();
  // The risk that the plan in force names is still treated; the other is told of, and is not.
  expect(said).toEqual([expect.stringContaining('Only a draft of')]);
  await sequenceAll(server.store);
  const then = new Date().toISOString();
  expect(await sentences(`?asOf=${encodeURIComponent(then)}`)).toEqual(said);

  await approved(top, 'treatments', plan.ref);
  expect(await sentences()).toEqual([expect.stringContaining('no treatment plan')]);
  await draft({ links: { risks: { set: [other.id, risk.id] } } });
  await approved(top, 'treatments', plan.ref);
  expect(await sentences()).toEqual([]);

  await stepped('start');
  await draft({
    fields: {
      actions: [{ action: 'Think about it', owner: manager.id, due: '2026-01-02', doneOn: '2026-01-02' }],
      results: 'Thought',
      doneOn: '2026-01-02',
    },
  });
  await stepped('finish');
  expect(await sentences()).toEqual([expect.stringContaining('a draft puts away actions')]);
});

async function draft(body: object): Promise<void> {
  const { version } = (await manager.send('GET', `/treatments/${plan.ref}`)).json();
  const edited = await manager.send('PATCH', `/treatments/${plan.ref}`, body, ifMatch(version));
  expect(edited.statusCode, edited.body).toBe(200);
}
async function stepped(transition: string): Promise<void> {
  const { version } = (await manager.send('GET', `/treatments/${plan.ref}`)).json();
  const path = `/treatments/${plan.ref}/transitions`;
  const moved = await manager.send('POST', path, { transition }, ifMatch(version));
  expect(moved.statusCode, moved.body).toBe(200);
}
