import type { Actor } from '@throughline/domain/actor.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { recordsById } from '../store/records.ts';
import { type BulkAct, bulkChange } from './bulk-change.ts';
import { createRecord } from './create-record.ts';
import { editRecord } from './edit-record.ts';
import { archiveRecord } from './transition-record.ts';

let kernel: TestKernel;
let organisation: string;
let manager: Actor & { type: 'person' };
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());
beforeEach(async () => {
  organisation = await kernel.organisation();
  manager = await kernel.member(organisation, ['aims-manager']);
});

const system = registry.get('system');
const as = (actor: Actor) => kernel.context(organisation, actor);
const make = async (name: string, more: Record<string, string> = {}) =>
  (await createRecord(kernel.services, as(manager), system, { patch: { fields: { name, ...more } } })).id;
const bulk = (ids: readonly string[], act: BulkAct, actor: Actor = manager, dryRun = false) =>
  bulkChange(kernel.services, as(actor), system, { ids, act }, { dryRun });
const read = async (ids: readonly string[]) => {
  const found = await kernel.store.readWhole(organisation, (reader) => recordsById(reader, ids));
  return ids.map((id) => found.get(id));
};
/** How many rows the organisation has of everything that a change writes. */
async function written(): Promise<unknown> {
  const { rows } = await kernel.store.owner.query(
    `select (select count(*) from revision where organisation = $1) as revisions,
      (select count(*) from entry where organisation = $1) as entries,
      (select count(*) from entry_pending where organisation = $1) as pending,
      (select count(*) from line_mark where organisation = $1) as marks`,
    [organisation],
  );
  return rows[0];
}

test('each record takes the act, has it already, or refuses with its reason, and the others are not kept from it', async () => {
  const owner = await kernel.member(organisation, ['system-owner']);
  const [mine, has, foreign] = [
    await make('Mine', { owner: owner.member }),
    await make('Has it', { owner: owner.member, unit: 'Claims' }),
    await make('Not mine'),
  ];
  const model = await createRecord(kernel.services, as(manager), registry.get('model'), {
    patch: { fields: { name: 'Of another kind' } },
  });
  const missing = '00000000-0000-7000-8000-000000000000';
  const ids = [mine, has, foreign, model.id, missing];
  const outcome = await bulk(ids, { patch: { fields: { unit: 'Claims' } } }, owner);
  expect(outcome).toMatchObject({ applied: [mine], unchanged: [has], voided: 0, stale: 0 });
  expect(outcome.refused.map((one) => one.id)).toEqual([foreign, model.id, missing]);
  expect(outcome.refused[0]?.reason).toContain('roles');
  // What is of another kind and what does not exist say the same.
  expect(outcome.refused[1]?.reason).toBe(outcome.refused[2]?.reason);
  const rows = await read([mine, has, foreign]);
  expect(rows.map((row) => [row?.content.fields.unit, row?.version])).toEqual([
    ['Claims', 2],
    ['Claims', 1],
    [undefined, 1],
  ]);
});

test('a dry run says what the real run then does, and writes nothing', async () => {
  const ids = [await make('A'), await make('B', { unit: 'X' }), '00000000-0000-7000-8000-000000000000'];
  for (const act of [
    { patch: { fields: { unit: 'X' } } },
    { transition: 'retire' },
    { archive: true },
  ] satisfies BulkAct[]) {
    const before = await written();
    const dry = await bulk(ids, act, manager, true);
    expect(await written()).toEqual(before);
    expect(await bulk(ids, act)).toEqual(dry);
  }
});

test('a wrong patch is refused by each record and changes none', async () => {
  const ids = [await make('A'), await make('B')];
  const before = await written();
  const outcome = await bulk(ids, { patch: { fields: { name: null } } });
  expect([outcome.applied, outcome.refused.map((one) => one.id)]).toEqual([[], ids]);
  const unknown = await bulk(ids, { patch: { fields: { colour: 'red' } } });
  expect(unknown.refused).toHaveLength(2);
  expect(await written()).toEqual(before);
});

