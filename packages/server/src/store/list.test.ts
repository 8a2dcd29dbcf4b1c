import { registry } from '@throughline/domain/kinds/all.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { countPage, facets, listPage } from '../records/list-records.ts';
import { search } from '../records/search.ts';
import type { Context } from './context.ts';
import { prefixQuery } from './list-filter.ts';
import { sortsOf } from './list-query.ts';
import { keepLines } from './standing.ts';
import type { Write } from './write.ts';

let kernel: TestKernel;
let ctx: Context;
let model: string;
const system = registry.get('system');
const states = Object.keys(system.lifecycle.states);
const units = ['Motor', 'motor', 'Health', 'Ärzte', '50% off_x', undefined] as const;
const days = ['2025-01-01', '2025-01', '2025-Q1', '2025', '2024-12-31', '2026-03-04', undefined] as const;

beforeAll(async () => {
  kernel = await testKernel();
  const organisation = await kernel.organisation();
  const manager = await kernel.member(organisation, ['aims-manager']);
  ctx = kernel.context(organisation, manager);
  await kernel.store.change(ctx, async (write) => {
    model = create(write, 'model', { name: 'Shared' });
    for (let n = 0; n < 61; n += 1) {
      const record = write.create({
        kind: system,
        content: { fields: fieldsOf(n, manager.member), links: n % 5 ? {} : { usesModel: [model] } },
        state: states[n % states.length] ?? '',
        system: null,
      });
      if (n % 10 === 3) write.archive(record);
    }
  });
  const ids = (await all({ archived: 'any' })).map((row) => row.id);
  await kernel.store.change(ctx, (write) => keepLines(write, ids.slice(0, 40).map(line)));
});
afterAll(() => kernel.close());

function create(write: Write, kind: string, fields: Record<string, string>): string {
  return write.create({ kind: registry.get(kind), content: { fields, links: {} }, system: null }).id;
}
function fieldsOf(n: number, owner: string): Record<string, string> {
  const [unit, day] = [units[n % units.length], days[n % days.length]];
  return {
    name: `Name ${n % 9}`,
    ...(unit ? { unit } : {}),
    ...(day ? { liveSince: day } : {}),
    ...(n % 3 ? { owner } : {}),
  };
}
const line = (id: string, n: number) => ({
  system: id,
  // The seventh letter is the station of impact.
  strip: `hhhhhh${n % 4 ? 'g' : 'h'}hhhhhhhh`,
  digest: `${n}`,
  gaps: n % 4,
  holds_until: null,
  recheck_at: null,
  marks: '9',
  facts: '9',
  stations: [
    { station: 'impact', verdict: n % 4 ? 'gap' : 'holds', holds_until: null },
    { station: 'risk', verdict: 'holds', holds_until: null },
  ],
  found: [],
});

const ask = (query: Record<string, string>) =>
  listPage(kernel.services, { organisation: ctx.organisation, actor: ctx.actor, kind: system, query });
const count = (query: Record<string, string>) =>
  countPage(kernel.services, { organisation: ctx.organisation, actor: ctx.actor, kind: system, query });
const all = async (query: Record<string, string>) => (await ask({ limit: '500', ...query })).rows;

async function paged(query: Record<string, string>, limit: number): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = null; ; ) {
    const page = await ask({ ...query, limit: String(limit), ...(cursor ? { cursor } : {}) });
    ids.push(...page.rows.map((row) => row.id));
    if (page.next === null) return ids;
    expect(page.rows).toHaveLength(limit);
    cursor = page.next;
  }
}

describe.each(sortsOf(system))('sorted by %s', (by) => {
  test('pages put together are the whole list, each row once, whatever their size, and descending is its reverse', async () => {
    const rising = (await all({ sort: by, archived: 'any' })).map((row) => row.id);
    const falling = (await all({ sort: `-${by}`, archived: 'any' })).map((row) => row.id);
    expect(new Set(rising).size).toBe(61);
    expect(falling).toEqual([...rising].reverse());
    for (const limit of [1, 7, 30, 60, 61]) {
      expect(await paged({ sort: by, archived: 'any' }, limit)).toEqual(rising);
      expect(await paged({ sort: `-${by}`, archived: 'any' }, limit)).toEqual(falling);
    }
  });
});

