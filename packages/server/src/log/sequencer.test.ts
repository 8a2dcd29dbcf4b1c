import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registry } from '@throughline/domain/kinds/all.ts';
import { toHex } from '@throughline/tlog/bytes.ts';
import { leafHash } from '@throughline/tlog/hash.ts';
import { tileWidth } from '@throughline/tlog/tile.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { asAttacker } from '../../test/log-tampering.ts';
import type { Context } from '../store/context.ts';
import { entriesWritten, newestLeaf, organisationsWithPending, sequence } from '../store/log.ts';
import { sha256 } from '../store/sha256.ts';
import type { Write } from '../store/write.ts';
import { sequenceAll, startSequencer } from './sequencer.ts';

let kernel: TestKernel;
let ctx: Context;
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());
beforeEach(async () => {
  const organisation = await kernel.organisation();
  ctx = kernel.context(organisation, await kernel.member(organisation, ['aims-manager']));
});

const create = (write: Write, name: string) =>
  write.create({ kind: registry.get('task'), content: { fields: { name }, links: {} }, system: null });
const one = (name: string) => kernel.store.change(ctx, async (write) => create(write, name).id);

type Leaf = { index: number; record: string; hash: Buffer; body: Buffer };
async function leaves(): Promise<Leaf[]> {
  const { rows } = await kernel.store.owner.query<Leaf>(
    `select f.index::int as index, e.record, f.hash, e.body from log_leaf f join entry e using (organisation)
      where e.id = f.entry and f.organisation = $1 order by f.index`,
    [ctx.organisation],
  );
  return rows;
}
async function pending(): Promise<number> {
  const { rows } = await kernel.store.owner.query<{ n: number }>(
    'select count(*)::int as n from entry_pending where organisation = $1',
    [ctx.organisation],
  );
  return rows[0]?.n ?? 0;
}
async function size(): Promise<number | undefined> {
  const { rows } = await kernel.store.owner.query<{ size: string }>(
    'select size from log_head where organisation = $1',
    [ctx.organisation],
  );
  return rows[0] && Number(rows[0].size);
}
const place = () => kernel.store.asOwner((db) => sequence(db, ctx.organisation, new Date()));

test('a leaf is hashed as RFC 6962 §2.1 says, over the very bytes that are kept', async () => {
  // The empty leaf of RFC 6962's own test vectors, and the same rule done by hand.
  expect(toHex(leafHash(sha256, Buffer.of()))).toBe(
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  );
  await one('Hashed');
  await sequenceAll(kernel.store);
  const [leaf] = await leaves();
  const byHand = createHash('sha256')
    .update(Buffer.concat([Buffer.of(0), leaf?.body ?? Buffer.of()]))
    .digest();
  expect(leaf?.hash.equals(byHand)).toBe(true);
  const newest = await kernel.store.readWhole(ctx.organisation, newestLeaf);
  expect(newest).toEqual({ index: 0, hash: byHand.toString('hex') });
});

test('an empty log has no newest leaf, and sequencing nothing places nothing', async () => {
  expect(await kernel.store.readWhole(ctx.organisation, newestLeaf)).toEqual({ index: -1, hash: '' });
  expect(await place()).toBe(0);
  expect(await size()).toBe(0);
});

test('entries of one change keep their order, and a later change comes after', async () => {
  const first = await kernel.store.change(ctx, async (write) =>
    Array.from({ length: 50 }, (_, n) => create(write, `Task ${n}`).id),
  );
  const last = await one('Last');
  await sequenceAll(kernel.store);
  expect((await leaves()).map((leaf) => leaf.record)).toEqual([...first, last]);
});

test('what is written is counted before it has its place', async () => {
  const written = () => kernel.store.asOwner((db) => entriesWritten(db, ctx.organisation));
  const before = await written();
  expect(await place()).toBe(before);
  await one('Waits');
  expect([await written(), await size()]).toEqual([before + 1, before]);
  expect(await place()).toBe(1);
  expect([await written(), await size()]).toEqual([before + 1, before + 1]);
});

