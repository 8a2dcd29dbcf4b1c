import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { showPage } from '../../../test/show-page.tsx';
import { Page } from './invitation-page.tsx';

afterEach(() => {
  cleanup();
  sessionStorage.clear();
  vi.unstubAllGlobals();
});

const answers = {
  'POST /api/v1/invitations/link': {
    ...{ link: 'usable', organisation: 'Harbour Mutual', name: 'Head of claims' },
    ...{ email: 'claims@example.org', yours: false, byMail: false },
  },
};
const show = (path: string) => showPage(path, <Page />, answers);

test('the secret of an invitation stays out of addresses, and this tab keeps it while its person signs in', async () => {
  show('/invitation');
  await screen.findByText('This invitation is not known here.');
  cleanup();
  show('/invitation#token=abc');
  const link = await screen.findByRole('link', { name: 'Sign in, then join.' });
  expect(link.getAttribute('href')).toBe('/sign-in?next=%2Finvitation');
  fireEvent.click(link);
  cleanup();
  show('/invitation');
  await screen.findByText('Join Harbour Mutual');
});

test('in a browser that keeps nothing the link opens all the same', async () => {
  vi.stubGlobal('sessionStorage', {
    getItem: () => {
      throw new DOMException('No storage here', 'SecurityError');
    },
    clear: () => undefined,
  });
  show('/invitation');
  await screen.findByText('This invitation is not known here.');
  cleanup();
  show('/invitation#token=abc');
  await screen.findByText('Join Harbour Mutual');
});
