import { registry } from '@throughline/domain/kinds/all.ts';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { treeTables } from './migrations/004-log-tree.ts';
import { organisationTables } from './migrations/organisation-tables.ts';
import { appRole } from './roles.ts';

let kernel: TestKernel;
let client: pg.Client;
let ours: string;
let theirs: string;
let person: string;

beforeAll(async () => {
  kernel = await testKernel();
  [ours, theirs] = [await kernel.organisation('Ours'), await kernel.organisation('Theirs')];
  for (const organisation of [ours, theirs]) await fill(organisation);
  person = (await owner('select id from person limit 1'))[0]?.id ?? '';
  client = new pg.Client(kernel.database.app);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await kernel.close();
});

async function owner<Row extends object = { id: string }>(text: string, values: unknown[] = []) {
  return (await kernel.store.owner.query<Row>(text, values)).rows;
}

/** One row of every table that holds an organisation's rows, with whatever its columns need. */
async function fill(organisation: string): Promise<void> {
  const manager = await kernel.member(organisation, ['aims-manager']);
  await kernel.store.change(kernel.context(organisation, manager), async (write) => {
    const model = write.create({
      kind: registry.get('model'),
      content: { fields: { name: 'Model' }, links: {} },
      system: null,
      external: [{ source: 'inventory', key: 'M-1' }],
    });
    write.create({
      kind: registry.get('system'),
      content: { fields: { name: 'Secret system' }, links: { usesModel: [model.id] } },
      system: null,
    });
    write.approval(model, 'submit', { version: 1, digest: model.digest });
  });
  await owner(`insert into person (id, email, password_hash, created_at) values ($1, $2, 'none', now())`, [
    manager.member,
    `${manager.member}@example.org`,
  ]);
  for (const table of [...organisationTables, 'session'])
    await fillTable(table, organisation, manager.member);
}

async function fillTable(table: string, organisation: string, member: string): Promise<void> {
  const [held] = await owner(`select 1 as id from ${table} where organisation = $1 limit 1`, [organisation]);
  if (held) return;
  const columns = await owner<{ name: string; type: string }>(
    `select column_name as name, data_type as type from information_schema.columns
      where table_schema = 'public' and table_name = $1 and is_nullable = 'NO' and column_default is null and is_identity = 'NO' and is_generated = 'NEVER'`,
    [table],
  );
  const values = columns.map((column) => sampleOf(column, organisation, member));
  await owner(
    `insert into ${table} (${columns.map((column) => column.name).join(', ')})
      values (${columns.map((_, n) => `$${n + 1}`).join(', ')})`,
    values,
  );
}

function sampleOf(column: { name: string; type: string }, organisation: string, member: string): unknown {
  if (column.name === 'organisation') return organisation;
  switch (column.type) {
    case 'uuid':
      return member;
    case 'text':
      return `text of ${organisation}`;
    case 'bytea':
      return Buffer.from(organisation);
    case 'jsonb':
      return '{}';
    case 'boolean':
      return false;
    case 'ARRAY':
      return [];
    case 'date':
    case 'timestamp with time zone':
      return '2026-01-01';
    default:
      return 1;
  }
}

/** Asks as the application's role, with an organisation set or none, and lets the transaction fall. */
async function asApp(organisation: string | null, text: string, values: unknown[] = []) {
  await client.query(`begin; set local role ${appRole}`);
  try {
    if (organisation) await client.query(`set local app.organisation = '${organisation}'`);
    return await client.query(text, values);
  } finally {
    await client.query('rollback');
  }
}

/** The SQLSTATE of a refusal, or how many rows it reached. */
const reached = (organisation: string | null, text: string, values: unknown[] = []) =>
  asApp(organisation, text, values).then(
    (result) => result.rowCount,
    (error: { code?: string }) => error.code,
  );

/** Tables without row-level security. Each has its reason; a new one must be given one here. */
const withoutPolicy = {
  person: 'belongs to no organisation; the role has no right on it',
  factor: 'belongs to a person, who belongs to no organisation; the role has no right on it',
  sign_in_step: 'looked up before an organisation is known; the role has no right on it',
  sign_in_link: 'looked up before an organisation is known; the role has no right on it',
  slot_signature: 'one row a kind, nothing of an organisation',
  words_signature: 'one row a kind, nothing of an organisation',
  sealing_key: 'the name of one key of the installation; the role has no right on it',
  log_key: 'public keys of the installation',
  kysely_migration: 'names of migrations',
  kysely_migration_lock: 'one row',
};

test('every table has row-level security, but for those that are named here with a reason', async () => {
  const tables = await owner<{ name: string; secured: boolean }>(
    `select c.relname as name, c.relrowsecurity as secured from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`,
  );
  const open = tables.filter((table) => !table.secured).map((table) => table.name);
  expect(open.sort()).toEqual(Object.keys(withoutPolicy).sort());
  const secured = tables.filter((table) => table.secured).map((table) => table.name);
  expect(secured.sort()).toEqual([...organisationTables, 'organisation', 'session'].sort());
});

