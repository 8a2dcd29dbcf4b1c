import type { RoleHolderWire } from '@throughline/domain/wire-people.ts';
import { expect, test } from 'vitest';
import { throughWords } from './holder-words.ts';

const holder = (change: Partial<RoleHolderWire>): RoleHolderWire => ({
  member: { id: 'm1', name: 'Head of claims' },
  service: false,
  own: false,
  groups: [],
  standsFor: [],
  ...change,
});
const group = (name: string) => ({ id: name, name });
const away = { id: 'm2', name: 'Head of pricing', last: '2026-12-01' };

test.each([
  ['a role of one’s own needs no word', { own: true, groups: [group('Model risk')], standsFor: [away] }, ''],
  ['one group is named', { groups: [group('Model risk')] }, 'by the group Model risk'],
  [
    'several groups are named',
    { groups: [group('Model risk'), group('Board')] },
    'by the groups Model risk, Board',
  ],
  [
    'a place is named with its end',
    { standsFor: [away] },
    'in the place of Head of pricing until 1 Dec 2026',
  ],
  ['a group comes before a place', { groups: [group('Board')], standsFor: [away] }, 'by the group Board'],
])('%s', (_, change, words) => {
  expect(throughWords(holder(change))).toBe(words);
});
