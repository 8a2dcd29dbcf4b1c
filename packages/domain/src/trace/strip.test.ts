import { verdicts } from '@throughline/catalogue/vocabulary.ts';
import { expect, test } from 'vitest';
import { strip, verdictOf } from './strip.ts';

test('each letter of a strip is read back as the verdict that it was written for, soon or not', () => {
  for (const soon of [false, true])
    expect([...strip({ stations: verdicts.map((verdict) => ({ verdict, soon })) })].map(verdictOf)).toEqual([
      ...verdicts,
    ]);
});

test.each(['x', '', 'H', 'hg'])('%j is no letter of a strip', (letter) => {
  expect(() => verdictOf(letter)).toThrow(TypeError);
});
