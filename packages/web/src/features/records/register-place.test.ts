import { expect, test } from 'vitest';
import { testKind } from '../../kinds/test-kind.ts';
import { goesBy, placeOf, readGoal, turned } from './register-place.ts';

test('an address says where the rows begin; groups begin at their first', () => {
  expect(placeOf({}, undefined)).toEqual({ at: 'first' });
  expect(placeOf({ from: '' }, undefined)).toEqual({ at: 'first' });
  expect(placeOf({ from: 'M' }, undefined)).toEqual({ at: 'from', value: 'M' });
  expect(placeOf({ from: 'M', at: 'last' }, undefined)).toEqual({ at: 'last' });
  expect(placeOf({ from: 'M', at: 'last' }, 'unit')).toEqual({ at: 'first' });
});

test.each([
  [undefined, '-ref'],
  ['ref', '-ref'],
  ['-gaps,ref', 'gaps'],
  ['title', '-title'],
])('the order %s turned around is %s', (order, expected) => expect(turned(order)).toBe(expected));

test.each([
  ['ref', 'ref'],
  ['gaps', 'number'],
  ['updated', 'moment'],
  ['title', 'text'],
  ['unit', 'text'],
  ['nextReview', 'day'],
  ['owner', null],
  ['state', null],
  ['level', null],
])('sorted by %s one goes to a %s', (key, expected) =>
  expect(goesBy(testKind, [{ key, descending: false }])).toBe(expected),
);

test('without an order one goes to a ref', () => expect(goesBy(testKind, [])).toBe('ref'));

test.each([
  ['ref', 'SYS-412', '412'],
  ['ref', ' 7 ', '7'],
  ['number', '3', '3'],
  ['day', '28 Feb 2026', '2026-02-28'],
  ['day', '2026', '2026'],
  ['moment', '28 Feb 2026', '2026-02-28'],
  ['text', ' M ', 'M'],
] as const)('%s: "%s" is taken as %s', (by, typed, value) => expect(readGoal(by, typed)).toEqual({ value }));

test.each([
  ['ref', 'claims'],
  ['number', '-1'],
  ['number', 'three'],
  ['day', '30 Feb 2026'],
  ['moment', '2026'],
  ['text', '  '],
] as const)('%s: "%s" is told wrong', (by, typed) => expect(readGoal(by, typed)).toHaveProperty('problem'));
