import { registry } from '@throughline/domain/kinds/all.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import type { Context } from './context.ts';
import { Numbers } from './numbers.ts';
import type { Write } from './write.ts';

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());

const wanted = (kinds: Record<string, number>) => new Map(Object.entries(kinds));
const create = (write: Write, kind: string, name: string) =>
  write.create({ kind: registry.get(kind), content: { fields: { name }, links: {} }, system: null });

async function fresh(): Promise<Context> {
  const id = await kernel.organisation();
  return kernel.context(id, await kernel.member(id, ['aims-manager']));
}

async function nextOf(organisation: string): Promise<Record<string, number>> {
  const { rows } = await kernel.store.owner.query<{ kind: string; next: number }>(
    'select kind, next from counter where organisation = $1',
    [organisation],
  );
  return Object.fromEntries(rows.map((row) => [row.kind, row.next]));
}

async function numbersOf(organisation: string): Promise<number[]> {
  const { rows } = await kernel.store.owner.query<{ number: number }>(
    "select number from record where organisation = $1 and kind = 'task' order by number",
    [organisation],
  );
  return rows.map((row) => row.number);
}

test('what is asked for at the same time is handed out once each, and nothing is left between', async () => {
  const { organisation } = await fresh();
  const numbers = new Numbers(kernel.store.owner);
  const asked = Array.from({ length: 30 }, (_, n) =>
    numbers.take(organisation, wanted(n % 3 === 0 ? { task: 2, model: 1 } : { task: 1 })),
  );
  const answered = await Promise.all(asked);
  const tasks = answered.flatMap((taken, n) => {
    const first = taken.get('task') ?? 0;
    return n % 3 === 0 ? [first, first + 1] : [first];
  });
  expect(tasks).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
  expect(answered.flatMap((taken) => taken.get('model') ?? [])).toEqual(
    Array.from({ length: 10 }, (_, n) => n + 1),
  );
  expect(await nextOf(organisation)).toEqual({ task: 41, model: 11 });
});

test('two processes never hand out the same number', async () => {
  const { organisation } = await fresh();
  const processes = [new Numbers(kernel.store.owner), new Numbers(kernel.store.owner)];
  const answered = await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      processes[n % 2]?.take(organisation, wanted({ task: 1 })).then((taken) => taken.get('task')),
    ),
  );
  expect(answered.toSorted((one, other) => (one ?? 0) - (other ?? 0))).toEqual(
    Array.from({ length: 40 }, (_, n) => n + 1),
  );
});

test('organisations count by themselves', async () => {
  const [one, other] = [await fresh(), await fresh()];
  const numbers = new Numbers(kernel.store.owner);
  const both = [one, other, one].map(({ organisation }) => numbers.take(organisation, wanted({ task: 5 })));
  expect((await Promise.all(both)).map((taken) => taken.get('task'))).toEqual([1, 1, 6]);
});

test('what cannot be taken fails for all who asked, and the next question is asked anew', async () => {
  const { organisation } = await fresh();
  const numbers = new Numbers(kernel.store.owner);
  const refused = [1, 1].map((many) => numbers.take('not an organisation', wanted({ task: many })));
  for (const outcome of await Promise.allSettled(refused)) expect(outcome.status).toBe('rejected');
  const tooMany = numbers.take(organisation, wanted({ task: 3_000_000_000 }));
  await expect(tooMany).rejects.toMatchObject({ code: '22003' });
  expect((await numbers.take(organisation, wanted({ task: 1 }))).get('task')).toBe(1);
});

test('a change that is under way does not keep another of its kind from its number', async () => {
  const here = await fresh();
  const held = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  const slow = kernel.store.owner.connect().then(async (client) => {
    // As a change stands between its last statement and the disk: its record is there and not committed.
    await client.query('begin');
    await kernel.store.change(here, async (write) => create(write, 'task', 'First'));
    await client.query(
      "update record set title = 'Held' where organisation = $1 and kind = 'task' and number = 1",
      [here.organisation],
    );
    reached.resolve();
    await held.promise;
    await client.query('rollback');
    client.release();
  });
  await reached.promise;
  const others = Array.from({ length: 8 }, (_, n) =>
    kernel.store.change(here, async (write) => create(write, 'task', `Other ${n}`)),
  );
  await Promise.all(others);
  held.resolve();
  await slow;
  expect(await numbersOf(here.organisation)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('a change that the database refuses at its end keeps its number to itself, and others go on', async () => {
  const here = await fresh();
  const keyed = (write: Write, name: string) =>
    write.create({
      kind: registry.get('task'),
      content: { fields: { name }, links: {} },
      system: null,
      external: [{ source: 'register', key: 'T-1' }],
    });
  await kernel.store.change(here, async (write) => keyed(write, 'First'));
  const refused = kernel.store.change(here, async (write) => keyed(write, 'Again'));
  await expect(refused).rejects.toMatchObject({ code: '23505' });
  await kernel.store.change(here, async (write) => create(write, 'task', 'After'));
  const [first, after] = await numbersOf(here.organisation);
  expect(first).toBe(1);
  expect(after).toBeGreaterThan(1);
  expect(await nextOf(here.organisation)).toEqual({ task: (after ?? 0) + 1 });
});

test('a change that decides against itself takes no number, and neither does a dry run', async () => {
  const here = await fresh();
  const fallen = kernel.store.change(here, async (write) => {
    create(write, 'task', 'Fallen');
    throw new Error('no');
  });
  await expect(fallen).rejects.toThrow('no');
  await kernel.store.change(here, async (write) => create(write, 'task', 'Tried'), { dryRun: true });
  expect(await nextOf(here.organisation)).toEqual({});
  await kernel.store.change(here, async (write) => create(write, 'task', 'First'));
  expect(await numbersOf(here.organisation)).toEqual([1]);
});

test('one who asks for many has them side by side, beside others who ask', async () => {
  const here = await fresh();
  const many = kernel.store.change(here, async (write) => {
    for (let n = 0; n < 300; n += 1) create(write, 'task', `Row ${n}`);
  });
  const few = Array.from({ length: 10 }, (_, n) =>
    kernel.store.change(here, async (write) => create(write, 'task', `Single ${n}`)),
  );
  await Promise.all([many, ...few]);
  const { rows } = await kernel.store.owner.query<{ number: number }>(
    "select number from record where organisation = $1 and title like 'Row %' order by number",
    [here.organisation],
  );
  const first = rows[0]?.number ?? 0;
  expect(rows.map((row) => row.number)).toEqual(Array.from({ length: 300 }, (_, n) => first + n));
});
