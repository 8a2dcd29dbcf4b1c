import { registry } from '@throughline/domain/kinds/all.ts';
import { writeValues } from '@throughline/domain/value-list.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { recordIn } from '../../test/take-steps.ts';
import { FactsCache } from '../features/line/facts.ts';
import { StandingWorker } from '../features/line/worker.ts';
import { createRecord } from './create-record.ts';
import { countPage, type ListRequest, listPage } from './list-records.ts';

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());

const system = registry.get('system');

async function register(names: readonly string[]) {
  const organisation = await kernel.organisation();
  const manager = await kernel.member(organisation, ['aims-manager']);
  for (const name of names)
    await recordIn(kernel.services, kernel.context(organisation, manager), system, {
      fields: { name, unit: name.startsWith('A') ? 'Claims' : 'Service' },
      state: name.includes('live') ? 'operation-monitoring' : 'inception',
    });
  const ask = (query: ListRequest['query']) =>
    listPage(kernel.services, { organisation, actor: manager, kind: system, query });
  const count = (query: ListRequest['query']) =>
    countPage(kernel.services, { organisation, actor: manager, kind: system, query });
  const walk = async (sort: string, limit: string) => {
    const titles: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await ask({ sort, limit, ...(cursor ? { cursor } : {}) });
      titles.push(...page.rows.map((row) => row.title));
      cursor = page.next;
    }
    return titles;
  };
  return { organisation, ask, count, walk };
}

test('pages by the newest change part moments that differ by a microsecond, and give every row once', async () => {
  const { organisation, walk } = await register(['A', 'B', 'C', 'D', 'E']);
  // What an import does: one moment for many rows, here with microseconds that a Date would cut off.
  await kernel.store.owner.query(
    `update record set updated_at = timestamptz '2026-05-04 10:00:00.000100Z' + (number / 2) * interval '1 microsecond'
      where organisation = $1`,
    [organisation],
  );
  expect(await walk('updated', '1')).toEqual(['A', 'B', 'C', 'D', 'E']);
  expect(await walk('-updated', '1')).toEqual(['E', 'D', 'C', 'B', 'A']);
  expect(await walk('-updated', '2')).toEqual(['E', 'D', 'C', 'B', 'A']);
});

test('pages by gaps give every system once, the most gaps first or last, with their lines', async () => {
  const { organisation, ask, count, walk } = await register(['A', 'B live', 'C', 'D live', 'E']);
  await using worker = new StandingWorker(kernel.services, new FactsCache(kernel.services), {
    everyMs: 60_000,
    onError: (error) => {
      throw error;
    },
  });
  await worker.settleAll();
  const whole = await ask({ sort: '-gaps' });
  const gaps = whole.rows.map((row) => row.line?.gaps ?? -1);
  expect(gaps).toEqual([...gaps].sort((a, b) => b - a));
  expect(gaps[0]).toBeGreaterThan(gaps.at(-1) ?? 0);
  expect(await walk('-gaps', '2')).toEqual(whole.rows.map((row) => row.title));
  expect(await walk('gaps', '2')).toEqual(whole.rows.map((row) => row.title).reverse());
  const { rows } = await kernel.store.owner.query<{ station: string; n: number }>(
    `select station, count(*)::int as n from standing where organisation = $1 and verdict = 'gap' group by station`,
    [organisation],
  );
  const counted = await count({});
  expect(counted.total).toEqual({ count: 5, more: false });
  expect([...(counted.gapsByStation ?? [])].filter(([, n]) => n > 0).sort()).toEqual(
    rows.map(({ station, n }) => [station, n]).sort(),
  );
});

test('counts and gaps by station are those of the filtered systems, whatever the page', async () => {
  const { count } = await register(['A', 'A2', 'B']);
  const counted = await count({ unit: 'Claims' });
  expect(counted.total).toEqual({ count: 2, more: false });
  expect(counted.gapsByStation?.size).toBe(15);
  expect(await count({ unit: 'Claims', sort: '-gaps', limit: '1' })).toEqual(counted);
  expect((await count({ unit: 'Nobody' })).total).toEqual({ count: 0, more: false });
});

test('a count is refused as its page is: by the name of the parameter, and to whoever may not read', async () => {
  const { organisation, count } = await register([]);
  await expect(count({ colour: 'red' })).rejects.toMatchObject({ items: [{ at: 'colour' }] });
  const auditor = await kernel.member(organisation, ['external-auditor']);
  const actor = { ...auditor, scope: { until: '2027-01-01', kinds: ['risk'] } } as const;
  const asked = { organisation, actor, kind: system, query: {} };
  await expect(countPage(kernel.services, asked)).rejects.toMatchObject({ code: 'not-found' });
  await expect(listPage(kernel.services, asked)).rejects.toMatchObject({ code: 'not-found' });
  const risks = await countPage(kernel.services, { ...asked, kind: registry.get('risk') });
  expect(risks).toEqual({ total: { count: 0, more: false }, gapsByStation: null, asOf: null });
});

test('a value with commas, quotation marks or spaces is asked for in quotation marks, and alternatives beside it', async () => {
  const { organisation, ask } = await register([]);
  const manager = await kernel.member(organisation, ['aims-manager']);
  const units = ['Claims, motor', 'Claims', 'the "new" one', 'Health'];
  for (const unit of units)
    await createRecord(kernel.services, kernel.context(organisation, manager), system, {
      patch: { fields: { name: `of ${unit}`, unit } },
    });
  const titles = async (query: ListRequest['query']) => (await ask(query)).rows.map((row) => row.title);
  expect(await titles({ unit: '"Claims, motor"' })).toEqual(['of Claims, motor']);
  expect(await titles({ unit: 'Health,"Claims, motor"' })).toEqual(['of Claims, motor', 'of Health']);
  expect(await titles({ unit: writeValues([units[2] ?? '']) })).toEqual(['of the "new" one']);
  expect(await titles({ unit: 'the "new" one' })).toEqual(['of the "new" one']);
  expect(await titles({ 'unit.not': '"Claims, motor",Health' })).toEqual(['of Claims', 'of the "new" one']);
  expect(await titles({ unit: 'Claims, motor' })).toEqual(['of Claims']);
  expect(await titles({ 'unit.contains': 'ms, mo' })).toEqual(['of Claims, motor']);
  expect(await titles({ 'unit.contains': '"new"' })).toEqual(['of the "new" one']);
  for (const unit of units) expect(await titles({ unit: writeValues([unit]) })).toEqual([`of ${unit}`]);
});

test.each(['unit', 'unit.not'])('quotation marks that do not close are refused by name in %s', async (at) => {
  const { ask } = await register([]);
  await expect(ask({ [at]: '"Claims, motor' })).rejects.toMatchObject({
    items: [{ at, message: expect.stringContaining('do not close') }],
  });
});

test.each([
  ['updated', '"2026-02-31"'],
  ['updated', '"2026-99-04T10:00:00.000000Z"'],
  ['updated', '7'],
  ['ref', '"7"'],
  ['ref', '1e300'],
  ['gaps', '-1'],
  ['title', '7'],
  ['title', '"\\u0000"'],
])('a cursor for the order %s that holds %s is refused by name', async (sort, key) => {
  const { ask } = await register([]);
  const cursor = Buffer.from(`[${key},"0190a000-0000-7000-8000-000000000001"]`).toString('base64url');
  await expect(ask({ sort, cursor })).rejects.toMatchObject({ items: [{ at: 'cursor' }] });
});
