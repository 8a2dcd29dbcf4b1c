import { cleanup, screen } from '@testing-library/react';
import type { RecordWire } from '@throughline/domain/wire.ts';
import { afterEach, expect, test, vi } from 'vitest';
import { showPage } from '../../test/show-page.tsx';
import { me } from '../gallery/fixtures/session.ts';
import { EnteredAfterwards } from './entered-afterwards.tsx';
import { testRecord } from './test-kind.ts';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const show = (testedOn: string | null, over: Partial<RecordWire> = {}) => {
  const record = testRecord({ createdAt: '2026-11-22T10:00:00Z', fields: { testedOn }, ...over });
  const page = (
    <>
      <p>Shown</p>
      <EnteredAfterwards record={record} done="testedOn" />
    </>
  );
  showPage('/', page, { '/api/v1/session': me });
};

test('work of an old day is named with both days, and what a file brought in as that', async () => {
  show('2001-01-01');
  expect(await screen.findByText(/^Entered afterwards: it says 1 Jan 2001, .* on 22 Nov 2026/)).not.toBe(
    null,
  );
  cleanup();
  show('2026-10', { broughtIn: { file: 'tests.xlsx', at: '2026-11-22T10:00:00Z' } });
  expect(await screen.findByText(/^Entered afterwards: .* for Oct 2026, and brought in/)).not.toBe(null);
});

test.each(['2026-11-22', '2026-11', '2026-12-01', null, 'soon'])('nothing is said of %s', async (day) => {
  show(day);
  await screen.findByText('Shown');
  expect(screen.queryByText(/Entered afterwards/)).toBe(null);
});
