import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  groupIn,
  isSecondHand,
  pairIn,
  proposalDays,
  proposalEnds,
  proposalMatters,
  proposalState,
  readEnd,
  readMatter,
} from './proposals.ts';

const at = '2026-03-01T09:00:00.000Z';
const days = (count: number) => new Date(Date.parse(at) + count * 86_400_000);

test('a proposal waits for fourteen days to the moment, and lapses then', () => {
  expect(proposalState({ at, end: null }, days(0))).toBe('waits');
  expect(proposalState({ at, end: null }, days(proposalDays))).toBe('waits');
  expect(proposalState({ at, end: null }, new Date(days(proposalDays).getTime() + 1))).toBe('lapsed');
});

test('one that ended stays as it ended, however long ago', () => {
  for (const end of proposalEnds)
    for (const later of [0, 1, 15, 4000]) expect(proposalState({ at, end }, days(later))).toBe(end);
});

test('a second hand shares no person with the first, whichever accounts they came by', () => {
  expect(isSecondHand(['a'], ['b'])).toBe(true);
  expect(isSecondHand(['a'], ['a'])).toBe(false);
  // Who stands in for somebody, and who is stood in for, are no two hands.
  expect(isSecondHand(['a', 'b'], ['b'])).toBe(false);
  expect(isSecondHand(['a'], ['b', 'a'])).toBe(false);
  // Nobody is no hand.
  expect(isSecondHand(['a'], [])).toBe(false);
});

test('being a second hand is mutual', () => {
  const persons = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 });
  fc.assert(
    fc.property(persons, persons, (one, other) => {
      expect(isSecondHand(one, other)).toBe(isSecondHand(other, one));
      expect(isSecondHand(one, one)).toBe(false);
    }),
  );
});

test('what a row says is read without trust', () => {
  for (const matter of proposalMatters) expect(readMatter(matter)).toBe(matter);
  for (const end of proposalEnds) expect(readEnd(end)).toBe(end);
  for (const value of [null, undefined, 7, '', 'waits', 'toString', {}]) {
    expect(readMatter(value)).toBeUndefined();
    expect(readEnd(value)).toBeUndefined();
  }
});

test('a group is named by what is carried out, and by nothing else', () => {
  expect(groupIn({ group: 'g', roles: [] })).toBe('g');
  for (const what of [null, undefined, 'g', [], {}, { group: 7 }, { roles: ['g'] }])
    expect(groupIn(what)).toBeUndefined();
});

test('the pair that a proposal would part is read from what it carries out, and from nothing else', () => {
  const members = [{ member: 'a' }, { member: 'b' }];
  expect(pairIn({ pair: 'p', members })).toEqual({ pair: 'p', members: ['a', 'b'] });
  for (const other of [null, {}, { pair: 1, members }, { pair: 'p' }, { group: 'g' }])
    expect(pairIn(other)).toBeUndefined();
});