test('any filter, order and page size: pages are the list, the count is its length, no row is outside it', async () => {
  const every = new Map((await all({ archived: 'any' })).map((row) => [row.id, row]));
  const query = fc.record({
    sort: fc.constantFrom(...sortsOf(system).flatMap((by) => [by, `-${by}`])),
    archived: fc.constantFrom('false', 'true', 'any'),
    part: fc.constantFrom<Record<string, string>>(
      {},
      { unit: 'motor' },
      { 'unit.not': 'motor,Health' },
      { 'unit.empty': 'true' },
      { 'unit.empty': 'false' },
      { 'unit.contains': '%' },
      { 'title.contains': 'NAME 3' },
      { 'liveSince.after': '2025' },
      { 'liveSince.before': '2025-02-01' },
      { state: states.slice(0, 3).join(',') },
      { gap: 'any' },
      { gap: 'impact' },
      { owner: 'me', gap: 'none' },
      { linked: model },
    ),
    limit: fc.integer({ min: 1, max: 40 }),
  });
  await fc.assert(
    fc.asyncProperty(query, async ({ part, limit, ...rest }) => {
      const asked = { ...rest, ...part };
      const whole = await all(asked);
      expect(await paged(asked, limit)).toEqual(whole.map((row) => row.id));
      const { total } = await count(asked);
      expect(total).toEqual({ count: whole.length, more: false });
      for (const row of whole) expect(every.has(row.id)).toBe(true);
    }),
    { numRuns: 40 },
  );
});

/** What a filter answers, against the same asked of the fields in plain words. */
const matching = async (query: Record<string, string>) =>
  (await all({ archived: 'any', ...query })).map((row) => row.content.fields);
type Fields = Readonly<Record<string, unknown>>;
const unitIs =
  (...wanted: string[]) =>
  (fields: Fields) =>
    wanted.includes(String(fields.unit ?? '').toLowerCase());

test.each<[Record<string, string>, (fields: Fields) => boolean]>([
  [{ unit: 'MOTOR' }, unitIs('motor')],
  [{ unit: 'motor,health' }, unitIs('motor', 'health')],
  [{ 'unit.not': 'motor' }, (fields) => !unitIs('motor')(fields)],
  [{ 'unit.empty': 'true' }, (fields) => fields.unit === undefined],
  [{ 'unit.empty': 'false' }, (fields) => fields.unit !== undefined],
  [{ 'unit.contains': 'OT' }, unitIs('motor')],
  [{ 'unit.contains': 'ärz' }, unitIs('ärzte')],
  [{ 'unit.contains': '0%' }, unitIs('50% off_x')],
  [{ 'unit.contains': '_' }, unitIs('50% off_x')],
  [{ 'unit.contains': '\\' }, () => false],
  [{ 'liveSince.before': '2025-01-01' }, (fields) => fields.liveSince === '2024-12-31'],
  [{ 'liveSince.after': '2025-01-01' }, (fields) => String(fields.liveSince ?? '').startsWith('2026')],
  [{ 'unit.before': 'i' }, unitIs('health', '50% off_x')],
])('%j finds exactly the rows that it says', async (query, holds) => {
  const found = await matching(query);
  const expected = (await matching({})).filter(holds);
  const text = (fields: Fields) => JSON.stringify(fields);
  if (!Object.keys(query).includes('liveSince.after'))
    expect(found.map(text).sort()).toEqual(expected.map(text).sort());
  else for (const fields of expected) expect(found.map(text)).toContain(text(fields));
});

test('archived rows are apart: left out, alone, or among the others', async () => {
  const [without, only, any] = [
    await all({}),
    await all({ archived: 'true' }),
    await all({ archived: 'any' }),
  ];
  expect([without.length, only.length, any.length]).toEqual([55, 6, 61]);
  expect(without.every((row) => row.archivedAt === null)).toBe(true);
  expect(only.every((row) => row.archivedAt !== null)).toBe(true);
});

