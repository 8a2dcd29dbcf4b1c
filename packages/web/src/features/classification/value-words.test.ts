import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { QuestionWire } from '@throughline/domain/wire-classification.ts';
import { expect, test } from 'vitest';
import { groupWords, helpWords, valueWords } from './value-words.ts';

const question = (help: string | null): QuestionWire => ({
  fact: 'eu_nexus',
  group: 'scope',
  level: 'system',
  type: 'multi',
  article: '2(1)',
  example: null,
  ask: 'Which Union link exists?',
  help,
  values: [
    { id: 'none', label: null },
    { id: 'output_used_in_eu', label: null },
    { id: 'III.5.b', label: '5.b Creditworthiness' },
  ],
});

test('words of the law come before the page’s own, and an unknown id stays what it is', () => {
  expect(valueWords(question(null), 'III.5.b')).toBe('5.b Creditworthiness');
  expect(valueWords(question(null), 'none')).toBe('None of these');
  expect(valueWords(question(null), 'colour')).toBe('colour');
});

test('help names values in words', () => {
  expect(helpWords(question('output_used_in_eu also counts.'))).toBe(
    '“Its output is used in the Union” also counts.',
  );
});

test('every heading of the rules has its words', () => {
  const law = readFileSync(join(process.cwd(), 'packages/catalogue/data/eu-ai-act.yaml'), 'utf8');
  const groups = new Set([...law.matchAll(/, group: (\w+), level: (?!run)/g)].map(([, group = '']) => group));
  expect(groups.size).toBe(9);
  for (const group of groups) expect(groupWords(group)).not.toBe(group);
});