test('archived records are left as they are by archiving and refuse everything else', async () => {
  const ids = [await make('A'), await make('B')];
  await bulk(ids.slice(0, 1), { archive: true });
  expect(await bulk(ids, { archive: true })).toMatchObject({ applied: [ids[1]], unchanged: [ids[0]] });
  const edited = await bulk(ids, { patch: { fields: { unit: 'X' } } });
  expect(edited.refused.map((one) => one.reason)).toEqual([
    expect.stringContaining('archived'),
    expect.stringContaining('archived'),
  ]);
});

test('who may do it to no record at all is refused whole', async () => {
  const ids = [await make('A')];
  const reader = await kernel.member(organisation, ['reader']);
  await expect(bulk(ids, { archive: true }, reader)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(bulk(ids, { patch: {} }, { type: 'visitor' })).rejects.toMatchObject({ code: 'not-found' });
});

test('over 200 records it goes in batches, tells how far it is, and each record is changed once', async () => {
  const ids = await kernel.store.change(as(manager), async (write) =>
    Array.from(
      { length: 405 },
      (_, n) =>
        write.create({ kind: system, content: { fields: { name: `S${n}` }, links: {} }, system: null }).id,
    ),
  );
  const told: number[] = [];
  const outcome = await bulkChange(
    kernel.services,
    as(manager),
    system,
    { ids, act: { patch: { fields: { unit: 'Many' } } } },
    { progress: async (done) => void told.push(done) },
  );
  expect(told).toEqual([200, 400, 405]);
  expect(outcome.applied).toEqual(ids);
  expect((await read(ids)).every((row) => row?.version === 2 && row.content.fields.unit === 'Many')).toBe(
    true,
  );
});

test('bulks over the same records in opposite orders, beside single edits, all come to stand', async () => {
  const ids = await Promise.all(Array.from({ length: 12 }, (_, n) => make(`S${n}`)));
  const runs = [
    bulk(ids, { patch: { fields: { unit: 'U' } } }),
    bulk([...ids].reverse(), { patch: { fields: { subUnit: 'S' } } }),
    ...ids.map((ref) =>
      editRecord(kernel.services, as(manager), system, {
        ref,
        patch: { fields: { purpose: 'P' } },
        version: null,
      }),
    ),
  ];
  await Promise.all<unknown>(runs);
  for (const row of await read(ids)) {
    expect(row?.version).toBe(4);
    expect(row?.content.fields).toMatchObject({ unit: 'U', subUnit: 'S', purpose: 'P' });
  }
});

test('an approval that a bulk edit voids is counted', async () => {
  const useCase = registry.get('use-case');
  const home = await make('Home');
  const links = { system: { set: [home] } };
  const made = await createRecord(kernel.services, as(manager), useCase, {
    patch: { fields: { name: 'Use', purpose: 'One' }, links },
  });
  await kernel.store.change(as(manager), async (write) => {
    write.approval(made, 'approve', { version: 1, digest: made.digest });
  });
  const input = { ids: [made.id], act: { patch: { fields: { purpose: 'Two' } } } };
  const dry = await bulkChange(kernel.services, as(manager), useCase, input, { dryRun: true });
  const real = await bulkChange(kernel.services, as(manager), useCase, input);
  expect([dry.voided, real.voided]).toEqual([1, 1]);
});

test('a use in use is not archived, neither alone nor among many', async () => {
  const useCase = registry.get('use-case');
  const home = await make('Triage');
  const made = async (state?: string) =>
    createRecord(kernel.services, as(manager), useCase, {
      patch: { fields: { name: 'Sort letters' }, links: { system: { set: [home] } } },
      ...(state === undefined ? {} : { state, broughtIn: true }),
    });
  const [runs, planned] = [await made('in-use'), await made()];
  const input = { ids: [runs.id, planned.id], act: { archive: true } as const };
  const outcome = await bulkChange(kernel.services, as(manager), useCase, input, { dryRun: true });
  expect(outcome.applied).toEqual([planned.id]);
  expect(outcome.refused[0]?.reason).toContain('End it by its step first');
  const alone = archiveRecord(kernel.services, as(manager), useCase, { ref: runs.id, version: 1 });
  await expect(alone).rejects.toThrow('End it by its step first');
});