test('gaps: any, none and at one station; a system without a line has neither', async () => {
  const [any, none, impact, risk] = [
    await all({ archived: 'any', gap: 'any' }),
    await all({ archived: 'any', gap: 'none' }),
    await all({ archived: 'any', gap: 'impact' }),
    await all({ archived: 'any', gap: 'risk' }),
  ];
  expect([any.length, none.length, impact.length, risk.length]).toEqual([30, 10, 30, 0]);
  const { gapsByStation } = await count({ archived: 'any' });
  expect(gapsByStation?.get('impact')).toBe(30);
});

test('facets count what the list shows, most first, and add up to it', async () => {
  for (const by of ['state', 'unit', 'owner', 'liveSince']) {
    const request = { organisation: ctx.organisation, actor: ctx.actor, kind: system };
    const counted = await facets(kernel.services, { ...request, query: { by } });
    expect(counted.reduce((sum, one) => sum + one.count, 0)).toBe(55);
    const counts = counted.map((one) => one.count);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
  }
  const narrowed = await facets(kernel.services, {
    organisation: ctx.organisation,
    actor: ctx.actor,
    kind: system,
    query: { by: 'unit', unit: 'motor', archived: 'any' },
  });
  const rows = await all({ unit: 'motor', archived: 'any' });
  const gaps = rows.reduce((sum, row) => sum + (row.line?.gaps ?? 0), 0);
  expect(gaps).toBeGreaterThan(0);
  expect(narrowed).toEqual([{ value: 'motor', written: 'Motor', count: 21, gaps }]);
  const request = { organisation: ctx.organisation, actor: ctx.actor, kind: registry.get('model') };
  expect(await facets(kernel.services, { ...request, query: { by: 'state' } })).toMatchObject([
    { count: 1, gaps: null },
  ]);
});

test.each<[Record<string, string>, string]>([
  [{ sort: 'colour' }, 'sort'],
  [{ sort: 'unit,title' }, 'sort'],
  [{ limit: '0' }, 'limit'],
  [{ limit: '1.5' }, 'limit'],
  [{ archived: 'maybe' }, 'archived'],
  [{ linked: 'SYS-99999' }, 'linked'],
  [{ colour: 'red' }, 'colour'],
  [{ 'unit.like': 'x' }, 'unit.like'],
  [{ unit: 'a\u0000b' }, 'unit'],
  [{ q: '\ud800' }, 'q'],
  [{ cursor: 'bm90IGEgY3Vyc29y' }, 'cursor'],
  [{ from: 'twelve' }, 'from'],
  [{ sort: 'updated', from: '31 May' }, 'from'],
  [{ sort: 'gaps', from: '-1' }, 'from'],
  [{ sort: 'unit', cursor: Buffer.from('[3,"x"]').toString('base64url') }, 'cursor'],
])('%j is refused by the name of the parameter', async (query, at) => {
  await expect(ask(query)).rejects.toMatchObject({ code: 'unprocessable', items: [{ at }] });
});

test.each(sortsOf(system))(
  'sorted by %s, a list from a value on is the end of the whole list',
  async (sort) => {
    for (const by of [sort, `-${sort}`]) {
      const whole = (await all({ sort: by, archived: 'any' })).map((row) => row.id);
      const values: Record<string, string[]> = {
        ref: ['SYS-9', '30', 'sys-9999'],
        gaps: ['2'],
        updated: ['2001-01-01', '2999-12-31'],
        title: ['Name 4', 'N', 'zzz'],
        unit: ['motor', 'M', ''],
        liveSince: ['2025-01-01'],
        state: ['inception'],
      };
      for (const from of values[sort] ?? ['x']) {
        const rest = (await all({ sort: by, archived: 'any', from })).map((row) => row.id);
        expect([by, from, rest]).toEqual([by, from, rest.length === 0 ? [] : whole.slice(-rest.length)]);
      }
    }
  },
);

