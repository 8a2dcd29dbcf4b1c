import { describe, expect, test } from 'vitest';
import { roles } from './permissions.ts';
import {
  checkedAddress,
  domainAllowed,
  givenAddress,
  mayEnterOwn,
  mostChosen,
  mostOfAddress,
  nameIn,
  readProvider,
  rolesByProvider,
  rolesForNew,
  rolesOfGroups,
  saysFactor,
  usualProvider,
} from './provider.ts';

describe('settings as they are kept', () => {
  test('come back as they were', () => {
    const kept = {
      text: 'Staff account',
      scopes: ['email', 'groups'],
      offered: true,
      listed: true,
      address: 'harbour',
      domains: ['example.org'],
      newMembers: 'anyone',
      newRoles: ['contributor'],
      linksByMail: true,
      groupsClaim: 'roles',
      groups: [{ group: 'aims', roles: ['aims-manager', 'admin'] }],
      ownSignIn: 'administrators',
      factorValues: ['mfa'],
      provesPresence: true,
    } as const;
    // In the order of all roles, as everywhere.
    expect(readProvider(kept)).toEqual({
      ...kept,
      groups: [{ group: 'aims', roles: ['admin', 'aims-manager'] }],
    });
  });

  test('that say nothing let nobody in whom nobody decided on', () => {
    expect(readProvider({})).toEqual({ ...usualProvider, text: '', newRoles: [] });
    expect(usualProvider).toMatchObject({
      offered: false,
      listed: false,
      newMembers: 'invited',
      linksByMail: false,
      factorValues: [],
      provesPresence: false,
    });
  });

  test('that cannot be meant count as not decided', () => {
    const broken = {
      offered: 'yes',
      linksByMail: 1,
      newMembers: 'everyone',
      ownSignIn: 'nobody',
      newRoles: ['admin', 'external-auditor', 'king', 'reader'],
      groups: [{ group: 7, roles: [] }, 'x', { group: 'g', roles: ['external-auditor', 'king', 'admin', 3] }],
      factorValues: 'mfa',
      address: 7,
    };
    expect(readProvider(broken)).toMatchObject({
      offered: false,
      linksByMail: false,
      newMembers: 'invited',
      ownSignIn: 'everyone',
      newRoles: ['reader'],
      groups: [{ group: 'g', roles: ['admin'] }],
      factorValues: [],
      address: null,
    });
  });
});

test('no group makes an external auditor, who needs a last day, and joining makes no administrator', () => {
  expect(roles.filter((role) => !rolesByProvider(role))).toEqual(['external-auditor']);
  expect(roles.filter((role) => !rolesForNew(role))).toEqual(['admin', 'external-auditor']);
});

describe('groups', () => {
  const map = {
    groupsClaim: 'groups',
    groups: [
      { group: 'aims', roles: ['aims-manager', 'contributor'] },
      { group: 'readers', roles: ['reader', 'contributor'] },
      { group: 'root', roles: ['admin', 'external-auditor'] },
    ],
  } as const;

  test('give the roles that they are mapped to, each once', () => {
    expect(rolesOfGroups(map, { groups: ['aims', 'readers'] })).toEqual([
      'aims-manager',
      'contributor',
      'reader',
    ]);
    expect(rolesOfGroups(map, { groups: 'readers' })).toEqual(['contributor', 'reader']);
    expect(rolesOfGroups(map, { groups: ['root'] })).toEqual(['admin']);
  });

  test.each([undefined, null, 7, {}, [{}], [['aims']], ['AIMS'], ['aims '], ['admin'], { aims: true }])(
    'that are not named so give nothing: %j',
    (groups) => expect(rolesOfGroups(map, { groups })).toEqual([]),
  );

  test('stand in the claim that was chosen and in no other', () => {
    expect(rolesOfGroups({ ...map, groupsClaim: 'roles' }, { groups: ['aims'] })).toEqual([]);
    expect(
      rolesOfGroups(
        { ...map, groupsClaim: 'https://example.org/roles' },
        { 'https://example.org/roles': ['aims'] },
      ),
    ).toHaveLength(2);
    for (const inherited of ['constructor', '__proto__', 'toString'])
      expect(rolesOfGroups({ ...map, groupsClaim: inherited }, {})).toEqual([]);
  });
});

test('an address counts in small letters, and only where the provider checked it', () => {
  expect(checkedAddress({ email: ' Claims@Example.ORG', email_verified: true })).toBe('claims@example.org');
  for (const email of ['a@b@c', 'a b@c', `${'a'.repeat(250)}@example.org`, '<a@b>', ''])
    expect(checkedAddress({ email, email_verified: true })).toBeNull();
  expect(domainAllowed([], 'a@anywhere.example')).toBe(true);
  expect(domainAllowed(['example.org'], 'a@example.org')).toBe(true);
  expect(domainAllowed(['example.org'], 'example.org@evil.example')).toBe(false);
});

test('a new member has the name that the provider says, in one line, else their address', () => {
  expect(nameIn({ name: 'Head of\n\u0000claims ' }, 'a@b')).toBe('Head of claims');
  expect(nameIn({ name: '  ', preferred_username: 'hclaims' }, 'a@b')).toBe('hclaims');
  expect(nameIn({ name: 7 }, 'a@b')).toBe('a@b');
  expect([...nameIn({ name: '龍'.repeat(300) }, 'a@b')]).toHaveLength(200);
});

test('a second factor there counts only in words that were chosen', () => {
  expect(saysFactor(['mfa'], { amr: ['pwd', 'mfa'] })).toBe(true);
  expect(saysFactor(['phr'], { acr: 'phr', amr: ['pwd'] })).toBe(true);
  expect(saysFactor([], { amr: ['mfa'], acr: 'phr' })).toBe(false);
  expect(saysFactor(['mfa'], { amr: 'mfa' })).toBe(false);
  expect(saysFactor(['mfa'], { amr: [['mfa']], acr: undefined })).toBe(false);
});

test('administrators keep a way in of their own, whatever the setting; others where it says so', () => {
  const closed = { offered: true, ownSignIn: 'administrators' } as const;
  for (const role of roles) expect(mayEnterOwn(closed, [role])).toBe(role === 'admin');
  expect(mayEnterOwn({ ...closed, ownSignIn: 'everyone' }, ['reader'])).toBe(true);
  expect(mayEnterOwn({ ...closed, offered: false }, ['reader'])).toBe(true);
  expect(mayEnterOwn(undefined, [])).toBe(true);
});

test('an address gets an ending of the server’s own, and one that stands stays, asked for with it or without', () => {
  const zero = () => 0;
  expect(givenAddress(null, 'acme', zero)).toBeNull();
  expect(givenAddress('acme', null, zero)).toBe('acme-bbbbbbbb');
  expect(givenAddress('acme', 'acme', zero)).toBe('acme');
  expect(givenAddress('acme', 'acme-k3v9x2wd', zero)).toBe('acme-k3v9x2wd');
  expect(givenAddress('acme-k3v9x2wd', 'acme-k3v9x2wd', zero)).toBe('acme-k3v9x2wd');
  expect(givenAddress('acme', 'acme-harbour', zero)).toBe('acme-bbbbbbbb');
  expect(givenAddress('acme-k3v9x2wd', 'other-k3v9x2wd', zero)).toBe('acme-k3v9x2wd-bbbbbbbb');
  expect(givenAddress('a'.repeat(mostChosen), null, (below) => below - 1)).toHaveLength(mostOfAddress);
});
