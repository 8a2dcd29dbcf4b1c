import { expect, test } from 'vitest';
import { personsOf } from '../duties.ts';
import {
  agree,
  differencesOf,
  givingObstacle,
  isOpen,
  type Opinion,
  readableBy,
  settlingObstacle,
  takingBackObstacle,
} from './opinions.ts';

const everybodyApart = personsOf({ same: [], behind: new Map() });
const annIsTwo = personsOf({ same: [['ann', 'ann-too']], behind: new Map() });

const by = (member: string, changes: Partial<Opinion> = {}): Opinion => ({
  id: `of-${member}`,
  member,
  point: 'current',
  criteria: 'RCR-1 v3',
  rating: {
    likelihood: 'Often',
    consequences: { organisation: 'Mild', individuals: 'Hard', society: 'Mild' },
  },
  levels: { organisation: 'low', individuals: 'high', society: 'low' },
  reason: 'Two cases in spring',
  ...changes,
});

test('what one said is theirs alone until a second person has rated', () => {
  const one = [by('ann')];
  expect(isOpen(one, everybodyApart)).toBe(false);
  expect(readableBy(one, 'ann', everybodyApart)).toEqual(one);
  expect(readableBy(one, 'ben', everybodyApart)).toEqual([]);
  expect(readableBy(one, null, everybodyApart)).toEqual([]);
  const two = [by('ann'), by('ben')];
  expect(isOpen(two, everybodyApart)).toBe(true);
  for (const member of ['ann', 'ben', 'cleo', null])
    expect(readableBy(two, member, everybodyApart)).toEqual(two);
});

test('two accounts of one person are one rating: nothing opens by them, and either may read it', () => {
  const twice = [by('ann'), by('ann-too')];
  expect(isOpen(twice, annIsTwo)).toBe(false);
  expect(isOpen([...twice, by('ben')], annIsTwo)).toBe(true);
  expect(readableBy([by('ann')], 'ann-too', annIsTwo)).toHaveLength(1);
  expect(givingObstacle([by('ann')], 'ann-too', annIsTwo)).toContain('You rated this point already');
  expect(takingBackObstacle(by('ann'), [by('ann')], 'ann-too', annIsTwo)).toBeUndefined();
});

test('a rating is given once, apart from the others, and never after they could be seen', () => {
  expect(givingObstacle([], 'ann', everybodyApart)).toBeUndefined();
  expect(givingObstacle([by('ann')], 'ben', everybodyApart)).toBeUndefined();
  expect(givingObstacle([by('ann')], 'ann', everybodyApart)).toContain('Take yours back');
  expect(givingObstacle([by('ann'), by('ben')], 'cleo', everybodyApart)).toContain('not be given apart');
});

test('a rating is taken back by whoever gave it, while nobody else has seen it', () => {
  const one = by('ann');
  expect(takingBackObstacle(one, [one], 'ann', everybodyApart)).toBeUndefined();
  expect(takingBackObstacle(one, [one], 'ben', everybodyApart)).toContain('Somebody else gave');
  expect(takingBackObstacle(one, [one, by('ben')], 'ann', everybodyApart)).toContain('so it stays');
});

test('one rating is nothing to settle', () => {
  expect(settlingObstacle([], everybodyApart)).toContain('nothing to settle');
  expect(settlingObstacle([by('ann')], everybodyApart)).toContain('nothing to settle');
  expect(settlingObstacle([by('ann'), by('ben')], everybodyApart)).toBeUndefined();
});

test('where ratings differ is told part by part, and how many levels apart they come', () => {
  const milder = by('ben', {
    rating: {
      likelihood: ' OFTEN ',
      consequences: { organisation: 'Mild', individuals: 'Mild', society: 'Hard' },
    },
    levels: { organisation: 'low', individuals: 'low', society: 'high' },
  });
  const differences = differencesOf([by('ann'), milder]);
  expect(differences).toEqual({
    likelihood: false,
    consequences: { organisation: false, individuals: true, society: true },
    apart: { organisation: 0, individuals: 2, society: 2 },
    criteria: false,
  });
  expect(agree(differences)).toBe(false);
});

test('whoever says the same agrees, also in other spelling; other criteria are told', () => {
  const same = differencesOf([by('ann'), by('ben'), by('cleo')]);
  expect(agree(same)).toBe(true);
  expect(same.apart).toEqual({ organisation: 0, individuals: 0, society: 0 });
  const seldom = by('ben', { rating: { ...by('ben').rating, likelihood: 'Seldom' } });
  expect(agree(differencesOf([by('ann'), seldom]))).toBe(false);
  expect(differencesOf([by('ann'), by('ben', { criteria: 'RCR-1 v4' })]).criteria).toBe(true);
  expect(agree(differencesOf([]))).toBe(true);
});