test('a list from a value on begins with the first that has it', async () => {
  const titles = (rows: readonly { title: string }[]) => rows.map((row) => row.title);
  expect(titles(await all({ sort: 'title', from: 'name 7' }))[0]).toBe('Name 7');
  expect(titles(await all({ sort: '-title', from: 'name 2' }))[0]).toBe('Name 2');
  const numbers = (await all({ from: 'SYS-12', archived: 'any' })).map((row) => row.number);
  expect(numbers[0]).toBe(12);
});

test('a cursor of another order is refused, and one of the same order goes on elsewhere in the filter', async () => {
  const { next } = await ask({ sort: 'unit', limit: '5' });
  await expect(ask({ sort: 'ref', limit: '5', cursor: next ?? '' })).rejects.toMatchObject({
    items: [{ at: 'cursor' }],
  });
});

test('a system stands beside its kept line; one that was never computed says so, and other kinds have none', async () => {
  const rows = await all({ archived: 'any' });
  const kept = rows.filter((row) => row.line?.strip !== null);
  expect(kept).toHaveLength(40);
  expect(kept.map((row) => row.line?.gaps).sort()).toEqual(kept.map((_, n) => n % 4).sort());
  expect(rows.filter((row) => row.line?.strip === null).map((row) => row.line)).toEqual(
    Array.from({ length: 21 }, () => ({ strip: null, gaps: 0, holdsUntil: null, stale: true })),
  );
  const { rows: models } = await listPage(kernel.services, {
    ...ctx,
    kind: registry.get('model'),
    query: {},
  });
  expect(models.map((row) => row.line)).toEqual([null]);
});

test('the planner knows what stands in a slot by its kind: one value of a kind is not rare because the kind is', async () => {
  const organisation = await kernel.organisation('Counted');
  const member = await kernel.member(organisation, ['aims-manager']);
  await kernel.store.change(kernel.context(organisation, member), async (write) => {
    for (let n = 0; n < 300; n += 1) create(write, 'model', { name: `Model ${n}` });
    for (let n = 0; n < 60; n += 1) create(write, 'system', { name: `System ${n}`, unit: 'Marine' });
  });
  const { owner } = kernel.store;
  await owner.query('analyze record');
  const { rows } = await owner.query(
    "explain (format json) select from record where kind = 'system' and k4 is not null and k4 = 'marine'",
  );
  const expected = rows[0]['QUERY PLAN'][0].Plan['Plan Rows'];
  expect(expected).toBeGreaterThan(40);
  expect(expected).toBeLessThan(80);
});

