import { setTimeout as wait } from 'node:timers/promises';
import { registry } from '@throughline/domain/kinds/all.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { wholePolicy } from '../../test/whole.ts';
import { sequenceAll } from '../log/sequencer.ts';
import type { Context } from '../store/context.ts';
import { sortsOf } from '../store/list-query.ts';
import type { LockedRecord, Write } from '../store/write.ts';
import { requestBulk } from './bulk-request.ts';
import { createRecord } from './create-record.ts';
import { decideApproval } from './decide-approval.ts';
import { editRecord } from './edit-record.ts';
import { eraseRecord } from './erase-record.ts';
import { exportRecords } from './export-records.ts';
import { countPage, facets, listPage } from './list-records.ts';
import { archiveRecord } from './transition-record.ts';

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());

const system = registry.get('system');
const model = registry.get('model');
const document = registry.get('document');
type Query = Readonly<Record<string, string>>;

async function place(roles: Parameters<TestKernel['member']>[1] = ['aims-manager', 'admin']) {
  const organisation = await kernel.organisation();
  const manager = await kernel.member(organisation, roles);
  const asked = (query: Query, kind: Kind = system) => ({ organisation, actor: manager, kind, query });
  return {
    organisation,
    manager,
    ctx: kernel.context(organisation, manager),
    asked,
    list: (query: Query, kind?: Kind, relations: readonly string[] = []) =>
      listPage(kernel.services, asked(query, kind), relations),
    count: (query: Query) => countPage(kernel.services, asked(query)),
    facets: (query: Query) => facets(kernel.services, asked(query)),
  };
}

/** Places everything in the log; answers a moment that nothing later shares. */
async function passed(): Promise<string> {
  await sequenceAll(kernel.store);
  await wait(3);
  const at = new Date().toISOString();
  await wait(3);
  return at;
}

const units = ['Motor', 'motor', 'Health', '50% off_x', undefined] as const;
const states = Object.keys(system.lifecycle.states);

/** Turns some of the records: other content, other links, another state, out of the register or back. */
async function turn(ctx: Context, ids: readonly string[], models: readonly string[], round: number) {
  await kernel.store.change(ctx, async (write) => {
    const found = await write.lock(ids.filter((_, n) => (n + round) % 3 !== 0));
    let n = round;
    for (const record of found.values()) {
      n += 1;
      act(write, record, n, models);
    }
  });
}

function act(write: Write, record: LockedRecord, n: number, models: readonly string[]): void {
  if (n % 5 === 0) record.archivedAt ? write.restore(record) : write.archive(record);
  else if (n % 5 === 1) write.move(record, states[n % states.length] ?? '');
  else
    write.edit(record, contentOf(n, models), {
      changed: ['name'],
      material: false,
      system: record.id,
    });
}

function contentOf(n: number, models: readonly string[]) {
  const unit = units[n % units.length];
  const used = models[n % (models.length + 1)];
  return {
    fields: { name: `Name ${n % 7}`, ...(unit ? { unit } : {}), liveSince: `202${n % 7}-0${1 + (n % 9)}-01` },
    links: used ? { usesModel: [used] } : {},
  };
}

const shown = (rows: Awaited<ReturnType<typeof listPage>>['rows']) =>
  rows.map((row) => [
    row.id,
    row.number,
    row.title,
    row.state,
    row.version,
    row.content,
    row.updatedAt,
    row.archivedAt,
  ]);

