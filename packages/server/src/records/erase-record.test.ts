import { registry } from '@throughline/domain/kinds/all.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { contentless, erasers } from '../store/erase.ts';
import { organisationTables } from '../store/migrations/organisation-tables.ts';
import { addComment } from './comments.ts';
import { createRecord } from './create-record.ts';
import { eraseRecord } from './erase-record.ts';
import { archiveRecord } from './transition-record.ts';

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());

const system = registry.get('system');
const secret = 'Ranks widow Zanzibar last';

test('every table of an organisation has an eraser or a reason why it needs none', async () => {
  const { rows } = await kernel.store.owner.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'organisation' where n.nspname = 'public' and c.relkind = 'r'`,
  );
  const placed = new Set([
    ...Object.keys(erasers),
    ...Object.keys(contentless),
    'session',
    'sign_in_link',
    'sign_in_step',
  ]);
  expect(rows.map((row) => row.name).filter((name) => !placed.has(name))).toEqual([]);
  for (const table of organisationTables) expect(table in erasers !== table in contentless, table).toBe(true);
});

test('erasing takes a record’s words out of every table and leaves versions, digests and entries', async () => {
  const organisation = await kernel.organisation();
  const manager = await kernel.member(organisation, ['aims-manager', 'admin']);
  const ctx = kernel.context(organisation, manager);
  const made = await createRecord(kernel.services, ctx, system, {
    patch: { fields: { name: secret, purpose: secret } },
  });
  await addComment(kernel.services, ctx, system, { ref: 'SYS-1', field: null, text: secret });
  await expect(
    eraseRecord(kernel.services, ctx, system, { ref: 'SYS-1', version: 1, reason: 'law' }),
  ).rejects.toMatchObject({ code: 'conflict' });
  await archiveRecord(kernel.services, ctx, system, { ref: 'SYS-1', version: 1 });
  await eraseRecord(kernel.services, ctx, system, { ref: 'SYS-1', version: 2, reason: 'law' });
  for (const table of organisationTables) {
    const { rows } = await kernel.store.owner.query(
      `select count(*)::int as n from ${table} t where t.organisation = $1 and t::text ilike '%zanzibar%'`,
      [organisation],
    );
    expect(rows[0].n, table).toBe(0);
  }
  const { rows } = await kernel.store.owner.query(
    'select version, digest, salt from revision where record = $1 order by version',
    [made.id],
  );
  expect(rows.map((row) => [row.version, row.digest.length, row.salt])).toEqual([
    [1, 32, null],
    [2, 32, null],
  ]);
  const { rows: entries } = await kernel.store.owner.query(
    "select act from entry where organisation = $1 and act = 'record.erased'",
    [organisation],
  );
  expect(entries).toHaveLength(1);
});

test('nobody but an administrator erases', async () => {
  const organisation = await kernel.organisation();
  const manager = await kernel.member(organisation, ['aims-manager']);
  const ctx = kernel.context(organisation, manager);
  await createRecord(kernel.services, ctx, system, { patch: { fields: { name: 'Kept' } } });
  await expect(
    eraseRecord(kernel.services, ctx, system, { ref: 'SYS-1', version: 1, reason: 'law' }),
  ).rejects.toMatchObject({
    code: 'forbidden',
    facts: { who: ['admin'] },
  });
});
