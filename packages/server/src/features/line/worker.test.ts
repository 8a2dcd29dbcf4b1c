import { registry } from '@throughline/domain/kinds/all.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../../test/kernel.ts';
import { createRecord } from '../../records/create-record.ts';
import { editRecord } from '../../records/edit-record.ts';
import type { Context } from '../../store/context.ts';
import { dueSystems, keepOrganisationLine, newestMarked, outstanding } from '../../store/standing.ts';
import { computeLines } from './compute.ts';
import { FactsCache } from './facts.ts';
import { settleLines } from './settle-lines.ts';
import { StandingWorker } from './worker.ts';

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());

const system = registry.get('system');

async function world() {
  const organisation = await kernel.organisation();
  const manager = await kernel.member(organisation, ['aims-manager']);
  return { organisation, manager, ctx: kernel.context(organisation, manager) };
}
const make = async (ctx: Context, kind: string, fields: Record<string, string>) =>
  (await createRecord(kernel.services, ctx, registry.get(kind), { patch: { fields } })).id;
const decide = (ctx: Context, ref: string) =>
  editRecord(kernel.services, ctx, system, {
    ref,
    patch: { fields: { purpose: `Decided ${Math.random()}` } },
    version: null,
  });
/** How many statements wait for a lock. */
const waiting = async () =>
  (
    await kernel.store.owner.query(
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    )
  ).rowCount ?? 0;
const left = (organisation: string) => kernel.store.readWhole(organisation, outstanding);

/** A worker that settles when told, with the errors it spoke of. */
function workerWith(services = kernel.services) {
  const told: unknown[] = [];
  const worker = new StandingWorker(services, new FactsCache(services), {
    everyMs: 3_600_000,
    onError: (error) => told.push(error),
  });
  return { worker, told };
}

test('lines settle while they are being changed, and end as a fresh computation finds them', async () => {
  const { organisation, manager, ctx } = await world();
  const ids: string[] = [];
  for (let n = 0; n < 8; n += 1) ids.push(await make(ctx, 'system', { name: `S${n}` }));
  const { worker, told } = workerWith();
  await using _worker = worker;
  const edits = ids.flatMap((ref) =>
    [manager.member, null, manager.member].map((owner) =>
      editRecord(kernel.services, ctx, system, { ref, patch: { fields: { owner } }, version: null }),
    ),
  );
  await Promise.all<unknown>([
    ...edits,
    worker.settleAll(),
    worker.settleAll(),
    make(ctx, 'supplier', { name: 'X' }),
  ]);
  await worker.settleAll();
  expect(await left(organisation)).toEqual({ count: 0, of: 8 });
  const lines = async () =>
    (
      await kernel.store.owner.query(
        `select l.system, l.strip, l.gaps, (select count(*)::int from gap g where g.organisation = l.organisation and g.system = l.system) as found
          from system_line l where l.organisation = $1 order by l.system`,
        [organisation],
      )
    ).rows;
  const settled = await lines();
  await kernel.store.owner.query('update system_line set marks = marks + 1 where organisation = $1', [
    organisation,
  ]);
  await worker.settleAll();
  expect(await lines()).toEqual(settled);
  expect(told).toEqual([]);
});

test('one organisation that cannot be settled is told of and does not keep the others from theirs', async () => {
  const [broken, sound] = [await world(), await world()];
  for (const { ctx } of [broken, sound]) await make(ctx, 'system', { name: 'S' });
  await kernel.store.owner.query("update organisation set time_zone = 'Nowhere/None' where id = $1", [
    broken.organisation,
  ]);
  const { worker, told } = workerWith();
  await using _worker = worker;
  await worker.settleAll();
  expect(told.length).toBeGreaterThan(0);
  expect(await left(sound.organisation)).toEqual({ count: 0, of: 1 });
  expect((await left(broken.organisation)).count).toBe(1);
  await kernel.store.owner.query("update organisation set time_zone = 'UTC' where id = $1", [
    broken.organisation,
  ]);
  await worker.settleAll();
  expect(await left(broken.organisation)).toEqual({ count: 0, of: 1 });
});

