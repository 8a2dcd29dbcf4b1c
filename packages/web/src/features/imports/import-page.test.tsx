import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { showPage } from '../../../test/show-page.tsx';
import { me } from '../../gallery/fixtures/session.ts';
import { testKind } from '../../kinds/test-kind.ts';
import { Page } from './import-page.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test('a long name of a past file is cut in its column and told whole where the pointer rests', async () => {
  const name = `${'n'.repeat(196)}.csv`;
  const past = {
    id: 'i1',
    name,
    kind: 'system',
    rows: 3,
    state: 'analysed',
    counts: null,
    by: null,
    at: '2026-02-28T09:30:00Z',
    appliedAt: null,
  };
  showPage('/import', <Page />, {
    '/api/v1/me': me,
    '/api/v1/kinds': { items: [testKind] },
    '/api/v1/imports': { items: [past] },
  });
  const link = await screen.findByRole('link', { name });
  expect(link.getAttribute('title')).toBe(name);
  expect(link.className).toContain('fileName');
});
