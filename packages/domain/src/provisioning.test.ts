import { describe, expect, test } from 'vitest';
import {
  accessStep,
  addressOf,
  formattedOf,
  isAddress,
  nameOf,
  type SaidUser,
  saidOf,
  userNameKey,
} from './provisioning.ts';

const none = { formatted: null, givenName: null, familyName: null };
const said: SaidUser = {
  userName: 'kim@example.org',
  externalId: null,
  displayName: null,
  name: none,
  emails: [],
  active: true,
};
const email = (value: string, type: string | null = null, primary = false) => ({ value, type, primary });

describe('what a person is called', () => {
  test.each([
    [{ displayName: 'Head of claims', name: { ...none, formatted: 'Kim Ode' } }, 'Head of claims'],
    [{ name: { formatted: 'Kim A. Ode', givenName: 'Kim', familyName: 'Ode' } }, 'Kim A. Ode'],
    [{ name: { ...none, givenName: 'Kim', familyName: 'Ode' } }, 'Kim Ode'],
    [{ name: { ...none, familyName: 'Ode' } }, 'Ode'],
    [{}, 'kim@example.org'],
  ])('%j is %s', (more, name) => {
    expect(nameOf({ ...said, ...more })).toBe(name);
  });

  test('is nothing in one line where nothing was said', () => {
    expect(formattedOf(none)).toBeNull();
  });
});

describe('where a person is reached', () => {
  test.each([
    [
      [email('a@x.example'), email('Work@x.example', 'work'), email('p@x.example', null, true)],
      'p@x.example',
    ],
    [[email('a@x.example'), email('Work@x.example', 'work')], 'work@x.example'],
    [[email('A@x.example'), email('b@x.example', 'home')], 'a@x.example'],
    [[], 'kim@example.org'],
  ])('%j is %s', (emails, address) => {
    expect(addressOf({ ...said, emails })).toBe(address);
  });

  test('is nowhere where neither an e-mail nor the user name is an address', () => {
    expect(addressOf({ ...said, userName: 'kim' })).toBeNull();
    expect(addressOf({ ...said, emails: [email('nowhere')] })).toBeNull();
  });

  test.each([
    ['a@b', true],
    ['a@b.example', true],
    ['a b@c', false],
    ['@b', false],
    ['a@', false],
    ['a@b@c', false],
    ['', false],
    [`${'a'.repeat(254)}@b`, false],
  ])('%s is an address: %s', (text, is) => {
    expect(isAddress(text)).toBe(is);
  });
});

test('user names are the same whatever their case and form', () => {
  expect(userNameKey('Kim@Example.ORG')).toBe(userNameKey('kim@example.org'));
  expect(userNameKey('ﬁnance')).toBe('finance');
  expect(userNameKey('Zoe\u0308')).toBe(userNameKey('ZOË'));
});

describe('who was added by hand', () => {
  const member = { id: 'm1', name: 'Head of motor', active: true, email: 'motor@example.org' };
  test('signs in with the address that they have', () => {
    expect(saidOf(member)).toEqual({
      userName: 'motor@example.org',
      externalId: null,
      displayName: 'Head of motor',
      name: { formatted: 'Head of motor', givenName: null, familyName: null },
      emails: [email('motor@example.org', 'work', true)],
      active: true,
    });
    expect(nameOf(saidOf(member))).toBe(member.name);
    expect(addressOf(saidOf(member))).toBe(member.email);
  });

  test('has the id for a user name where no address is known', () => {
    expect(saidOf({ ...member, email: null, active: false })).toMatchObject({
      userName: 'm1',
      emails: [],
      active: false,
    });
  });
});

test.each([
  [{ active: true, saidActive: true }, true, 'none'],
  [{ active: true, saidActive: true }, false, 'end'],
  [{ active: false, saidActive: false }, false, 'none'],
  [{ active: false, saidActive: false }, true, 'restore'],
  // A person here ended it: what a provider repeats does not give it back, and agreeing changes nothing.
  [{ active: false, saidActive: true }, true, 'refuse'],
  [{ active: false, saidActive: true }, false, 'none'],
  // A person here gave it back: the provider may end it again.
  [{ active: true, saidActive: false }, false, 'end'],
  [{ active: true, saidActive: false }, true, 'none'],
] as const)('%j and active %s: %s', (before, active, step) => {
  expect(accessStep(before, active)).toBe(step);
});