test('facts are kept while nothing of the organisation changed, made anew by a change and by a day, and never mixed up', async () => {
  const [one, two] = [await world(), await world()];
  let now = new Date('2026-03-01T10:00:00Z');
  const cache = new FactsCache({ ...kernel.services, clock: () => now });
  const read = ({ organisation }: { organisation: string }) =>
    kernel.store.readWhole(organisation, (reader) => cache.read(reader));
  const first = await read(one);
  expect(await read(one)).toBe(first);
  const other = await read(two);
  expect([first.facts.inputs.id, other.facts.inputs.id]).toEqual([one.organisation, two.organisation]);
  await make(one.ctx, 'supplier', { name: 'New supplier' });
  const changed = await read(one);
  expect(changed).not.toBe(first);
  expect(changed.facts.inputs.records.map((record) => record.title)).toContain('New supplier');
  expect(await read(two)).toBe(other);
  now = new Date('2026-03-02T10:00:00Z');
  const nextDay = await read(one);
  expect([nextDay.facts.today, changed.facts.today]).toEqual(['2026-03-02', '2026-03-01']);
  expect(await read(one)).toBe(nextDay);
});

test('facts read inside a transaction that began before a change do not stand for later readers', async () => {
  const here = await world();
  const cache = new FactsCache(kernel.services);
  const began = Promise.withResolvers<void>();
  const changed = Promise.withResolvers<void>();
  const early = kernel.store.readWhole(here.organisation, async (reader) => {
    await outstanding(reader);
    began.resolve();
    await changed.promise;
    return cache.read(reader);
  });
  await began.promise;
  await make(here.ctx, 'supplier', { name: 'Came later' });
  changed.resolve();
  expect((await early).facts.inputs.records).toEqual([]);
  const late = await kernel.store.readWhole(here.organisation, (reader) => cache.read(reader));
  expect(late.facts.inputs.records.map((record) => record.title)).toEqual(['Came later']);
});

test('many changes of one system are one computation, and keeping it asks for no other', async () => {
  const { organisation, ctx } = await world();
  const id = await make(ctx, 'system', { name: 'Edited often' });
  for (const purpose of ['Ranks', 'Sorts', 'Orders'])
    await editRecord(kernel.services, ctx, system, {
      ref: id,
      patch: { fields: { purpose } },
      version: null,
    });
  const settled: string[] = [];
  const told: string[] = [];
  const stop = kernel.store.onCommitted((of) => told.push(of));
  const heard = Promise.withResolvers<void>();
  const worker = new StandingWorker(kernel.services, new FactsCache(kernel.services), {
    everyMs: 3_600_000,
    onError: heard.reject,
    onSettled: (of, systems) => {
      if (of !== organisation) return;
      settled.push(...systems);
      heard.resolve();
    },
  });
  await heard.promise;
  await worker[Symbol.asyncDispose]();
  stop();
  expect(settled).toEqual([id]);
  expect(told).toEqual([]);
  expect(await left(organisation)).toEqual({ count: 0, of: 1 });
});

test('lines are due in the order in which they were marked, whatever their ids; the newest are known as well', async () => {
  const { organisation, ctx } = await world();
  const ids: string[] = [];
  for (let n = 0; n < 4; n += 1) ids.push(await make(ctx, 'system', { name: `S${n}` }));
  // Without a worker: it would hear of the changes, and settle some of them before they are looked at.
  const settle = () => settleLines(kernel.services, organisation, () => undefined);
  await settle();
  const order = [2, 0, 3, 1].map((n) => ids[n] ?? '');
  for (const ref of [...order, order[0] ?? '']) await decide(ctx, ref);
  const due = (most: number) =>
    kernel.store.readWhole(organisation, (reader) => dueSystems(reader, new Date(), most));
  const newest = (most: number) =>
    kernel.store.readWhole(organisation, (reader) => newestMarked(reader, most));
  const [first, second, third, last] = order;
  expect(await due(10)).toEqual({ systems: order, marked: true, more: false });
  expect(await due(4)).toEqual({ systems: order, marked: true, more: true });
  expect(await due(2)).toEqual({ systems: order.slice(0, 2), marked: true, more: true });
  // The first was changed once more after all others.
  expect(await newest(10)).toEqual([first, last, third, second]);
  expect(await newest(2)).toEqual([first, last]);
  await settle();
  expect(await due(10)).toEqual({ systems: [], marked: false, more: false });
  expect(await newest(10)).toEqual([]);
  await make(ctx, 'supplier', { name: 'What all lines draw on' });
  const drawing = await due(10);
  expect([drawing.systems.toSorted(), drawing.marked]).toEqual([ids.toSorted(), false]);
});

