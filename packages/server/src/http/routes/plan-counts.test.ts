/** A planned control on an acceptance for the meantime: the line, the statement and the matrix say one thing of it. */
import type { TraceWire } from '@throughline/domain/wire.ts';
import type { SoaWire } from '@throughline/domain/wire-soa.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { approved } from '../../../test/approved.ts';
import { inDays } from '../../../test/days.ts';
import {
  type Agent,
  closeUnfailed,
  ifMatch,
  signedIn,
  staffedServer,
  type TestServer,
} from '../../../test/factories.ts';
import { madeIn } from '../../../test/take-steps.ts';
import { wholeAssessment } from '../../../test/whole.ts';
import { sequenceAll } from '../../log/sequencer.ts';

let server: TestServer;
let manager: Agent;
let top: Agent;

beforeAll(async () => {
  ({ server, manager } = await staffedServer());
  top = await signedIn(server, manager.organisation, ['top-management']);
});
afterAll(() => closeUnfailed(server));

const made = (collection: string, fields: object, links: object = {}, state?: string) =>
  madeIn(server, manager, collection, { fields, links, state });
const versionOf = async (at: string): Promise<number> => (await manager.send('GET', at)).json().version;
async function change(at: string, body: object): Promise<void> {
  const answer = await manager.send('PATCH', at, body, ifMatch(await versionOf(at)));
  expect(answer.statusCode, answer.body).toBe(200);
}
async function step(at: string, transition: string): Promise<void> {
  const version = await versionOf(at);
  const answer = await manager.send('POST', `${at}/transitions`, { transition }, ifMatch(version));
  expect(answer.statusCode, answer.body).toBe(200);
}
/** A moment that what was written until now lies before, and what is written from now on after. */
async function between(): Promise<string> {
  await sequenceAll(server.store);
  const then = new Date(server.services.clock().getTime() + 5).toISOString();
  server.later(50);
  return then;
}

test('whether a plan counts is said alike by line, statement and matrix, then as now', async () => {
  const system = await made('systems', { name: 'Claims triage' }, {}, 'operation-monitoring');
  const home = { system: { set: [system.id] } };
  const use = await made('use-cases', { name: 'Order of claims' }, home);
  const assessed = { name: 'Impact of order', ...wholeAssessment(manager.id) };
  const covers = { ...home, covers: { set: [use.id] } };
  const assessment = await made('impact-assessments', assessed, covers, 'completed');
  await approved(top, 'impact-assessments', assessment.ref);
  const item = { code: 'A.6.2.4', name: 'Tests', item: 'A.6.2.4', implementedAt: 'system' };
  const control = await made('controls', item);
  const decision = { decision: 'applicable', reasons: ['house-rule'], justification: 'Ours.' };
  const decides = { control: { set: [control.id] } };
  const line = await made('applicability', { name: 'Tests', ...decision }, decides);
  await approved(top, 'applicability', line.ref);

  const soon = inDays(server, 60);
  const said = { acceptanceType: 'interim', acceptanceReason: 'Each is read.', acceptanceUntil: soon };
  const levels = { currentOrganisation: 'low', currentIndividuals: 'high', currentSociety: 'low' };
  const risk = await made(
    'risks',
    { name: 'Until then', event: 'It is', owner: manager.id, carriedEffects: ['1'], ...said, ...levels },
    { ...home, carries: { set: [assessment.id] } },
  );
  const links = { ...home, ...decides, interimRisk: { set: [risk.id] } };
  const plan = await made('implementations', { name: 'Nightly tests', plannedOn: soon }, links);

  const faults = async (asOf = '') => {
    const { rows } = (await manager.send('GET', `/soa${asOf}`)).json<SoaWire>();
    return rows.find(({ id }) => id === 'A.6.2.4')?.faults.map(({ code }) => code);
  };
  const answers = async () => {
    const found = (await manager.send('GET', `/soa/matrix/${control.ref}/${system.ref}`)).json();
    const trace = (await manager.send('GET', `/systems/${system.ref}/trace`)).json<TraceWire>();
    const gaps = trace.stations.flatMap((station) => station.gaps).filter(({ rule }) => rule === 'CO3');
    const named = gaps.filter((gap) => !gap.accepted && JSON.stringify(gap).includes(plan.ref));
    const cell = { cell: found.cell, plan: found.implementations[0].plan };
    return { ...cell, faults: await faults(), isMissing: named.length > 0 };
  };
  const counts = { cell: 'l', plan: 'accepted', faults: [], isMissing: false };
  const counted = { cell: 'g', plan: 'unaccepted', faults: ['unaccepted'], isMissing: true };
  expect(await answers()).toEqual(counted);
  await approved(top, 'risks', risk.ref);
  expect(await answers()).toEqual(counts);
  const then = await between();

  await change(`/risks/${risk.ref}`, { fields: { carriedEffects: ['1', '2'] } });
  expect(await answers()).toEqual(counted);
  const late = await between();
  await approved(top, 'risks', risk.ref);
  expect(await answers()).toEqual(counts);

  const at = `/impact-assessments/${assessment.ref}`;
  const { fields } = (await manager.send('GET', at)).json();
  const [first, ...others] = fields.effects;
  await step(at, 'reassess');
  await change(at, { fields: { effects: [{ ...first, effect: 'Claims wait for months' }, ...others] } });
  await step(at, 'complete');
  await approved(top, 'impact-assessments', assessment.ref);
  expect(await answers()).toEqual(counted);
  await sequenceAll(server.store);
  expect([await faults(`?asOf=${then}`), await faults(`?asOf=${late}`)]).toEqual([[], ['unaccepted']]);
});
