import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  organisation,
  record,
  signedIn,
  staffedServer,
  type TestServer,
} from '../../../test/factories.ts';

let server: TestServer;
let manager: Agent;
beforeAll(async () => {
  ({ server, manager } = await staffedServer());
});
afterAll(() => closeUnfailed(server));

const units = async (who = manager) => (await who.send('GET', '/organisation/units')).json();

test('units stand as systems name them, with short names, sub-units and how many; archived systems do not count', async () => {
  expect(await units()).toEqual({ items: [], without: 0 });
  await record(manager, 'systems', { name: 'Triage', unit: 'Claims', unitCode: 'CL', subUnit: 'Motor' });
  await record(manager, 'systems', { name: 'Fraud', unit: 'Claims', unitCode: 'CLM', subUnit: 'Motor' });
  await record(manager, 'systems', { name: 'Letters', unit: 'Claims' });
  await record(manager, 'systems', { name: 'Tariffs', unit: 'Pricing' });
  await record(manager, 'systems', { name: 'Unknown to all' });
  expect(await units()).toEqual({
    items: [
      { name: 'Claims', codes: ['CL', 'CLM'], systems: 3, subUnits: [{ name: 'Motor', systems: 2 }] },
      { name: 'Pricing', codes: [], systems: 1, subUnits: [] },
    ],
    without: 1,
  });
});

test('a unit is renamed, or merged into another one, by a change of every system that names it', async () => {
  const rename = { filter: { unit: 'Pricing' }, patch: { fields: { unit: 'Claims' } } };
  expect((await manager.send('POST', '/systems/bulk', rename)).statusCode).toBe(200);
  const { items } = await units();
  expect(items.map((one: { name: string; systems: number }) => [one.name, one.systems])).toEqual([
    ['Claims', 4],
  ]);
  // What it was called stays in the history of each.
  const [tariffs] = (await manager.send('GET', '/systems?q=Tariffs')).json().items;
  const history = (await manager.send('GET', `/systems/${tariffs.ref}/history`)).body;
  expect(history).toContain('unit');
});

test('another organisation has units of its own', async () => {
  const far = await signedIn(server, await organisation(server), ['aims-manager']);
  await record(far, 'systems', { name: 'Theirs', unit: 'Theirs alone' });
  expect(JSON.stringify(await units())).not.toContain('Theirs alone');
  expect((await units(far)).items).toHaveLength(1);
});