test('ten writers with rollbacks beside two sequencers: gapless, each once, nothing lost, nothing of what fell', async () => {
  const kept: string[] = [];
  const fallen: string[] = [];
  let writing = true;
  const sequencers = [0, 1].map(async () => {
    while (writing) await sequenceAll(kernel.store);
  });
  const writer = async (writer: number) => {
    for (let n = 0; n < 12; n += 1) {
      const falls = (writer + n) % 4 === 0;
      const made: string[] = [];
      const change = kernel.store.change(ctx, async (write) => {
        for (let m = 0; m < 3; m += 1) made.push(create(write, `${writer}.${n}.${m}`).id);
        if (falls) {
          await write.spill();
          throw new Error('falls');
        }
      });
      await (falls ? expect(change).rejects.toThrow('falls') : change);
      (falls ? fallen : kept).push(...made);
    }
  };
  await Promise.all(Array.from({ length: 10 }, (_, n) => writer(n)));
  writing = false;
  await Promise.all(sequencers);
  await sequenceAll(kernel.store);
  const placed = await leaves();
  expect(placed.map((leaf) => leaf.index)).toEqual(Array.from({ length: kept.length }, (_, n) => n));
  expect(placed.map((leaf) => leaf.record).sort()).toEqual([...kept].sort());
  expect(fallen).toHaveLength(90);
  expect([await size(), await pending()]).toEqual([kept.length, 0]);
});

test('a writer that holds its transaction loses nothing and comes after what was placed meanwhile', async () => {
  const { organisation } = ctx;
  const held = Promise.withResolvers<void>();
  const written = Promise.withResolvers<void>();
  let slow = '';
  const holding = kernel.store.change(ctx, async (write) => {
    slow = create(write, 'Slow').id;
    await write.spill();
    written.resolve();
    await held.promise;
  });
  await written.promise;
  const other = { ...ctx, organisation: await kernel.organisation() };
  await kernel.store.change(other, async (write) => create(write, 'Elsewhere'));
  await sequenceAll(kernel.store);
  expect(await leaves()).toEqual([]);
  expect(await kernel.store.readWhole(other.organisation, newestLeaf)).toMatchObject({ index: 0 });
  // Two changes of tasks would wait for each other's number; one without a record does not wait.
  const fast = await kernel.store.change(ctx, async (write) =>
    write.log({ act: 'token.revoked', token: organisation, roles: [] }),
  );
  await sequenceAll(kernel.store);
  const before = await kernel.store.owner.query<{ entry: string }>(
    'select entry from log_leaf where organisation = $1 order by index',
    [ctx.organisation],
  );
  expect(before.rows).toEqual([{ entry: fast }]);
  held.resolve();
  await holding;
  await sequenceAll(kernel.store);
  expect((await leaves()).map((leaf) => [leaf.index, leaf.record])).toEqual([
    [0, null],
    [1, slow],
  ]);
});

test('whoever saw a change committed comes after it: causes stand before their effects', async () => {
  const chain: string[] = [];
  let running = true;
  const sequencer = (async () => {
    while (running) await sequenceAll(kernel.store);
  })();
  for (let n = 0; n < 25; n += 1) {
    const [mine] = await Promise.all([one(`Effect ${n}`), one(`Beside ${n}`)]);
    chain.push(mine);
  }
  running = false;
  await sequencer;
  await sequenceAll(kernel.store);
  const order = (await leaves()).map((leaf) => leaf.record).filter((record) => chain.includes(record));
  expect(order).toEqual(chain);
});

test('a sequencer that dies between its steps leaves everything for the next one', async () => {
  const ids = [await one('A'), await one('B')];
  const died = kernel.store.asOwner(async (db) => {
    expect(await sequence(db, ctx.organisation, new Date())).toBe(2);
    throw new Error('killed');
  });
  await expect(died).rejects.toThrow('killed');
  expect([await leaves(), await pending()]).toEqual([[], 2]);
  expect(await place()).toBe(2);
  expect((await leaves()).map((leaf) => [leaf.index, leaf.record])).toEqual(ids.map((id, n) => [n, id]));
});

test('a second sequencer passes by while one is at work, and the log goes on after it', async () => {
  await one('First');
  await place();
  await one('Second');
  await kernel.store.asOwner(async (db) => {
    expect(await sequence(db, ctx.organisation, new Date())).toBe(1);
    expect(await place()).toBe('busy');
  });
  await one('Third');
  expect(await place()).toBe(1);
  expect((await leaves()).map((leaf) => leaf.index)).toEqual([0, 1, 2]);
});

test('more than one batch is placed in order, organisation by organisation', async () => {
  await kernel.store.change(ctx, async (write) => {
    for (let n = 0; n < 4_200; n += 1) create(write, `Task ${n}`);
  });
  expect(await place()).toBe(4_096);
  expect(await kernel.store.asOwner(organisationsWithPending)).toContain(ctx.organisation);
  expect(await place()).toBe(104);
  expect(await kernel.store.asOwner(organisationsWithPending)).not.toContain(ctx.organisation);
  const seqs = await kernel.store.owner.query<{ ordered: boolean }>(
    `select bool_and(seq > before) as ordered from (select e.seq, lag(e.seq) over (order by f.index) as before
      from log_leaf f join entry e on e.id = f.entry and e.organisation = f.organisation where f.organisation = $1) x where before is not null`,
    [ctx.organisation],
  );
  expect(seqs.rows).toEqual([{ ordered: true }]);
});

