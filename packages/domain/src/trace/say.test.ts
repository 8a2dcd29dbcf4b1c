import { expect, test } from 'vitest';
import { text } from '../../test/trace/kit.ts';
import { count, label, listed, names, on, rec, say, titled, who, wordList } from './say.ts';

test('a sentence keeps records, days and persons as parts, for pages to link and to name', () => {
  expect(say('ow1-left', { member: who('ann'), day: on('2026-10-30') })).toEqual([
    'The accountable owner, ',
    { member: 'ann' },
    ', left on ',
    { day: '2026-10-30' },
    '.',
  ]);
  expect(say('po1-none')).toEqual(['No approved AI policy is in force.']);
});

test('numbers are written, and neighbouring words are one part', () => {
  expect(say('ri2-open', { number: 4, assessment: rec('ia-31'), severity: 'severe' })).toEqual([
    'Finding 4 of ',
    { record: 'ia-31' },
    ' (severe) is carried into no risk.',
  ]);
});

test('words of a button keep records as ids too, by ref or by title', () => {
  expect(label`Approve ${{ id: 'ia-1' }}`).toEqual(['Approve ', { record: 'ia-1' }]);
  expect(label`Put ${titled({ id: 'ctl-1' })} in place`).toEqual(['Put ', { title: 'ctl-1' }, ' in place']);
});

test('up to three records are named, and the rest are counted', () => {
  expect(text(names(['a']))).toBe('A');
  expect(text(names(['a', 'b']))).toBe('A and B');
  expect(text(names(['a', 'b', 'c']))).toBe('A, B and C');
  expect(text(names(['a', 'b', 'c', 'd', 'e']))).toBe('A, B, C and 2 more');
  const many = Array.from({ length: 1991 }, () => 'a');
  expect(text(names(many))).toBe('A, A, A and 1,988 more');
  expect(names([])).toEqual([]);
});

test('verbs follow the number of records', () => {
  expect(text(say('im1-none', listed(['uc-1'])))).toBe('UC-1 has no impact assessment.');
  expect(text(say('im1-none', listed(['uc-1', 'uc-2'])))).toBe('UC-1 and UC-2 have no impact assessment.');
  expect(text(say('im1-together', listed(['ia-1'])))).toContain('covers');
});

test('counts and lists of words read as people write them', () => {
  expect(count(1, 'risk')).toBe('1 risk');
  expect(count(999, 'risk')).toBe('999 risks');
  expect(count(1_234_567, 'risk')).toBe('1,234,567 risks');
  expect(count(0, 'risk')).toBe('0 risks');
  expect(count(2, 'nonconformity', 'nonconformities')).toBe('2 nonconformities');
  expect(wordList([])).toBe('');
  expect(wordList(['users'])).toBe('users');
  expect(wordList(['purpose', 'users', 'context'])).toBe('purpose, users and context');
});