test('a register as of a moment is the register of that moment, whatever was asked and happened since', async () => {
  const { ctx, list, count, facets: by } = await place();
  const models = await kernel.store.change(ctx, async (write) =>
    ['One', 'Two'].map(
      (name) => write.create({ kind: model, content: { fields: { name }, links: {} }, system: null }).id,
    ),
  );
  const ids: string[] = [];
  const queries: Query[] = [
    { archived: 'any' },
    { archived: 'true' },
    { unit: 'motor', sort: 'title' },
    { 'unit.not': 'Motor,Health', sort: '-updated' },
    { 'unit.empty': 'true', sort: 'liveSince' },
    { 'unit.contains': '%', archived: 'any' },
    { 'liveSince.before': '2024', sort: '-liveSince' },
    { state: states.slice(0, 3).join(','), sort: 'unit' },
    { linked: models[0] ?? '', archived: 'any' },
    { linked: models[1] ?? '', unit: 'health' },
  ];
  const seen: { at: string; pages: unknown[]; totals: unknown[]; facets: unknown }[] = [];
  for (let round = 0; round < 5; round += 1) {
    const made = await kernel.store.change(ctx, async (write) =>
      [0, 1, 2, 3, 4, 5].map(
        (n) =>
          write.create({
            kind: system,
            content: contentOf(n + round, models),
            ...(n % 2 ? { state: states[n] ?? '' } : {}),
            system: null,
          }).id,
      ),
    );
    ids.push(...made);
    await turn(ctx, ids, models, round);
    const pages = [];
    const totals = [];
    for (const query of queries) {
      pages.push(shown((await list(query)).rows));
      totals.push((await count(query)).total);
    }
    seen.push({ at: await passed(), pages, totals, facets: plain(await by({ by: 'unit' })) });
  }
  for (const { at: asOf, pages, totals, facets: counted } of seen)
    for (const [n, query] of queries.entries()) {
      const past = await list({ ...query, asOf });
      expect([asOf, query, shown(past.rows)]).toEqual([asOf, query, pages[n]]);
      expect(past.asOf?.at.toISOString()).toBe(asOf);
      expect((await count({ ...query, asOf })).total).toEqual(totals[n]);
      expect(plain(await by({ by: 'unit', asOf }))).toEqual(counted);
    }
  const order = fc.constantFrom(...sortsOf(system).filter((sort) => sort !== 'gaps'));
  await fc.assert(
    fc.asyncProperty(
      order,
      fc.boolean(),
      fc.nat(4),
      fc.integer({ min: 1, max: 9 }),
      async (by, down, n, most) => {
        const query = { sort: down ? `-${by}` : by, archived: 'any', asOf: seen[n]?.at ?? '' };
        const whole = shown((await list({ ...query, limit: '500' })).rows);
        const walked = [];
        for (let cursor: string | null = ''; cursor !== null; ) {
          const page = await list({ ...query, limit: String(most), ...(cursor ? { cursor } : {}) });
          walked.push(...shown(page.rows));
          cursor = page.next;
        }
        expect(walked).toEqual(whole);
      },
    ),
    { numRuns: 30 },
  );
});

/** Facets of one count come in any order. */
const plain = (counted: Awaited<ReturnType<typeof facets>>) =>
  counted.map(({ value, count }) => [value, count]).sort();

test('a moment before the first entry holds nothing, and one that has not come is now', async () => {
  const { ctx, list, count } = await place();
  const before = await passed();
  await createRecord(kernel.services, ctx, system, { patch: { fields: { name: 'Here' } } });
  await passed();
  const empty = await list({ asOf: before });
  expect([empty.rows, empty.next, empty.asOf]).toEqual([[], null, { at: new Date(before), index: -1 }]);
  expect((await count({ asOf: before })).total).toEqual({ count: 0, more: false });
  const later = await list({ asOf: '2999-01-01T00:00:00Z' });
  expect(later.rows.map((row) => row.title)).toEqual(['Here']);
  expect(later.asOf?.at.getTime()).toBeLessThanOrEqual(Date.now());
});

test('lines are of now: a past register has none, and counts no gaps', async () => {
  const { ctx, list, count } = await place();
  await createRecord(kernel.services, ctx, system, { patch: { fields: { name: 'Here' } } });
  const asOf = await passed();
  expect((await list({})).rows[0]?.line).not.toBeNull();
  expect((await list({ asOf })).rows[0]?.line).toBeNull();
  expect((await count({})).gapsByStation?.size).toBe(15);
  expect((await count({ asOf })).gapsByStation).toBeNull();
});

test.each<[Query, string, RegExp]>([
  [{ q: 'word' }, 'q', /as they are now/],
  [{ gap: 'any' }, 'gap', /trace/],
  [{ sort: '-gaps' }, 'sort', /trace/],
  [{ asOf: 'yesterday' }, 'asOf', /RFC 3339/],
  [{ asOf: '2026-02-30T10:00:00Z' }, 'asOf', /RFC 3339/],
])('what is not kept for a past moment is refused by name: %j', async (query, at, message) => {
  const { list, count, asked } = await place();
  const past = { asOf: '2026-01-01T00:00:00Z', ...query };
  const refusal = { code: 'unprocessable', items: [{ at, message: expect.stringMatching(message) }] };
  await expect(list(past)).rejects.toMatchObject(refusal);
  await expect(count(past)).rejects.toMatchObject(refusal);
  await expect(exportRecords(kernel.services, asked(past))).rejects.toMatchObject(refusal);
});

test('nothing is changed or drawn by what a past moment held', async () => {
  const { ctx } = await place();
  const asOf = await passed();
  await expect(
    requestBulk(kernel.services, ctx, system, {
      choice: { filter: { asOf } },
      act: { archive: true },
      dryRun: true,
    }),
  ).rejects.toMatchObject({ items: [{ at: 'asOf' }] });
});

test('what was erased since says nothing any more, at any moment', async () => {
  const { ctx, list } = await place();
  await createRecord(kernel.services, ctx, system, { patch: { fields: { name: 'Stays' } } });
  await createRecord(kernel.services, ctx, system, { patch: { fields: { name: 'Goes' } } });
  const asOf = await passed();
  expect((await list({ asOf })).rows).toHaveLength(2);
  await archiveRecord(kernel.services, ctx, system, { ref: 'SYS-2', version: 1 });
  await eraseRecord(kernel.services, ctx, system, { ref: 'SYS-2', version: 2, reason: 'law' });
  await passed();
  expect((await list({ asOf, archived: 'any' })).rows.map((row) => row.title)).toEqual(['Stays']);
  expect((await list({ asOf, title: 'Goes', archived: 'any' })).rows).toEqual([]);
});

