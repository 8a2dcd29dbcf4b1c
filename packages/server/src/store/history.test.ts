import { registry } from '@throughline/domain/kinds/all.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { sequenceAll } from '../log/sequencer.ts';
import { readRecord } from '../records/read-record.ts';
import type { Context } from './context.ts';
import { revisionDigest } from './digest.ts';
import { logIndexAt, revisionAsOf, revisionAt, revisionsOf } from './history.ts';
import type { LockedRecord } from './write.ts';

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

const document = registry.get('document');
const system = registry.get('system');

/** One change of the record, chosen by the step. */
async function step(id: string, what: string): Promise<void> {
  await kernel.store.change(ctx, async (write) => {
    const record = (await write.lock([id])).get(id);
    if (!record) throw new Error('The record is there');
    if (what === 'archive') record.archivedAt ? write.restore(record) : write.archive(record);
    else if (what === 'move') write.move(record, 'retirement');
    else write.edit(record, { fields: { name: what }, links: {} }, facts(record));
  });
}
const facts = (record: LockedRecord) => ({ changed: ['name'], material: false, system: record.id });

async function leafOf(id: string): Promise<number> {
  const { rows } = await kernel.store.owner.query<{ index: number }>(
    `select max(f.index)::int as index from log_leaf f join revision v using (organisation, entry)
      where v.organisation = $1 and v.record = $2`,
    [ctx.organisation, id],
  );
  return rows[0]?.index ?? -1;
}

test('at every place in the log a record is the revision then in force, whatever happened to it and around it', async () => {
  const what = fc.array(fc.constantFrom('archive', 'move', 'A name', 'Another', 'beside'), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(what, async (steps) => {
      const make = (name: string) =>
        kernel.store.change(ctx, async (write) =>
          write.create({ kind: system, content: { fields: { name }, links: {} }, system: null }),
        );
      const { id } = await make('Watched');
      await sequenceAll(kernel.store);
      const stood = new Map<number, number>([[await leafOf(id), 1]]);
      let version = 1;
      for (const [n, one] of steps.entries()) {
        if (one === 'beside') await make(`Beside ${n}`);
        else {
          await step(id, one);
          version += 1;
        }
        await sequenceAll(kernel.store);
        const last = await kernel.store.readWhole(ctx.organisation, (reader) =>
          logIndexAt(reader, new Date()),
        );
        stood.set(last ?? -1, version);
      }
      await kernel.store.readWhole(ctx.organisation, async (reader) => {
        for (const [index, version] of stood) {
          const revision = await revisionAsOf(reader, id, index);
          expect(revision).toEqual(await revisionAt(reader, id, version));
          expect(revision?.index).toBeLessThanOrEqual(index);
        }
        const first = Math.min(...stood.keys());
        expect(await revisionAsOf(reader, id, first - 1)).toBeUndefined();
      });
    }),
    { numRuns: 12 },
  );
});

test('every revision proves itself by its salt, and no two of equal content have one digest', async () => {
  const { id } = await kernel.store.change(ctx, async (write) =>
    write.create({ kind: system, content: { fields: { name: 'Same' }, links: {} }, system: null }),
  );
  for (const name of ['Other', 'Same', 'archive']) await step(id, name);
  const { rows } = await kernel.store.owner.query(
    'select version, kind, schema, fields, links, salt, digest from revision where record = $1 order by version',
    [id],
  );
  for (const { kind, schema, fields, links, salt, digest } of rows) {
    expect(salt).toHaveLength(32);
    expect(revisionDigest(salt, { kind, schema, fields, links }).equals(digest)).toBe(true);
  }
  const digests = rows.map((row) => row.digest.toString('hex'));
  expect(digests[0]).not.toBe(digests[2]);
  // A step that changes no content keeps the digest: approvals of this content stand through it.
  expect(digests[3]).toBe(digests[2]);
});

