import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { TestServer } from '../../../test/factories.ts';
import { openPublished } from '../../../test/signing.ts';
import { verifiedServer } from '../../../test/verified-server.ts';
import { contextOf, publish, type World } from '../../../test/verified-world.ts';
import { sequenceAll } from '../../log/sequencer.ts';
import { asPlaced, innerUnit, unit } from '../../store/verify/bundles.ts';
import { lookAtOneMoment } from '../../store/verify/places.ts';
import { besideText, slotsText } from '../../store/verify/versions.ts';
import { inWords } from './suspects-beside.ts';
import { verifyOrganisation } from './verify-organisation.ts';

/** A log of several bundles, compared a bundle at a time: whatever differs in one row is named as it is in a small log. */
const its = verifiedServer(async ({ server, signing, world }) => {
  await refusals(server, world, 600);
  await publish(server, signing);
});
const { tamper, faults } = its;

async function refusals(server: TestServer, { organisation }: World, count: number): Promise<void> {
  await server.store.change(contextOf(server, organisation), async (write) => {
    for (let n = 0; n < count; n += 1)
      write.log({ act: 'session.refused', session: organisation, member: organisation });
  });
}

const entryAt = `id = (select f.entry from log_leaf f where f.organisation = $1 and f.index = $2)`;

test('a log of several bundles verifies, and so does one whose newest entries are not signed yet', async () => {
  expect(await faults()).toEqual([]);
  await refusals(its.server, its.world, 300);
  await sequenceAll(its.server.store, async () => undefined);
  expect(await faults()).toEqual([]);
});

test.each([
  ['act', `act = 'session.started'`],
  ['record', `record = '01890000-0000-7000-8000-000000000001'`],
  ['actor_type', `actor_type = 'person'`],
  ['actor_id', `actor_id = ''`],
  ['at', `at = at + interval '1 millisecond'`],
])('one column beside one entry among many, %s, is the one fault', async (column, set) => {
  await tamper(`update entry set ${set} where organisation = $1 and ${entryAt}`, 400);
  expect(await faults()).toEqual([`promoted-differs entry.${column} #400`]);
});

test.each([
  ['parts columns', unit],
  ['parts names', innerUnit],
  ['ends a line', '\n'],
])('a column that holds what %s is a column that differs', async (_, character) => {
  const moved = `update entry set actor_type = actor_type || $3, actor_id = '' where organisation = $1 and ${entryAt}`;
  await tamper(moved, 400, `${character}test`);
  expect(await faults()).toEqual([
    'promoted-differs entry.actor_type #400',
    'promoted-differs entry.actor_id #400',
  ]);
});

test.each([
  ['no JSON', '{"act":'],
  ['a number', '7'],
  ['of an act that nobody knows', '{"act":"nothing.known"}'],
])('an entry that is %s is named, and every other is read', async (_, text) => {
  await tamper(
    `update entry set body = convert_to($3, 'UTF8') where organisation = $1 and ${entryAt}`,
    400,
    text,
  );
  expect(await faults()).toEqual([
    'place-differs log_leaf #400',
    'entry-unreadable entry #400',
    expect.stringMatching(
      /^entry-differs tile\/entries\/001 .*#400$|^entry-differs tile\/entries\/001 #400$/,
    ),
  ]);
});

test('an entry that is no text at all is named', async () => {
  await tamper(`update entry set body = '\\xff00fe' where organisation = $1 and ${entryAt}`, 400);
  expect(await faults()).toContain('entry-unreadable entry #400');
});

test('an entry longer than any that the log takes is named, and every other is read', async () => {
  await its.server.store.owner.query('alter table entry drop constraint entry_body_check');
  await tamper(
    `update entry set body = convert_to(repeat('x', 70000), 'UTF8') where organisation = $1 and ${entryAt}`,
    400,
  );
  const said = await faults();
  expect(said).toContain('place-differs log_leaf #400');
  expect(said).toContain('entry-unreadable entry #400');
});

test.each(['2026-11-22T08:15:30.120Z', '2026-11-22T08:15:30.000Z', '0001-01-01T00:00:00.007Z'])(
  'the moment %s stands as PostgreSQL writes it',
  async (at) => {
    const { rows } = await its.server.store.asOwner(async (db) => {
      await lookAtOneMoment(db);
      return sql<{ written: string }>`select ${at}::timestamptz::text as written`.execute(db);
    });
    expect(asPlaced(at)).toBe(rows[0]?.written);
  },
);

test.each(['2026-11-22', '2026-11-22T08:15:30Z', '2026-11-22T08:15:30.120+01:00', ''])(
  'what is no moment as entries have it stands as nothing: "%s"',
  (at) => {
    expect(asPlaced(at)).toBeUndefined();
  },
);

