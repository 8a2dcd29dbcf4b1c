import { expect, test } from 'vitest';
import { record } from '../../../test/factories.ts';
import { verifiedServer } from '../../../test/verified-server.ts';
import { contextOf, publish, type World } from '../../../test/verified-world.ts';
import { eraseRecord } from '../../records/erase-record.ts';
import { archiveRecord } from '../../records/transition-record.ts';
import { dutyWaivers, endWaiver } from '../../store/duty-waivers.ts';
import { eraseName } from '../../store/erase.ts';
import { organisationTables } from '../../store/migrations/organisation-tables.ts';
import { allRecusals, endRecusal } from '../../store/recusals.ts';
import { checked, unchecked } from '../../store/verify/unchecked.ts';
import { verifyOrganisation } from './verify-organisation.ts';

const its = verifiedServer();
const { tamper, faults } = its;

/** Where the entry stands that an act about a record or a row left last. */
async function placeOf(act: string, about?: string): Promise<number> {
  const { rows } = await its.server.store.owner.query<{ index: string }>(
    `select f.index from log_leaf f join entry e on e.organisation = f.organisation and e.id = f.entry
      where e.organisation = $1 and e.act = $2 and ($3::text is null or convert_from(e.body, 'UTF8') like '%' || $3 || '%')
      order by f.index desc limit 1`,
    [its.world.organisation, act, about ?? null],
  );
  return Number(rows[0]?.index);
}

test('what was written through the doors verifies, row by row', async () => {
  expect(await faults()).toEqual([]);
});

test('every table of an organisation is held against the log, or says why not', () => {
  const known = [...checked, ...Object.keys(unchecked)];
  expect(new Set(known).size).toBe(known.length);
  for (const table of organisationTables) expect(known).toContain(table);
});

test('an entry that was changed is named, with the version that it made', async () => {
  const at = await placeOf('record.edited', its.world.system);
  await tamper(
    `update entry set body = convert_to(replace(convert_from(body, 'UTF8'), '"material":true', '"material":null'), 'UTF8')
      where organisation = $1 and act = 'record.edited'`,
  );
  expect(await faults()).toEqual([
    `place-differs log_leaf SYS-1 #${at}`,
    `row-differs revision.material SYS-1 v2 #${at}`,
    expect.stringMatching(new RegExp(`^entry-differs tile/entries/000.p/\\d+ SYS-1 v2 #${at}$`)),
  ]);
});