test('nor does what was erased and left a day that others are held to', async () => {
  const { ctx, list } = await place();
  const control = await createRecord(kernel.services, ctx, registry.get('control'), {
    patch: { fields: { name: 'Reviews', code: 'HM-1' } },
  });
  const implementation = registry.get('implementation');
  await createRecord(kernel.services, ctx, implementation, {
    patch: {
      fields: { name: 'Anna reads', plannedOn: '2030-01-01' },
      links: { control: { set: [control.id] } },
    },
  });
  const asOf = await passed();
  await archiveRecord(kernel.services, ctx, implementation, { ref: 'IMP-1', version: 1 });
  await eraseRecord(kernel.services, ctx, implementation, { ref: 'IMP-1', version: 2, reason: 'law' });
  const since = await passed();
  for (const moment of [asOf, since])
    expect((await list({ asOf: moment, archived: 'any' }, implementation)).rows).toEqual([]);
});

test('approvals and the names of linked records stand as they stood', async () => {
  const { organisation, ctx, list } = await place();
  const management = kernel.context(organisation, await kernel.member(organisation, ['top-management']));
  const policy = await createRecord(kernel.services, ctx, document, {
    patch: { fields: { name: 'Policy', ...wholePolicy } },
  });
  const shared = await createRecord(kernel.services, ctx, model, { patch: { fields: { name: 'Before' } } });
  await createRecord(kernel.services, ctx, system, {
    patch: { fields: { name: 'User' }, links: { usesModel: { set: [shared.id] } } },
  });
  const fresh = await passed();
  await decideApproval(kernel.services, management, document, {
    ref: policy.id,
    act: 'approve',
    version: 1,
    digest: policy.digest.toString('hex'),
    reason: null,
  });
  const approved = await passed();
  await editRecord(kernel.services, ctx, document, {
    ref: policy.id,
    patch: { fields: { name: 'Other policy', type: 'procedure' } },
    version: 1,
  });
  await editRecord(kernel.services, ctx, model, {
    ref: shared.id,
    patch: { fields: { name: 'After' } },
    version: 1,
  });
  const status = async (query: Query) => (await list(query, document)).names.standings.get(policy.id)?.status;
  expect(await status({ asOf: fresh })).toBe('none');
  expect(await status({ asOf: approved })).toBe('approved');
  const named = async (query: Query) =>
    (await list(query, system, ['usesModel'])).names.refs.get(shared.id)?.title;
  expect([await named({ asOf: approved }), await named({})]).toEqual(['Before', 'After']);
});

test('an auditor with a scope lists the past of its kinds alone, until the last day', async () => {
  const { organisation, ctx } = await place();
  await createRecord(kernel.services, ctx, system, { patch: { fields: { name: 'Seen' } } });
  const asOf = await passed();
  const auditor = await kernel.member(organisation, ['external-auditor']);
  const actor = { ...auditor, scope: { until: '2999-01-01', kinds: ['system'] } } as const;
  const ask = (kind: Kind, query: Query) => listPage(kernel.services, { organisation, actor, kind, query });
  expect((await ask(system, { asOf })).rows.map((row) => row.title)).toEqual(['Seen']);
  await expect(ask(model, { asOf })).rejects.toMatchObject({ code: 'not-found' });
  const other = await place();
  expect((await other.list({ asOf })).rows).toEqual([]);
});

test('a file as of a moment holds that moment and says so in its name', async () => {
  const { ctx, asked } = await place();
  const shared = await createRecord(kernel.services, ctx, model, { patch: { fields: { name: 'Shared' } } });
  const made = await createRecord(kernel.services, ctx, system, {
    patch: { fields: { name: 'Old name' }, links: { usesModel: { set: [shared.id] } } },
  });
  const asOf = await passed();
  const patch = { fields: { name: 'New name' }, links: { usesModel: { set: [] } } };
  await editRecord(kernel.services, ctx, system, { ref: made.id, patch, version: 1 });
  await createRecord(kernel.services, ctx, system, { patch: { fields: { name: 'Later' } } });
  const read = async (query: Query) => {
    const file = await exportRecords(kernel.services, asked(query));
    const chunks = await file.body.map(String).toArray();
    return { name: file.fileName, text: chunks.join('') };
  };
  const past = await read({ asOf, format: 'json' });
  expect(past.name).toBe(`systems-as-of-${asOf.slice(0, 10)}.json`);
  expect(JSON.parse(past.text)).toMatchObject([
    { ref: 'SYS-1', version: 1, fields: { name: 'Old name' }, links: { usesModel: ['MDL-1'] } },
  ]);
  expect((await read({ asOf })).text).not.toMatch(/New name|Later/);
  expect((await read({})).text).toMatch(/New name[\s\S]*Later/);
});
