import { cleanup, fireEvent, screen } from '@testing-library/react';
import type { MemberWire } from '@throughline/domain/wire.ts';
import { afterEach, expect, test, vi } from 'vitest';
import { showPage } from '../../../test/show-page.tsx';
import { me } from '../../gallery/fixtures/session.ts';
import { Page } from './people-page.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const member = (n: number): MemberWire => ({
  active: true,
  id: `m${n}`,
  name: `User ${String(n).padStart(4, '0')}`,
  roles: n === 129 ? ['risk-owner'] : ['reader'],
});
const everybody = Array.from({ length: 130 }, (_, n) => member(n));
const rows = () => screen.getAllByRole('rowheader').map((cell) => cell.textContent);
const show = () =>
  showPage('/members', <Page />, {
    '/api/v1/session': me,
    '/api/v1/members': { items: everybody.slice(0, 90), next: 'm89' },
    '/api/v1/members?cursor=m89': { items: everybody.slice(89) },
    '/api/v1/same-persons': { items: [] },
    '/api/v1/kinds': { items: [] },
    '/api/v1/proposals': { items: [] },
  });

test('everybody is counted, of all pages and once, and the rest is shown for the asking', async () => {
  show();
  await screen.findByRole('heading', { name: '130 people' });
  expect(rows()).toHaveLength(100);
  fireEvent.click(screen.getByRole('button', { name: 'Show 30 more' }));
  expect(rows()).toHaveLength(130);
});

test('whoever is behind the first rows is found by name and by role', async () => {
  show();
  const box = await screen.findByRole('searchbox', { name: 'Find by name, address or role' });
  fireEvent.change(box, { target: { value: 'risk OWNER' } });
  await screen.findByText('1 found');
  expect(rows()).toEqual([expect.stringContaining('User 0129')]);
  fireEvent.change(box, { target: { value: 'nobody of this name' } });
  await screen.findByText('Nobody here has these words in their name, address or roles.');
});
