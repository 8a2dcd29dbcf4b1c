import { expect, test } from 'vitest';
import { catalogueChoices, catalogueWords } from './catalogue-words.ts';

const items = [
  { id: '6.1.4', title: 'AI system impact assessment' },
  { id: 'A.6.2.4', title: 'AI system verification and validation' },
];

test('an id is read with its title; one that the catalogue does not know is read as it is', () => {
  expect(catalogueWords(items, 'A.6.2.4')).toBe('A.6.2.4 AI system verification and validation');
  expect(catalogueWords(items, 'OWN-3')).toBe('OWN-3');
});

test('what is chosen already stays in the list, known or not, and stands there once', () => {
  expect(catalogueChoices(items, ['OWN-3', '6.1.4']).map((choice) => choice.value)).toEqual([
    '6.1.4',
    'A.6.2.4',
    'OWN-3',
  ]);
});
