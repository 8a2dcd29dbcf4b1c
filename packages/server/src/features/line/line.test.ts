import { registry } from '@throughline/domain/kinds/all.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../../test/kernel.ts';
import { recordIn } from '../../../test/take-steps.ts';
import { createRecord } from '../../records/create-record.ts';
import { editRecord } from '../../records/edit-record.ts';
import { countPage, listPage } from '../../records/list-records.ts';
import { outstanding } from '../../store/standing.ts';
import { FactsCache } from './facts.ts';
import { readGaps } from './read-register.ts';
import { readTrace } from './read-trace.ts';
import { StandingWorker } from './worker.ts';

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());

const system = registry.get('system');

async function fresh() {
  const organisation = await kernel.organisation();
  const manager = await kernel.member(organisation, ['aims-manager']);
  const cache = new FactsCache(kernel.services);
  const worker = new StandingWorker(kernel.services, cache, {
    everyMs: 60_000,
    onError: (error) => {
      throw error;
    },
  });
  return { organisation, manager, ctx: kernel.context(organisation, manager), cache, worker };
}

test('a live system without anything shows its gaps at once, and the register shows the same line once it is settled', async () => {
  const { organisation, manager, ctx, cache, worker } = await fresh();
  await using _worker = worker;
  await recordIn(kernel.services, ctx, system, {
    fields: { name: 'Claims triage assistant', liveSince: '2025-03-01' },
    state: 'operation-monitoring',
  });
  const view = await readTrace(
    kernel.services,
    cache,
    { organisation, actor: manager, ref: 'SYS-1' },
    () => ({ records: [], members: [] }),
  );
  expect(view.trace.strip).toHaveLength(15);
  const ownership = view.trace.stations.find((station) => station.id === 'ownership');
  expect(ownership?.verdict).toBe('gap');
  await worker.settleAll();
  const asked = { organisation, actor: manager, kind: system, query: {} };
  const page = await listPage(kernel.services, asked);
  expect(page.rows[0]?.line).toEqual({
    strip: view.trace.strip,
    gaps: view.trace.summary.gaps,
    holdsUntil: null,
    stale: false,
  });
  expect((await countPage(kernel.services, asked)).gapsByStation?.get('ownership')).toBe(1);
  const withGap = await listPage(kernel.services, { ...asked, query: { gap: 'ownership' } });
  expect(withGap.rows).toHaveLength(1);
});

test('a system that runs since a year, a quarter or a month is settled like any other', async () => {
  const { organisation, manager, ctx, worker } = await fresh();
  await using _worker = worker;
  for (const liveSince of ['2023', '2023-Q3', '2023-07']) {
    await recordIn(kernel.services, ctx, system, {
      fields: { name: `Since ${liveSince}`, liveSince },
      state: 'operation-monitoring',
    });
  }
  await worker.settleAll();
  expect(await kernel.store.readWhole(organisation, outstanding)).toEqual({ count: 0, of: 3 });
  const { rows } = await readGaps(kernel.services, { organisation, actor: manager, rule: 'UC1', limit: 9 });
  expect(rows.map((gap) => gap.since).sort()).toEqual(['2023-07-31', '2023-09-30', '2023-12-31']);
});

test('a change marks the line as stale until it is computed again; a change in between is never taken for settled', async () => {
  const { organisation, manager, ctx, worker } = await fresh();
  await using _worker = worker;
  await createRecord(kernel.services, ctx, system, { patch: { fields: { name: 'Broker chat guide' } } });
  await worker.settleAll();
  expect(await kernel.store.readWhole(organisation, outstanding)).toEqual({ count: 0, of: 1 });
  await worker[Symbol.asyncDispose]();
  await editRecord(kernel.services, ctx, system, {
    ref: 'SYS-1',
    patch: { fields: { owner: manager.member } },
    version: 1,
  });
  expect(await kernel.store.readWhole(organisation, outstanding)).toEqual({ count: 1, of: 1 });
  await worker.settleAll();
  expect(await kernel.store.readWhole(organisation, outstanding)).toEqual({ count: 0, of: 1 });
});

