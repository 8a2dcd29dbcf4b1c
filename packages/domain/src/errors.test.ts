import { expect, test } from 'vitest';
import { DomainError, notFound, Replayed, unprocessable } from './errors.ts';

const item = (at: string) => ({ at, message: `The field ${at} is empty.` });

test.each([
  [[], 'Nothing here can be taken.'],
  [['a'], 'The field a is empty.'],
  [['a', 'b'], 'The field a is empty. And 1 more.'],
  [['b', 'a', 'c'], 'The field b is empty. And 2 more.'],
])('what cannot be taken is said by its first reason and how many more there are: %j', (fields, says) => {
  const error = unprocessable(fields.map(item));
  expect(error).toBeInstanceOf(DomainError);
  expect([error.code, error.message]).toEqual(['unprocessable', says]);
  expect(error.items.map(({ at }) => at)).toEqual(fields);
});

test('what is not there and what may not be seen get one answer, with nothing that tells them apart', () => {
  const [first, second] = [notFound(), notFound()];
  expect([first.code, first.message]).toEqual(['not-found', 'You cannot see this, or it does not exist.']);
  for (const error of [first, second]) expect([error.items, error.facts]).toEqual([[], {}]);
});

test('a request that ran before is no refusal, and names what it made or that it made nothing', () => {
  expect(new Replayed('rec-1')).not.toBeInstanceOf(DomainError);
  expect([new Replayed('rec-1').subject, new Replayed(null).subject]).toEqual(['rec-1', null]);
});
