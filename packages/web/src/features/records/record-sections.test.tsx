import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { showPage } from '../../../test/show-page.tsx';
import { me } from '../../gallery/fixtures/session.ts';
import { testKind, testRecord, testRow } from '../../kinds/test-kind.ts';
import type { PartsProps } from './properties.tsx';
import { emptyFields, RecordSections, sectionsOf } from './record-sections.tsx';
import { gridColumns } from './register-cells.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const none = () => undefined;
const parts = (fields: PartsProps['record']['fields'], over: Partial<PartsProps> = {}): PartsProps => ({
  ...{
    kind: testKind,
    record: testRecord({ fields }),
    names: {},
    save: async () => null,
  },
  ...{ editing: undefined, onEdit: none, pointed: undefined, onHistory: none, onComment: none },
  ...{ editable: true, ...over },
});
const answers = { '/api/v1/session': me, '/api/v1/kinds': { items: [] } };
const show = (props: PartsProps) =>
  showPage('/', <RecordSections {...props} />, {
    ...answers,
    [`/api/v1/systems/${props.record.ref}/raw`]: { items: [] },
  });

test('what is empty folds away, but not what is needed, edited or pointed at', () => {
  const sections = sectionsOf(testKind, []);
  const empty = (over: Partial<PartsProps>) => emptyFields(sections, parts({ unit: 'Claims' }, over));
  expect(empty({})).toContain('purpose');
  expect(empty({})).not.toContain('unit');
  expect(empty({ editing: 'purpose' })).not.toContain('purpose');
  expect(empty({ pointed: 'purpose' })).not.toContain('purpose');
});

test('an empty record folds all its empty fields in one place, named, and opens them in one', async () => {
  show(parts({}));
  const button = await screen.findByRole('button', { name: /^Show \d+ empty fields$/ });
  expect(screen.queryAllByRole('heading', { level: 2 })).toHaveLength(0);
  expect(screen.getByText(/Purpose/)).not.toBe(null);
  fireEvent.click(button);
  expect(await screen.findByRole('heading', { name: 'Scope' })).not.toBe(null);
  expect(screen.getAllByRole('button', { name: 'Hide empty fields' })).toHaveLength(1);
});

test('a row whose record does not match the log says so in its register', async () => {
  const [, title] = gridColumns([], { kind: testKind, names: {}, broken: new Set(['SYS-7']) });
  const refs = ['SYS-7', 'SYS-8'];
  const row = (ref: string) => ({
    type: 'row' as const,
    id: ref,
    row: testRow({ id: ref, ref, title: ref }),
  });
  showPage(
    '/',
    refs.map((ref) => <p key={ref}>{title?.render(row(ref))}</p>),
    answers,
  );
  expect(await screen.findAllByText('does not match the log')).toHaveLength(1);
  expect(screen.getByText('SYS-7').parentElement?.textContent).toContain('does not match the log');
});

test('what is asked in other cases has no place until the case is this one, or it is filled', async () => {
  const kind = {
    ...testKind,
    fields: {
      ...testKind.fields,
      why: { type: 'text', max: 400, label: 'Why so high', when: [{ level: ['high'] }] } as const,
    },
  };
  const hasPlace = async (fields: PartsProps['record']['fields'], over: Partial<PartsProps> = {}) => {
    show(parts(fields, { kind, ...over }));
    fireEvent.click(await screen.findByRole('button', { name: /^Show \d+ empty fields$/ }));
    const found = screen.queryAllByText('Why so high').length > 0;
    cleanup();
    return found;
  };
  expect(await hasPlace({ level: 'low' })).toBe(false);
  expect(await hasPlace({ level: 'high' })).toBe(true);
  expect(await hasPlace({ level: 'low', why: 'It was kept.' })).toBe(true);
  expect(await hasPlace({ level: 'low' }, { pointed: 'why' })).toBe(true);
});
