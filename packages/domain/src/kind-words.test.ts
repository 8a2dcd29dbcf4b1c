import { expect, test } from 'vitest';
import { inSentence, kindWords, refusalWords } from './kind-words.ts';
import { registry } from './kinds/all.ts';
import { recordActs } from './permissions.ts';

test("a kind's name is small inside a sentence, unless it begins with capitals of its own", () => {
  expect(inSentence('Impact assessment')).toBe('impact assessment');
  expect(inSentence('AI system')).toBe('AI system');
  expect(inSentence('')).toBe('');
});

test('a refusal names the act in words that read, for a record and for a register', () => {
  expect(refusalWords('approve', { label: 'AI system' })).toBe(
    'Your roles do not let you approve this AI system.',
  );
  expect(refusalWords('transition', { label: 'Risk' })).toBe(
    'Your roles do not let you take the steps of this risk.',
  );
  expect(refusalWords('comment', { these: 'Risks' })).toBe('Your roles do not let you comment on risks.');
});

test('every act on every kind has its sentence, without an inner name', () => {
  for (const act of recordActs)
    for (const kind of registry.kinds)
      expect(refusalWords(act, kind)).toMatch(/^Your roles do not let you [a-z ]+ this /);
});

test('ids of kinds are read as words', () => {
  expect(kindWords(['risk-criteria', 'waiver'])).toBe('risk criteria, waiver');
  expect(kindWords([])).toBe('');
});
