/** A risk of the whole organisation carries findings of a system: lines of other systems hear what becomes of them. */
import type { RecordWire, TraceWire } from '@throughline/domain/wire.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { approved, criteriaInForce, ratingBy } from '../../../test/approved.ts';
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

let server: TestServer;
let manager: Agent;
let top: Agent;

beforeAll(async () => {
  ({ server, manager } = await staffedServer());
  top = await signedIn(server, manager.organisation, ['top-management'], { name: 'Director' });
  await criteriaInForce(manager, top);
});
afterAll(() => closeUnfailed(server));

const made = (collection: string, fields: object, links: Record<string, string[]> = {}, state?: string) =>
  madeIn(server, manager, collection, { fields, links: linked(links), state });
async function act(at: string, method: 'PATCH' | 'POST' | 'PUT', path: string, body: object): Promise<void> {
  const { version } = (await manager.send('GET', at)).json<RecordWire>();
  const answer = await manager.send(method, `${at}${path}`, body, ifMatch(version));
  expect(answer.statusCode, answer.body).toBe(200);
  server.later(5);
}
async function assessed(system: string, use: string): Promise<RecordWire> {
  const links = { system: [system], covers: [use] };
  const fields = { name: 'Impact of order', ...wholeAssessment(manager.id) };
  const found = await made('impact-assessments', fields, links, 'completed');
  await approved(top, 'impact-assessments', found.ref);
  server.later(5);
  return found;
}

test('an assessment that is archived, or brought back, turns lines that draw on a risk which carries it', async () => {
  const home = await made('systems', { name: 'Claims triage' }, {}, 'operation-monitoring');
  const use = await made('use-cases', { name: 'Order of claims' }, { system: [home.id] });
  const assessment = await assessed(home.id, use.id);
  const wide = await made(
    'risks',
    {
      ...{ name: 'Nobody trusts it', event: 'It is', owner: manager.id, carriedEffects: ['1'] },
      ...{ acceptanceType: 'lasting', acceptanceReason: 'The gain is worth it.' },
    },
    { carries: [assessment.id] },
  );
  const at = `/risks/${wide.ref}`;
  for (const point of ['current', 'residual']) await act(at, 'PUT', '/rating', ratingBy({ point }));
  await approved(top, 'risks', wide.ref);
  server.later(5);
  const other = await made('systems', { name: 'Letters' }, {}, 'operation-monitoring');
  const control = await made('controls', { name: 'Second reader', code: 'X-1' });
  const plan = await made(
    'implementations',
    { name: 'Second reading', plannedOn: '2199-01-31' },
    { system: [other.id], control: [control.id], interimRisk: [wide.id] },
    'planned',
  );
  const later = { plannedOn: '2199-02-28', movedBecause: 'The people come a month later.' };
  await act(`/implementations/${plan.ref}`, 'PATCH', '', { fields: later });
  /** How the acceptance stands by its page, and gaps of the other system's line that want it. */
  const stands = async () => {
    const { approval } = (await top.send('GET', at)).json<RecordWire>();
    const trace = (await manager.send('GET', `/systems/${other.ref}/trace`)).json<TraceWire>();
    const gaps = trace.stations.flatMap((station) => station.gaps).filter(({ rule }) => rule === 'CO5');
    return [approval?.status, gaps.length];
  };
  expect(await stands()).toEqual(['approved', 0]);
  await act(at, 'PATCH', '', { fields: { carriedEffects: ['1', '2'] } });
  expect(await stands()).toEqual(['stale', 1]);

  // Another assessment takes its place: what the first one found is no finding any more.
  await assessed(home.id, use.id);
  const first = `/impact-assessments/${assessment.ref}`;
  await act(first, 'POST', '/archive', {});
  expect(await stands()).toEqual(['approved', 0]);
  await act(first, 'POST', '/restore', {});
  expect(await stands()).toEqual(['stale', 1]);

  const { version, proof } = (await top.send('GET', first)).json<RecordWire>();
  const why = { act: 'withdraw', reason: 'Another one took its place.', version, digest: proof.digest };
  const back = await top.send('POST', `${first}/approvals`, why);
  expect(back.statusCode, back.body).toBeLessThan(300);
  expect(await stands()).toEqual(['approved', 0]);
});
