import { mentionText } from '@throughline/domain/mentions.ts';
import type { MemberWire } from '@throughline/domain/wire.ts';
import { expect, test } from 'vitest';
import { askedAt, called, matching, stored, targetsOf, written } from './mention-words.ts';

const id = (n: number): string => `0190a1b2-c3d4-7e5f-8a6b-00000000000${n}`;
const member = (n: number, name: string, active = true): MemberWire => ({
  id: id(n),
  name,
  roles: [],
  active,
});
const targets = targetsOf([
  member(1, 'Head of claims'),
  member(2, 'Head of claims operations'),
  member(3, 'Legal lead'),
  member(4, 'Former lead', false),
]);

test('people are offered before roles, and whoever left is not', () => {
  const names = targets.map((target) => target.name);
  expect(names.slice(0, 3)).toEqual(['Head of claims', 'Head of claims operations', 'Legal lead']);
  expect(names).toContain('AIMS manager');
  expect(names).not.toContain('Former lead');
});

test.each([
  ['@', 1, { from: 0, words: '' }],
  ['Ask @Hea', 8, { from: 4, words: 'Hea' }],
  ['Ask @Head of', 12, { from: 4, words: 'Head of' }],
  ['(@Le', 4, { from: 1, words: 'Le' }],
  ['Ask @Head of claims', 8, { from: 4, words: 'Hea' }],
  ['write to ann@example', 20, null],
  ['no sign here', 12, null],
  ['@one, and more', 14, null],
])('%j with the caret at %i', (text, caret, expected) => {
  expect(askedAt(text, caret)).toEqual(expected);
});

test('names that begin with what is typed come before those that hold it', () => {
  expect(matching(targets, 'le').map((target) => target.name)[0]).toBe('Legal lead');
  expect(matching(targets, 'claims').map((target) => target.name)).toEqual([
    'Head of claims',
    'Head of claims operations',
  ]);
  expect(matching(targets, 'nobody at all')).toEqual([]);
  expect(matching(targets, '')).toHaveLength(6);
});

test('a name becomes an id and back, the longest name first', () => {
  const text = 'See this, @Head of claims operations and @AIMS manager: @Legal lead.';
  const kept = `See this, ${mentionText(id(2))} and ${mentionText('aims-manager')}: ${mentionText(id(3))}.`;
  expect(stored(text, targets)).toBe(kept);
  const names = Object.fromEntries(targets.map((target) => [target.id, target.name]));
  expect(written(kept, names)).toBe(text);
});

test('what only looks like a name stays as it was written', () => {
  for (const text of ['@Head of claimsmen', 'mail@Legal lead', '@nobody', 'plain'])
    expect(stored(text, targets)).toBe(text);
  expect(stored('@anyone', [])).toBe('@anyone');
});

test('a person whose name is that of a role is the one who is called', () => {
  const both = targetsOf([member(1, 'AIMS manager')]);
  expect(stored('@AIMS manager', both)).toBe(mentionText(id(1)));
});

test('everyone a text calls is named once', () => {
  expect(called('@Legal lead, @Legal lead and @Reader', targets)).toEqual(['Legal lead', 'Reader']);
  expect(called('Nobody', targets)).toEqual([]);
});
