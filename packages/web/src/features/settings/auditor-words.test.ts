import type { RefWire } from '@throughline/domain/wire.ts';
import { expect, test } from 'vitest';
import { auditorWords, choiceOf, chosenScope, nothingChosen } from './auditor-words.ts';

const ref = (id: string, kind = 'system'): RefWire => ({
  id,
  ref: `${kind === 'system' ? 'SYS' : 'AUD'}-${id}`,
  kind,
  title: `Record ${id}`,
  state: 'operation',
});
const one = ref('1');
const audit = ref('9', 'audit');
const label = (kind: string) => `${kind}s`;

test('nothing chosen is everything, and everything is nothing chosen', () => {
  const everything = { kinds: 'all', systems: 'all', audits: [] } as const;
  expect(chosenScope(nothingChosen)).toEqual(everything);
  expect(choiceOf(everything)).toEqual(nothingChosen);
  expect(auditorWords(everything, [], label)).toBe('reads everything');
});

test.each([
  ['systems', { systems: [one], audits: [], kinds: [] }, { kinds: 'all', systems: ['1'], audits: [] }],
  [
    'an audit alone leaves no other system',
    { systems: [], audits: [audit], kinds: [] },
    { kinds: 'all', systems: [], audits: ['9'] },
  ],
  [
    'kinds leave every system',
    { systems: [], audits: [], kinds: ['risk'] },
    { kinds: ['risk'], systems: 'all', audits: [] },
  ],
] as const)('%s', (_, choice, scope) => {
  expect(chosenScope(choice)).toEqual(scope);
  expect(choiceOf(scope, [one, audit])).toEqual(choice);
});

test('a record that is not known any more stays chosen, so that saving never lets more be read', () => {
  const scope = { kinds: 'all', systems: ['gone'], audits: [] } as const;
  const choice = choiceOf(scope, [one]);
  expect(choice.systems.map(({ id }) => id)).toEqual(['gone']);
  expect(chosenScope(choice)).toEqual(scope);
});

test('what is read is said in words: names of a few, the number of many', () => {
  const many = ['1', '2', '3', '4'];
  const words = (scope: Parameters<typeof auditorWords>[0]) =>
    auditorWords(scope, [...many.map((id) => ref(id)), audit], label);
  expect(words(undefined)).toBe('reads nothing: nothing was chosen');
  expect(words({ kinds: 'all', systems: ['1'], audits: ['9'] })).toBe('reads SYS-1 Record 1, AUD-9 Record 9');
  expect(words({ kinds: ['risk'], systems: many, audits: [] })).toBe('reads 4 systems: risks');
  expect(words({ kinds: many, systems: 'all', audits: [] })).toBe('reads every system: 4 kinds');
  expect(words({ kinds: 'all', systems: ['gone'], audits: [] })).toBe('reads 1 system');
});
