import { expect, test } from 'vitest';
import { hiddenOf } from './scroll-box.tsx';

test.each([
  ['what fits hides nothing', { scrollLeft: 0, scrollWidth: 400, clientWidth: 400 }, ''],
  ['a part of a pixel is nothing', { scrollLeft: 0, scrollWidth: 401, clientWidth: 400 }, ''],
  ['at its start it hides its end', { scrollLeft: 0, scrollWidth: 700, clientWidth: 400 }, 'end'],
  ['in the middle both', { scrollLeft: 100, scrollWidth: 700, clientWidth: 400 }, 'both'],
  ['at its end its start', { scrollLeft: 299.5, scrollWidth: 700, clientWidth: 400 }, 'start'],
])('A box that scrolls: %s', (_name, box, hidden) => {
  expect(hiddenOf(box)).toBe(hidden);
});
