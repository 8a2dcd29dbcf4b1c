import { cleanup, screen } from '@testing-library/react';
import type { JobWire } from '@throughline/domain/wire.ts';
import { afterEach, expect, test, vi } from 'vitest';
import { showPage } from '../../../test/show-page.tsx';
import { me } from '../../gallery/fixtures/session.ts';
import { Page } from './jobs-route.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const done: JobWire = {
  id: 'j1',
  type: 'import',
  state: 'done',
  done: 2133,
  total: 2133,
  message: '',
  startedAt: '2026-11-21T11:00:00Z',
  endedAt: '2026-11-21T11:01:00Z',
  result: null,
};

test('jobs stand among the settings, with the way to the others beside them', async () => {
  showPage('/jobs', <Page />, { '/api/v1/session': me, '/api/v1/jobs': { items: [done] } });
  await screen.findByRole('heading', { level: 1, name: 'Jobs' });
  const here = screen.getByRole('link', { name: 'Jobs' });
  expect(here.getAttribute('aria-current')).toBe('page');
  expect(screen.getByRole('link', { name: 'People' }).getAttribute('href')).toBe('/members');
  await screen.findByRole('rowheader', { name: 'Import' });
});

test('where nothing was started the page says so, and shows no empty table', async () => {
  showPage('/jobs', <Page />, { '/api/v1/session': me, '/api/v1/jobs': { items: [] } });
  await screen.findByRole('heading', { level: 1, name: 'Jobs' });
  await screen.findByText(
    'No long work so far. Imports, bulk changes over 200 records and the demo run here.',
  );
  expect(screen.queryByRole('table')).toBe(null);
});