test('every table with a column `organisation` is among those that are secured', async () => {
  const tables = await owner<{ name: string }>(
    `select table_name as name from information_schema.columns
      where table_schema = 'public' and column_name = 'organisation'`,
  );
  const unsecured = tables
    .map((table) => table.name)
    .filter((name) => !organisationTables.some((known) => known === name) && name !== 'session');
  expect(unsecured.sort()).toEqual(['sign_in_link', 'sign_in_step']);
});

const readable = [...organisationTables, 'session'].filter((table) => table !== 'entry_pending');

describe.each([...organisationTables, 'session'])("another organisation's rows of %s", (table) => {
  test('are there, and are not seen', async () => {
    const held = await owner<{ organisation: string }>(`select distinct organisation from ${table}`);
    expect(held).toHaveLength(2);
    if (!readable.includes(table)) return;
    const seen = await asApp(ours, `select distinct organisation from ${table}`);
    expect(seen.rows).toEqual([{ organisation: ours }]);
    expect(await reached(ours, `select 1 from ${table} where organisation = $1`, [theirs])).toBe(0);
    expect(await reached(null, `select 1 from ${table}`)).toBe(0);
  });

  test('are not changed, taken over or deleted', async () => {
    for (const act of [
      `update ${table} set organisation = organisation where organisation = $1`,
      `delete from ${table} where organisation = $1`,
    ])
      expect([0, '42501']).toContain(await reached(ours, act, [theirs]));
    const given = await reached(ours, `update ${table} set organisation = $1`, [theirs]);
    expect(given).toBe('42501');
    expect(await reached(ours, `truncate ${table}`)).toBe('42501');
  });

  test('are not added', async () => {
    const columns = await owner<{ name: string }>(
      `select column_name as name from information_schema.columns
        where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' and is_identity = 'NO'`,
      [table],
    );
    const names = columns.map((column) => `"${column.name}"`).join(', ');
    const [row] = await owner<{ row: unknown }>(
      `select to_jsonb(x) as row from ${table} x where organisation = $1 limit 1`,
      [theirs],
    );
    const text = `insert into public.${table} (${names}) select ${names} from jsonb_populate_record(null::public.${table}, $1)`;
    expect(await reached(ours, text, [JSON.stringify(row?.row)])).toBe('42501');
    expect(await reached(null, text, [JSON.stringify(row?.row)])).toBe('42501');
  });
});

test('an organisation sees and changes itself alone', async () => {
  expect((await asApp(ours, 'select id from organisation')).rows).toEqual([{ id: ours }]);
  expect(await reached(ours, `update organisation set name = 'X' where id = $1`, [theirs])).toBe(0);
  expect(await reached(ours, 'update organisation set id = $1', [theirs])).toBe('42501');
  expect(await reached(ours, 'delete from organisation')).toBe('42501');
});

test.each(['person', 'sign_in_link'])('%s is neither read nor written by the role', async (table) => {
  for (const act of [
    `select * from ${table}`,
    `delete from ${table}`,
    `update ${table} set created_at = now()`,
    `insert into ${table} default values`,
  ])
    expect(await reached(ours, act)).toBe('42501');
});

test.each(['entry', 'log_leaf', 'approval', 'log_head', 'entry_pending', ...treeTables])(
  'of %s the role cannot take or change even its own rows',
  async (table) => {
    expect(await reached(ours, `delete from ${table} where organisation = $1`, [ours])).toBe('42501');
    expect(await reached(ours, `update ${table} set organisation = organisation`)).toBe('42501');
  },
);

test('the role gives nothing a place in the log', async () => {
  const leaf = `insert into log_leaf (organisation, index, entry, hash, at) values ($1, 999, $1, '\\x00', now())`;
  expect(await reached(ours, leaf, [ours])).toBe('42501');
  expect(await reached(ours, 'insert into log_head (organisation, size) values ($1, 0)', [theirs])).toBe(
    '42501',
  );
});

test('the role owns nothing, is no superuser, cannot bypass, disable or rewrite the rules', async () => {
  const [role] = await owner(
    'select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin from pg_roles where rolname = $1',
    [appRole],
  );
  expect(role).toEqual({
    rolsuper: false,
    rolbypassrls: false,
    rolcreaterole: false,
    rolcreatedb: false,
    rolcanlogin: false,
  });
  expect(await owner('select relname from pg_class where relowner = $1::regrole', [appRole])).toEqual([]);
  expect(await owner('select proname from pg_proc where proowner = $1::regrole', [appRole])).toEqual([]);
  for (const act of [
    'alter table record disable row level security',
    'alter table record no force row level security',
    'drop policy record_own on record',
    'create policy mine on record using (true)',
    'alter table entry disable trigger all',
    'drop table record',
    'create table stolen (id int)',
    'create function public.f() returns int language sql as $$ select 1 $$',
    'grant select on person to public',
    `alter role ${appRole} bypassrls`,
    'select * from graphile_worker._private_jobs',
  ])
    expect([act, await reached(ours, act)]).toEqual([act, '42501']);
});

