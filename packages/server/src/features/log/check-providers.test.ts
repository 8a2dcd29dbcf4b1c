import { usualProvider } from '@throughline/domain/provider.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  closeUnfailed,
  organisation,
  signedIn,
  type TestServer,
  testServer,
} from '../../../test/factories.ts';
import { asAttacker } from '../../../test/log-tampering.ts';
import { keyedSigning } from '../../../test/signing.ts';
import { contextOf, found, publish } from '../../../test/verified-world.ts';
import { eraseName } from '../../store/erase.ts';
import { addMailDomain, everyMailDomain, removeMailDomain } from '../../store/mail-domains.ts';
import {
  changeOutside,
  linkOutside,
  outsideIdentities,
  unlinkOutside,
} from '../../store/outside-identities.ts';
import { providerOf, removeProvider, setProvider } from '../../store/providers.ts';
import type { Write } from '../../store/write.ts';
import { verifyOrganisation } from './verify-organisation.ts';

let server: TestServer;
let signing: Awaited<ReturnType<typeof keyedSigning>>;
let here: string;
let member: string;
const name = { kind: 'openid', source: 'https://login.example.org', subject: '248289761001' } as const;
const settings = { ...usualProvider, issuer: name.source, clientId: 'throughline', text: 'Staff account' };
const change = <T>(work: (write: Write) => Promise<T>) => server.store.change(contextOf(server, here), work);

beforeAll(async () => {
  server = await testServer();
  signing = await keyedSigning(server.store);
  here = await organisation(server);
  member = (await signedIn(server, here, ['reader'])).id;
  const { id: other } = await signedIn(server, here, ['reader']);
  await change(async (write) => {
    const made = await setProvider(write, undefined, settings, () => Buffer.from('closed'));
    await setProvider(
      write,
      made,
      { ...settings, offered: true, groups: [{ group: 'a', roles: ['reader'] }] },
      () => undefined,
    );
    const linked = await linkOutside(write, member, name, {
      address: 'claims@example.org',
      roles: ['reader'],
      linkedBy: other,
    });
    await changeOutside(write, linked, { address: 'claims@example.org', roles: [] });
    await addMailDomain(write, 'example.org');
    await addMailDomain(write, 'gone.example');
    const gone = { ...name, subject: 'gone' };
    await unlinkOutside(write, await linkOutside(write, other, gone, { address: null, roles: [] }));
  });
  const domains = await server.store.asOwner(everyMailDomain);
  const left = domains.find(({ domain }) => domain === 'gone.example');
  await change((write) => removeMailDomain(write, left?.id ?? ''));
  await publish(server, signing);
});
afterAll(async () => {
  signing.close();
  await closeUnfailed(server);
});

