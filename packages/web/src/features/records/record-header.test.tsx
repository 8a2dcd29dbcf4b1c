import { act, cleanup, screen, waitFor } from '@testing-library/react';
import type { RecordWire } from '@throughline/domain/wire.ts';
import { afterEach, expect, test, vi } from 'vitest';
import { showPage } from '../../../test/show-page.tsx';
import { me } from '../../gallery/fixtures/session.ts';
import { testKind, testRecord } from '../../kinds/test-kind.ts';
import { RecordHeader } from './record-header.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const fault = {
  fault: 'content-differs',
  ...{ path: null, entries: { start: 41, end: 42 }, table: 'revision', column: null, row: null },
  ...{ record: 'id', version: 2, expected: null, found: null, ref: 'RSK-204', message: 'differs' },
};
const show = (record: RecordWire, holds: boolean) => {
  const kind = testKind;
  const version = { version: record.version, index: 41, standing: 'differs', faults: holds ? [] : [fault] };
  const head = { names: {}, primary: undefined, onEdit: undefined, editRefused: undefined, quiet: false };
  return showPage('/', <RecordHeader {...head} kind={kind} record={record} onStep={() => undefined} />, {
    '/api/v1/session': me,
    '/api/v1/kinds': { items: [] },
    '/api/v1/log/state': { verification: null, checkpoint: null, unsigned: null },
    [`/api/v1/${kind.collection}/${record.ref}/verification`]: {
      ...{ record: record.id, ref: record.ref, holds, checkpoint: 42, versions: [version], faults: [] },
    },
  });
};

/** Until the page has drawn what the server found. */
const verified = async ({ answered }: { readonly answered: readonly string[] }) => {
  await waitFor(() => expect(answered.some((path) => path.endsWith('/verification'))).toBe(true));
  await act(() => new Promise((drawn) => setTimeout(drawn)));
};

test('a record that does not match the log says so beside its name, one click from the entry', async () => {
  show(testRecord(), false);
  const mark = await screen.findByRole('link', { name: 'does not match the log' });
  expect(mark.getAttribute('href')).toBe('/log?entry=41');
});

test('nothing is said of one that matches, nor of an earlier moment, for it was found since', async () => {
  await verified(show(testRecord(), true));
  expect(screen.queryByText('does not match the log')).toBe(null);
  cleanup();
  await verified(show(testRecord({ asOf: { at: '2026-09-01T12:00:00Z', index: 3 } }), false));
  expect(screen.queryByText('does not match the log')).toBe(null);
});

test('what binds although one person said its end says so beside the title', async () => {
  const stillBinds = 'This law binds as it stands.';
  await verified(show(testRecord({ stillBinds }), true));
  expect(screen.queryAllByText(stillBinds)).toHaveLength(1);
});

test('a state that a file says, where others rely on it, is marked with the file and the day', async () => {
  const words = /^Brought in from register\.csv on 1 Sept? 2026; nobody decided it here\.$/;
  await verified(show(testRecord({ broughtIn: { file: 'register.csv', at: '2026-09-01T12:00:00Z' } }), true));
  expect(screen.queryAllByText(words)).toHaveLength(1);
  cleanup();
  await verified(show(testRecord(), true));
  expect(screen.queryByText(words)).toBe(null);
});

test('what a judgement found stays in sight while it is open again, with who opened it and why', async () => {
  const before = {
    ...{ version: 4, word: 'Not effective', on: '2026-05-01', because: 'Two runs were of another system.' },
    ...{ by: { type: 'person' as const, id: 'a' }, at: '2026-09-01T12:00:00Z' },
  };
  const words = (rest: string) =>
    new RegExp(
      `opened it again on 1 Sept? 2026: Two runs were of another system\\. Before that it found “Not effective” on 1 May 2026\\. ${rest}$`,
    );
  await verified(show(testRecord({ foundBefore: { ...before, counts: true } }), true));
  expect(screen.queryAllByText(words('It counts until this is concluded anew\\.'))).toHaveLength(1);
  cleanup();
  await verified(show(testRecord({ foundBefore: { ...before, counts: false } }), true));
  expect(screen.queryAllByText(words('Nothing rests on it until this is concluded anew\\.'))).toHaveLength(1);
});
