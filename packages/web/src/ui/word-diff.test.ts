import { expect, test } from 'vitest';
import { type DiffPart, wordDiff } from './word-diff.ts';

const side = (parts: readonly DiffPart[], without: DiffPart['kind']): string =>
  parts
    .filter((part) => part.kind !== without)
    .map((part) => part.text)
    .join('');

test('added words are told, and the rest is the same', () => {
  expect(wordDiff('Ranks motor claims.', 'Ranks motor and home claims.')).toEqual([
    { kind: 'same', text: 'Ranks motor ' },
    { kind: 'added', text: 'and home ' },
    { kind: 'same', text: 'claims.' },
  ]);
});

test.each([
  ['', ''],
  ['', 'all new'],
  ['all gone', ''],
  ['one two three', 'three two one'],
  ['Größe, naïve – 北京', 'Große, naïve – 上海'],
  ['a  b\n\nc', 'a b\nc'],
])('both texts can be read back from the parts: %j, %j', (before, after) => {
  const parts = wordDiff(before, after);
  expect(side(parts, 'added')).toBe(before);
  expect(side(parts, 'removed')).toBe(after);
});

test('a text too long to compare word by word is told as one change', () => {
  const before = Array.from({ length: 3000 }, (_word, index) => `a${index}`).join(' ');
  const after = Array.from({ length: 3000 }, (_word, index) => `b${index}`).join(' ');
  const parts = wordDiff(before, after);
  expect(parts.map((part) => part.kind)).toEqual(['removed', 'added']);
  expect(side(parts, 'added')).toBe(before);
});
