import { registry } from '@throughline/domain/kinds/all.ts';
import type { Content } from '@throughline/domain/kinds/kind.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import type { Context } from './context.ts';
import { findRecord, recordsById } from './records.ts';
import type { Write } from './write.ts';

let kernel: TestKernel;
let organisation: string;
let ctx: Context;
beforeAll(async () => {
  kernel = await testKernel();
  organisation = await kernel.organisation();
  ctx = kernel.context(organisation, await kernel.member(organisation, ['aims-manager']));
});
afterAll(() => kernel.close());

const kinds = ['system', 'model', 'supplier', 'risk', 'document'] as const;
const content = (name: string, links: Content['links'] = {}): Content => ({ fields: { name }, links });
const create = (write: Write, kind: string, name: string, links: Content['links'] = {}) =>
  write.create({ kind: registry.get(kind), content: content(name, links), system: null });

/** Rows of one query as the owner sees them. */
async function rows<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
  return (await kernel.store.owner.query<Row>(text, values)).rows;
}
const countOf = async (text: string, values: unknown[]) =>
  (await rows<{ n: number }>(`select count(*)::int as n from ${text}`, values))[0]?.n;

/** A fresh organisation, where numbers begin at 1. */
async function fresh(): Promise<Context> {
  const id = await kernel.organisation();
  return kernel.context(id, await kernel.member(id, ['aims-manager']));
}

test('one change of many kinds numbers each kind without gaps, in the order of the calls', async () => {
  const here = await fresh();
  await kernel.store.change(here, async (write) => {
    for (let n = 1; n <= 30; n += 1) for (const kind of kinds) create(write, kind, `${kind} ${n}`);
  });
  const numbered = await rows<{ kind: string; number: number; title: string }>(
    'select kind, number, title from record where organisation = $1 order by kind, number',
    [here.organisation],
  );
  expect(numbered).toHaveLength(150);
  for (const kind of kinds) {
    expect(numbered.filter((row) => row.kind === kind)).toEqual(
      Array.from({ length: 30 }, (_, n) => ({ kind, number: n + 1, title: `${kind} ${n + 1}` })),
    );
  }
});

test('ten writers at once take every number once, and each change has its own without gaps', async () => {
  const here = await fresh();
  const changes = Array.from({ length: 40 }, (_, change) =>
    kernel.store.change(here, async (write) => {
      const made: string[] = [];
      for (let n = 0; n < 5; n += 1) {
        made.push(create(write, kinds[(change + n) % 5] ?? 'system', `${change}.${n}`).id);
        made.push(create(write, 'task', `${change}.${n}`).id);
      }
      return made;
    }),
  );
  const made = await Promise.all(changes);
  const numbered = await rows<{ id: string; kind: string; number: number }>(
    'select id, kind, number from record where organisation = $1 order by kind, number',
    [here.organisation],
  );
  for (const kind of [...kinds, 'task']) {
    const numbers = numbered.filter((row) => row.kind === kind).map((row) => row.number);
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, n) => n + 1));
  }
  const numberOf = new Map(numbered.map((row) => [row.id, row.number]));
  for (const ids of made) {
    const tasks = ids.filter((_, n) => n % 2 === 1).map((id) => numberOf.get(id) ?? 0);
    expect(tasks).toEqual(tasks.map((_, n) => (tasks[0] ?? 0) + n));
  }
});

test('what a change made falls with it, and a number that it took may stay away but never comes twice', async () => {
  const here = await fresh();
  await kernel.store.change(here, async (write) => create(write, 'system', 'First'));
  const fallen = kernel.store.change(here, async (write) => {
    create(write, 'system', 'Fallen');
    await write.spill();
    throw new Error('no');
  });
  await expect(fallen).rejects.toThrow('no');
  const last = await kernel.store.change(here, async (write) => create(write, 'system', 'Second'));
  const tables = ['record', 'revision', 'entry', 'entry_pending', 'record_text'];
  for (const table of tables)
    expect([table, await countOf(`${table} where organisation = $1`, [here.organisation])]).toEqual([
      table,
      2,
    ]);
  const stored = await kernel.store.readWhole(here.organisation, (reader) => recordsById(reader, [last.id]));
  expect(stored.get(last.id)?.number).toBeGreaterThan(1);
});

test('links are replaced, never doubled, and what is not set any more is gone', async () => {
  const { system, models } = await kernel.store.change(ctx, async (write) => {
    const models = ['A', 'B', 'C'].map((name) => create(write, 'model', name).id);
    const [a = '', b = ''] = models;
    return { models, system: create(write, 'system', 'Linked', { usesModel: [a, b] }) };
  });
  const [, b = '', c = ''] = models;
  await kernel.store.change(ctx, async (write) => {
    const locked = (await write.lock([system.id])).get(system.id);
    if (!locked) throw new Error('The system is there');
    const next = content('Linked', { usesModel: [b, c] });
    write.edit(locked, next, { changed: ['usesModel'], material: true, system: system.id });
  });
  const linked = await rows<{ to_record: string; type: string; relation: string }>(
    'select to_record, type, relation from link where from_record = $1 order by to_record',
    [system.id],
  );
  expect(linked).toEqual(
    [b, c].sort().map((to_record) => ({ to_record, type: 'uses', relation: 'usesModel' })),
  );
});