/** What a column is set to, and what is found: `#` stands for the place of the entry that binds it. */
const changes: readonly (readonly [
  string,
  string,
  (w: World) => string | null,
  string,
  readonly string[],
])[] = [
  [
    'a promoted column',
    `update entry set actor_id = 'someone' where organisation = $1 and act = 'record.edited'`,
    () => null,
    'record.edited',
    ['promoted-differs entry.actor_id SYS-1 #'],
  ],
  [
    'a record',
    `update record set fields = jsonb_set(fields, '{purpose}', '"Nothing"') where organisation = $1 and kind = 'system'`,
    () => null,
    '',
    ['record-differs record.fields SYS-1 v2'],
  ],
  [
    'a state',
    `update record set state = 'retired' where organisation = $1 and kind = 'system'`,
    () => null,
    '',
    ['record-differs record.state SYS-1 v2'],
  ],
  [
    'a slot',
    `update record set k1 = 'zzz' where organisation = $1 and kind = 'system'`,
    () => null,
    '',
    ['record-differs record.k1 SYS-1 v2'],
  ],
  [
    'a home',
    `update record set system = null where organisation = $1 and kind = 'use-case'`,
    () => null,
    '',
    ['record-differs record.system UC-1 v1'],
  ],
  [
    'a version in force',
    `update record set in_force = null where organisation = $1 and kind = 'document'`,
    () => null,
    '',
    ['record-differs record.in_force DOC-1 v1'],
  ],
  [
    'a version',
    `update revision set fields = jsonb_set(fields, '{purpose}', '"Nothing"') where organisation = $1 and kind = 'system' and version = 1`,
    () => null,
    'record.created',
    ['content-differs revision.fields, links, salt, schema SYS-1 v1 #'],
  ],
  [
    'the salt of a version',
    `update revision set salt = sha256(salt) where organisation = $1 and kind = 'system' and version = 2`,
    () => null,
    'record.edited',
    ['content-differs revision.fields, links, salt, schema SYS-1 v2 #'],
  ],
  [
    'who wrote a version',
    `update revision set actor_id = 'someone' where organisation = $1 and kind = 'system' and version = 2`,
    () => null,
    'record.edited',
    ['row-differs revision.actor_id SYS-1 v2 #'],
  ],
  [
    'that a record is archived, with its newest version',
    `with version as (update revision set archived_at = '2026-01-01' where organisation = $1 and kind = 'system' and version = 2)
      update record set archived_at = '2026-01-01' where organisation = $1 and kind = 'system'`,
    () => null,
    '',
    ['row-differs revision.archived_at SYS-1 v2'],
  ],
  [
    'that an earlier version was archived',
    `update revision set archived_at = at where organisation = $1 and kind = 'system' and version = 1`,
    () => null,
    '',
    ['row-differs revision.archived_at SYS-1 v1'],
  ],
  [
    'in whose place a version was written',
    `update revision set on_behalf_of = gen_random_uuid() where organisation = $1 and kind = 'system' and version = 2`,
    () => null,
    'record.edited',
    ['row-differs revision.on_behalf_of SYS-1 v2 #'],
  ],
  [
    'what a version answers',
    `update revision set because = gen_random_uuid()::text where organisation = $1 and kind = 'system' and version = 2`,
    () => null,
    'record.edited',
    ['row-differs revision.because SYS-1 v2 #'],
  ],
  [
    'when an entry got its place, to before it was made',
    `update log_leaf f set at = f.at - interval '1 hour' where organisation = $1
      and entry = (select id from entry where organisation = $1 and act = 'record.edited')`,
    () => null,
    'record.edited',
    ['promoted-differs log_leaf.at #'],
  ],
  [
    'the reason of an approval',
    `update approval set reason = 'Unread' where organisation = $1`,
    () => null,
    'approval.approve',
    ['content-differs approval.basis, frozen, reason, salt DOC-1 v1 #'],
  ],
  [
    'who approved',
    `update approval set by_id = gen_random_uuid()::text where organisation = $1`,
    () => null,
    'approval.approve',
    [
      'row-differs approval.by_id DOC-1 v1 #',
      'content-differs approval.basis, frozen, reason, salt DOC-1 v1 #',
    ],
  ],
  [
    'what kind of approval it was',
    `update approval set act = 'reject' where organisation = $1`,
    () => null,
    'approval.approve',
    ['row-differs approval.act DOC-1 v1 #', 'record-differs record.in_force DOC-1 v1'],
  ],
  [
    'the text of a comment',
    `update comment set text = 'Nobody asks' where organisation = $1`,
    () => null,
    'comment.created',
    ['content-differs comment.field, text, salt SYS-1 #'],
  ],
  [
    'a file',
    `update blob set bytes = 'other' where organisation = $1`,
    () => null,
    'blob.stored',
    ['row-differs blob.bytes #'],
  ],
  [
    'when a session ended',
    `update session set ended_at = now() where organisation = $1 and member = $2`,
    (w) => w.manager.id,
    'session.started',
    ['row-differs session.ended_at #'],
  ],
  [
    'the roles of a member',
    `update member set roles = '{admin}' where organisation = $1 and id = $2`,
    (w) => w.manager.id,
    'member.joined',
    ['row-differs member.roles #'],
  ],
  [
    'the name of a member',
    `update member set name = 'Head of finance' where organisation = $1 and id = $2`,
    (w) => w.manager.id,
    'member.joined',
    ['content-differs member.name, salt #'],
  ],
  [
    'the login of a member',
    `update member set person = null where organisation = $1 and id = $2`,
    (w) => w.manager.id,
    'member.joined',
    ['row-differs member.person #'],
  ],
  [
    'the roles of a token',
    `update token set roles = '{admin}' where organisation = $1`,
    () => null,
    'token.created',
    ['row-differs token.roles #'],
  ],
  [
    'the secret of a token',
    `update token set token_hash = sha256(token_hash) where organisation = $1`,
    () => null,
    'token.created',
    [
      'content-differs token.name, token_hash, created_by, expires_at, scope, service, behind, previous_hash, previous_until, rotated_at, salt #',
    ],
  ],
  [
    'an authority',
    `update authority set level = 'low' where organisation = $1`,
    () => null,
    'authority.set',
    ['content-differs authority #'],
  ],
  [
    'a judgement',
    `update judgement set answer = 'no' where organisation = $1`,
    () => null,
    'judgement.given',
    ['content-differs judgement.item, answer, version, note, salt #'],
  ],
  [
    'who is one person',
    `update same_person set ended_at = now() where organisation = $1`,
    () => null,
    'identity.joined',
    ['row-differs same_person.ended_at #'],
  ],
  [
    'who stood back',
    `update recusal set member = record where organisation = $1`,
    () => null,
    'recusal.declared',
    ['row-differs recusal.member SYS-1 #'],
  ],
  [
    'why somebody stood back',
    `update recusal set reason = 'No reason' where organisation = $1`,
    () => null,
    'recusal.declared',
    ['content-differs recusal.reason, salt SYS-1 #'],
  ],
  [
    'that somebody no longer stands back',
    `update recusal set ended_at = now(), ended_by = member, end_reason = 'Over' where organisation = $1`,
    () => null,
    'recusal.declared',
    [
      'row-differs recusal.end_reason SYS-1 #',
      'row-differs recusal.ended_at SYS-1 #',
      'row-differs recusal.ended_by SYS-1 #',
    ],
  ],
  [
    'what somebody rated apart',
    `update risk_opinion set said = jsonb_set(said, '{levels,society}', '"severe"') where organisation = $1`,
    () => null,
    'opinion.given',
    ['content-differs risk_opinion.said, reason, salt SYS-1 #'],
  ],
  [
    'that ratings were settled',
    `update risk_opinion set ended_as = 'settled', settled_in = 2, end_reason = 'Because' where organisation = $1`,
    () => null,
    'opinion.given',
    [
      'row-differs risk_opinion.end_reason SYS-1 #',
      'row-differs risk_opinion.ended_as SYS-1 #',
      'row-differs risk_opinion.settled_in SYS-1 #',
    ],
  ],
  [
    'until when a duty is waived, and by whom',
    `update duty_waiver set last_day = '2998-12-31', on_behalf_of = null, asked_by = by_member where organisation = $1`,
    () => null,
    'waiver.given',
    [
      'row-differs duty_waiver.asked_by #',
      'row-differs duty_waiver.last_day #',
      'row-differs duty_waiver.on_behalf_of #',
    ],
  ],
  [
    'why a duty is waived',
    `update duty_waiver set reason = 'Because' where organisation = $1`,
    () => null,
    'waiver.given',
    ['content-differs duty_waiver.reason, salt #'],
  ],
  [
    'that a waiver ended',
    `update duty_waiver set ended_at = now(), ended_by = by_member where organisation = $1`,
    () => null,
    'waiver.given',
    ['row-differs duty_waiver.ended_at #', 'row-differs duty_waiver.ended_by #'],
  ],
  [
    'what let an approval through',
    `update approval set frozen = jsonb_build_object('waived', array['author'], 'waiver', id) where organisation = $1`,
    () => null,
    'approval.approve',
    [
      'content-differs approval.basis, frozen, reason, salt DOC-1 v1 #',
      'row-differs approval.frozen DOC-1 v1 #',
    ],
  ],
  [
    'the settings of the organisation',
    `update organisation set settings = '{"logPublic": true}' where id = $1`,
    () => null,
    'organisation.created',
    ['row-differs organisation.settings #'],
  ],
];

