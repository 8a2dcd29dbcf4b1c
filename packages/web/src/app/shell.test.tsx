import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { MeWire } from '@throughline/domain/wire-session.ts';
import { afterEach, expect, test, vi } from 'vitest';
import { showPage } from '../../test/show-page.tsx';
import { accountAlone } from '../api/session.ts';
import { SettingsFrame } from '../features/settings/settings-frame.tsx';
import { me } from '../gallery/fixtures/session.ts';
import { Shell } from './shell.tsx';
import { useShellData } from './use-shell-data.ts';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const day = 86_400_000;
const dueIn = (ms: number) => ({ ...me, factorDue: new Date(Date.now() + ms).toISOString() });

const Frame = () => (
  <Shell data={useShellData()}>
    <SettingsFrame title="Your account">How you sign in.</SettingsFrame>
  </Shell>
);
const show = (given: MeWire) =>
  showPage('/account', <Frame />, { '/api/v1/session': given, '/api/v1/kinds': { items: [] } });

const links = () => screen.getAllByRole('link').map((link) => link.textContent);

test('a second factor that is due closes everything but the account from that moment on', () => {
  const due = Date.parse('2026-11-22T10:00:00Z');
  expect(accountAlone({ factorDue: '2026-11-22T10:00:00Z' }, due - 1)).toBe(false);
  expect(accountAlone({ factorDue: '2026-11-22T10:00:00Z' }, due)).toBe(true);
  expect([accountAlone({}, due), accountAlone(undefined, due)]).toEqual([false, false]);
});

test('where the account alone opens, nothing else is offered, and there is a way out', async () => {
  show(dueIn(-day));
  await screen.findByText('Harbour Mutual', { selector: 'nav *' });
  expect(links()).toEqual(['Skip to the content', 'Your account']);
  expect(screen.queryByText('Search or jump to')).toBe(null);
  fireEvent.click(screen.getByRole('button', { name: /AIMS manager/ }));
  await screen.findByRole('menuitem', { name: 'Sign out' });
});

test('while there are days left, every place is offered', async () => {
  show(dueIn(day));
  await screen.findByText('AIMS manager');
  expect(links()).toContain('Provisioning');
  expect(screen.getByText('Search or jump to')).toBeDefined();
});

test('the keys are shown when they are asked for, and go again', async () => {
  show(me);
  await screen.findByText('AIMS manager');
  fireEvent.keyDown(document.body, { key: '?' });
  const keys = await screen.findByRole('dialog');
  fireEvent.click(within(keys).getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBe(null));
});
