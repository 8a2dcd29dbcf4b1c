import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { Band } from '../../ui/marks/band.tsx';
import { walked } from './walk-head.tsx';

afterEach(cleanup);

test('stations that were not walked carry no verdict, and those walked what the walker saw', () => {
  const stations = [
    { number: 1, name: 'Scope', ...walked('seen') },
    { number: 2, name: 'Policy', ...walked('gap') },
    { number: 3, name: 'Ownership', ...walked(undefined) },
  ];
  render(<Band label="Stations walked" stations={stations} onGo={() => undefined} />);
  const cells = screen.getAllByRole('button');
  expect(cells.map((cell) => cell.getAttribute('aria-label'))).toEqual([
    '1 Scope: Seen',
    '2 Policy: Gap seen',
    '3 Ownership: not walked yet',
  ]);
  expect(cells.map((cell) => cell.getAttribute('data-verdict'))).toEqual(['holds', 'gap', null]);
  expect(cells.map((cell) => cell.querySelectorAll('svg').length)).toEqual([1, 1, 0]);
});