/** What a verification finds once a statement was carried out behind the application; then it is taken back. */
async function after(table: string, statement: string): Promise<string[]> {
  await asAttacker(server.store, [`create table kept as select * from ${table}`, []], [statement, []]);
  try {
    return (await found(server, here)).map((fault) => fault.replace(/#\d+$/, '#'));
  } finally {
    await asAttacker(
      server.store,
      [`delete from ${table}`, []],
      [`insert into ${table} select * from kept`, []],
      ['drop table kept', []],
    );
  }
}

test('what was set, linked, changed and ended through the doors verifies', async () => {
  expect(await found(server, here)).toEqual([]);
});

test.each([
  [
    `update outside_identity set subject = '1' where subject is not null`,
    'content-differs outside_identity.source, subject, address, salt #',
  ],
  [
    `update outside_identity set source = 'https://evil.example' where subject is not null`,
    'content-differs outside_identity.source, subject, address, salt #',
  ],
  [
    `update outside_identity set roles = '{admin}' where subject is not null`,
    'row-differs outside_identity.roles #',
  ],
  [
    `update outside_identity set member = id where subject is not null`,
    'row-differs outside_identity.member #',
  ],
  [
    `update outside_identity set salt = null where subject is not null`,
    'content-gone outside_identity.subject, salt #',
  ],
  [
    `update outside_identity set ended_at = null where subject is null`,
    'row-differs outside_identity.ended_at #',
  ],
  [
    `update outside_identity set subject = 'gone' where subject is null`,
    'row-differs outside_identity.subject #',
  ],
  [
    `update outside_identity set ended_at = now() where subject is not null`,
    'row-differs outside_identity.ended_at #',
  ],
  [
    `update outside_identity set linked_by = null where subject is not null`,
    'row-differs outside_identity.linked_by #',
  ],
  ['delete from outside_identity where subject is not null', 'row-gone outside_identity #'],
  [
    `insert into outside_identity (organisation, id, member, kind, source, subject, linked_at, seen_at)
      select organisation, gen_random_uuid(), member, kind, source, 'added', now(), now() from outside_identity limit 1`,
    'row-unlogged outside_identity',
  ],
])('somebody made another by the back door is found: %s', async (statement, fault) => {
  expect(await after('outside_identity', statement)).toEqual([fault]);
});

const content = 'content-differs sign_in_provider.issuer, client_id, settings, salt #';
test.each([
  [`update sign_in_provider set issuer = 'https://evil.example'`, content],
  [`update sign_in_provider set client_id = 'other'`, content],
  [`update sign_in_provider set settings = settings || '{"newMembers":"anyone"}'`, content],
  [`update sign_in_provider set settings = jsonb_set(settings, '{groups,0,roles}', '["admin"]')`, content],
  [
    "update sign_in_provider set changed_at = created_at - interval '1 day'",
    'row-differs sign_in_provider.changed_at #',
  ],
  ['update sign_in_provider set set_by = gen_random_uuid()', 'row-differs sign_in_provider.set_by #'],
  ['update sign_in_provider set removed_at = now()', 'row-differs sign_in_provider.removed_at #'],
  ['delete from sign_in_provider', 'row-gone sign_in_provider #'],
])('another provider by the back door is found: %s', async (statement, fault) => {
  expect(await after('sign_in_provider', statement)).toEqual([fault]);
});

test.each([
  `update provider_secret set secret = '\\x00'`,
  'update provider_secret set salt = secret',
  'delete from provider_secret',
])('another secret is found, and one that is gone: %s', async (statement) => {
  expect(await after('provider_secret', statement)).toEqual([
    'content-differs sign_in_provider.provider_secret.secret, salt #',
  ]);
});

test('a removed provider leaves no secret, and an erased name no name anywhere else', async () => {
  await change(async (write) => {
    const standing = await providerOf(write);
    await removeProvider(write, standing?.id ?? '');
    await eraseName(write, member, 'person-asked');
    expect(await outsideIdentities(write)).toEqual([]);
    expect(await providerOf(write)).toBeUndefined();
  });
  await publish(server, signing);
  expect(await found(server, here)).toEqual([]);
  const { rows } = await server.store.owner.query(
    'select subject, address from outside_identity union all select secret::text, null from provider_secret',
  );
  expect(new Set(rows.flatMap(Object.values))).toEqual(new Set([null]));
  expect(await after('sign_in_provider', 'update sign_in_provider set removed_at = null')).toEqual([
    'row-differs sign_in_provider.removed_at #',
  ]);
});

test.each([
  [
    "update mail_domain set domain = 'evil.example' where removed_at is null",
    ['content-differs mail_domain.domain, salt #'],
  ],
  [
    'update mail_domain set removed_at = null where removed_at is not null',
    ['row-differs mail_domain.removed_at #'],
  ],
  [
    'update mail_domain set removed_at = added_at where removed_at is null',
    ['row-differs mail_domain.removed_at #'],
  ],
  [
    'update mail_domain set salt = null where removed_at is null',
    ['content-gone mail_domain.domain, salt #'],
  ],
  ['delete from mail_domain where removed_at is null', ['row-gone mail_domain #']],
  [
    `insert into mail_domain select organisation, gen_random_uuid(), 'added.example', salt, now() from mail_domain limit 1`,
    ['row-unlogged mail_domain'],
  ],
])('a mail domain that leads elsewhere by the back door is found: %s', async (statement, faults) => {
  expect(await after('mail_domain', statement)).toEqual(faults);
});

test('a domain that led here before entries named it is counted, and one that was carried over and removed is told', async () => {
  const id = '0199aaaa-0000-7000-8000-000000000001';
  await server.store.owner.query(
    `insert into mail_domain (organisation, id, domain, added_at) values ($1, $2, 'before.example', now())`,
    [here, id],
  );
  const verdict = await verifyOrganisation(server.services, here, { key: undefined, held: [] });
  expect([verdict.faults, verdict.unbound]).toEqual([[], { mail_domain: 1 }]);
  await change((write) => removeMailDomain(write, id));
  await publish(server, signing);
  expect(await found(server, here)).toEqual([]);
});