test('an index is that of the moment: none before the log began, the last one ever after', async () => {
  const index = (at: Date) => kernel.store.readWhole(ctx.organisation, (reader) => logIndexAt(reader, at));
  expect(await index(new Date())).toBeNull();
  const ids: string[] = [];
  for (const name of ['A', 'B']) {
    const made = await kernel.store.change(ctx, async (write) =>
      write.create({ kind: system, content: { fields: { name }, links: {} }, system: null }),
    );
    ids.push(made.id);
  }
  expect(await index(new Date())).toBeNull();
  await sequenceAll(kernel.store);
  expect(await index(new Date('2020-01-01'))).toBeNull();
  expect(await index(new Date(Date.now() + 60_000))).toBe(1);
  await kernel.store.readWhole(ctx.organisation, async (reader) => {
    expect((await revisionAsOf(reader, ids[0] ?? '', 0))?.version).toBe(1);
    expect(await revisionAsOf(reader, ids[1] ?? '', 0)).toBeUndefined();
  });
});

test('history is read from the newest on, page by page', async () => {
  const { id } = await kernel.store.change(ctx, async (write) =>
    write.create({ kind: system, content: { fields: { name: '1' }, links: {} }, system: null }),
  );
  for (let n = 2; n <= 7; n += 1) await step(id, String(n));
  await kernel.store.readWhole(ctx.organisation, async (reader) => {
    const seen: number[] = [];
    for (let before = 99; ; ) {
      const page = await revisionsOf(reader, id, { before, limit: 3 });
      if (page.length === 0) break;
      seen.push(...page.map((revision) => revision.version));
      before = page.at(-1)?.version ?? 0;
    }
    expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(await revisionAt(reader, id, 8)).toBeUndefined();
  });
});

test('an earlier moment shows the approvals, the version in force and the archiving of then', async () => {
  const read = (asOf?: Date) =>
    readRecord(kernel.services, {
      organisation: ctx.organisation,
      actor: ctx.actor,
      kind: document,
      ref: 'DOC-1',
      asOf,
    });
  /** A moment after which everything placed later comes. */
  async function moment(): Promise<Date> {
    await sequenceAll(kernel.store);
    const { rows } = await kernel.store.owner.query<{ at: Date }>(
      'select max(at) as at from log_leaf where organisation = $1',
      [ctx.organisation],
    );
    const at = new Date((rows[0]?.at ?? new Date()).getTime());
    while (Date.now() <= at.getTime()) await new Promise((resolve) => setImmediate(resolve));
    return at;
  }
  const change = (
    work: (record: LockedRecord, write: Parameters<Parameters<typeof kernel.store.change>[1]>[0]) => void,
  ) =>
    kernel.store.change(ctx, async (write) => {
      const record = (await write.lock([id])).get(id);
      if (record) work(record, write);
    });
  const { id } = await kernel.store.change(ctx, async (write) =>
    write.create({
      kind: document,
      content: { fields: { name: 'Policy', type: 'policy' }, links: {} },
      system: null,
    }),
  );
  const made = await moment();
  await change((record, write) => {
    write.approval(record, 'approve', { version: 1, digest: record.digest });
  });
  const approved = await moment();
  await change((record, write) => {
    const next = { fields: { name: 'Policy 2', type: 'policy' }, links: {} };
    write.edit(record, next, { changed: ['name'], material: true, system: null });
  });
  await change((record, write) => {
    write.approval(record, 'approve', { version: 2, digest: record.digest });
  });
  const superseded = await moment();
  await change((record, write) => {
    write.archive(record);
  });
  await moment();
  const views = [await read(made), await read(approved), await read(superseded), await read()];
  expect(
    views.map((view) => [
      view.record.title,
      view.record.inForce,
      view.approvals.length,
      view.standing.status,
      view.record.archivedAt !== null,
    ]),
  ).toEqual([
    ['Policy', null, 0, 'none', false],
    ['Policy', 1, 1, 'approved', false],
    ['Policy 2', 2, 2, 'approved', false],
    ['Policy 2', 2, 2, 'approved', true],
  ]);
  await expect(read(new Date('2020-01-01'))).rejects.toMatchObject({ code: 'not-found' });
});
