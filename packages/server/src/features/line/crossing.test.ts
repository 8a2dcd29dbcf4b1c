import { registry } from '@throughline/domain/kinds/all.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../../test/kernel.ts';
import { linked } from '../../../test/linked.ts';
import { createRecord } from '../../records/create-record.ts';
import { editInside } from '../../records/edit-record.ts';
import type { Context } from '../../store/context.ts';
import { outstanding } from '../../store/standing.ts';
import { FactsCache } from './facts.ts';
import { settleLines } from './settle-lines.ts';
import { StandingWorker } from './worker.ts';

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());

type Links = Record<string, string>;
type Changed = { fields?: Record<string, string>; links?: Links };

async function make(
  ctx: Context,
  kind: string,
  fields: Record<string, string>,
  links: Links = {},
): Promise<string> {
  return (
    await createRecord(kernel.services, ctx, registry.get(kind), { patch: { fields, links: linked(links) } })
  ).id;
}

/** A system with instructions of its own, another system, and nothing outstanding. */
async function world() {
  const organisation = await kernel.organisation();
  const ctx = kernel.context(organisation, await kernel.member(organisation, ['aims-manager']));
  const home = await make(ctx, 'system', { name: 'Home' });
  const user = await make(ctx, 'system', { name: 'Comes to use them' });
  const instructions = await make(
    ctx,
    'document',
    { name: 'Instructions', type: 'policy' },
    { system: home },
  );
  /** Computes what is outstanding, and answers which lines that were. Nobody computes lines between two calls. */
  const settle = async () => {
    const settled: string[] = [];
    const errors: unknown[] = [];
    await using worker = new StandingWorker(kernel.services, new FactsCache(kernel.services), {
      everyMs: 3_600_000,
      onError: (error) => errors.push(error),
      onSettled: (of, systems) => void (of === organisation && settled.push(...systems)),
    });
    await worker.settleAll();
    expect(errors).toEqual([]);
    return [...new Set(settled)].sort();
  };
  await settle();
  return { organisation, ctx, home, user, instructions, settle };
}

/** A change that has written everything and is not committed until told. */
async function held(ctx: Context, kind: string, id: string, { fields = {}, links = {} }: Changed) {
  const written = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const change = kernel.store.change(ctx, async (write) => {
    const record = (await write.lock([id])).get(id);
    if (!record) throw new Error(`${id} is not there`);
    await editInside(write, registry.get(kind), record, { fields, links: linked(links) });
    await write.spill();
    written.resolve();
    await released.promise;
  });
  await Promise.race([written.promise, change]);
  return {
    commit: async () => {
      released.resolve();
      await change;
    },
  };
}

const usedMarks = async (organisation: string): Promise<number> => {
  const { rows } = await kernel.store.owner.query<{ n: number }>(
    'select count(*)::int as n from used_mark where organisation = $1',
    [organisation],
  );
  return rows[0]?.n ?? 0;
};
const left = async (organisation: string) => (await kernel.store.readWhole(organisation, outstanding)).count;

test('who comes to use a record while it is changed is computed again, though settled before that change is committed', async () => {
  const here = await world();
  const linking = await held(here.ctx, 'system', here.user, { links: { instructions: here.instructions } });
  const changing = await held(here.ctx, 'document', here.instructions, {
    fields: { name: 'Second edition' },
  });
  await linking.commit();
  expect(await here.settle()).toEqual([here.user]);
  expect(await left(here.organisation)).toBe(0);
  await changing.commit();
  expect(await here.settle()).toEqual([here.home, here.user].sort());
  expect([await left(here.organisation), await usedMarks(here.organisation)]).toEqual([0, 0]);
});

test('the other way round too: the record is changed first, and its new user is committed after it was settled', async () => {
  const here = await world();
  const linking = await held(here.ctx, 'system', here.user, { links: { instructions: here.instructions } });
  const changing = await held(here.ctx, 'document', here.instructions, {
    fields: { name: 'Second edition' },
  });
  await changing.commit();
  expect(await here.settle()).toEqual([here.home]);
  await linking.commit();
  expect(await here.settle()).toEqual([here.user]);
  expect([await left(here.organisation), await usedMarks(here.organisation)]).toEqual([0, 0]);
});

test('both are committed before anything is settled, in either order', async () => {
  for (const first of ['linking', 'changing'] as const) {
    const here = await world();
    const linking = await held(here.ctx, 'system', here.user, { links: { instructions: here.instructions } });
    const changing = await held(here.ctx, 'document', here.instructions, { fields: { name: 'Second' } });
    const inOrder = first === 'linking' ? [linking, changing] : [changing, linking];
    for (const change of inOrder) await change.commit();
    expect(await here.settle()).toEqual([here.home, here.user].sort());
    expect(await usedMarks(here.organisation)).toBe(0);
  }
});

test('a command that settles lines without a server looks at users too', async () => {
  const here = await world();
  const linking = await held(here.ctx, 'system', here.user, { links: { instructions: here.instructions } });
  const changing = await held(here.ctx, 'document', here.instructions, {
    fields: { name: 'Second edition' },
  });
  await linking.commit();
  await here.settle();
  await changing.commit();
  const told: number[] = [];
  await settleLines(kernel.services, here.organisation, (done) => void told.push(done));
  expect(told.at(-1)).toBe(2);
  expect([await left(here.organisation), await usedMarks(here.organisation)]).toEqual([0, 0]);
});

test('users of another organisation are no users, and its changes are not taken away', async () => {
  const here = await world();
  const there = await world();
  for (const one of [here, there])
    await (await held(one.ctx, 'document', one.instructions, { fields: { name: 'Second' } })).commit();
  await settleLines(kernel.services, here.organisation, () => undefined);
  expect([await usedMarks(here.organisation), await left(there.organisation)]).toEqual([0, 1]);
});

test('what nobody can have come to use leaves nothing to look at', async () => {
  const organisation = await kernel.organisation();
  const ctx = kernel.context(organisation, await kernel.member(organisation, ['aims-manager']));
  const system = await make(ctx, 'system', { name: 'A' });
  await make(ctx, 'model', { name: 'New' });
  await (await held(ctx, 'system', system, { fields: { name: 'B' } })).commit();
  expect(await usedMarks(organisation)).toBe(0);
});