describe('words', () => {
  let here: Context;
  const titles = [
    'GPT-4.1 mini',
    'Claims/appeals triage',
    'claims_router v2',
    'Ärzteverzeichnis',
    'Café-Assistent',
    'Anthrōpos',
    '日本語モデル',
    "O'Brien's helper",
    'C++ review & drop table record; --',
    'https://example.org/models/alpha',
  ];
  beforeAll(async () => {
    const organisation = await kernel.organisation();
    here = kernel.context(organisation, await kernel.member(organisation, ['aims-manager']));
    await kernel.store.change(here, async (write) => {
      for (const name of titles) create(write, 'system', { name, purpose: `Purpose of ${name}` });
      create(write, 'model', { name: 'GPT-4.1' });
    });
  });
  const find = async (words: string, kind: string | null = 'system') =>
    (
      await search(kernel.services, {
        organisation: here.organisation,
        actor: here.actor,
        words,
        kind,
        limit: 50,
      })
    ).rows.map((row) => row.title);

  test.each([
    ['gpt-4.1', 'GPT-4.1 mini'],
    ['4.1 GPT', 'GPT-4.1 mini'],
    ['appeals', 'Claims/appeals triage'],
    ['router', 'claims_router v2'],
    ['ÄRZTE', 'Ärzteverzeichnis'],
    ['arzte', 'Ärzteverzeichnis'],
    ['assist', 'Café-Assistent'],
    ['cafe', 'Café-Assistent'],
    ['anthropos', 'Anthrōpos'],
    ['日本', '日本語モデル'],
    ["o'brien", "O'Brien's helper"],
    ['alpha', 'https://example.org/models/alpha'],
    ['table drop', 'C++ review & drop table record; --'],
  ])('%s finds %s alone', async (words, title) => {
    expect(await find(words)).toEqual([title]);
  });

  test('every word must begin a word of the record, wherever it stands', async () => {
    expect(await find('purpose triage')).toEqual(['Claims/appeals triage']);
    expect(await find('riage')).toEqual([]);
    expect(await find('triage unheard')).toEqual([]);
    expect((await find('gpt', null)).sort()).toEqual(['GPT-4.1', 'GPT-4.1 mini']);
  });

  test.each(["' | 'x':*", "'; delete from record; --", '& | ! ( ) :*', '\\', '<->', '%', '', '   ', "a'b"])(
    '%j is words and never a query',
    async (words) => {
      expect(await find(words)).toEqual([]);
    },
  );

  test('very long words and very many are read without failing', async () => {
    expect(await find('x'.repeat(5_000))).toEqual([]);
    expect(await find(Array.from({ length: 500 }, (_, n) => `w${n}`).join(' '))).toEqual([]);
  });

  test('a renamed record is found by its new words and no more by its old ones', async () => {
    const id = await kernel.store.change(here, async (write) => create(write, 'system', { name: 'Oldname' }));
    await kernel.store.change(here, async (write) => {
      const record = (await write.lock([id])).get(id);
      if (!record) throw new Error('The system is there');
      const facts = { changed: ['name'], material: false, system: id };
      write.edit(record, { fields: { name: 'Newname' }, links: {} }, facts);
    });
    expect([await find('oldname'), await find('newname')]).toEqual([[], ['Newname']]);
  });

  test('says how many match; of very many it ranks some, and says that there are more', async () => {
    const organisation = await kernel.organisation();
    const there = kernel.context(organisation, await kernel.member(organisation, ['aims-manager']));
    await kernel.store.change(there, async (write) => {
      for (let n = 0; n < 30; n += 1) create(write, 'system', { name: `Common ${n}` });
      for (let n = 0; n < 5; n += 1) create(write, 'model', { name: `Common ${n}` });
    });
    const asked = { organisation, actor: there.actor, words: 'common', kind: null };
    const few = await search(kernel.services, { ...asked, limit: 3 });
    expect([few.rows.length, few.total]).toEqual([3, { count: 35, more: false }]);
    const scope = { until: '2999-01-01', kinds: ['model'] };
    const auditor = { type: 'person', member: 'x', roles: ['external-auditor'], scope } as const;
    const seen = await search(kernel.services, { ...asked, actor: auditor, limit: 50 });
    expect([seen.rows.map((row) => row.kind), seen.total.count]).toEqual([Array(5).fill('model'), 5]);
    await kernel.store.change(there, async (write) => {
      for (let n = 0; n < 1_000; n += 1) create(write, 'dataset', { name: `Common ${n}` });
    });
    const { total } = await search(kernel.services, { ...asked, limit: 3 });
    expect(total).toEqual({ count: 1_000, more: true });
    const request = { organisation, actor: there.actor, kind: registry.get('dataset') };
    const counted = await countPage(kernel.services, { ...request, query: { q: 'common' } });
    expect(counted.total).toEqual({ count: 1_000, more: false });
  });

  test('archived records come last', async () => {
    await kernel.store.change(here, async (write) => {
      const kind = registry.get('system');
      const gone = write.create({
        kind,
        content: { fields: { name: 'Zebra zebra zebra' }, links: {} },
        system: null,
      });
      write.archive(gone);
      create(write, 'system', { name: 'Zebra' });
    });
    expect(await find('zebra')).toEqual(['Zebra', 'Zebra zebra zebra']);
  });

  test('any text at all makes a query that PostgreSQL reads', async () => {
    await kernel.store.readWhole(here.organisation, async (reader) => {
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (words) => {
          const values = [prefixQuery(words)];
          await reader.run({ name: 'reads', text: 'select $1::text::tsquery', values });
        }),
        { numRuns: 200 },
      );
    });
  });
});
