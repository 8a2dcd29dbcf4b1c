import type { PlannedDutyWire, RegisterWire } from '@throughline/domain/wire-register.ts';
import { expect, test } from 'vitest';
import { numbersOf, sentenceOf } from './register-words.ts';

const duty = (item: string, does: PlannedDutyWire['does']): PlannedDutyWire => ({
  item,
  article: '27',
  title: 'Rights',
  does,
  from: '2027-12-02',
  because: null,
  record: null,
  before: null,
  dischargedBy: [],
});
const register = (does: readonly PlannedDutyWire['does'][], notYet: string | null = null): RegisterWire => ({
  notYet,
  duties: does.map((one, n) => duty(`OB-${n}`, one)),
  fellAway: [],
});

test('each duty is counted by what happens to it', () => {
  expect(numbersOf(register(['add', 'add', 'move', 'stand', 'hold']))).toEqual({
    add: 2,
    move: 1,
    stand: 1,
    hold: 1,
  });
});

test('the reason that nothing can be written comes before what would be', () => {
  expect(sentenceOf(register(['add'], 'The outcome is not signed off.'))).toBe(
    'The outcome is not signed off.',
  );
});

test('what is missing and what moves are said with their numbers, and only where there are any', () => {
  expect(sentenceOf(register(['add', 'add', 'move']))).toBe(
    '2 obligations are not in the register yet. 1 stands there with another day.',
  );
  expect(sentenceOf(register(['move', 'stand']))).toBe('1 stands there with another day.');
});

test('a whole register and one with nothing in it read differently', () => {
  expect(sentenceOf(register(['stand', 'hold']))).toBe('The obligation that follows is in the register.');
  expect(sentenceOf(register(['stand', 'stand']))).toBe('All 2 obligations that follow are in the register.');
  expect(sentenceOf(register(['hold']))).toBe('No obligation with a day follows.');
});
