import type { Actor } from '@throughline/domain/actor.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import type { Patch } from '@throughline/domain/kinds/edit.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { createRecord } from './create-record.ts';
import { editRecord } from './edit-record.ts';

let kernel: TestKernel;
let organisation: string;
let manager: Actor & { type: 'person' };
let stranger: string;
beforeAll(async () => {
  kernel = await testKernel();
  organisation = await kernel.organisation();
  manager = await kernel.member(organisation, ['aims-manager']);
  stranger = (await kernel.member(await kernel.organisation(), ['aims-manager'])).member;
});
afterAll(() => kernel.close());

const nobody = '00000000-0000-7000-8000-000000000000';
const create = (kind: string, patch: Patch) =>
  createRecord(kernel.services, kernel.context(organisation, manager), registry.get(kind), { patch });
const places = (promise: Promise<unknown>) =>
  promise.then(
    () => [],
    (error: { items?: { at: string }[] }) => error.items?.map(({ at }) => at) ?? [String(error)],
  );

test.each([
  ['nobody', () => nobody],
  ["another organisation's member", () => stranger],
])('%s can own nothing, from the beginning or by an edit', async (_who, id) => {
  expect(await places(create('system', { fields: { name: 'A', owner: id() } }))).toEqual(['fields.owner']);
  const kind = registry.get('system');
  const record = await create('system', { fields: { name: 'A', owner: manager.member } });
  const ctx = kernel.context(organisation, manager);
  const edit = { ref: record.id, patch: { fields: { owner: id() } }, version: null };
  expect(await places(editRecord(kernel.services, ctx, kind, edit))).toEqual(['fields.owner']);
});

test('a person in a row is named by row and column, and only where it is new', async () => {
  const action = { action: 'Second reading', owner: manager.member };
  const wrong = { fields: { name: 'T', actions: [action, { action: 'Third', owner: stranger }] } };
  expect(await places(create('treatment', wrong))).toEqual(['fields.actions.1.owner']);
});

test('a file that is not there, or is of another organisation, is no proof', async () => {
  expect(await places(create('evidence', { fields: { name: 'E', file: nobody } }))).toEqual(['fields.file']);
});

test('an edit of something else leaves a person alone whom nobody knows any more', async () => {
  const record = await create('system', { fields: { name: 'A', owner: manager.member } });
  await kernel.store.owner.query(
    `update record set fields = jsonb_set(fields, '{owner}', to_jsonb($2::text)) where id = $1`,
    [record.id, nobody],
  );
  const edit = { ref: record.id, patch: { fields: { name: 'B' } }, version: null };
  const ctx = kernel.context(organisation, manager);
  const change = await editRecord(kernel.services, ctx, registry.get('system'), edit);
  expect(change.changed).toEqual(['name']);
});

test('a risk carries findings that an assessment it names has, from the beginning and by an edit', async () => {
  const effects = [
    { number: 4, effect: 'Late help' },
    { effect: 'Refused', level: 'individuals' },
  ];
  const system = await create('system', { fields: { name: 'Triage' } });
  const home = { system: { set: [system.id] } };
  const impact = await create('impact-assessment', { fields: { name: 'Impact', effects }, links: home });
  const risk = (carriedEffects: string[], fields = {}) => ({
    fields: { name: 'Late help', carriedEffects, ...fields },
    links: { ...home, carries: { set: [impact.id] } },
  });
  expect(await places(create('risk', risk(['4', '999'])))).toEqual(['fields.carriedEffects']);
  const made = await create('risk', risk(['4', ' 2 ']));
  const edit = (patch: Patch) =>
    places(
      editRecord(kernel.services, kernel.context(organisation, manager), registry.get('risk'), {
        ref: made.id,
        patch,
        version: null,
      }),
    );
  expect(await edit({ fields: { carriedEffects: ['4', '1'] } })).toEqual(['fields.carriedEffects']);
  expect(await edit({ fields: { carriedEffects: ['4'] } })).toEqual([]);
  // What it carried before stays, also where the assessment has dropped it since.
  const dropped = { fields: { effects: [{ number: 5, effect: 'Other' }] } };
  const kind = registry.get('impact-assessment');
  const input = { ref: impact.id, patch: dropped, version: null };
  await editRecord(kernel.services, kernel.context(organisation, manager), kind, input);
  expect(await edit({ fields: { name: 'Help comes late' } })).toEqual([]);
});
