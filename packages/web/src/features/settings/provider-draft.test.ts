import { type ProviderSettings, usualProvider } from '@throughline/domain/provider.ts';
import { expect, test } from 'vitest';
import { bodyOf, draftOf, withGroup } from './provider-draft.ts';

const settings: ProviderSettings = {
  ...usualProvider,
  issuer: 'https://login.example.org',
  clientId: 'throughline',
  text: 'Staff account',
  scopes: ['profile', 'groups'],
  domains: ['example.org', 'example.com'],
  address: 'harbour',
  factorValues: ['mfa', 'phr'],
  groups: [{ group: 'aims', roles: ['aims-manager'] }],
};

test('what is shown and saved unchanged is what was kept, and the secret stays', () => {
  expect(bodyOf(draftOf(settings))).toEqual(settings);
  const known = { ...settings, id: '1', secret: 'kept', linked: 3 };
  expect(bodyOf({ ...draftOf(known), secret: '' })).toEqual(settings);
});

test('lists are read as people type them', () => {
  const typed = {
    ...draftOf(settings),
    scopes: ' profile   email profile ',
    domains: 'Example.org,example.com , ,other.example',
    factorValues: 'mfa, urn:of a factor ,mfa',
    address: '  Harbour ',
    secret: 'of the client',
  };
  expect(bodyOf(typed)).toMatchObject({
    scopes: ['profile', 'email'],
    domains: ['example.org', 'example.com', 'other.example'],
    factorValues: ['mfa', 'urn:of a factor'],
    address: 'harbour',
    secret: 'of the client',
  });
  expect(bodyOf({ ...typed, domains: ' ', address: ' ' })).toMatchObject({ domains: [], address: null });
});

test('a new one lets nobody in that nobody decided on', () => {
  expect(bodyOf(draftOf(null))).toEqual({ ...usualProvider, issuer: '', clientId: '', text: '' });
});

test('one group changes, and the others stay', () => {
  const two = { ...draftOf(settings), groups: [...settings.groups, { group: 'b', roles: [] }] };
  expect(withGroup(two, 1, { roles: ['reader'] }).groups).toEqual([
    settings.groups[0],
    { group: 'b', roles: ['reader'] },
  ]);
  expect(withGroup(two, 0, { group: 'c' }).groups[0]).toEqual({ group: 'c', roles: ['aims-manager'] });
});