test('row security switched off by the session refuses instead of showing everything', async () => {
  await client.query(`begin; set local role ${appRole}; set local row_security = off`);
  const asked = client.query('select 1 from record').catch((error: { code: string }) => error.code);
  expect(await asked).toBe('42501');
  await client.query('rollback');
});

describe('functions of the owner', () => {
  test('are a known list, each with a fixed search path and closed to the public', async () => {
    const functions = await owner<{ name: string; config: string[] | null; open: boolean }>(
      `select p.proname as name, p.proconfig as config, has_function_privilege('public', p.oid, 'execute') as open
        from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef order by 1`,
    );
    expect(functions.map((one) => one.name)).toEqual([
      'account_of',
      'add_factor',
      'add_person',
      'add_reset_link',
      'addresses_of',
      'administrator_has_own_way',
      'change_factor',
      'count_factor',
      'domains_lead_somewhere',
      'end_factor',
      'end_held_links',
      'end_links_in_hand',
      'end_reset_links',
      'enqueue_job',
      'enqueue_reset',
      'enqueue_statistics',
      'erase_account',
      'erase_invitations',
      'factor_demand',
      'factor_of_credential',
      'factors_of',
      'find_provider',
      'free_slug',
      'hold_person',
      'homes_of',
      'invite',
      'knows_browser',
      'leads_elsewhere',
      'linked_alone',
      'listed_providers',
      'makers_of',
      'member_addresses',
      'member_name',
      'members_at',
      'memberships_of',
      'of_scope',
      'open_reset_links',
      'open_step',
      'opened_by',
      'opened_to_me',
      'organisation_exists',
      'outside_address_of',
      'person_by_email',
      'powers_of',
      'powers_of_many',
      'sealed_file',
      'sealed_from_me',
      'seals_here',
      'search_records',
      'search_scope',
      'search_sealed',
      'session_of',
      'session_own_proof',
      'set_password',
      'sign_in_link_of',
      'step_of',
      'tell_account',
      'tell_factors',
      'token_of',
      'unplaced_entries',
      'use_code',
      'use_factor',
      'use_sign_in_link',
      'use_step',
    ]);
    for (const one of functions)
      expect([one.name, one.open, one.config]).toEqual([one.name, false, ['search_path=public, pg_temp']]);
  });

  test.each(['person', 'factor', 'sealing_key', 'sign_in_step', 'sign_in_link'])(
    'alone reach %s',
    async (table) => {
      for (const statement of [`select from ${table}`, `delete from ${table}`])
        expect([statement, await reached(ours, statement)]).toEqual([statement, '42501']);
    },
  );

  test('search answers rows of the organisation that is set, and none without one', async () => {
    const query = `select record from search_records('secret:*'::tsquery, null, 100)`;
    const [own] = await owner(`select id from record where organisation = $1 and kind = 'system'`, [ours]);
    expect((await asApp(ours, query)).rows).toEqual([{ record: own?.id }]);
    expect(await reached(null, query)).toBe(0);
  });

  test('entries without a place are told of the organisation that is set, and of none without one', async () => {
    const query = 'select unplaced_entries() as entry';
    const own = await owner<{ entry: string }>('select entry from entry_pending where organisation = $1', [
      ours,
    ]);
    const told = (await asApp(ours, query)).rows.map((row) => row.entry);
    expect(told.sort()).toEqual(own.map(({ entry }) => entry).sort());
    expect(await reached(null, query)).toBe(0);
  });

  test('sign-in questions answer to the secret alone', async () => {
    for (const name of ['session_of', 'token_of', 'sign_in_link_of'])
      expect([name, await reached(null, `select * from ${name}('\\x00')`)]).toEqual([name, 0]);
    expect((await asApp(null, `select use_sign_in_link('\\x00', now()) as used`)).rows).toEqual([
      { used: false },
    ]);
    expect(await reached(null, `select * from person_by_email('%')`)).toBe(0);
    expect(await reached(null, `select * from person_by_email('''; drop table person; --')`)).toBe(0);
    const memberships = await asApp(null, 'select organisation from memberships_of($1)', [ours]);
    expect(memberships.rows).toEqual([]);
    expect(person).not.toBe('');
  });

  test('addresses of members are those of the organisation that is set', async () => {
    const members = (await asApp(ours, 'select member from member_addresses()')).rows;
    const own = await owner('select id from member where organisation = $1', [ours]);
    expect(members.map((row) => row.member).sort()).toEqual(own.map((row) => row.id).sort());
    expect(await reached(null, 'select * from member_addresses()')).toBe(0);
  });

  test('a job is asked for by the organisation of its change alone', async () => {
    expect(await reached(ours, 'select enqueue_job($1, $2)', [theirs, ours])).toBe('42501');
    expect(await reached(null, 'select enqueue_job($1, $2)', [theirs, ours])).toBe('42501');
  });
});
