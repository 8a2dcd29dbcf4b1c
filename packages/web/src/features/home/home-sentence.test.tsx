import { cleanup, render, screen } from '@testing-library/react';
import type { HomeWire } from '@throughline/domain/wire-pages.ts';
import { afterEach, expect, test } from 'vitest';
import { showPage } from '../../../test/show-page.tsx';
import { home } from '../../gallery/fixtures/home.ts';
import { HomeSentence } from './home-sentence.tsx';
import { WhereToBegin } from './where-to-begin.tsx';

afterEach(cleanup);

const idle: HomeWire = {
  ...home,
  overdue: [],
  approve: [],
  mentioned: [],
  confirm: [],
  week: [],
  undated: [],
  next: null,
};
const withReadiness = (change: Partial<HomeWire['readiness']>): HomeWire => ({
  ...idle,
  readiness: { ...home.readiness, ...change },
});
const said = (given: HomeWire): (string | null)[] => {
  const { container } = render(<HomeSentence home={given} />);
  return [...container.children].map((part) => part.textContent);
};

test('after an import the first sentence is how the register stands, and that nothing is assigned stands below', () => {
  expect(said(withReadiness({ systems: 2133, running: 892, runningWithGaps: 892 }))).toEqual([
    '892 of 892 running systems have gaps',
    'Nothing is assigned to you. Nothing is planned for you after this week.',
  ]);
});

test('where nothing runs, or nothing runs with a gap, that is the sentence', () => {
  expect(said(withReadiness({ systems: 3, running: 0, runningWithGaps: 0 }))[0]).toBe('No system runs yet');
  cleanup();
  expect(said(withReadiness({ systems: 3, running: 2, runningWithGaps: 0 }))[0]).toBe(
    'None of 2 running systems has a gap',
  );
});

test('an empty register speaks of the caller alone', () => {
  const empty = withReadiness({ systems: 0, running: 0, runningWithGaps: 0 });
  expect(said(empty)[0]).toBe('Nothing is assigned to you');
});

test('what waits for the caller comes first whatever the register says', () => {
  render(<HomeSentence home={home} />);
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('6 things need you');
});

test('where to begin names the items of the organisation first, then the stations, and needs no further answer', async () => {
  showPage('/', <WhereToBegin {...home.readiness} />, {});
  const links = await screen.findAllByRole('link');
  expect(links.map((link) => link.getAttribute('href'))).toEqual([
    '/readiness',
    ...home.readiness.worst.map(({ station }) => `/systems?gap=${station}`),
  ]);
  expect(links[1]?.textContent).toContain('21');
});

test('where nothing has a gap nothing is begun', () => {
  const { container } = render(<WhereToBegin mandatory={{ passes: 15, of: 15 }} worst={[]} />);
  expect(container.textContent).toBe('');
});