test('a full tile of the second level holds the roots of the full tiles below it', async () => {
  const log = { act: 'token.revoked', token: ctx.organisation, roles: [] } as const;
  const add = (entries: number) =>
    kernel.store.change(ctx, async (write) => {
      for (let n = 0; n < entries; n += 1) write.log(log);
    });
  // The batches are of many sizes, so that tiles of both levels are gone on with at every kind of edge.
  for (let left = tileWidth ** 2 + 100, n = 0; left > 0; n += 1) {
    const entries = Math.min(left, 5_000 + 611 * n);
    await add(entries);
    left -= entries;
    await sequenceAll(kernel.store);
  }
  const ask = (text: string, ...values: unknown[]) =>
    kernel.store.owner.query<{ bytes: Buffer; below: Buffer }>(text, [ctx.organisation, ...values]);
  const fits = async () => {
    const { rows } = await ask(pairs, tileWidth);
    return rows.map(({ bytes, below }) => bytes.equals(below));
  };
  const pairs = `select t.bytes, (select string_agg(b.root, '' order by b.index) from log_tile b
       where b.organisation = t.organisation and b.level = 0 and b.index < $2) as below
      from log_tile t where t.organisation = $1 and t.level = 1`;
  expect(await fits()).toEqual([true]);

  // As an earlier release left it: places, and no tree.
  await asAttacker(
    kernel.store,
    ['delete from log_tile where organisation = $1', [ctx.organisation]],
    ['update log_head set root = null where organisation = $1', [ctx.organisation]],
  );
  await sequenceAll(kernel.store);
  expect(await fits()).toEqual([true]);
});

test('an organisation that never stops writing keeps no other waiting', async () => {
  const first = ctx.organisation;
  const other = { ...ctx, organisation: await kernel.organisation() };
  const log = { act: 'token.revoked', token: first, roles: [] } as const;
  const add = (of: Context, entries: number) =>
    kernel.store.change(of, async (write) => {
      for (let n = 0; n < entries; n += 1) write.log(log);
    });
  await Promise.all([add(ctx, 8_192), add(other, 1)]);
  const order: string[] = [];
  const more: Promise<void>[] = [];
  const stop = kernel.store.onNews((organisation) => {
    order.push(organisation);
    // Each batch of the busy one is followed by new entries.
    if (organisation === first && order.length < 6) more.push(add(ctx, 10));
  });
  await sequenceAll(kernel.store);
  stop();
  await Promise.all(more);
  await sequenceAll(kernel.store);
  expect(order.slice(0, 2).sort()).toEqual([first, other.organisation].sort());
});

test('those who listen hear of the organisation whose entries were placed, and stop hearing when they ask', async () => {
  const heard: string[] = [];
  const stop = kernel.store.onNews((organisation) => heard.push(organisation));
  await one('Heard');
  await sequenceAll(kernel.store);
  await sequenceAll(kernel.store);
  expect(heard).toEqual([ctx.organisation]);
  stop();
  await one('Not heard');
  await sequenceAll(kernel.store);
  expect(heard).toEqual([ctx.organisation]);
});

test('changes close upon each other are gathered, all get their places, and a lone one gets its place unasked', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'throughline-log-key-'));
  const told: unknown[] = [];
  const clock = () => new Date();
  const signing = { store: kernel.store, clock, directory, address: undefined, refused: () => undefined };
  let batches = 0;
  const stop = kernel.store.onNews(() => {
    batches += 1;
  });
  // So seldom that only what a commit sets off can place anything while this test runs.
  await using _sequencer = startSequencer(signing, {
    everyMs: 3_600_000,
    onError: (error) => told.push(error),
  });
  const placed = async (many: number) => {
    while ((await size()) !== many) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  await one('Lone');
  await placed(1);
  batches = 0;
  for (let n = 0; n < 60; n += 1) await one(`Burst ${n}`);
  await placed(61);
  expect(batches).toBeLessThan(60);
  expect((await leaves()).map((leaf) => leaf.index)).toEqual(Array.from({ length: 61 }, (_, n) => n));
  await one('Lone again');
  await placed(62);
  stop();
  expect(told).toEqual([]);
  rmSync(directory, { recursive: true });
});