test('a change of the organisation marks every line by one row', async () => {
  const { organisation, ctx, worker } = await fresh();
  await using _worker = worker;
  for (const name of ['One', 'Two', 'Three'])
    await createRecord(kernel.services, ctx, system, { patch: { fields: { name } } });
  await worker.settleAll();
  await worker[Symbol.asyncDispose]();
  await createRecord(kernel.services, ctx, registry.get('document'), {
    patch: { fields: { name: 'AI policy', type: 'policy' } },
  });
  expect(await kernel.store.readWhole(organisation, outstanding)).toEqual({ count: 3, of: 3 });
  await worker.settleAll();
  expect(await kernel.store.readWhole(organisation, outstanding)).toEqual({ count: 0, of: 3 });
});

test('a line that is computed again and found the same leaves the rows of its gaps alone; another result replaces them', async () => {
  const { organisation, ctx, worker } = await fresh();
  await using _worker = worker;
  await recordIn(kernel.services, ctx, system, {
    fields: { name: 'Price finder', liveSince: '2025-03-01' },
    state: 'operation-monitoring',
  });
  await worker.settleAll();
  const gaps = async () => {
    const { rows } = await kernel.store.owner.query<{ id: string; rule: string }>(
      'select id, rule from gap where organisation = $1 and system is not null order by id',
      [organisation],
    );
    return rows;
  };
  const first = await gaps();
  expect(first.length).toBeGreaterThan(0);
  await createRecord(kernel.services, ctx, registry.get('supplier'), {
    patch: { fields: { name: 'Cloud' } },
  });
  await worker.settleAll();
  expect(await kernel.store.readWhole(organisation, outstanding)).toEqual({ count: 0, of: 1 });
  expect(await gaps()).toEqual(first);
  const owner = await kernel.member(organisation, ['system-owner']);
  await editRecord(kernel.services, ctx, system, {
    ref: 'SYS-1',
    patch: { fields: { owner: owner.member } },
    version: 2,
  });
  await worker.settleAll();
  const after = await gaps();
  expect(after.length).toBeGreaterThan(0);
  expect(after.some((gap) => first.some(({ id }) => id === gap.id))).toBe(false);
});

test('gaps are paged through once each, the worst first', async () => {
  const { organisation, manager, ctx, worker } = await fresh();
  await using _worker = worker;
  for (const name of ['One', 'Two'])
    await recordIn(kernel.services, ctx, system, {
      fields: { name, liveSince: '2025-03-01' },
      state: 'operation-monitoring',
    });
  await worker.settleAll();
  const ids: string[] = [];
  const weights: string[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const asked = { organisation, actor: manager, limit: 7, ...(cursor ? { cursor } : {}) };
    const page: Awaited<ReturnType<typeof readGaps>> = await readGaps(kernel.services, asked);
    ids.push(...page.rows.map((row) => row.id));
    weights.push(...page.rows.map((row) => row.weight));
    cursor = page.next ?? undefined;
  }
  const { rows } = await kernel.store.owner.query<{ n: number }>(
    'select count(*)::int as n from gap where organisation = $1',
    [organisation],
  );
  expect(ids).toHaveLength(rows[0]?.n ?? -1);
  expect(new Set(ids).size).toBe(ids.length);
  const order = ['major', 'minor'];
  const ranks = weights.map((weight) => (order.indexOf(weight) + order.length + 1) % (order.length + 1));
  expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
});

test('a worker that is stopped ends after the lines at hand; the others stay marked', async () => {
  const { organisation, ctx, cache, worker: other } = await fresh();
  await other[Symbol.asyncDispose]();
  await kernel.store.change(ctx, async (write) => {
    for (let n = 0; n < 130; n += 1)
      write.create({ kind: system, content: { fields: { name: `System ${n}` }, links: {} }, system: null });
  });
  const stopped = Promise.withResolvers<void>();
  const worker = new StandingWorker(kernel.services, cache, {
    everyMs: 60_000,
    onError: stopped.reject,
    onSettled: (of) => {
      if (of === organisation) worker[Symbol.asyncDispose]().then(stopped.resolve, stopped.reject);
    },
  });
  await stopped.promise;
  expect(await kernel.store.readWhole(organisation, outstanding)).toEqual({ count: 110, of: 130 });
});
