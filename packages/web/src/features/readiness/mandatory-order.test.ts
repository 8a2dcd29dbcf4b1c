import { expect, test } from 'vitest';
import { mandatory } from '../../gallery/fixtures/readiness.ts';
import { nextOf, orderItems, verdictOfCheck } from './mandatory-order.ts';

const [first] = mandatory;
if (first === undefined) throw new Error('the fixture has no item');
const clauses = (items: readonly { clause: string }[]): string[] => items.map(({ clause }) => clause);

test('orders by the numbers of the clauses, or what fails first', () => {
  const items = ['10.2', '4.3', '6.1.3', '6.1.2'].map((clause, index) => ({
    ...first,
    clause,
    passes: index !== 2,
  }));
  expect(clauses(orderItems(items, 'clause'))).toEqual(['4.3', '6.1.2', '6.1.3', '10.2']);
  expect(clauses(orderItems(items, 'failing'))).toEqual(['6.1.3', '4.3', '6.1.2', '10.2']);
});

test('a judgement that nobody made neither holds nor fails', () => {
  expect(verdictOfCheck({ state: 'not-yet-judged', why: '' })).toBe('not-started');
  expect(verdictOfCheck({ state: 'no', why: '' })).toBe('gap');
});

test('asks for one thing: the first that is missing', () => {
  const item = first;
  const no = { state: 'no', why: '' } as const;
  expect(nextOf(item)).toEqual({ type: 'none' });
  expect(nextOf({ ...item, passes: false, ownerCanSpeak: no })).toEqual({ type: 'confirm' });
  expect(nextOf({ ...item, passes: false, current: no, ownerCanSpeak: no })).toEqual({ type: 'open' });
  expect(nextOf({ ...item, passes: false, exists: no, record: null })).toEqual({ type: 'create' });
  expect(nextOf({ ...item, passes: false, exists: no, record: null, nature: 'record' })).toEqual({
    type: 'none',
  });
});
