import { expect, test } from 'vitest';
import { mandatory } from '../../gallery/fixtures/readiness.ts';
import { isComputed, nextOf, orderItems, verdictOfCheck } from './mandatory-order.ts';

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

test('asks for one thing: what the server offers, or a word of the owner where only that is missing', () => {
  const no = { state: 'no', why: '' } as const;
  const action = {
    label: 'Open DOC-1',
    do: { type: 'open', ref: 'DOC-1' },
    ability: { allowed: true },
  } as const;
  const failing = { ...first, passes: false };
  expect(nextOf(first)).toBe('none');
  expect(nextOf({ ...failing, ownerCanSpeak: no, action })).toBe('confirm');
  expect(nextOf({ ...failing, current: no, ownerCanSpeak: no, action })).toBe('action');
  expect(nextOf({ ...failing, ownerCanSpeak: no, holds: no, action })).toBe('action');
  expect(nextOf({ ...failing, exists: no, action: null })).toBe('none');
  // Nothing is offered for what nobody can judge yet, and the page says so.
  const open = { state: 'not-yet-judged', why: '' } as const;
  expect(nextOf({ ...failing, exists: open, action: null })).toBe('waits');
  expect(nextOf({ ...failing, exists: open, action })).toBe('action');
});

test('what stands without a document of its own says that it is computed, and what does not stand does not', () => {
  const yes = { state: 'yes', why: '' } as const;
  const no = { state: 'no', why: '' } as const;
  const without = { ...first, record: null };
  expect(isComputed({ ...without, nature: 'document', exists: yes })).toBe(true);
  expect(isComputed({ ...without, nature: 'document', exists: no })).toBe(false);
  expect(isComputed({ ...without, nature: 'record', exists: no })).toBe(true);
  expect(isComputed({ ...first, nature: 'document', exists: yes })).toBe(first.record === null);
});
