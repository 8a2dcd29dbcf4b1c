import { expect, test } from 'vitest';
import { givenByGroup, notHeldNote, twoHandsNote } from './takes-two.ts';

const asking = { own: ['me', 'me-too'], named: ['top-management'], held: ['admin'] };
const note = (gains: readonly string[], members: readonly string[] | 'invited' | 'program') =>
  twoHandsNote([{ gains, members }], asking);

test('before it is saved it is said that a role waits for another administrator, and why', () => {
  expect(note(['admin'], ['other'])).toContain('administrator');
  expect(note(['reader'], ['me-too'])).toContain('yourself');
  expect(note(['top-management', 'reader'], 'invited')).toContain('Top management');
  expect(note(['top-management'], ['other'])).toContain('let this person in');
  expect(note(['reader', 'contributor'], 'program')).toContain('you do not have');
});

test('nothing is said of what one hand gives', () => {
  expect(note([], ['me'])).toBeUndefined();
  expect(note(['reader'], ['other'])).toBeUndefined();
  expect(note(['reader'], 'invited')).toBeUndefined();
  expect(note(['reader'], 'program')).toBeUndefined();
  expect(note(['top-management'], [])).toBeUndefined();
});

test('a group gives whoever comes all that they had not, and everybody in it what it gets', () => {
  const rolesOf = (member: string) => (member === 'me' ? ['reader'] : []);
  const before = { roles: ['reader'], members: ['other'] };
  expect(givenByGroup(before, { roles: ['reader', 'admin'], members: ['me', 'other'] }, rolesOf)).toEqual([
    { gains: ['admin'], members: ['me'] },
    { gains: ['admin'], members: ['other'] },
  ]);
});

test('a token of no account has roles that whoever makes it has, and those that only read', () => {
  expect(notHeldNote(['admin', 'aims-manager'], ['admin'], null)).toContain('You do not have: AIMS manager.');
  expect(notHeldNote(['admin'], ['admin'], null)).toBeUndefined();
  expect(notHeldNote(['reader'], ['admin'], null)).toBeUndefined();
  expect(notHeldNote(['aims-manager'], ['admin'], 'account')).toBeUndefined();
  expect(notHeldNote([], [], null)).toBeUndefined();
});