test('entries and versions far from where their ids would have them are found all the same', async () => {
  const moved = '00000000-0000-7000-8000-000000000001';
  await tamper(`update entry set id = $3 where organisation = $1 and ${entryAt}`, 400, moved);
  const gone = await faults();
  expect(gone.some((one) => one.startsWith('entry-gone entry') && one.endsWith('#400'))).toBe(true);
  expect(gone.filter((one) => /#(?!400$)\d+$/.test(one))).toEqual([]);
});

test('what stands beside content is told apart, and what is nothing from what is empty', () => {
  const beside = {
    owner: null,
    assignee: null,
    system: null,
    inForce: null,
    createdAt: 'a',
    materialAt: 'b',
    title: 't',
  };
  expect(besideText(beside)).not.toBe(besideText({ ...beside, owner: '' }));
  expect(besideText({ ...beside, owner: 'x' })).not.toBe(besideText({ ...beside, assignee: 'x' }));
  expect(besideText({ ...beside, inForce: 1 })).not.toBe(besideText(beside));
});

test('a thread that had no memory left says what to look at, and any other failure is told as it is', () => {
  const full = Object.assign(new Error('Worker terminated'), { code: 'ERR_WORKER_OUT_OF_MEMORY' });
  expect(inWords(full)).toMatchObject({
    message: expect.stringMatching(/took more than the 512 MB of memory .* table "revision"\.$/),
    cause: full,
  });
  const other = new Error('The connection was cut');
  expect(inWords(other)).toBe(other);
});

test('a version that names an entry which made none, or another version’s, is named', async () => {
  const forged = `insert into revision select (r).* from (select jsonb_populate_record(v, jsonb_build_object('version', 9, 'entry', e.id)) as r
    from revision v, entry e where v.organisation = $1 and v.kind = 'use-case' and e.organisation = $1 and e.act = $2 limit 1) one`;
  await tamper(forged, 'token.created');
  expect(await faults()).toContain('row-unlogged revision UC-1 v9');
  await tamper(`delete from revision where organisation = $1 and version = 9`);
  expect(await faults()).toEqual([]);
  await tamper(forged, 'record.edited');
  expect(await faults()).toContain('row-unlogged revision UC-1 v9');
});

test('a version without a record, and a record without a version, are named', async () => {
  await tamper(`delete from revision where organisation = $1 and kind = 'use-case'`);
  await tamper(`delete from record where organisation = $1 and kind = 'document'`);
  const said = await faults();
  expect(said).toContain('row-unlogged record UC-1');
  expect(said).toContain('row-gone record DOC-1');
});

test('head and signed tree are held against each other beyond what is signed', async () => {
  await refusals(its.server, its.world, 300);
  await sequenceAll(its.server.store, async () => undefined);
  await tamper(`update log_head set root = sha256(root) where organisation = $1`);
  expect(await faults()).toEqual(['head-differs log_head.root']);
  const { size } = await openPublished(its.server.store, its.world.organisation);
  await tamper(`update log_leaf set hash = sha256(hash) where organisation = $1 and index = $2`, size + 5);
  expect(await faults()).toEqual([`place-differs log_leaf #${size + 5}`, 'head-differs log_head.root']);
});

test('the root that is kept beside a full tile is not taken at its word', async () => {
  await tamper(`update log_tile set root = sha256(root) where organisation = $1 and level = 0 and index = 0`);
  const said = await faults();
  expect(said.join()).toMatch(/tile\/1\/000/);
  expect(said.join()).not.toMatch(/head-differs/);
});

/** As `log verify` names what it finds, with the versions looked through in a thread of their own. */
async function inOwnThread(): Promise<unknown[]> {
  const { world, server } = its;
  const records: number[] = [];
  const trusted = { key: undefined, held: [] };
  const tell = (what: string, done: number) => (what === 'records' ? records.push(done) : undefined);
  const beside = await verifyOrganisation(server.services, world.organisation, trusted, tell, 0);
  const here = await verifyOrganisation(server.services, world.organisation, trusted);
  const timeless = ({ treeMs: _, rowsMs: __, at: ___, ...verdict }: typeof here) => verdict;
  expect(timeless(beside)).toEqual(timeless(here));
  expect(records.at(-1)).toBeGreaterThan(0);
  return beside.faults.map(({ fault, table }) => `${fault} ${table}`);
}

test('versions looked through in a thread of their own say the same, sound or not', async () => {
  expect(await inOwnThread()).toEqual([]);
  await tamper(`update revision set fields = fields || '{"purpose":"another"}' where organisation = $1
    and version = 1 and kind = 'system'`);
  await tamper(`update record set k1 = 'moved' where organisation = $1 and kind = 'system'`);
  await tamper(`update link set type = 'about,x' where organisation = $1 and type <> 'about'`);
  expect(await inOwnThread()).toEqual([
    'content-differs revision',
    'record-differs record',
    'record-differs link',
  ]);
});

test('slots in one text are told apart, and are not put into one where they could not be', () => {
  expect(slotsText(['a', 'b'])).not.toBe(slotsText(['a', null, 'b']));
  expect(slotsText(['a', ''])).not.toBe(slotsText(['a', null]));
  expect(slotsText([null])).toBe(slotsText([]));
  expect(slotsText([`a${unit}b`])).toBeUndefined();
  expect(slotsText([innerUnit])).toBeUndefined();
});
