import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  ifMatch,
  organisation,
  record,
  signedIn,
  staffedServer,
  type TestServer,
} from '../../../test/factories.ts';
import { newId } from '../../store/ids.ts';

let server: TestServer;
let manager: Agent;
let reader: Agent;
beforeAll(async () => {
  ({ server, manager, reader } = await staffedServer());
});
afterAll(() => closeUnfailed(server));

const units = async (who = manager) => (await who.send('GET', '/organisation/units')).json();

/** A unit that nobody registered. */
const alone = (name: string, systems: number) => ({
  ...{ name, codes: [], systems, below: [], systemsWithin: systems },
  ...{ registered: false, endsOn: null, subUnits: [] },
});

test('units stand as systems name them, with short names, sub-units and how many; archived systems do not count', async () => {
  expect(await units()).toEqual({ items: [], without: 0 });
  await record(manager, 'systems', { name: 'Triage', unit: 'Claims', unitCode: 'CL', subUnit: 'Motor' });
  await record(manager, 'systems', { name: 'Fraud', unit: 'Claims', unitCode: 'CLM', subUnit: 'Motor' });
  await record(manager, 'systems', { name: 'Letters', unit: 'Claims' });
  await record(manager, 'systems', { name: 'Tariffs', unit: 'Pricing' });
  await record(manager, 'systems', { name: 'Unknown to all' });
  expect(await units()).toEqual({
    items: [
      { ...alone('Claims', 3), codes: ['CL', 'CLM'], subUnits: [{ name: 'Motor', systems: 2 }] },
      alone('Pricing', 1),
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

describe('units, sites and legal entities', () => {
  const ids = { group: newId(), claims: newId(), motor: newId(), entity: newId(), site: newId() };
  const unit = (id: string, name: string, parent: string | null = null, endsOn: string | null = null) => ({
    ...{ id, name, parent, entity: null, endsOn },
  });
  const parts = {
    units: [
      unit(ids.group, 'Insurance'),
      unit(ids.claims, 'Claims', ids.group),
      unit(ids.motor, 'Motor claims', ids.claims, '2030-12-31'),
    ],
    entities: [{ id: ids.entity, name: 'Example Insurance SE', country: 'DE', registerId: 'HRB 1' }],
    sites: [{ id: ids.site, name: 'Harbour', country: 'DE', unit: ids.claims, entity: ids.entity }],
  };
  const settings = async () => (await manager.send('GET', '/organisation')).json();
  const put = async (change: object, state?: string) =>
    manager.send('PATCH', '/organisation', {
      structure: { ...parts, state: state ?? (await settings()).structure.state, ...change },
    });

  test('are kept as they were written, with one entry that names them, and read by everybody', async () => {
    const before = await settings();
    expect(before.structure).toEqual({ state: expect.any(String), units: [], sites: [], entities: [] });
    expect((await put({})).json().structure).toEqual({ ...parts, state: expect.any(String) });
    expect((await reader.send('GET', '/organisation')).json().structure).toMatchObject(parts);
    expect((await reader.send('PATCH', '/organisation', { financialYear: 4 })).statusCode).toBe(403);
    const year = await manager.send('PATCH', '/organisation', { financialYear: 4 });
    expect(year.json()).toMatchObject({ financialYear: 4, structure: parts });
    const { items } = (await manager.send('GET', '/log?act=organisation.changed')).json();
    const changed = items.slice(0, 2).map((one: { changed: string[] }) => one.changed);
    expect(changed).toEqual([['financialYear'], ['structure']]);
  });

  test('written for what no longer stands are refused, and nothing is lost', async () => {
    const { structure } = await settings();
    expect((await put({ sites: [] }, structure.state)).statusCode).toBe(200);
    const late = await put({ units: [], sites: [] }, structure.state);
    expect([late.statusCode, late.json().code]).toEqual([409, 'conflict']);
    expect((await settings()).structure).toMatchObject({ units: parts.units, sites: [] });
    expect((await put({})).statusCode).toBe(200);
  });

  test.each([
    [
      { units: [unit(ids.claims, 'A', ids.motor), unit(ids.motor, 'B', ids.claims)] },
      'structure.units.0.parent',
    ],
    [{ units: [unit(ids.claims, 'A', newId())] }, 'structure.units.0.parent'],
    [{ sites: [{ ...parts.sites[0], country: 'ZZ' }] }, 'structure.sites.0.country'],
    [{ entities: [{ ...parts.entities[0], country: 'XX' }] }, 'structure.entities.0.country'],
    [{ entities: [] }, 'structure.sites.0.entity'],
    [{ units: [unit(ids.claims, '')] }, 'structure.units.0.name'],
  ])('that cannot be kept are refused where they are wrong: %j', async (change, at) => {
    const refused = await put(change);
    const found = refused.json().errors.map((one: { at: string }) => one.at);
    expect([refused.statusCode, found.includes(at)]).toEqual([422, true]);
    expect((await settings()).structure).toMatchObject(parts);
  });

  test('a unit counts what stands below it, in its own row and in readiness', async () => {
    await record(manager, 'systems', { name: 'Dents', unit: 'Motor claims' });
    const { items } = await units();
    const found = items.map(
      (one: { name: string; systems: number; systemsWithin: number; endsOn: string }) => [
        ...[one.name, one.systems, one.systemsWithin, one.endsOn],
      ],
    );
    expect(found).toEqual([
      ['Claims', 4, 5, null],
      ['Insurance', 0, 5, null],
      ['Motor claims', 1, 1, '2030-12-31'],
    ]);
    const { rows } = (await manager.send('GET', '/readiness/coverage?by=unit')).json();
    const counted = Object.fromEntries(
      rows.map((row: { key: string; systems: number; below?: string[] }) => [
        row.key,
        [row.systems, row.below],
      ]),
    );
    expect(counted).toEqual({
      '': [1, undefined],
      Claims: [5, ['Motor claims']],
      Insurance: [5, ['Claims', 'Motor claims']],
      'Motor claims': [1, undefined],
    });
  });

  test('a register of a unit holds what stands below it, in its rows, its count and its file', async () => {
    const titles = async (path: string) =>
      (await manager.send('GET', path)).json().items.map((one: { title: string }) => one.title);
    expect(await titles('/systems?unit=Insurance')).toEqual([]);
    expect(await titles('/systems?unit.within=Insurance')).toHaveLength(5);
    expect(await titles('/systems?unit.within=motor%20claims')).toEqual(['Dents']);
    expect(await titles('/systems?unit.within="Motor claims",Nobody')).toEqual(['Dents']);
    expect((await manager.send('GET', '/systems/count?unit.within=Claims')).json().total.count).toBe(5);
    const file = await manager.send('GET', '/systems/export?format=csv&unit.within=Insurance');
    expect(file.body).toContain('Dents');
    const bulk = {
      filter: { 'unit.within': 'Motor claims' },
      patch: { fields: { unitCode: 'MC' } },
    };
    expect((await manager.send('POST', '/systems/bulk', bulk)).json().applied).toHaveLength(1);
    for (const path of [
      '/systems?subUnit.within=Motor',
      '/monitors?unit.within=Hours',
      '/systems?unit.below=A',
    ])
      expect((await manager.send('GET', path)).statusCode).toBe(422);
  });

  test('a unit that has ended is named by nothing new; what names it keeps it', async () => {
    const dents = await record(manager, 'systems', { name: 'Hail', unit: 'Motor claims' });
    const ended = parts.units.map((one) => (one.id === ids.motor ? { ...one, endsOn: '2020-12-31' } : one));
    expect((await put({ units: ended })).statusCode).toBe(200);
    const made = await manager.send('POST', '/systems', { fields: { name: 'Late', unit: 'motor claims' } });
    expect([made.statusCode, made.json().errors]).toEqual([
      422,
      [{ at: 'fields.unit', message: 'The unit "Motor claims" ended on 31 Dec 2020. Choose another one.' }],
    ]);
    const edit = (fields: object, version: number, ref = dents.ref) =>
      manager.send('PATCH', `/systems/${ref}`, { fields }, ifMatch(version));
    expect((await edit({ purpose: 'Reads pictures of hail.' }, 1)).statusCode).toBe(200);
    expect((await edit({ unit: 'Claims' }, 2)).statusCode).toBe(200);
    expect((await edit({ unit: 'Motor claims' }, 3)).json().errors[0].at).toBe('fields.unit');
    expect((await edit({ unit: 'Nobody registered this' }, 3)).statusCode).toBe(200);
  });
});
