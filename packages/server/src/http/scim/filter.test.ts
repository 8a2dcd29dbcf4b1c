import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostileTexts } from '../../../test/every-route/hostile-input.ts';
import { fits, maxFilter, needed, readFilter } from './filter.ts';
import { groupSchema, userSchema } from './schemas.ts';
import { ScimError } from './scim-error.ts';

const user = {
  schemas: [userSchema.id],
  id: 'A1',
  externalId: 'e-1',
  userName: 'Kim@example.org',
  displayName: 'Head of "claims"',
  name: { givenName: 'Kim', familyName: 'Ode' },
  emails: [
    { value: 'kim@example.org', type: 'work', primary: true },
    { value: 'kim@home.example', type: 'home' },
  ],
  active: true,
  meta: { created: '2026-02-28T09:30:00.000Z' },
};
const holds = (text: string, of: object = user) => fits(readFilter(text, userSchema), { ...of });

describe('a comparison', () => {
  test.each([
    ['userName eq "kim@EXAMPLE.org"', true],
    ['USERNAME EQ "kim@example.org"', true],
    ['userName eq "kim"', false],
    ['userName ne "kim"', true],
    ['userName sw "KIM@"', true],
    ['userName ew ".ORG"', true],
    ['userName co "example"', true],
    ['externalId eq "e-1"', true],
    // Ids are told apart by case.
    ['externalId eq "E-1"', false],
    ['id eq "a1"', false],
    ['displayName eq "Head of \\"claims\\""', true],
    ['name.familyName eq "ode"', true],
    ['name pr', true],
    ['name.formatted pr', false],
    ['emails eq "kim@home.example"', true],
    ['emails.value eq "kim@home.example"', true],
    ['emails.type eq "other"', false],
    ['emails.primary eq true', true],
    ['active eq true', true],
    ['active eq "True"', true],
    ['active ne false', true],
    ['active eq "False"', false],
    ['meta.created gt "2026-01-01T00:00:00Z"', true],
    ['meta.created lt "2026-01-01T00:00:00Z"', false],
    ['meta.created ge "2026-02-28T09:30:00.000Z"', true],
    ['meta.created le "2026-02-28T09:30:00.000Z"', true],
    ['groups pr', false],
    ['name.formatted eq null', true],
    ['userName ne null', true],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName sw "kim"', true],
    ['schemas eq "urn:ietf:params:scim:schemas:core:2.0:user"', true],
  ])('%s is %s', (text, expected) => {
    expect(holds(text)).toBe(expected);
  });
});

describe('several', () => {
  test.each([
    ['userName pr and active eq true', true],
    ['userName eq "x" or active eq true', true],
    // `and` binds closer than `or`, `not` closest of all.
    ['userName pr or userName eq "x" and userName eq "y"', true],
    ['(userName pr or userName eq "x") and userName eq "y"', false],
    ['not (userName eq "x") and active eq true', true],
    ['not(userName eq "x" or active eq true)', false],
    ['((((userName pr))))', true],
    ['emails[type eq "work" and value co "@example"]', true],
    // Both have to hold of the same value.
    ['emails[type eq "home" and primary eq true]', false],
    ['emails[not (type eq "work")]', true],
    ['emails[type eq "none"] or userName pr', true],
  ])('%s is %s', (text, expected) => {
    expect(holds(text)).toBe(expected);
  });

  test('members of a group are looked through like e-mails', () => {
    const group = { displayName: 'Claims', members: [{ value: 'm1' }, { value: 'm2' }] };
    const asked = (text: string) => fits(readFilter(text, groupSchema), group);
    expect(asked('members.value eq "m2"')).toBe(true);
    expect(asked('members eq "m2" and displayName eq "CLAIMS"')).toBe(true);
    expect(asked('members[value eq "m3"]')).toBe(false);
  });
});

describe('what cannot be read', () => {
  test.each([
    '',
    ' ',
    'userName',
    'userName eq',
    'userName eq kim',
    'userName eq "kim',
    'userName eq "kim" and',
    'userName eq "kim" xor active eq true',
    'userName eq "kim" active eq true',
    'userName zz "kim"',
    'userName equals "kim"',
    '(userName pr',
    'userName pr)',
    'not userName pr',
    'emails[type eq "work"',
    'emails[type eq "work"].value eq "x"',
    'emails[emails[type pr]]',
    'userName[value eq "x"]',
    'title eq "Head"',
    'roles eq "admin"',
    'userName eq 7',
    'active gt true',
    'active eq "perhaps"',
    'userName gt null',
    'userName eq "\\x"',
    `userName eq "${'x'.repeat(maxFilter)}"`,
    `${'('.repeat(500)}userName pr${')'.repeat(500)}`,
    Array.from({ length: 61 }, () => 'userName pr').join(' and '),
    ...hostileTexts,
  ])('%j is an invalidFilter', (text) => {
    let thrown: unknown;
    try {
      readFilter(text, userSchema);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ScimError);
    expect(thrown).toMatchObject({ status: 400, scimType: 'invalidFilter' });
  });

  test('says where', () => {
    expect(() => readFilter('userName eq "kim" nor active', userSchema)).toThrow(
      'The filter cannot be read at character 19: "nor active".',
    );
  });

  test('is refused in the same way whatever it is made of', () => {
    const words = fc.constantFrom(
      'userName',
      'emails',
      '[',
      ']',
      '(',
      ')',
      'eq',
      'and',
      'or',
      'not',
      'pr',
      '"x"',
      ' ',
      '.',
      'true',
      '\u0000',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 30 }), (parts) => {
        try {
          fits(readFilter(parts.join(' '), userSchema), user);
        } catch (error) {
          expect(error).toBeInstanceOf(ScimError);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

test('what the store looks for is what everything that fits has, and no more', () => {
  const wanted = (text: string) => Object.fromEntries(needed(readFilter(text, userSchema)));
  expect(wanted('userName eq "kim" and active eq true')).toEqual({ userName: 'kim' });
  expect(wanted('(userName eq "kim") and externalId eq "e" and emails eq "a@b"')).toEqual({
    userName: 'kim',
    externalId: 'e',
    'emails.value': 'a@b',
  });
  expect(wanted('userName eq "kim" or userName eq "jo"')).toEqual({});
  expect(wanted('not (userName eq "kim")')).toEqual({});
  expect(wanted('userName sw "kim"')).toEqual({});
  expect(wanted('emails[value eq "a@b"]')).toEqual({});
});