/** More lines than one batch takes, all of them marked: what an import leaves. The first is the one that waits longest. */
async function backlog() {
  const here = await world();
  const ids: string[] = [];
  for (let n = 0; n < 25; n += 1) ids.push(await make(here.ctx, 'system', { name: `S${n}` }));
  return { ...here, first: ids[0] ?? '', last: ids.at(-1) ?? '', ids };
}

/** Keeps the line of one system from being written, and with it the batch that it is in. */
async function hold(id: string) {
  const holding = await kernel.store.owner.connect();
  await holding.query('begin');
  await holding.query('select 1 from system_line where system = $1 for update', [id]);
  return async () => {
    await holding.query('commit');
    holding.release();
  };
}

/** A worker of its own round, and which lines it settled, in order; `settled` waits for one of them. */
function listening() {
  const told: unknown[] = [];
  const order: string[] = [];
  const awaited = new Map<string, () => void>();
  const worker = new StandingWorker(kernel.services, new FactsCache(kernel.services), {
    everyMs: 3_600_000,
    onError: (error) => told.push(error),
    onSettled: (_organisation, systems) => {
      order.push(...systems);
      for (const system of systems) awaited.get(system)?.();
    },
  });
  const settled = (id: string) =>
    new Promise<void>((resolve) => {
      if (order.includes(id)) resolve();
      awaited.set(id, resolve);
    });
  return { worker, told, order, settled };
}

test('what somebody changes during a backlog is worked out beside the batch at hand, in their organisation and in others', async () => {
  const [crowded, quiet] = [await backlog(), await world()];
  const other = await make(quiet.ctx, 'system', { name: 'In another organisation' });
  await settleLines(kernel.services, quiet.organisation, () => undefined);
  const release = await hold(crowded.first);
  const { worker, told, order, settled } = listening();
  await using _worker = worker;
  // The first batch waits for its first line; only then is what comes beside a backlog.
  await expect.poll(() => waiting()).toBeGreaterThan(0);
  await decide(crowded.ctx, crowded.last);
  await settled(crowded.last);
  await decide(quiet.ctx, other);
  await settled(other);
  expect(order).not.toContain(crowded.first);
  await release();
  await settled(crowded.first);
  await worker.settleAll();
  expect([(await left(crowded.organisation)).count, (await left(quiet.organisation)).count]).toEqual([0, 0]);
  expect(told).toEqual([]);
});

test('a backlog of one organisation takes turns with what others changed meanwhile', async () => {
  const [crowded, quiet] = [await backlog(), await world()];
  const other = await make(quiet.ctx, 'system', { name: 'Draws on a supplier' });
  await settleLines(kernel.services, quiet.organisation, () => undefined);
  const release = await hold(crowded.first);
  const { worker, told, order, settled } = listening();
  await using _worker = worker;
  await expect.poll(() => waiting()).toBeGreaterThan(0);
  // Marks the facts that every line draws on, and no line: the newest marks do not bring it forward.
  await make(quiet.ctx, 'supplier', { name: 'New supplier' });
  await release();
  await settled(crowded.last);
  await settled(other);
  expect(order.indexOf(other)).toBeLessThan(order.indexOf(crowded.last));
  expect(told).toEqual([]);
});