test.each(changes)(
  '%s that was changed and whose entry was not is named',
  async (_, text, about, act, expected) => {
    const subject = about(its.world);
    await tamper(text, ...(subject === null ? [] : [subject]));
    const version = act === 'record.created' ? its.world.system : (subject ?? undefined);
    const at = act === '' ? '' : await placeOf(act, version);
    expect((await faults()).sort()).toEqual(expected.map((one) => one.replace(/#$/, `#${at}`)).sort());
  },
);

test.each([
  ['to next year', `at + interval '1 year'`, 'true'],
  [
    'to an hour later, but for the last',
    `at + interval '1 hour'`,
    'index < (select max(index) from log_leaf)',
  ],
])(
  'places that were moved %s are named by the last, whatever a past register shows',
  async (_, at, where) => {
    await tamper(`update log_leaf set at = ${at} where organisation = $1 and ${where}`);
    expect(await faults()).toEqual([expect.stringMatching(/^promoted-differs log_leaf\.at #\d+$/)]);
  },
);

test('erasing a name, or what a record says, leaves everything verifying', async () => {
  await its.server.store.change(contextOf(its.server, its.world.organisation), (write) =>
    eraseName(write, its.world.manager.id, 'person-asked'),
  );
  const kind = its.server.services.registry.get('system');
  const actor = { type: 'person', member: its.world.other.id, roles: ['admin', 'aims-manager'] } as const;
  const ctx = { ...contextOf(its.server, its.world.organisation), actor };
  await archiveRecord(its.server.services, ctx, kind, { ref: its.world.system, version: null });
  await eraseRecord(its.server.services, ctx, kind, { ref: its.world.system, version: null, reason: 'law' });
  await publish(its.server, its.signing);
  expect(await faults()).toEqual([]);
});

test('content that is gone without an entry of its erasure is named, and so is erased content that came back', async () => {
  await tamper(
    `update revision set fields = null, links = null, salt = null where organisation = $1 and kind = 'system'`,
  );
  await tamper(
    `update record set fields = '{"purpose":"back"}' where organisation = $1 and kind = 'use-case'`,
  );
  expect(await faults()).toEqual([
    'content-gone revision.fields, links, salt SYS-1 v2',
    'record-differs record.fields UC-1 v1',
  ]);
});

const removals: readonly (readonly [string, string, string, readonly string[]])[] = [
  [
    'an approval',
    'delete from approval where organisation = $1',
    'approval.approve',
    ['row-gone approval DOC-1 v1 #', 'record-differs record.in_force DOC-1 v1'],
  ],
  [
    'a session',
    `delete from session where organisation = $1`,
    'session.started',
    ['row-gone session #', 'row-gone session #-'],
  ],
  ['a token', 'delete from token where organisation = $1', 'token.created', ['row-gone token #']],
  [
    'a comment',
    'delete from comment where organisation = $1',
    'comment.created',
    ['row-gone comment SYS-1 #'],
  ],
  [
    'that two members are one person',
    'delete from same_person where organisation = $1',
    'identity.joined',
    ['row-gone same_person #'],
  ],
  [
    'that somebody stood back',
    'delete from recusal where organisation = $1',
    'recusal.declared',
    ['row-gone recusal SYS-1 #'],
  ],
  [
    'what somebody rated apart',
    'delete from risk_opinion where organisation = $1',
    'opinion.given',
    ['row-gone risk_opinion SYS-1 #'],
  ],
  [
    'that a duty is waived',
    'delete from duty_waiver where organisation = $1',
    'waiver.given',
    ['row-gone duty_waiver #'],
  ],
  ['a file', 'delete from blob where organisation = $1', 'blob.stored', ['row-gone blob #']],
  [
    'an authority',
    'delete from authority where organisation = $1',
    'authority.set',
    ['row-differs authority.number of rows #', 'content-differs authority #'],
  ],
  ['a link', `delete from link where organisation = $1`, '', ['link-gone link UC-1 v1']],
  [
    'the newest version',
    `delete from revision where organisation = $1 and kind = 'system' and version = 2`,
    'record.edited',
    [
      'row-gone revision SYS-1 v2 #',
      'record-differs record.version SYS-1 v2',
      'record-differs record.digest SYS-1 v2',
      'record-differs record.fields SYS-1 v2',
      'record-differs record.updated_at SYS-1 v2',
      'record-differs record.material_at SYS-1 v2',
    ],
  ],
];

test.each(removals)(
  '%s that was removed is named with the entry that speaks of it',
  async (_, text, act, expected) => {
    await tamper(text);
    const at = act === '' ? -1 : await placeOf(act);
    const said = (await faults()).map((one) =>
      one.replace(/#\d+$/, (place) => (place === `#${at}` ? '#' : '#-')),
    );
    expect(said.sort()).toEqual([...expected].sort());
  },
);

test('a waiver and a recusal that ended verify, and ends that were taken out or changed are named', async () => {
  const member = its.world.manager.id;
  const actor = { type: 'person', member, roles: ['aims-manager'] } as const;
  await its.server.store.change(
    { ...contextOf(its.server, its.world.organisation), actor },
    async (write) => {
      const [waiver] = await dutyWaivers(write);
      const [recusal] = await allRecusals(write, 1);
      if (!waiver || !recusal) throw new Error('Nothing stands to be ended');
      await endWaiver(write, waiver, { by: member, reason: 'A fourth approves now' });
      await endRecusal(
        write,
        { ...recusal, kind: 'system' },
        { by: member, reason: 'The supplier was changed' },
      );
    },
  );
  await publish(its.server, its.signing);
  expect(await faults()).toEqual([]);
  await tamper('update duty_waiver set ended_at = null, ended_by = null where organisation = $1');
  await tamper(`update recusal set end_reason = 'Because' where organisation = $1`);
  const said = (await faults()).map((one) => one.replace(/ #\d+$/, ''));
  expect(said.sort()).toEqual([
    'content-differs recusal.end_reason, end_salt SYS-1',
    'row-differs duty_waiver.ended_at',
    'row-differs duty_waiver.ended_by',
  ]);
});

test('rows that no entry speaks of are named', async () => {
  await tamper(
    `insert into approval (organisation, id, record, version, digest, act, basis, by_type, by_id, entry, at)
      select organisation, gen_random_uuid(), record, version, digest, 'approve', '[]', 'person', $2, entry, at from revision
      where organisation = $1 and kind = 'system' and version = 2`,
    its.world.manager.id,
  );
  await tamper(
    `insert into revision (organisation, record, version, act, kind, schema, state, fields, links, salt, digest, changed, material, entry, actor_type, actor_id, at)
      select organisation, record, 3, act, kind, schema, state, fields, links, salt, digest, changed, material, gen_random_uuid(), actor_type, actor_id, at
      from revision where organisation = $1 and kind = 'document'`,
  );
  await tamper(
    `insert into session (token_hash, id, person, organisation, member, created_at, seen_at, expires_at)
      select sha256(token_hash), gen_random_uuid(), person, organisation, member, created_at, seen_at, expires_at from session
      where organisation = $1 and member = $2`,
    its.world.manager.id,
  );
  await tamper(
    `insert into duty_waiver (organisation, id, reason, by_member, at, last_day, salt)
      select organisation, gen_random_uuid(), reason, by_member, at, last_day, salt from duty_waiver where organisation = $1`,
  );
  await tamper(
    `insert into recusal (organisation, id, record, member, reason, at, salt)
      select organisation, gen_random_uuid(), record, member, reason, at, salt from recusal where organisation = $1`,
  );
  expect((await faults()).sort()).toEqual(
    [
      'row-unlogged duty_waiver',
      'row-unlogged recusal SYS-1',
      'row-unlogged approval SYS-1 v2',
      'record-differs record.in_force SYS-1 v2',
      'row-unlogged session',
      'record-differs record.version DOC-1 v1',
      'version-gone revision DOC-1',
      'row-unlogged revision DOC-1 v3',
    ].sort(),
  );
});

test('refs that two records exchanged are named, both, and those of earlier releases are counted', async () => {
  const kinds = `organisation = $1 and kind = 'system'`;
  const { id } = await record(its.world.manager, 'systems', { name: 'Fraud scoring', purpose: 'Scores' });
  await publish(its.server, its.signing);
  expect(await faults()).toEqual([]);
  await tamper(`update record set number = -number where ${kinds}`);
  await tamper(`update record set number = 3 + number where ${kinds}`);
  expect((await faults()).sort()).toEqual([
    'record-differs record.number SYS-1',
    'record-differs record.number SYS-2',
  ]);
  const one = await its.world.manager.send('GET', '/systems/SYS-1/verification');
  expect(one.json()).toMatchObject({
    record: id,
    holds: false,
    faults: [{ column: 'number', expected: '2', found: '1' }],
  });
});

test('records whose entry names no number, of an earlier release, verify and are counted', async () => {
  const { organisation, manager } = its.world;
  const verdict = () => verifyOrganisation(its.server.services, organisation, { key: undefined, held: [] });
  expect((await verdict()).unbound).toEqual({});
  for (const name of ['Fraud scoring', 'Tariff model'])
    await record(manager, 'systems', { name, purpose: 'Scores' });
  // As they were written then: before they have a place, nothing is signed of them.
  await tamper(
    `update entry e set body = convert_to(regexp_replace(convert_from(body, 'UTF8'), '"number":\\d+,', ''), 'UTF8')
      where organisation = $1 and act = 'record.created' and exists (select from entry_pending p where p.entry = e.id)`,
  );
  await publish(its.server, its.signing);
  const before = await verdict();
  expect([before.faults, before.unbound]).toEqual([[], { record: 2 }]);
  // What no entry binds is not found: that is what the count says. Part by part it counts the same.
  await tamper(`update record set number = number + 100 where organisation = $1 and title = 'Tariff model'`);
  await tamper(`update entry set actor_id = 'someone' where organisation = $1 and act = 'record.edited'`);
  const after = await verdict();
  expect([after.faults.map(({ fault }) => fault), after.unbound]).toEqual([
    ['promoted-differs'],
    { record: 2 },
  ]);
});
