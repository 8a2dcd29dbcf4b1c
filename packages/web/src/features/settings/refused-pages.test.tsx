import { cleanup, fireEvent, screen } from '@testing-library/react';
import type { Role } from '@throughline/domain/permissions.ts';
import type { ComponentType } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { showPage } from '../../../test/show-page.tsx';
import { me } from '../../gallery/fixtures/session.ts';
import { Page as Groups } from './groups-page.tsx';
import { Page as People } from './people-page.tsx';
import { refusedBut } from './roles.ts';
import { Page as Units } from './units-page.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const unit = {
  name: 'Claims',
  codes: [],
  systems: 3,
  below: [],
  systemsWithin: 3,
  registered: false,
  endsOn: null,
  subUnits: [],
};
const answers = (roles: readonly Role[]) => ({
  '/api/v1/session': { ...me, roles },
  '/api/v1/members': { items: [me.member] },
  '/api/v1/same-persons': { items: [] },
  '/api/v1/kinds': { items: [] },
  '/api/v1/groups': { items: [] },
  '/api/v1/organisation/units': { items: [unit], without: 0 },
});
const show = (path: string, Page: ComponentType, roles: readonly Role[]) =>
  showPage(path, <Page />, answers(roles));

test.each<[string, ComponentType, string]>([
  ['/members', People, 'Invite a person'],
  ['/groups', Groups, 'Make a group'],
])('whoever may not change what stands at %s reads why, and who can', async (path, Page, name) => {
  show(path, Page, ['system-owner']);
  const button = await screen.findByRole('button', { name });
  expect(button.getAttribute('aria-disabled')).toBe('true');
  expect(screen.getByText('Your roles do not allow this. Administrator can.')).toBeDefined();
  fireEvent.click(button);
  expect(screen.queryByRole('dialog')).toBe(null);
});

test.each<[string, ComponentType, string]>([
  ['/members', People, 'Invite a person'],
  ['/groups', Groups, 'Make a group'],
])('an administrator is asked for what is needed at %s', async (path, Page, name) => {
  show(path, Page, ['admin']);
  const button = await screen.findByRole('button', { name });
  expect(button.getAttribute('aria-disabled')).toBe(null);
  fireEvent.click(button);
  await screen.findByRole('dialog');
});

test('units are renamed by whoever may change systems; others read why they cannot', async () => {
  show('/units', Units, ['admin']);
  await screen.findByText(/Renaming and merging units changes their systems\. .* AIMS manager can\./);
  cleanup();
  show('/units', Units, ['aims-manager']);
  await screen.findByRole('button', { name: 'Rename or merge Claims' });
  expect(screen.queryByText(/Renaming and merging units changes/)).toBe(null);
});

test('nothing is refused before it is known who asks', () => {
  expect(refusedBut('admin', undefined)).toBe(undefined);
  expect(refusedBut('admin', ['reader', 'admin'])).toBe(undefined);
});
