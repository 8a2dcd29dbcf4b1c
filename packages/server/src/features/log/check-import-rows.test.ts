import { afterAll, beforeAll, expect, test } from 'vitest';
import { firstAdministrator, type TestServer, testServer } from '../../../test/factories.ts';
import { asAttacker } from '../../../test/log-tampering.ts';
import { keyedSigning, type TestSigning } from '../../../test/signing.ts';
import { contextOf, found, publish } from '../../../test/verified-world.ts';
import { eraseRecord } from '../../records/erase-record.ts';
import { archiveRecord } from '../../records/transition-record.ts';
import { analyseFile } from '../imports/analyse-file.ts';
import { applyImport } from '../imports/apply-import.ts';
import { verifyOrganisation } from './verify-organisation.ts';

let server: TestServer;
let signing: TestSigning;
let organisation: string;
let id: string;

const file = 'Model name,Vendor,Went where\nReader,Ours,cellar\nSorter,Theirs,\nScorer,Ours,attic\n';
const manager = { type: 'rule', rule: 'operator' } as const;
const ctx = () => ({ ...contextOf(server, organisation), actor: manager });

beforeAll(async () => {
  server = await testServer();
  signing = await keyedSigning(server.store);
  organisation = (await firstAdministrator(server)).organisation;
  const kind = server.services.registry.get('model');
  id = (await analyseFile(server.services, ctx(), { name: 'models.csv', bytes: Buffer.from(file), kind })).id;
  // One that is never applied is bound by nothing, and that is right.
  await analyseFile(server.services, ctx(), { name: 'other.csv', bytes: Buffer.from(file), kind });
  await applyImport(server.services, ctx(), id);
  await publish(server, signing);
});
afterAll(async () => {
  signing.close();
  await server.close();
});

const rows = 'organisation = $1 and import = $2';
const tamper = (text: string) => asAttacker(server.store, [text, [organisation, id]]);
const faults = async () => (await found(server, organisation)).map((one) => one.replace(/#\d+$/, '#'));
/** What is found while one thing is otherwise; then all of it stands as it did. */
async function during(text: string): Promise<string[]> {
  await tamper(`create table kept_rows as select *, $1::uuid as o, $2::uuid as i from import_row`);
  await tamper(text);
  try {
    return await faults();
  } finally {
    await tamper(`delete from import_row where ${rows}`);
    await tamper(
      `insert into import_row (organisation, import, row, raw, salt, digest, record, outcome, rejections)
        select organisation, import, row, raw, salt, digest, record, outcome, rejections from kept_rows where ${rows}`,
    );
    await server.store.owner.query('drop table kept_rows');
  }
}

const whole = 'content-differs import_row.row, digest, outcome, record #';
const cell = /^content-differs import_row\.raw, salt/;
test.each([
  [
    'a raw cell',
    `update import_row set raw = jsonb_set(raw, '{1}', '"Nobody"') where ${rows} and raw ->> 0 = 'Reader'`,
    [cell],
  ],
  [
    'the salt of a row',
    `update import_row set salt = sha256(salt) where ${rows} and raw ->> 0 = 'Reader'`,
    [cell],
  ],
  [
    'a row’s digest',
    `update import_row set digest = sha256(digest) where ${rows} and raw ->> 0 = 'Reader'`,
    [cell, whole],
  ],
  [
    'a raw cell with a digest to match',
    `update import_row set raw = '["x"]', salt = null, digest = sha256('["x"]') where ${rows} and raw ->> 0 = 'Sorter'`,
    [whole],
  ],
  [
    'what came of a row',
    `update import_row set record = gen_random_uuid() where ${rows} and raw ->> 0 = 'Scorer'`,
    [whole],
  ],
  [
    'how a row was taken',
    `update import_row set outcome = 'unchanged' where ${rows} and raw ->> 0 = 'Scorer'`,
    [whole],
  ],
  ['a row that was removed', `delete from import_row where ${rows} and raw ->> 0 = 'Sorter'`, [whole]],
  [
    'a row that was added',
    `insert into import_row (organisation, import, row, raw, digest, outcome) values ($1, $2, 99, '["x"]', sha256('["x"]'), 'read')`,
    [whole],
  ],
  [
    'cells that are gone without an entry of their erasure',
    `update import_row set raw = null, salt = null where ${rows} and raw ->> 0 = 'Reader'`,
    [/^content-gone import_row\.raw, salt/],
  ],
])('%s, otherwise than it was applied, is named', async (_, text, expected) => {
  expect(await faults()).toEqual([]);
  const said = await during(text);
  expect(said).toEqual(expected.map((one) => (typeof one === 'string' ? one : expect.stringMatching(one))));
});

test('cells that are erased with their record leave everything verifying, and nothing to guess them by', async () => {
  const kind = server.services.registry.get('model');
  const asked = { ref: 'MDL-1', version: null };
  const erasing = {
    ...ctx(),
    actor: { type: 'person', member: organisation, roles: ['admin', 'aims-manager'] } as const,
  };
  await archiveRecord(server.services, erasing, kind, asked);
  await eraseRecord(server.services, erasing, kind, { ...asked, reason: 'law' });
  await publish(server, signing);
  const { rows: gone } = await server.store.owner.query(
    'select raw, salt, rejections from import_row where organisation = $1 and import = $2 and raw is null',
    [organisation, id],
  );
  expect(gone).toEqual([{ raw: null, salt: null, rejections: null }]);
  expect(await faults()).toEqual([]);
});

test('an import of an earlier release, whose entry binds no rows, is counted', async () => {
  const kind = server.services.registry.get('model');
  const bytes = Buffer.from('Model name\nWriter\n');
  const later = (await analyseFile(server.services, ctx(), { name: 'more.csv', bytes, kind })).id;
  await applyImport(server.services, ctx(), later);
  await asAttacker(server.store, [
    `update entry e set body = convert_to(regexp_replace(convert_from(body, 'UTF8'), '"cells":"[0-9a-f]+",', ''), 'UTF8')
      where organisation = $1 and act = 'import.applied' and exists (select from entry_pending p where p.entry = e.id)`,
    [organisation],
  ]);
  await publish(server, signing);
  const verdict = await verifyOrganisation(server.services, organisation, { key: undefined, held: [] });
  expect([verdict.faults, verdict.unbound]).toEqual([[], { import_row: 1 }]);
});
