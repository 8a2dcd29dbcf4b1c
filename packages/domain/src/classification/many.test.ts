import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Answer } from './answers.ts';
import { mergedAnswers, mergedUnknown } from './many.ts';

test('what a use said itself stays, and where the shared answer is another, that is named', () => {
  const own = new Map<string, Answer>([
    ['roles', ['provider']],
    ['interacts_with_persons', true],
    ['meets_ai_definition', true],
  ]);
  const shared = new Map<string, Answer>([
    ['roles', ['deployer']],
    ['meets_ai_definition', true],
    ['exclusions', ['none']],
  ]);
  const { answers, otherwise } = mergedAnswers(own, shared);
  expect(Object.fromEntries(answers)).toEqual({
    roles: ['provider'],
    interacts_with_persons: true,
    meets_ai_definition: true,
    exclusions: ['none'],
  });
  expect(otherwise).toEqual(['roles']);
  expect(mergedAnswers(new Map(), shared)).toEqual({ answers: shared, otherwise: [] });
  expect(mergedAnswers(own, new Map())).toEqual({ answers: own, otherwise: [] });
});

test('asked again with what came out, nothing moves and nobody is overruled', () => {
  const given = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.boolean());
  fc.assert(
    fc.property(given, given, (mine, theirs) => {
      const [own, shared] = [new Map(Object.entries(mine)), new Map(Object.entries(theirs))];
      const once = mergedAnswers(own, shared);
      expect(mergedAnswers(once.answers, shared).answers).toEqual(once.answers);
      for (const [fact, answer] of own) expect(once.answers.get(fact)).toBe(answer);
      expect(once.otherwise.every((fact) => own.get(fact) !== shared.get(fact))).toBe(true);
    }),
  );
});

test('what nobody knows yet of one use or of all gives way to an answer, whoever gave it', () => {
  const answers = new Map<string, Answer>([
    ['a', true],
    ['b', false],
  ]);
  expect([...mergedUnknown(answers, new Set(['a', 'c']), new Set(['b', 'c', 'd']))]).toEqual(['c', 'd']);
  expect(mergedUnknown(answers, new Set(), new Set()).size).toBe(0);
});
