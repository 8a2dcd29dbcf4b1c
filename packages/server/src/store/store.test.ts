import { registry } from '@throughline/domain/kinds/all.ts';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { createRecord } from '../records/create-record.ts';
import { editRecord } from '../records/edit-record.ts';
import { revisionDigest } from './digest.ts';
import { findRecord } from './records.ts';
import { Store } from './store.ts';

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());

const system = registry.get('system');

test('a record is created with its revision, its entry and its number', async () => {
  const organisation = await kernel.organisation();
  const manager = await kernel.member(organisation, ['aims-manager']);
  const ctx = kernel.context(organisation, manager);
  const first = await createRecord(kernel.services, ctx, system, {
    patch: { fields: { name: 'Claims triage assistant' } },
  });
  await createRecord(kernel.services, ctx, system, { patch: { fields: { name: 'Fraud signal ranking' } } });
  const [one, two] = await kernel.store.readWhole(organisation, async (reader) => [
    await findRecord(reader, system, 'SYS-1'),
    await findRecord(reader, system, 'sys-2'),
  ]);
  expect(one?.id).toBe(first.id);
  expect(one?.system).toBe(first.id);
  expect(two?.title).toBe('Fraud signal ranking');

  const { rows } = await kernel.store.owner.query(
    'select v.salt, v.digest, v.fields, v.links, v.schema, e.body from revision v join entry e on e.id = v.entry where v.record = $1',
    [first.id],
  );
  expect(rows).toHaveLength(1);
  const [row] = rows;
  expect(
    revisionDigest(row.salt, {
      kind: 'system',
      schema: row.schema,
      fields: row.fields,
      links: row.links,
    }).equals(row.digest),
  ).toBe(true);
  const entry = JSON.parse(row.body.toString('utf8'));
  expect(entry).toMatchObject({
    act: 'record.created',
    record: first.id,
    version: 1,
    digest: row.digest.toString('hex'),
  });
  expect(JSON.stringify(entry)).not.toContain('Claims');
});

test('an edit makes a version; a dry run writes nothing', async () => {
  const organisation = await kernel.organisation();
  const manager = await kernel.member(organisation, ['aims-manager']);
  const ctx = kernel.context(organisation, manager);
  const made = await createRecord(kernel.services, ctx, system, {
    patch: { fields: { name: 'Broker chat guide' } },
  });
  const input = { ref: 'SYS-1', patch: { fields: { purpose: 'Answers questions of brokers' } }, version: 1 };
  const dry = await editRecord(kernel.services, ctx, system, input, { dryRun: true });
  expect(dry.material).toEqual(['purpose']);
  const real = await editRecord(kernel.services, ctx, system, input);
  expect(real.record.version).toBe(2);
  expect(real.record.digest.equals(made.digest)).toBe(false);
  await expect(editRecord(kernel.services, ctx, system, input)).rejects.toMatchObject({ code: 'changed' });
  const { rows } = await kernel.store.owner.query(
    'select count(*)::int as n from revision where record = $1',
    [made.id],
  );
  expect(rows[0].n).toBe(2);
});

test('another organisation sees nothing, by ref, by id and by raw SQL', async () => {
  const [ours, theirs] = [await kernel.organisation(), await kernel.organisation('Other')];
  const manager = await kernel.member(ours, ['aims-manager']);
  const made = await createRecord(kernel.services, kernel.context(ours, manager), system, {
    patch: { fields: { name: 'Ours' } },
  });
  await kernel.store.readWhole(theirs, async (reader) => {
    expect(await findRecord(reader, system, 'SYS-1')).toBeUndefined();
    expect(await findRecord(reader, system, made.id)).toBeUndefined();
    const rows = await reader.run({ name: 'all-records', text: 'select id from record', values: [] });
    expect(rows).toEqual([]);
  });
});

test('nothing is read where the transaction could not begin, and the connection serves on', async () => {
  const organisation = await kernel.organisation('Kept to itself');
  await kernel.member(organisation, ['reader']);
  const { owner } = kernel.store;
  // A login that may read the table and may not take the role on: what goes out behind the beginning must not answer.
  const login = `outsider_${process.pid}`;
  await owner.query(`create role ${login} login password 'outside'; grant select on member to ${login}`);
  const pool = new pg.Pool({
    ...kernel.database.app,
    user: login,
    password: 'outside',
    max: 1,
    pipeline: true,
  });
  try {
    const outside = new Store({ app: pool, owner }, registry);
    const seen: unknown[] = [];
    for (let time = 0; time < 2; time += 1)
      await expect(
        outside.readWhole(organisation, async (reader) => {
          seen.push(await reader.run({ name: 'outside', text: 'select * from member', values: [] }));
        }),
      ).rejects.toThrow(/permission denied to set role/);
    await expect(
      outside.readWhole(organisation, async (reader) => {
        seen.push(await reader.db.selectFrom('member').selectAll().execute());
      }),
    ).rejects.toThrow(/permission denied to set role/);
    expect(seen).toEqual([]);
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  } finally {
    await pool.end();
    await owner.query(`drop owned by ${login}; drop role ${login}`);
  }
});

test('the log and approvals refuse update, delete and truncate even to the owner', async () => {
  for (const table of ['entry', 'log_leaf', 'approval']) {
    await expect(kernel.store.owner.query(`truncate ${table}`)).rejects.toThrow(/only ever added to/);
  }
  const organisation = await kernel.organisation();
  const manager = await kernel.member(organisation, ['aims-manager']);
  await createRecord(kernel.services, kernel.context(organisation, manager), system, {
    patch: { fields: { name: 'Kept' } },
  });
  await expect(kernel.store.owner.query(`update entry set act = 'x'`)).rejects.toThrow(/only ever added to/);
  await expect(kernel.store.owner.query('delete from entry')).rejects.toThrow(/only ever added to/);
});

test('a change inside a change, or a second connection inside a change, is refused', async () => {
  const organisation = await kernel.organisation();
  const manager = await kernel.member(organisation, ['aims-manager']);
  const ctx = kernel.context(organisation, manager);
  await expect(
    kernel.store.change(ctx, () => kernel.store.readWhole(organisation, async () => 1)),
  ).rejects.toThrow(/own handle/);
  await expect(kernel.store.change(ctx, () => kernel.store.change(ctx, async () => 1))).rejects.toThrow(
    /inside a change/,
  );
});
