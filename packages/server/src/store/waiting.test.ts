import { registry } from '@throughline/domain/kinds/all.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { linked } from '../../test/linked.ts';
import { computeLines } from '../features/line/compute.ts';
import { FactsCache } from '../features/line/facts.ts';
import { createRecord } from '../records/create-record.ts';
import { editRecord } from '../records/edit-record.ts';
import type { Context } from './context.ts';
import { factsMarksOf, lineMarksOf } from './marks.ts';
import { factsMarks } from './organisation-records.ts';
import { dueSystems, keepLines, keepOrganisationLine, outstanding } from './standing.ts';
import type { Write } from './write.ts';

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());

async function world() {
  const organisation = await kernel.organisation();
  const manager = await kernel.member(organisation, ['aims-manager']);
  return { organisation, manager, ctx: kernel.context(organisation, manager) };
}
const make = (
  ctx: Context,
  kind: string,
  fields: Record<string, string>,
  links: Record<string, string> = {},
) =>
  createRecord(kernel.services, ctx, registry.get(kind), {
    patch: {
      fields,
      links: linked(links),
    },
  });

/** A change that has written what `work` asks for and then holds its transaction until it is let go. */
function held(ctx: Context, work: (write: Write) => void) {
  const wrote = Promise.withResolvers<void>();
  const letGo = Promise.withResolvers<void>();
  const ended = kernel.store.change(ctx, async (write) => {
    work(write);
    await write.spill();
    wrote.resolve();
    await letGo.promise;
  });
  const end = () => {
    letGo.resolve();
    return ended;
  };
  return { wrote: wrote.promise, end };
}

const factsNow = (organisation: string) => kernel.store.readWhole(organisation, factsMarks);
async function lineMarks(organisation: string, system: string): Promise<number> {
  const { rows } = await kernel.store.owner.query<{ marks: string }>(
    `select ${lineMarksOf('s')} as marks from system_line s where s.organisation = $1 and s.system = $2`,
    [organisation, system],
  );
  return Number(rows[0]?.marks);
}
const content = (name: string) => ({ fields: { name }, links: {} });

test('nobody waits for a long change of what all lines draw on: not other kinds, not the same kind', async () => {
  const { organisation, ctx } = await world();
  const before = Number(await factsNow(organisation));
  const long = held(ctx, (write) => {
    for (let n = 0; n < 50; n += 1)
      write.create({ kind: registry.get('supplier'), content: content(`Imported ${n}`), system: null });
  });
  await long.wrote;
  await make(ctx, 'supplier', { name: 'Made meanwhile' });
  await make(ctx, 'risk', { name: 'Made meanwhile too' });
  await kernel.store.change(ctx, async (write) => {
    write.log({ act: 'organisation.changed', digest: 'a' });
  });
  expect(Number(await factsNow(organisation))).toBe(before + 3);
  await long.end();
  expect(Number(await factsNow(organisation))).toBe(before + 4);
  const { rows } = await kernel.store.owner.query<{ number: number; title: string }>(
    `select number, title from record where organisation = $1 and kind = 'supplier' order by number`,
    [organisation],
  );
  expect(rows.map((row) => row.number)).toEqual(Array.from({ length: 51 }, (_, n) => n + 1));
  expect(rows.map((row) => row.title)).toContain('Made meanwhile');
});

test('nobody waits for a long change in a system: neither its other writers nor the line, which is stale again afterwards', async () => {
  const { organisation, ctx } = await world();
  const system = (await make(ctx, 'system', { name: 'Held' })).id;
  const cache = new FactsCache(kernel.services);
  const compute = () => computeLines(kernel.services, cache, organisation, [system]);
  const long = held(ctx, (write) => {
    write.create({
      kind: registry.get('risk'),
      content: { fields: { name: 'Comes late' }, links: { system: [system] } },
      system,
    });
  });
  await long.wrote;
  await make(ctx, 'risk', { name: 'Comes first' }, { system });
  await compute();
  expect(await kernel.store.readWhole(organisation, outstanding)).toEqual({ count: 0, of: 1 });
  await long.end();
  expect(await kernel.store.readWhole(organisation, outstanding)).toEqual({ count: 1, of: 1 });
  expect(await kernel.store.readWhole(organisation, (reader) => dueSystems(reader, new Date(), 5))).toEqual({
    systems: [system],
    marked: true,
    more: false,
  });
  await compute();
  expect(await kernel.store.readWhole(organisation, outstanding)).toEqual({ count: 0, of: 1 });
});

