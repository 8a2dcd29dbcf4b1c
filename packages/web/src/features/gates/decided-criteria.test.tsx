import { cleanup, fireEvent, screen } from '@testing-library/react';
import { gate } from '@throughline/domain/kinds/gate.ts';
import { afterEach, expect, test, vi } from 'vitest';
import { showPage } from '../../../test/show-page.tsx';
import { me } from '../../gallery/fixtures/session.ts';
import { DecidedCriteria } from './decided-criteria.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const answers = {
  '/api/v1/session': me,
  '/api/v1/kinds': { items: [{ name: 'gate', collection: 'gates', fields: gate.fields }] },
};
const met = (n: number) => ({
  criterion: `Criterion ${n}`,
  key: `OW${n}`,
  finding: 'met',
  seen: 'SYS-1 v1',
  answer: 'met',
});

test('a criterion stands with what the records say and what was answered, without the name of its rule', async () => {
  const missed = {
    ...met(1),
    finding: 'not-met',
    answer: 'not-met',
    answerToMiss: 'Put right by Friday',
  };
  showPage('/', <DecidedCriteria fields={{ criteria: [missed] }} />, answers);
  const row = await screen.findByRole('row', { name: /^Criterion 1/ });
  expect(row.textContent).toBe('Criterion 1Not metSYS-1 v1Not metPut right by Friday');
  expect(screen.queryByRole('button')).toBe(null);
});

test('many begin folded, and open in one', async () => {
  const criteria = Array.from({ length: 12 }, (_, n) => met(n + 1));
  showPage('/', <DecidedCriteria fields={{ criteria }} />, answers);
  const folded = () => screen.getAllByRole('row', { hidden: true }).filter((row) => row.className !== '');
  const open = await screen.findByRole('button', { name: 'Show all 12 criteria' });
  expect(folded()).toHaveLength(6);
  fireEvent.click(open);
  expect(folded()).toHaveLength(0);
  expect(screen.getByRole('button', { name: 'Show fewer criteria' }).getAttribute('aria-expanded')).toBe(
    'true',
  );
});
