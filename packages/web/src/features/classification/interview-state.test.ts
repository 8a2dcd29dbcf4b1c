import type { ClassifiedWire, QuestionWire } from '@throughline/domain/wire-classification.ts';
import { expect, test } from 'vitest';
import {
  answered,
  asked,
  changedFacts,
  closedBy,
  grouped,
  isIdle,
  noted,
  progressOf,
  rebased,
  type Sheet,
  toggled,
} from './interview-state.ts';

const question = (fact: string, group = 'scope'): QuestionWire => ({
  fact,
  group,
  level: 'system',
  type: 'bool',
  article: null,
  ask: `${fact}?`,
  help: null,
  example: null,
  values: [],
});
const result = (needed: readonly string[], idle: readonly string[] = []): ClassifiedWire => ({
  ruleSet: '1',
  on: '2026-11-21',
  status: 'undetermined',
  outcomes: [],
  prohibitedFrom: null,
  atLeast: [],
  alerts: [],
  needed,
  idle,
  contradictions: [],
  path: [],
  obligations: [],
});
const empty: Sheet = { answers: {}, notes: {} };

test('what still matters is shown: the next questions and the answers that count, in the order of the law', () => {
  const questions = ['a', 'b', 'c', 'd'].map((fact) => question(fact));
  const shown = asked(questions, { a: true, b: false }, result(['d'], ['b']));
  expect(shown.map(({ fact }) => fact)).toEqual(['a', 'd']);
});

test('each heading stands once', () => {
  const groups = grouped([question('a'), question('b'), question('c', 'dates')]);
  expect(groups.map(([group, list]) => [group, list.length])).toEqual([
    ['scope', 2],
    ['dates', 1],
  ]);
});

test('none stands alone, and the last value cleared is no answer', () => {
  expect(toggled(undefined, 'x', true)).toEqual(['x']);
  expect(toggled(['x'], 'y', true)).toEqual(['x', 'y']);
  expect(toggled(['x', 'y'], 'none', true)).toEqual(['none']);
  expect(toggled(['none'], 'x', true)).toEqual(['x']);
  expect(toggled(['x'], 'x', false)).toBeNull();
});

test('an answer taken away takes its note along; no is an answer', () => {
  const sheet = noted(answered(empty, 'a', false), 'a', 'Seen on site');
  expect(sheet).toEqual({ answers: { a: false }, notes: { a: 'Seen on site' } });
  expect(answered(sheet, 'a', null)).toEqual(empty);
  expect(noted(sheet, 'a', '  ').notes).toEqual({});
});

test('what was changed is told by fact, notes among it', () => {
  const before: Sheet = { answers: { a: true, b: ['x'] }, notes: {} };
  const after: Sheet = { answers: { a: true, b: ['x'], c: 1 }, notes: { a: 'Why' } };
  expect(changedFacts(before, before)).toEqual([]);
  expect([...changedFacts(before, after)].sort()).toEqual(['a', 'c']);
});

test('after a lost race both keep their work: mine lies on top, theirs where I said nothing', () => {
  const before: Sheet = { answers: { a: true, b: true }, notes: { b: 'Old' } };
  const mine: Sheet = { answers: { a: false }, notes: { a: 'Mine' } };
  const theirs: Sheet = { answers: { a: true, b: true, c: ['x'] }, notes: { b: 'Old', c: 'Theirs' } };
  expect(rebased(mine, before, theirs)).toEqual({
    answers: { a: false, c: ['x'] },
    notes: { a: 'Mine', c: 'Theirs' },
  });
});

test('what nobody knows yet is counted apart, keeps its note, and stands aside where nothing asks it', () => {
  const questions = ['a', 'b', 'c', 'd'].map((fact) => question(fact));
  const answers = { a: true, b: 'not-known', c: 'not-known', d: false };
  const open = result(['b', 'e'], ['d']);
  expect(progressOf(answers, open)).toEqual({ answered: 1, unknown: ['b'], left: 1 });
  expect(asked(questions, answers, open).map(({ fact }) => fact)).toEqual(['a', 'b']);
  expect(isIdle('c', answers, open)).toBe(true);
  // Answers that clash leave open what is asked: nothing vanishes then.
  const clash: ClassifiedWire = { ...result([]), status: 'contradiction' };
  expect(asked(questions, answers, clash)).toHaveLength(4);
  const sheet = noted(answered(empty, 'b', 'not-known'), 'b', 'The supplier is asked');
  expect(answered(sheet, 'b', true)).toEqual({ answers: { b: true }, notes: sheet.notes });
  expect(answered(sheet, 'b', null)).toEqual(empty);
});

test('what a change would close are later answers that decided something; the answer itself is none of them', () => {
  const answers = { a: true, b: true, c: false, d: 'not-known' };
  const before = { answers, result: result(['d'], ['c']) };
  const after = { answers: { ...answers, a: false }, result: result([], ['a', 'b', 'c']) };
  expect(closedBy('a', before, after)).toEqual(['b', 'd']);
  expect(closedBy('a', before, { ...after, result: result(['d'], ['c']) })).toEqual([]);
});
