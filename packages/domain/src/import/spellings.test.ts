import { describe, expect, test } from 'vitest';
import { absenceOf, firstClause, yesOrNo } from './spellings.ts';
import { headingWords, meaningfulWords, overlap, plainWords, trimmed } from './words.ts';

describe('how a cell says that nothing is there', () => {
  test.each([
    ['N/A', 'not-applicable'],
    ['n.a.', 'not-applicable'],
    ['Does not apply', 'not-applicable'],
    ['TBD', 'not-stated'],
    ['To-be-determined', 'not-stated'],
    ['—', 'not-stated'],
    ['???', 'not-stated'],
    ['', 'not-stated'],
    ['[blank]', 'not-stated'],
    ['NULL', 'not-stated'],
    ['Data not reported by submitter, see above', 'not-stated'],
    ['None', 'none'],
    ['nil', 'none'],
    ['None of the above', undefined],
    ['Not applicable to staff', undefined],
    ['0', undefined],
    ['no', undefined],
    [`not stated${' '.repeat(300)}`, undefined],
    ['?'.repeat(201), undefined],
  ])('%j says %s', (cell, absence) => {
    expect(absenceOf(cell)).toBe(absence);
  });
});

test.each([
  ['yes', 'yes'],
  ['oui', 'yes'],
  ['x', 'yes'],
  ['1', 'yes'],
  ['no', 'no'],
  ['nein', 'no'],
  ['0', 'no'],
  ['maybe', undefined],
  ['yes and no', undefined],
  ['', undefined],
])('%j is %s', (words, answer) => {
  expect(yesOrNo(words)).toBe(answer);
});

test.each([
  ['No – it is not practical', 'No'],
  ['Complete: it exists', 'Complete'],
  ['N/A; a product', 'N/A'],
  ['Yes, always', 'Yes'],
  ['Yes. Always', 'Yes'],
  ['Yes - always', 'Yes'],
  ['In-person review', undefined],
  ['Version 1.2', undefined],
  ['Yes –', undefined],
  ['No', undefined],
  ['', undefined],
])('the beginning of %j is %j', (cell, clause) => {
  expect(firstClause(cell)).toBe(clause);
});

test.each([
  ['2_use_case_name', 'use case name'],
  ['UseCaseName', 'use case name'],
  [' Use-case  Name? ', 'use case name'],
  ['12. Owner', 'owner'],
  ['2024', '2024'],
  ['Owner’s unit', 'owners unit'],
  ['ＯＷＮＥＲ', 'owner'],
  ['Zuständig für', 'zuständig für'],
])('the heading %j is the words %j', (heading, words) => {
  expect(headingWords(heading)).toBe(words);
});

test('plain words forget case, dashes and quotation marks, and keep letters of any script', () => {
  expect(plainWords('“Head–of Claims”')).toBe('head of claims');
  expect(plainWords("Head's")).toBe(plainWords('Heads'));
  expect(plainWords('Ответственный: отдел')).toBe('ответственный отдел');
  expect(plainWords('…')).toBe('');
});

test('white space of every kind goes from the ends and stays within', () => {
  expect(trimmed('\ufeff\u200b \u00a0a b\u00a0c\n')).toBe('a b\u00a0c');
  expect(trimmed(' \t\u00a0')).toBe('');
});

test.each([
  ['name of the system', 'system name', 1],
  ['system owner', 'system name', 0.5],
  ['owner', 'name', 0],
  ['the of a', 'name', 0],
])('%j and %j share %d of their meaning', (a, b, share) => {
  expect(overlap(meaningfulWords(a), meaningfulWords(b))).toBe(share);
});
