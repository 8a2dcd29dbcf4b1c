import { registry } from '@throughline/domain/kinds/all.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { createRecord } from '../records/create-record.ts';
import type { Context } from './context.ts';
import { findRecord } from './records.ts';
import type { Write } from './write.ts';

let kernel: TestKernel;
let ctx: Context;
beforeAll(async () => {
  kernel = await testKernel();
  const organisation = await kernel.organisation();
  ctx = kernel.context(organisation, await kernel.member(organisation, ['aims-manager']));
});
afterAll(() => kernel.close());

const kind = registry.get('supplier');
const keyed = (write: Write, key: string) =>
  write.create({
    kind,
    content: { fields: { name: `Supplier ${key}` }, links: {} },
    system: null,
    external: [{ source: 'register', key }],
  });
const dry = { dryRun: true };

async function counts(): Promise<unknown> {
  const tables = ['record', 'revision', 'entry', 'entry_pending', 'external_id', 'counter', 'facts_mark'];
  const each = tables.map(
    (table) => `(select count(*)::int from ${table} where organisation = $1) as ${table}`,
  );
  const { rows } = await kernel.store.owner.query(`select ${each.join(', ')}`, [ctx.organisation]);
  return rows[0];
}

test('a dry run answers what the change would, and leaves nothing, not even a number', async () => {
  await createRecord(kernel.services, ctx, kind, { patch: { fields: { name: 'There' } } });
  const before = await counts();
  const told: string[] = [];
  const stop = kernel.store.onCommitted((organisation) => told.push(organisation));
  const tried = await createRecord(kernel.services, ctx, kind, { patch: { fields: { name: 'Tried' } } }, dry);
  stop();
  expect(tried).toMatchObject({ title: 'Tried', version: 1 });
  expect(await counts()).toEqual(before);
  expect(told).toEqual([]);
  await createRecord(kernel.services, ctx, kind, { patch: { fields: { name: 'Next' } } });
  const next = await kernel.store.readWhole(ctx.organisation, (reader) =>
    findRecord(reader, kind, `${kind.prefix}-2`),
  );
  expect(next?.title).toBe('Next');
});

test('what the database refuses at the end of a change, it refuses in a dry run', async () => {
  await kernel.store.change(ctx, async (write) => keyed(write, 'S-1'));
  const before = await counts();
  for (const options of [dry, {}])
    await expect(
      kernel.store.change(ctx, async (write) => keyed(write, 'S-1'), options),
    ).rejects.toMatchObject({
      code: '23505',
    });
  await expect(kernel.store.change(ctx, async (write) => keyed(write, 'S-2'), dry)).resolves.toMatchObject({
    version: 1,
  });
  expect(await counts()).toEqual(before);
});

test('a dry run leaves the name of its request free for the change itself', async () => {
  const once = { actor: 'A', key: 'K-1', digest: Buffer.alloc(32, 1), done: false };
  await kernel.store.change({ ...ctx, once }, async (write) => keyed(write, 'S-3'), dry);
  expect(once.done).toBe(false);
  await kernel.store.change({ ...ctx, once }, async (write) => keyed(write, 'S-3'));
  expect(once.done).toBe(true);
});

test('a change in which a statement failed is never taken for kept, though its work went on', async () => {
  const before = await counts();
  const kept = kernel.store.change(ctx, async (write) => {
    await expect(write.run({ name: 'broken', text: 'select 1 / $1::int', values: [0] })).rejects.toThrow(
      /zero/,
    );
  });
  await expect(kept).rejects.toThrow(/rolled back/);
  await expect(kernel.store.change(ctx, async (write) => keyed(write, 'S-4'))).resolves.toBeDefined();
  expect(before).not.toEqual(await counts());
});
