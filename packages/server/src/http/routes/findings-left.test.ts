/** A finding that a run leaves with a reason: its page, finishing it and the line say the same. */
import { isAnswered } from '@throughline/domain/risk/answered.ts';
import type { TraceWire } from '@throughline/domain/wire.ts';
import type { SuggestionsWire } from '@throughline/domain/wire-risk.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wholeEffects } from '../../../../domain/test/impact/whole.ts';
import { approved, criteriaInForce } from '../../../test/approved.ts';
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

let server: TestServer;
let manager: Agent;
let top: Agent;
beforeAll(async () => {
  ({ server, manager } = await staffedServer());
  top = await signedIn(server, manager.organisation, ['top-management']);
  await criteriaInForce(manager, top);
});
afterAll(() => closeUnfailed(server));

const made = (collection: string, fields: object, links: object = {}, state?: string) =>
  madeIn(server, manager, collection, { fields, links, state });
async function change(at: string, body: object): Promise<void> {
  const { version } = (await manager.send('GET', at)).json();
  const answer = await manager.send('PATCH', at, body, ifMatch(version));
  expect(answer.statusCode, answer.body).toBe(200);
}
async function step(at: string, transition: string): Promise<string | undefined> {
  const { version } = (await manager.send('GET', at)).json();
  const answer = await manager.send('POST', `${at}/transitions`, { transition }, ifMatch(version));
  return answer.statusCode === 200 ? undefined : answer.json().detail;
}

/** A running system with an approved assessment, whose first finding says this of what follows, and a run. */
async function assessed(follows: object) {
  const system = await made('systems', { name: 'Claims triage' }, {}, 'operation-monitoring');
  const home = { system: { set: [system.id] } };
  const use = await made('use-cases', { name: 'Order of claims' }, home);
  const whole = wholeAssessment(manager.id);
  const effects = wholeEffects.map((row, at) =>
    at === 0 ? { ...row, ...follows } : { ...row, answer: null },
  );
  const links = { ...home, covers: { set: [use.id] } };
  const fields = { name: 'Impact of order', ...whole, effects };
  const assessment = await made('impact-assessments', fields, links, 'completed');
  await approved(top, 'impact-assessments', assessment.ref);
  const method = await made('documents', { name: 'Method', type: 'policy' });
  const run = await made(
    'risk-assessments',
    { name: 'Run', heldOn: '2026-05-01', participants: [{ person: manager.id }], result: 'No risk.' },
    { ...home, method: { set: [method.id] } },
  );
  const runAt = `/risk-assessments/${run.ref}`;
  const suggested = async () =>
    (await manager.send('GET', `${runAt}/suggestions`)).json<SuggestionsWire>().suggestions;
  const leaveAll = async (reason: string) => {
    const considered = (await suggested()).map(({ id, title }) => ({
      ...{ finding: title, from: id, answer: 'no-risk', reason },
    }));
    await change(runAt, { fields: { considered } });
  };
  return {
    ...{ home, assessment, run, runAt, suggested, leaveAll },
    finding: async () => (await suggested()).find(({ id }) => id === `${assessment.ref}/1`),
    /** What the line still asks of findings. */
    open: async () => {
      const trace = (await manager.send('GET', `/systems/${system.ref}/trace`)).json<TraceWire>();
      return trace.stations.flatMap(({ gaps }) => gaps).filter(({ rule }) => rule === 'RI2').length;
    },
  };
}

test('a finding that a finished run left with a reason is asked for no more on the line, until it is judged anew', async () => {
  const { finding, leaveAll, open, runAt, assessment } = await assessed({ answer: null });
  expect(await open()).toBe(1);
  await leaveAll('Nobody waits for help that is not due.');
  expect(await finding()).toMatchObject({ considered: 'no-risk', asks: null });
  expect(await open()).toBe(1);
  expect(await step(runAt, 'finish')).toBeUndefined();
  expect(await open()).toBe(0);

  const at = `/impact-assessments/${assessment.ref}`;
  const [first, ...others] = (await manager.send('GET', at)).json().fields.effects;
  await step(at, 'reassess');
  await change(at, { fields: { effects: [{ ...first, severity: 'severe' }, ...others] } });
  expect(await open()).toBe(0);
  await step(at, 'complete');
  await approved(top, 'impact-assessments', assessment.ref);
  expect(await open()).toBe(1);
  expect(await step(runAt, 'reopen')).toBeUndefined();
  expect(await finding()).toMatchObject({ considered: 'no-risk', asks: 'anew' });
  expect(await step(runAt, 'finish')).toContain('approved or judged anew after the run left it');
  await leaveAll('Severe, and still nobody waits for it.');
  expect(await step(runAt, 'finish')).toBeUndefined();
  expect(await open()).toBe(0);
});

test('one person does not leave in a run what an approved assessment carries into a risk', async () => {
  const { finding, leaveAll, open, runAt, home, assessment, suggested } = await assessed({ answer: 'risk' });
  await leaveAll('Nobody waits for help that is not due.');
  expect(await finding()).toMatchObject({ considered: 'no-risk', asks: 'into-risk' });
  expect((await suggested()).filter((one) => !isAnswered(one)).map(({ id }) => id)).toEqual([
    `${assessment.ref}/1`,
  ]);
  expect(await step(runAt, 'finish')).toContain('the assessment says that it is carried into a risk');
  const risk = await made(
    'risks',
    { name: 'Some wait', carriedEffects: ['1'] },
    { ...home, carries: { set: [assessment.id] } },
  );
  expect(await finding()).toMatchObject({ risks: [{ ref: risk.ref }], asks: null });
  expect(await step(runAt, 'finish')).toBeUndefined();
  expect(await open()).toBe(0);
});

test('a finding that a run calls a risk waits for the risk that carries it', async () => {
  const { leaveAll, runAt, home, assessment, suggested, open } = await assessed({ answer: null });
  await leaveAll('Nobody waits for help that is not due.');
  const considered = (await suggested()).map(({ id, title }) => ({
    ...{ finding: title, from: id },
    ...(id === `${assessment.ref}/1`
      ? { answer: 'risk' }
      : { answer: 'no-risk', reason: 'Not in this office' }),
  }));
  const other = await made('risks', { name: 'Another' }, home);
  await change(runAt, { fields: { considered }, links: { risks: { set: [other.id] } } });
  expect(await step(runAt, 'finish')).toContain('no risk carries it');
  expect(await open()).toBe(1);
});
