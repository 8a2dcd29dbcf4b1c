import { expect, test } from 'vitest';
import { chosenHref, chosenIn } from './chosen-records.ts';

const back = (href: string) => chosenIn(Object.fromEntries(new URL(href, 'http://here').searchParams));

test('ticked records and those of a filter come back from the address as they went in', () => {
  expect(chosenHref('/there', { refs: ['UC-1'] })).toBe('/there?refs=UC-1');
  expect(back(chosenHref('/there', { refs: ['UC-1', 'UC-2'] }))).toEqual({ refs: ['UC-1', 'UC-2'] });
  const filter = { q: 'claims & more', state: 'in-use,proposed' };
  expect(back(chosenHref('/there', { filter }))).toEqual({ filter });
  expect(back(chosenHref('/there', { filter: {} }))).toEqual({ filter: {} });
  expect(chosenIn({})).toBeNull();
  expect(chosenIn({ refs: '' })).toBeNull();
});