test('folding marks in changes no number: what was computed from them stays current, and one that came between does not', async () => {
  const { organisation, ctx } = await world();
  const system = (await make(ctx, 'system', { name: 'Marked' })).id;
  const edit = (name: string) =>
    editRecord(kernel.services, ctx, registry.get('system'), {
      ref: system,
      patch: { fields: { name } },
      version: null,
    });
  for (const name of ['a', 'b', 'c']) await edit(name);
  const marks = await lineMarks(organisation, system);
  expect(marks).toBe(5);
  const cache = new FactsCache(kernel.services);
  await computeLines(kernel.services, cache, organisation, [system]);
  expect(await lineMarks(organisation, system)).toBe(marks);
  const standing = await kernel.store.owner.query('select 1 from line_mark where organisation = $1', [
    organisation,
  ]);
  expect(standing.rows).toEqual([]);

  await make(ctx, 'supplier', { name: 'One' });
  await make(ctx, 'supplier', { name: 'Two' });
  const facts = await factsNow(organisation);
  await kernel.store.change(ctx, (write) => keepOrganisationLine(write, []));
  await kernel.store.change(ctx, (write) => keepOrganisationLine(write, []));
  expect(await factsNow(organisation)).toBe(facts);
  const { rows } = await kernel.store.owner.query(
    `select marks::text, ${factsMarksOf('$1')}::text as whole from facts_changed where organisation = $1`,
    [organisation],
  );
  expect(rows).toEqual([{ marks: facts, whole: facts }]);
});

test('a result that is older than what is kept folds no mark, so none is lost to it', async () => {
  const { organisation, ctx } = await world();
  const system = (await make(ctx, 'system', { name: 'Twice' })).id;
  const cache = new FactsCache(kernel.services);
  await computeLines(kernel.services, cache, organisation, [system]);
  const line = {
    strip: 'old',
    gaps: 0,
    holds_until: null,
    recheck_at: null,
    digest: '',
    stations: [],
    found: [],
  };
  await make(ctx, 'risk', { name: 'Marks it' }, { system });
  const marks = await lineMarks(organisation, system);
  await kernel.store.change(ctx, (write) => keepLines(write, [{ ...line, system, marks: '0', facts: '0' }]));
  expect(await lineMarks(organisation, system)).toBe(marks);
  expect(await kernel.store.readWhole(organisation, outstanding)).toEqual({ count: 1, of: 1 });
});

test('what spilled early keeps its words, its versions and its force when it is written at the end', async () => {
  const { organisation, ctx } = await world();
  const kind = registry.get('document');
  await kernel.store.change(ctx, async (write) => {
    const first = write.create({
      kind,
      content: { fields: { name: 'Policy', type: 'policy' }, links: {} },
      system: null,
    });
    write.approval(first, 'approve', { version: 1, digest: first.digest });
    await write.spill();
    const next = { fields: { name: 'Policy, second edition', type: 'policy' }, links: {} };
    write.edit(first, next, { changed: ['name'], material: true, system: null });
    await write.spill();
  });
  const { rows } = await kernel.store.owner.query(
    `select r.number, r.title, r.version, r.in_force, t.words::text like '%second%' as worded,
      (select count(*)::int from revision v where v.organisation = r.organisation and v.record = r.id) as revisions
      from record r join record_text t on t.organisation = r.organisation and t.record = r.id where r.organisation = $1`,
    [organisation],
  );
  expect(rows).toEqual([
    { number: 1, title: 'Policy, second edition', version: 2, in_force: 1, worded: true, revisions: 2 },
  ]);
});
