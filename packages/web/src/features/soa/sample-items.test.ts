import { expect, test } from 'vitest';
import { itemsOf, openOf } from './sample-items.ts';

test('items keep the order of the draw, and a result that is none counts as open', () => {
  const items = itemsOf({
    sampleItems: [
      { item: 'Letter 8', result: 'deviates', note: 'One name' },
      { item: 'Letter 3' },
      { item: 'Letter 5', result: 'lost' },
      'no row',
    ],
  });
  expect(items.map(({ item, result }) => [item, result])).toEqual([
    ['Letter 8', 'deviates'],
    ['Letter 3', undefined],
    ['Letter 5', undefined],
  ]);
  expect(openOf(items)).toBe(2);
  expect(itemsOf({})).toEqual([]);
});