test('a record written more than once in one change stands as it was last, with a revision and an entry for each', async () => {
  const { id, model } = await kernel.store.change(ctx, async (write) => {
    const model = create(write, 'model', 'Once').id;
    let record = create(write, 'system', 'As created', { usesModel: [model] });
    const facts = { changed: ['name'], material: false, system: record.id };
    record = write.edit(record, content('As edited', { usesModel: [model] }), facts);
    record = write.edit(record, content('As edited again'), facts);
    write.move(record, 'retirement');
    return { id: record.id, model };
  });
  const stored = await kernel.store.readWhole(organisation, (reader) => recordsById(reader, [id]));
  expect(stored.get(id)).toMatchObject({ title: 'As edited again', version: 4, state: 'retirement' });
  expect(await countOf('link where from_record = $1', [id])).toBe(0);
  expect(await countOf('link where to_record = $1', [model])).toBe(0);
  expect(
    await rows(
      `select v.version, v.act, e.act as entry from revision v join entry e on e.id = v.entry where v.record = $1 order by v.version`,
      [id],
    ),
  ).toEqual([
    { version: 1, act: 'created', entry: 'record.created' },
    { version: 2, act: 'edited', entry: 'record.edited' },
    { version: 3, act: 'edited', entry: 'record.edited' },
    { version: 4, act: 'moved', entry: 'record.moved' },
  ]);
  const words = await rows<{ words: string }>('select words::text from record_text where record = $1', [id]);
  expect(words[0]?.words).toContain('again');
  expect(words[0]?.words).not.toContain('created');
});

test('spilling in between writes the same: numbers run on, and a later edit finds the row', async () => {
  const here = await fresh();
  await kernel.store.change(here, async (write) => {
    const first = create(write, 'system', 'One');
    await write.spill();
    create(write, 'system', 'Two');
    await write.spill();
    write.edit(first, content('One, renamed'), { changed: ['name'], material: false, system: first.id });
  });
  const titles = await rows<{ number: number; title: string; version: number }>(
    'select number, title, version from record where organisation = $1 order by number',
    [here.organisation],
  );
  expect(titles).toEqual([
    { number: 1, title: 'One, renamed', version: 2 },
    { number: 2, title: 'Two', version: 1 },
  ]);
});

test('every revision has exactly one entry, in the order they were asked for, with its digest and no content', async () => {
  const here = await fresh();
  await kernel.store.change(here, async (write) => {
    for (let n = 0; n < 20; n += 1) create(write, kinds[n % 5] ?? 'system', `Secret word ${n}`);
  });
  const kept = await rows<{ record: string; digest: Buffer; body: Buffer; seq: string }>(
    `select v.record, v.digest, e.body, e.seq from revision v join entry e on e.organisation = v.organisation and e.id = v.entry
      where v.organisation = $1 order by e.seq`,
    [here.organisation],
  );
  expect(kept).toHaveLength(20);
  expect(new Set(kept.map((row) => row.seq)).size).toBe(20);
  const ids = await rows<{ id: string }>('select id from record where organisation = $1 order by id', [
    here.organisation,
  ]);
  expect(kept.map((row) => row.record)).toEqual(ids.map((row) => row.id));
  for (const row of kept) {
    const body = JSON.parse(row.body.toString('utf8'));
    expect(body).toMatchObject({ record: row.record, digest: row.digest.toString('hex'), version: 1 });
    expect(row.body.toString('utf8')).not.toContain('Secret');
  }
});

test('a change with nothing to write writes nothing and answers its result', async () => {
  const here = await fresh();
  expect(await kernel.store.change(here, async () => 'nothing')).toBe('nothing');
  for (const table of ['entry', 'record', 'facts_mark', 'line_mark', 'system_line', 'counter'])
    expect(await countOf(`${table} where organisation = $1`, [here.organisation])).toBe(0);
});

test('a handle ends with its transaction, for writing and for reading', async () => {
  const write = await kernel.store.change(ctx, async (handle) => handle);
  expect(() => create(write, 'system', 'Late')).toThrow(/ends with its transaction/);
  expect(() => write.log({ act: 'organisation.changed', digest: '00' })).toThrow(/ends with its transaction/);
  await expect(write.lock([ctx.organisation])).rejects.toThrow(/ends with its transaction/);
  await expect(write.spill()).rejects.toThrow(/ends with its transaction/);
  const late = await kernel.store.readWhole(organisation, async (reader) => reader);
  await expect(findRecord(late, registry.get('system'), 'SYS-1')).rejects.toThrow(
    /ends with its transaction/,
  );
  await expect(late.run({ name: 'late', text: 'select 1', values: [] })).rejects.toThrow(
    /ends with its transaction/,
  );
  const fallen: Write[] = [];
  const falling = kernel.store.change(ctx, async (handle) => {
    fallen.push(handle);
    throw new Error('no');
  });
  await expect(falling).rejects.toThrow('no');
  await expect(fallen[0]?.lock([ctx.organisation])).rejects.toThrow(/ends with its transaction/);
});

