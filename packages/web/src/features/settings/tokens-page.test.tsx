import { cleanup, fireEvent, screen } from '@testing-library/react';
import type { Role } from '@throughline/domain/permissions.ts';
import type { AbilityWire } from '@throughline/domain/wire.ts';
import { afterEach, expect, test, vi } from 'vitest';
import { showPage } from '../../../test/show-page.tsx';
import { organisation, tokens } from '../../gallery/fixtures/admin.ts';
import { me } from '../../gallery/fixtures/session.ts';
import { Page } from './tokens-page.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const allowed: AbilityWire = { allowed: true };
const inPlace: AbilityWire = { allowed: false, reason: 'It takes a right of your own.', who: ['admin'] };
const show = (roles: readonly Role[], ability: AbilityWire = allowed) =>
  showPage('/tokens', <Page />, {
    '/api/v1/session': { ...me, roles },
    '/api/v1/tokens': {
      items: tokens.map((token) => ({ ...token, abilities: { rotate: ability, end: ability } })),
      abilities: { make: ability },
    },
    '/api/v1/members': { items: [me.member] },
    '/api/v1/kinds': { items: [] },
    '/api/v1/organisation': organisation,
  });

test('what a token never does alone, and whose deeds it does, is read before it is made', async () => {
  show(['admin']);
  fireEvent.click(await screen.findByRole('button', { name: 'Make a token' }));
  await screen.findByRole('dialog');
  expect(screen.getByText(/a token proposes and never does alone/)).toBeDefined();
  expect(screen.getByText(/Roles that you have yourself/)).toBeDefined();
});

test('whoever takes another secret reads first that they stand behind the token', async () => {
  show(['admin']);
  fireEvent.click(await screen.findByRole('button', { name: 'New secret for Nightly inventory sync' }));
  await screen.findByRole('dialog');
  expect(screen.getByText(/you stand behind this token/)).toBeDefined();
});

test('whoever may do nothing to them reads why, and no button does', async () => {
  show(['reader'], inPlace);
  await screen.findByRole('button', { name: 'End Nightly inventory sync' });
  for (const name of [
    'Make a token',
    'New secret for Nightly inventory sync',
    'End Nightly inventory sync',
  ]) {
    const button = await screen.findByRole('button', { name });
    expect(button.getAttribute('aria-disabled')).toBe('true');
    fireEvent.click(button);
  }
  expect(screen.queryByRole('dialog')).toBe(null);
  expect(screen.getAllByText(/It takes a right of your own\. Administrator can\./).length).toBeGreaterThan(0);
});
