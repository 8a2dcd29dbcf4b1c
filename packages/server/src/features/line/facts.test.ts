import { registry } from '@throughline/domain/kinds/all.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../../test/kernel.ts';
import { linked } from '../../../test/linked.ts';
import { createRecord } from '../../records/create-record.ts';
import { editRecord } from '../../records/edit-record.ts';
import { FactsCache, readInputs } from './facts.ts';

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());

const kind = (name: string) => registry.get(name);

async function fresh() {
  const organisation = await kernel.organisation();
  const manager = await kernel.member(organisation, ['aims-manager']);
  const cache = new FactsCache(kernel.services);
  const ctx = () => kernel.context(organisation, manager);
  const add = (name: string, fields: Record<string, string>, links: Record<string, string[]> = {}) =>
    createRecord(kernel.services, ctx(), kind(name), {
      patch: {
        fields,
        links: linked(links),
      },
    });
  const facts = async () =>
    (await kernel.store.readWhole(organisation, (reader) => cache.read(reader))).facts;
  return { organisation, cache, ctx, add, facts };
}

test('facts kept in the process follow each change, and keep what did not change', async () => {
  const { add, ctx, facts } = await fresh();
  const policy = await add('document', { name: 'AI policy', type: 'policy' });
  const plan = await add('document', { name: 'Audit plan', type: 'procedure' });
  const before = await facts();
  expect(await facts()).toBe(before);
  await editRecord(kernel.services, ctx(), kind('document'), {
    ref: 'DOC-1',
    patch: { fields: { name: 'Policy for AI' } },
    version: 1,
  });
  const after = await facts();
  expect(after.byId.get(policy.id)?.title).toBe('Policy for AI');
  expect(after.byId.get(plan.id)).toBe(before.byId.get(plan.id));
  await kernel.store.change(ctx(), async (write) => {
    const held = (await write.lock([plan.id])).get(plan.id);
    if (held) write.archive(held);
  });
  expect([...(await facts()).byId.keys()]).toEqual([policy.id]);
});

test('an approval that changes no version is seen too', async () => {
  const { add, ctx, facts } = await fresh();
  const policy = await add('document', { name: 'AI policy', type: 'policy' });
  expect((await facts()).byId.get(policy.id)?.approvals).toEqual([]);
  await kernel.store.change(ctx(), async (write) => {
    const held = (await write.lock([policy.id])).get(policy.id);
    if (held) write.approval(held, 'submit', { version: held.version, digest: held.digest });
  });
  expect((await facts()).byId.get(policy.id)?.approvals).toMatchObject([{ act: 'submit', version: 1 }]);
});

test("the organisation's own line reads systems as they are, though a system's change raises no marks", async () => {
  const { organisation, cache, add, ctx } = await fresh();
  await add('system', { name: 'Claims triage' });
  const systems = async () =>
    (await kernel.store.readWhole(organisation, (reader) => cache.readWithSystems(reader))).facts.inputs
      .systems;
  expect((await systems()).map((system) => system.fields.purpose)).toEqual([undefined]);
  await editRecord(kernel.services, ctx(), kind('system'), {
    ref: 'SYS-1',
    patch: { fields: { purpose: 'Ranks new claims' } },
    version: 1,
  });
  expect((await systems()).map((system) => system.fields.purpose)).toEqual(['Ranks new claims']);
  await add('system', { name: 'Fraud scoring' });
  expect((await systems()).map((system) => system.title).sort()).toEqual(['Claims triage', 'Fraud scoring']);
});

test('a system reads what it uses, of the organisation and of another system, whoever is read beside it', async () => {
  const { organisation, cache, add } = await fresh();
  const model = await add('model', { name: 'Ranker' });
  const two = await add('system', { name: 'Two' });
  const manual = await add('document', { name: 'Manual', type: 'procedure' }, { system: [two.id] });
  await add('document', { name: 'Notes', type: 'procedure' }, { system: [two.id] });
  const one = await add('system', { name: 'One' }, { usesModel: [model.id], instructions: [manual.id] });
  const useCase = await add('use-case', { name: 'Triage' }, { system: [one.id] });
  for (const asked of [[one.id], [one.id, two.id]]) {
    const read = await kernel.store.readWhole(organisation, (reader) => readInputs(reader, cache, asked));
    const inputs = read.systems.get(one.id);
    expect(inputs?.own.map((record) => record.id).sort()).toEqual([one.id, useCase.id].sort());
    expect(inputs?.shared.map((record) => record.id).sort()).toEqual([model.id, manual.id].sort());
  }
});