test('a deadlock is run again once, and both changes come to stand', async () => {
  const [a, b] = await kernel.store.change(ctx, async (write) => [
    create(write, 'supplier', 'A').id,
    create(write, 'supplier', 'B').id,
  ]);
  const held = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
  let runs = 0;
  const crossing = (first: string, second: string, mine: 0 | 1) =>
    kernel.store.change(ctx, async (write) => {
      runs += 1;
      await write.lock([first]);
      held[mine].resolve();
      await held[1 - mine]?.promise;
      const locked = (await write.lock([second])).get(second);
      if (!locked) throw new Error('The supplier is there');
      write.edit(locked, content(`After ${mine}`), { changed: ['name'], material: false, system: null });
    });
  await Promise.all([crossing(a ?? '', b ?? '', 0), crossing(b ?? '', a ?? '', 1)]);
  expect(runs).toBe(3);
  const stored = await kernel.store.readWhole(organisation, (reader) =>
    recordsById(reader, [a ?? '', b ?? '']),
  );
  expect([...stored.values()].map((record) => [record.title, record.version]).sort()).toEqual([
    ['After 0', 2],
    ['After 1', 2],
  ]);
});

test('what fails for another reason than a lost race is run once', async () => {
  let runs = 0;
  const failing = kernel.store.change(ctx, async (write) => {
    runs += 1;
    await write.run({ name: 'division', text: 'select 1 / 0', values: [] });
  });
  await expect(failing).rejects.toMatchObject({ code: '22012' });
  expect(runs).toBe(1);
});

test('locking asks in the order of ids, so changes that lock the same records wait and never cross', async () => {
  const ids = await kernel.store.change(ctx, async (write) =>
    Array.from({ length: 12 }, (_, n) => create(write, 'task', `Shared ${n}`).id),
  );
  let runs = 0;
  const turns = Array.from({ length: 10 }, (_, turn) =>
    kernel.store.change(ctx, async (write) => {
      runs += 1;
      const asked = [...ids.slice(turn), ...ids.slice(0, turn), ids[0] ?? ''];
      const locked = await write.lock(turn % 2 ? asked : asked.reverse());
      expect(locked.size).toBe(12);
      for (const record of locked.values()) {
        const next = content(`${record.title}+`);
        write.edit(record, next, { changed: ['name'], material: false, system: null });
      }
    }),
  );
  await Promise.all(turns);
  expect(runs).toBe(10);
  const stored = await kernel.store.readWhole(organisation, (reader) => recordsById(reader, ids));
  for (const record of stored.values()) {
    expect(record.version).toBe(11);
    expect(record.title).toMatch(/^Shared \d+\+{10}$/);
  }
});

test('locking leaves out what is not there, and asks nothing for nothing', async () => {
  await kernel.store.change(ctx, async (write) => {
    expect((await write.lock([])).size).toBe(0);
    expect((await write.lock(['00000000-0000-7000-8000-000000000000'])).size).toBe(0);
  });
});

test('an id from outside names one record: a second one under it is refused whole', async () => {
  const kind = registry.get('system');
  const external = [{ source: 'inventory', key: 'A-1' }];
  const made = await kernel.store.change(ctx, async (write) =>
    write.create({ kind, content: content('First of A-1'), system: null, external }),
  );
  const again = kernel.store.change(ctx, async (write) => {
    create(write, 'system', 'Beside it');
    write.create({ kind, content: content('Second of A-1'), system: null, external });
  });
  await expect(again).rejects.toMatchObject({ code: '23505' });
  expect(await countOf("record where title in ('Beside it', 'Second of A-1')", [])).toBe(0);
  const other = await fresh();
  await kernel.store.change(other, async (write) =>
    write.create({ kind, content: content('A-1 elsewhere'), system: null, external }),
  );
  const kept = await rows("select record from external_id where source = 'inventory' and organisation = $1", [
    organisation,
  ]);
  expect(kept).toEqual([{ record: made.id }]);
});

test('an entry over its 65,535 bytes is refused, and nothing of its change stays', async () => {
  const before = await countOf('entry where organisation = $1', [organisation]);
  const large = kernel.store.change(ctx, async (write) => {
    create(write, 'system', 'Goes with it');
    write.log({ act: 'organisation.changed', digest: 'f'.repeat(70_000) });
  });
  await expect(large).rejects.toMatchObject({ code: 'too-large' });
  expect(await countOf('entry where organisation = $1', [organisation])).toBe(before);
});

test('an organisation is named by its id and by nothing else', async () => {
  for (const name of ["x'; drop table record; --", 'Harbour Mutual', organisation.toUpperCase()])
    await expect(kernel.store.readWhole(name, async () => 1)).rejects.toThrow(/named by its id/);
});