test('the trend has one row a day, with the figures of its last look', async () => {
  const { organisation, ctx } = await world();
  await make(ctx, 'system', { name: 'A' });
  const { worker } = workerWith();
  await using _worker = worker;
  await worker.settleAll();
  await worker.keepTrends();
  await make(ctx, 'system', { name: 'B' });
  await worker.settleAll();
  await worker.keepTrends();
  const { rows } = await kernel.store.owner.query('select systems from trend where organisation = $1', [
    organisation,
  ]);
  expect(rows).toEqual([{ systems: 2 }]);
});

test('lines go on while all of them are being counted', async () => {
  const { organisation, ctx } = await world();
  const id = await make(ctx, 'system', { name: 'Counted' });
  const settled: string[] = [];
  const told: unknown[] = [];
  // As a count over very many systems stands: before it may keep what it found.
  const counting = await kernel.store.owner.connect();
  await counting.query('begin');
  await using _worker = new StandingWorker(kernel.services, new FactsCache(kernel.services), {
    everyMs: 50,
    onError: (error) => told.push(error),
    onSettled: (_organisation, systems) => settled.push(...systems),
  });
  const until = async (done: () => Promise<boolean> | boolean) => {
    while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  await until(async () => (await left(organisation)).count === 0);
  await counting.query("select pg_advisory_xact_lock(hashtextextended('organisation line ' || $1, 0))", [
    organisation,
  ]);
  for (const name of ['First', 'Second', 'Third']) {
    const before = settled.filter((system) => system === id).length;
    await editRecord(kernel.services, ctx, system, {
      ref: id,
      patch: { fields: { purpose: name } },
      version: null,
    });
    await until(() => settled.filter((system) => system === id).length > before);
  }
  expect(await left(organisation)).toEqual({ count: 0, of: 1 });
  await counting.query('commit');
  counting.release();
  expect(told).toEqual([]);
});

test('the gaps of an organisation stand once when two keep its line at the same time', async () => {
  const { ctx, organisation } = await world();
  const gap = {
    station: '4.1',
    rule: '4.1',
    source: 'standard',
    weight: 'minor',
    records: [],
    refs: ['4.1'],
    owner: null,
    since: null,
    caused_by: null,
  };
  const rows = [{ item: '4.1', verdict: 'gap', gaps: [gap] }];
  for (let round = 0; round < 5; round += 1)
    await Promise.all(
      [1, 2, 3].map(() => kernel.store.change(ctx, (write) => keepOrganisationLine(write, rows))),
    );
  const { rows: kept } = await kernel.store.owner.query(
    'select rule from gap where organisation = $1 and system is null',
    [organisation],
  );
  expect(kept).toEqual([{ rule: '4.1' }]);
});

test('a batch larger than one reading keeps every line of it, each with the marks it was read at', async () => {
  const { organisation, ctx } = await world();
  const ids: string[] = [];
  for (let n = 0; n < 13; n += 1) ids.push(await make(ctx, 'system', { name: `S${n}` }));
  const traces = await computeLines(kernel.services, new FactsCache(kernel.services), organisation, ids);
  expect(traces.map((trace) => trace.system).toSorted()).toEqual(ids.toSorted());
  expect(await left(organisation)).toEqual({ count: 0, of: 13 });
  await editRecord(kernel.services, ctx, system, {
    ref: ids[7] ?? '',
    patch: { fields: { purpose: 'Changed since' } },
    version: null,
  });
  expect(await left(organisation)).toEqual({ count: 1, of: 13 });
});

test('a line bears the moment at which it was written, however long it took: who opened a page meanwhile hears of it', async () => {
  const { organisation, ctx } = await world();
  const id = await make(ctx, 'system', { name: 'Slow' });
  const began = Date.now();
  let asked = 0;
  const clock = () => {
    asked += 1;
    return new Date(began + asked * 60_000);
  };
  const services = { ...kernel.services, clock };
  await computeLines(services, new FactsCache(services), organisation, [id]);
  const { rows } = await kernel.store.owner.query<{ computed_at: Date }>(
    'select computed_at from system_line where organisation = $1 and system = $2',
    [organisation, id],
  );
  expect(asked).toBeGreaterThan(1);
  expect(rows[0]?.computed_at.getTime()).toBe(began + asked * 60_000);
});
