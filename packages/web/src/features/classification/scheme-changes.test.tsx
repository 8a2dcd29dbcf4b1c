import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { showPage } from '../../../test/show-page.tsx';
import { SchemeChangesPage } from './scheme-changes.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const record = {
  ...{ id: 'c1', ref: 'CLS-1', kind: 'classification' },
  ...{ title: 'Class of the supplier', state: 'final', archived: false },
};
const show = (found: object) =>
  showPage('/', <SchemeChangesPage recordRef="SCH-2" crumbs={[]} />, {
    '/api/v1/classification-schemes/SCH-2/changes': found,
    '/api/v1/kinds': { items: [] },
  });

test('a scheme without a table names each stored class whose level the version does not have', async () => {
  show({ looked: 2, changed: [{ record, before: 'High', after: null, open: null, asked: [] }] });
  fireEvent.click(await screen.findByRole('button', { name: 'Compare stored classes' }));
  expect(
    await screen.findByText('1 of 2 stored classes stand by a level that this version does not have.'),
  ).not.toBe(null);
  expect(screen.getByText('High → no level of it')).not.toBe(null);
});

test('and says where none is stored', async () => {
  show({ looked: 0, changed: [] });
  fireEvent.click(await screen.findByRole('button', { name: 'Compare stored classes' }));
  expect(await screen.findByText('No class is stored by this scheme yet.')).not.toBe(null);
});
