import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { showPage } from '../../../test/show-page.tsx';
import { me } from '../../gallery/fixtures/session.ts';
import { testRecord } from '../../kinds/test-kind.ts';
import { isAboveTarget, ownLikelihood, RatingsTable } from './ratings-table.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const rank = (level: string) => ['low', 'moderate', 'high'].indexOf(level) + 1;

test.for([
  ['current', { currentLevel: 'high', targetLevel: 'moderate' }, true],
  ['residual', { residualSociety: 'moderate', targetSociety: 'low' }, true],
  ['current', { currentLevel: 'moderate', targetLevel: 'moderate' }, false],
  ['current', { currentLevel: 'high' }, false],
  ['inherent', { inherentLevel: 'high', targetLevel: 'low' }, false],
] as const)('%s of %o lies above its target: %s', ([point, fields, above]) => {
  expect(isAboveTarget(fields, point, rank)).toBe(above);
});

const rated = [
  { point: 'current', bearer: 'organisation', likelihood: 'Often', consequence: 'Bad' },
  { point: 'current', bearer: 'society', likelihood: 'Often', consequence: 'Mild' },
  { point: 'residual', bearer: 'society', likelihood: 'Seldom', consequence: 'Mild' },
];
test.for([
  ['current', { rated }, 'Often'],
  ['residual', { rated }, 'Seldom'],
  ['target', { rated }, null],
  ['current', { rated, currentLikelihood: 'likely' }, null],
  ['current', {}, null],
] as const)('the own step of the likelihood %s of %o is %s', ([point, fields, step]) => {
  expect(ownLikelihood(fields, point)).toBe(step);
});

test('each level stands under who bears it, in words, and a press on it begins its editing', async () => {
  const edited: string[] = [];
  const record = testRecord({
    ref: 'RSK-3',
    fields: {
      ...{ currentLikelihood: 'likely', currentIndividuals: 'high', currentLevel: 'high' },
      ...{ targetIndividuals: 'moderate', criteriaVersion: 'RCR-1 v3' },
    },
  });
  const property = (name: string) => ({
    id: name,
    label: name,
    value: String(record.fields[name] ?? ''),
    note: 'Worked out from other fields.',
    onEdit: () => edited.push(name),
  });
  const options = ['low', 'moderate', 'high'].map((id) => ({ id, label: id }));
  const kind = { name: 'risk', collection: 'risks', fields: { currentLevel: { type: 'choice', options } } };
  showPage('/', <RatingsTable record={record} property={property} />, {
    '/api/v1/session': me,
    '/api/v1/kinds': { items: [kind] },
  });
  expect(await screen.findByText(/RCR-1 v3/)).not.toBe(null);
  await screen.findByText('Above target');
  const heads = screen.getAllByRole('columnheader').map(({ textContent }) => textContent);
  expect(heads).toEqual([
    ...['Rating', 'Likelihood', 'Organisation', 'Individuals', 'Society', 'Level, the worst'],
  ]);
  const current = screen.getByRole('row', { name: /^Current/ });
  const cells = within(current).getAllByRole('cell');
  expect(cells.map((cell) => cell.dataset.rank)).toEqual([undefined, undefined, '3', undefined, '3']);
  expect(cells[4]?.textContent).toMatch(/high.*Above target$/);
  expect(screen.getAllByText('Above target')).toHaveLength(1);
  const residual = screen.getByRole('row', { name: /^Residual/ });
  fireEvent.click(within(residual).getByRole('button', { name: 'Add residualSociety' }));
  expect(edited).toEqual(['residualSociety']);
  expect(screen.queryByText(/Worked out/)).toBe(null);
});
