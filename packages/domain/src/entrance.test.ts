import { describe, expect, test } from 'vitest';
import { decideEntrance, type EntranceMember } from './entrance.ts';
import { type ProviderSettings, usualProvider } from './provider.ts';

const settings: ProviderSettings = {
  ...usualProvider,
  issuer: 'https://login.example.org',
  clientId: 'throughline',
  text: 'Staff account',
  groups: [
    { group: 'aims', roles: ['aims-manager'] },
    { group: 'root', roles: ['admin'] },
  ],
};
const open: ProviderSettings = { ...settings, newMembers: 'anyone' };
const claims = { sub: '7', email: 'Claims@Example.org', email_verified: true, name: 'Head of claims' };
const nobody = { linked: null, byAddress: [] };
const member: EntranceMember = { id: 'm', person: 'p', active: true, type: 'person', roles: ['reader'] };
const invited: EntranceMember = { ...member, person: null };
const why = (refusal: string) => ({ way: 'refused', why: refusal });

describe('whoever is linked', () => {
  test('enters as the member that they are, whatever address the provider says now', () => {
    for (const email of [claims.email, 'elsewhere@example.net', undefined])
      expect(
        decideEntrance(
          { ...settings, domains: ['example.org'] },
          { ...claims, email },
          { linked: member, byAddress: [] },
        ),
      ).toEqual({ way: 'known', member: 'm' });
  });

  test('does not enter once they left, not even as somebody new', () => {
    const linked = { ...member, active: false };
    expect(decideEntrance(open, claims, { linked, byAddress: [] })).toEqual(why('left'));
    expect(decideEntrance(open, claims, { linked, byAddress: [member] })).toEqual(why('left'));
  });
});

describe('an address', () => {
  test.each([
    ['none', { ...claims, email: undefined }],
    ['one that was not checked', { ...claims, email_verified: false }],
    ['one of which it is not said', { ...claims, email_verified: undefined }],
    ['one that is checked in a word and not by yes', { ...claims, email_verified: 'true' }],
    ['something that is none', { ...claims, email: 'claims' }],
    ['something else', { ...claims, email: ['claims@example.org'] }],
  ])('lets nobody in and links nobody: %s', (_what, said) => {
    const known = { linked: null, byAddress: [invited] };
    expect(decideEntrance({ ...open, linksByMail: true }, said, known)).toEqual(why('no-address'));
  });

  test('of another domain is refused before anybody is looked for, and a part of a domain is another', () => {
    const bound = { ...open, domains: ['example.org'] };
    expect(decideEntrance(bound, claims, nobody)).toMatchObject({ way: 'join' });
    for (const email of ['a@evil-example.org', 'a@example.org.evil.example', 'a@sub.example.org'])
      expect(decideEntrance(bound, { ...claims, email }, { linked: null, byAddress: [invited] })).toEqual(
        why('domain'),
      );
  });
});

describe('whoever is no member yet', () => {
  test('joins where the organisation lets anyone join, with the usual roles and those of their groups', () => {
    expect(decideEntrance(open, { ...claims, groups: ['aims', 'canteen'] }, nobody)).toEqual({
      way: 'join',
      name: 'Head of claims',
      roles: ['reader', 'aims-manager'],
    });
  });

  test('never joins as an administrator unless a group is mapped to it', () => {
    const greedy = { ...open, newRoles: ['reader'] as const };
    expect(decideEntrance(greedy, { ...claims, groups: ['admin', 'admins'] }, nobody)).toMatchObject({
      roles: ['reader'],
    });
    expect(decideEntrance(greedy, { ...claims, groups: ['root'] }, nobody)).toMatchObject({
      roles: ['reader', 'admin'],
    });
  });

  test('is refused where only who was invited may come', () => {
    expect(decideEntrance(settings, claims, nobody)).toEqual(why('not-invited'));
  });
});

describe('whoever an address reaches', () => {
  const byAddress = (one: EntranceMember) => ({ linked: null, byAddress: [one] });

  test('is meant by their invitation, whatever the setting says', () => {
    for (const given of [settings, open])
      expect(decideEntrance(given, claims, byAddress(invited))).toEqual({ way: 'link', member: 'm' });
  });

  test('is linked as a member of before only where the setting says so', () => {
    expect(decideEntrance(open, claims, byAddress({ ...invited, elsewhere: true }))).toEqual(
      why('not-linked'),
    );
    expect(decideEntrance(open, claims, byAddress(member))).toEqual(why('not-linked'));
    expect(decideEntrance({ ...open, linksByMail: true }, claims, byAddress(member))).toEqual({
      way: 'link',
      member: 'm',
    });
  });

  test('is never taken for an administrator: those link their account themselves', () => {
    for (const person of ['p', null]) {
      const admin: EntranceMember = { ...member, person, roles: ['reader', 'admin'] };
      expect(decideEntrance({ ...open, linksByMail: true }, claims, byAddress(admin))).toEqual(
        why('administrator'),
      );
    }
  });

  test('who left does not come back as somebody new, and a service account is nobody', () => {
    const left: EntranceMember = { ...member, active: false };
    expect(decideEntrance({ ...open, linksByMail: true }, claims, byAddress(left))).toEqual(why('left'));
    const service: EntranceMember = { ...member, type: 'service' };
    expect(decideEntrance({ ...open, linksByMail: true }, claims, byAddress(service))).toEqual(why('left'));
  });
});
