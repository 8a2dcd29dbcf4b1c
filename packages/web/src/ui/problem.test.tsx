import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { ErrorLine, ProblemBox } from './problem.tsx';

afterEach(cleanup);

const fault = { status: 503, title: 'The server does not answer', detail: 'Your text is kept.', id: '7F2K' };

test('a fault says what happened, bears its number, and is tried again', () => {
  const onRetry = vi.fn();
  render(<ErrorLine problem={fault} onRetry={onRetry} />);
  expect(screen.getByRole('alert').textContent).toContain('Your text is kept. problem 7F2K');
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(onRetry).toHaveBeenCalledOnce();
});

test('a refusal says why and who could, and offers neither another try nor a number', () => {
  const problem = {
    ...fault,
    status: 403,
    detail: 'Your roles do not allow this. It is for: administrator.',
  };
  render(<ErrorLine problem={problem} onRetry={vi.fn()} actions={<button type="button">Ask them</button>} />);
  expect(screen.getByRole('alert').textContent?.trim()).toBe(`${problem.detail} Ask them`);
  expect(screen.queryByRole('button', { name: 'Try again' })).toBe(null);
});

test('what stands in the way by a rule bears no number, and is tried again once it is put right', () => {
  const problem = { ...fault, status: 409, detail: 'It is the last word on IMP-1, so it stays.' };
  render(<ErrorLine problem={problem} onRetry={vi.fn()} />);
  expect(screen.getByRole('alert').textContent?.trim()).toBe(`${problem.detail} Try again`);
});

test('in full, what a refusal of one thing says already is not said twice', () => {
  const errors = [
    { at: 'name', message: 'A name is needed.' },
    { at: 'until', message: '30 Feb 2027 is no day.' },
  ];
  const problem = { title: 'That was not saved', detail: 'name: A name is needed.', errors };
  render(<ProblemBox problem={problem} />);
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
    'until: 30 Feb 2027 is no day.',
  ]);
});
