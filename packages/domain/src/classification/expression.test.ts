import { expect, test } from 'vitest';
import type { Answer } from './answers.ts';
import { type Expression, testOf } from './expression.ts';

const judge = (expression: Expression, answers: Readonly<Record<string, Answer>> = {}) =>
  testOf(
    expression,
    () => () => null,
  )({
    answers: new Map(Object.entries(answers)),
    outcome: (id) => id === 'set' || (id === 'open' ? null : false),
  });

test('an unanswered fact makes every question about it unknown, the one for no as well', () => {
  const questions: Expression[] = [
    { is: 'a' },
    { is_false: 'a' },
    { has: ['a', 'x'] },
    { any_of: ['a', ['x']] },
    { any_except: ['a', ['x']] },
    { nonempty: 'a' },
    { any_of_enum: ['a', ['x']] },
    { gt: ['a', 1] },
    { before: ['a', '2026-08-02'] },
    { on_or_after: ['a', '2026-08-02'] },
  ];
  for (const question of questions) expect(judge(question)).toBeNull();
});

test('yes and no', () => {
  expect(judge({ is: 'a' }, { a: true })).toBe(true);
  expect(judge({ is: 'a' }, { a: false })).toBe(false);
  expect(judge({ is_false: 'a' }, { a: false })).toBe(true);
  expect(judge({ is_false: 'a' }, { a: true })).toBe(false);
});

test('none is an answer, and no value of the list', () => {
  expect(judge({ nonempty: 'a' }, { a: ['none'] })).toBe(false);
  expect(judge({ has: ['a', 'none'] }, { a: ['none'] })).toBe(true);
  expect(judge({ any_except: ['a', ['x']] }, { a: ['none'] })).toBe(false);
  expect(judge({ any_except: ['a', ['x']] }, { a: ['x'] })).toBe(false);
  expect(judge({ any_except: ['a', ['x']] }, { a: ['x', 'y'] })).toBe(true);
});

test('days compare with days; what is not a day lies on neither side', () => {
  expect(judge({ before: ['a', '2026-08-02'] }, { a: '2026-08-01' })).toBe(true);
  expect(judge({ before: ['a', '2026-08-02'] }, { a: '2026-08-02' })).toBe(false);
  expect(judge({ on_or_after: ['a', '2026-08-02'] }, { a: '2026-08-02' })).toBe(true);
  expect(judge({ before: ['a', '2026-08-02'] }, { a: 'not_yet' })).toBe(false);
  expect(judge({ on_or_after: ['a', '2026-08-02'] }, { a: 'not_yet' })).toBe(false);
});

test('numbers beyond a bound, single choices, outcomes and constants', () => {
  expect(judge({ gt: ['a', 1e25] }, { a: 1e25 })).toBe(false);
  expect(judge({ gt: ['a', 1e25] }, { a: 2e25 })).toBe(true);
  expect(judge({ any_of_enum: ['a', ['A2']] }, { a: 'A2' })).toBe(true);
  expect(judge({ any_of_enum: ['a', ['A2']] }, { a: 'none' })).toBe(false);
  expect(['set', 'open', 'other'].map((outcome) => judge({ outcome }))).toEqual([true, null, false]);
  expect(judge({ all: [{ always: true }, { not: { never: true } }] })).toBe(true);
});

test('named conditions are found when they are first judged, so that they may stand in any order', () => {
  const conditions = new Map<string, () => true>();
  const asked = testOf(
    { any: [{ cond: 'later' }, { never: true }] },
    (id) => conditions.get(id) ?? (() => null),
  );
  conditions.set('later', () => true);
  expect(asked({ answers: new Map(), outcome: () => false })).toBe(true);
});
