import { registry } from '@throughline/domain/kinds/all.ts';
import { defineKind } from '@throughline/domain/kinds/kind.ts';
import { Registry } from '@throughline/domain/registry.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { sequenceAll } from '../log/sequencer.ts';
import { createRecord } from '../records/create-record.ts';
import { listPage } from '../records/list-records.ts';
import { refillSlots } from './refill-slots.ts';
import { Store } from './store.ts';

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());

test('a declaration that indexes another field finds records that were written before', async () => {
  const organisation = await kernel.organisation();
  const manager = await kernel.member(organisation, ['aims-manager']);
  const ctx = kernel.context(organisation, manager);
  const system = registry.get('system');
  for (const scopeReason of ['b', 'a']) {
    await createRecord(kernel.services, ctx, system, {
      patch: { fields: { name: scopeReason, scopeReason } },
    });
  }
  expect(await refillSlots(kernel.store)).toContain('system');
  expect(await refillSlots(kernel.store)).toEqual([]);

  const next = defineKind({ ...system, index: [...system.index.slice(0, 7), 'scopeReason'] });
  const changed = new Registry(registry.kinds.map((kind) => (kind.name === 'system' ? next : kind)));
  const store = new Store({ app: kernel.store.app, owner: kernel.store.owner }, changed);
  expect(await refillSlots(store)).toEqual(['system']);
  const services = { ...kernel.services, store, registry: changed };
  const page = await listPage(services, {
    organisation,
    actor: manager,
    kind: next,
    query: { sort: 'scopeReason' },
  });
  expect(page.rows.map((row) => row.title)).toEqual(['a', 'b']);
  await sequenceAll(kernel.store);
  const past = await listPage(services, {
    organisation,
    actor: manager,
    kind: next,
    query: { sort: '-scopeReason', scopeReason: 'a,b', asOf: new Date().toISOString() },
  });
  expect(past.rows.map((row) => row.title)).toEqual(['b', 'a']);
});
