import { afterAll, beforeAll, expect, test } from 'vitest';
import { inDays as dayAhead } from '../../../test/days.ts';
import {
  type Agent,
  closeUnfailed,
  ifMatch,
  staffedServer,
  type TestServer,
} from '../../../test/factories.ts';
import { madeIn } from '../../../test/take-steps.ts';
import { sequenceAll } from '../../log/sequencer.ts';

let server: TestServer;
let manager: Agent;
let reader: Agent;

beforeAll(async () => {
  ({ server, manager, reader } = await staffedServer());
});
afterAll(() => closeUnfailed(server));

type Made = { id: string; ref: string };
const set = (...made: readonly Made[]) => ({ set: made.map(({ id }) => id) });
const make = (collection: string, fields: object, links: object = {}, state?: string): Promise<Made> =>
  madeIn(server, manager, collection, { fields, links, state });
const inDays = (days: number) => dayAhead(server, days);

async function change(method: 'PATCH' | 'POST', path: string, body: object): Promise<void> {
  const [, collection, id] = path.split('/');
  const { version } = (await manager.send('GET', `/${collection}/${id}`)).json();
  const answer = await manager.send(method, path, body, ifMatch(version));
  expect(answer.statusCode, answer.body).toBe(200);
}

test('what evidence says is counted anew with each piece that comes, goes or changes, and with each rhythm, and stays as it is with other records', async () => {
  const control = await make('controls', { code: 'A.6.2.4', name: 'A.6.2.4 Tests', item: 'A.6.2.4' });
  const system = await make('systems', { name: 'Triage' }, {}, 'operation-monitoring');
  const home = { system: set(system) };
  const runs = await make(
    'implementations',
    { name: 'Weekly runs', occurrences: 'weekly' },
    { ...home, control: set(control) },
  );
  const piece = (name: string, periodTo: string) =>
    make('evidence', { name, type: 'log', periodTo }, { ...home, implementation: set(runs) });
  /** As once everything has its place in the log; twice, so that the second answer is one that was kept. */
  const counts = async () => {
    await sequenceAll(server.services.store);
    const [first, again] = [
      await reader.send('GET', '/soa/evidence'),
      await reader.send('GET', '/soa/evidence'),
    ].map((answer) => answer.json().controls[control.ref]);
    expect(again).toEqual(first);
    return [first.current, first.stale];
  };
  expect(await counts()).toEqual([0, 0]);
  const one = await piece('Runs of three weeks ago', inDays(-21));
  expect(await counts()).toEqual([0, 1]);
  await piece('Runs until today', inDays(0));
  expect(await counts()).toEqual([1, 1]);
  await make('tasks', { name: 'Read the runs' });
  expect(await counts()).toEqual([1, 1]);
  await change('PATCH', `/implementations/${runs.id}`, { fields: { occurrences: 'quarterly' } });
  expect(await counts()).toEqual([2, 0]);
  await change('POST', `/evidence/${one.id}/archive`, {});
  expect(await counts()).toEqual([1, 0]);
  await change('POST', `/evidence/${one.id}/restore`, {});
  expect(await counts()).toEqual([2, 0]);
  await change('PATCH', `/evidence/${one.id}`, { fields: { periodTo: inDays(-400) } });
  expect(await counts()).toEqual([1, 1]);
});
