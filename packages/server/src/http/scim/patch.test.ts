import { describe, expect, test } from 'vitest';
import { hostileTexts } from '../../../test/every-route/hostile-input.ts';
import { canonical, patched, readOperations } from './patch.ts';
import { readPath } from './path.ts';
import { groupSchema, userSchema } from './schemas.ts';
import { ScimError } from './scim-error.ts';

const work = { value: 'kim@example.org', type: 'work', primary: true };
const home = { value: 'kim@home.example', type: 'home' };
const user = {
  userName: 'kim',
  name: { givenName: 'Kim', familyName: 'Ode' },
  emails: [work, home],
  active: true,
};
const group = { displayName: 'Claims', members: [{ value: 'm1' }, { value: 'm2' }, { value: 'm3' }] };

const apply = (operations: unknown[], to: object = user, schema = userSchema) =>
  patched({ ...to }, readOperations({ Operations: operations }), schema);
const inGroup = (...operations: unknown[]) => apply(operations, group, groupSchema);
function refusal(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    if (error instanceof ScimError) return error.scimType;
    throw error;
  }
  return undefined;
}

describe('as Entra ID sends it', () => {
  test('operations in capitals, truth values as text, and values by filter', () => {
    const now = apply([
      { op: 'Replace', path: 'active', value: 'False' },
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'kim@moved.example' },
      { op: 'Add', path: 'name.givenName', value: 'Kimberly' },
      {
        op: 'Add',
        path: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department',
        value: 'Claims',
      },
      { op: 'Add', path: 'title', value: 'Head of claims' },
    ]);
    expect(now).toEqual({
      userName: 'kim',
      name: { givenName: 'Kimberly', familyName: 'Ode' },
      emails: [{ ...work, value: 'kim@moved.example' }, home],
      active: 'False',
    });
  });

  test('an address of a kind that is not there yet is added by the filter that names it', () => {
    const add = { op: 'Add', path: 'emails[type eq "other"].value', value: 'kim@other.example' };
    expect(apply([add]).emails).toEqual([work, home, { type: 'other', value: 'kim@other.example' }]);
    expect(apply([{ ...add, op: 'Replace' }], { userName: 'kim' }).emails).toEqual([
      { type: 'other', value: 'kim@other.example' },
    ]);
  });

  test('one operation without a path, with paths for names', () => {
    const value = {
      active: 'True',
      'name.familyName': 'Odes',
      'emails[type eq "work"].value': 'k@example.org',
      'urn:ietf:params:scim:schemas:core:2.0:User:displayName': 'Kim Odes',
      id: 'repeated',
      meta: { version: 'repeated' },
    };
    expect(apply([{ op: 'Add', value }])).toEqual({
      ...user,
      active: 'True',
      displayName: 'Kim Odes',
      name: { givenName: 'Kim', familyName: 'Odes' },
      emails: [{ ...work, value: 'k@example.org' }, home],
    });
  });

  test('members of a group come, and go by their values', () => {
    const added = { op: 'Add', path: 'members', value: [{ value: 'm3', $ref: null }, { value: 'm4' }] };
    expect(inGroup(added).members).toEqual([...group.members, { value: 'm4' }]);
    const gone = { op: 'Remove', path: 'members', value: [{ value: 'm1' }, { value: 'm3' }] };
    expect(inGroup(gone).members).toEqual([{ value: 'm2' }]);
  });
});

describe('as Okta sends it', () => {
  test('an object without a path, and the id of the group among what is replaced', () => {
    expect(apply([{ op: 'replace', value: { active: false } }])).toEqual({ ...user, active: false });
    expect(inGroup({ op: 'replace', value: { id: 'g1', displayName: 'Motor' } })).toEqual({
      ...group,
      displayName: 'Motor',
    });
  });

  test('members of a group come by a list, go by a filter, and are replaced as a whole', () => {
    const both = inGroup(
      { op: 'add', path: 'members', value: [{ value: 'm4', display: 'kim' }] },
      { op: 'remove', path: 'members[value eq "m1"]' },
    );
    expect(both.members).toEqual([{ value: 'm2' }, { value: 'm3' }, { value: 'm4' }]);
    expect(inGroup({ op: 'replace', path: 'members', value: [{ value: 'm9' }] }).members).toEqual([
      { value: 'm9' },
    ]);
    expect(inGroup({ op: 'remove', path: 'members' }).members).toEqual([]);
  });
});

describe('as RFC 7644 §3.5.2 says', () => {
  test('add puts into a list and into an object, and says nothing twice', () => {
    expect(
      apply([{ op: 'add', path: 'emails', value: [work, { value: 'new@example.org' }] }]).emails,
    ).toEqual([work, home, { value: 'new@example.org' }]);
    expect(apply([{ op: 'add', path: 'name', value: { formatted: 'Kim Ode' } }]).name).toEqual({
      ...user.name,
      formatted: 'Kim Ode',
    });
    expect(apply([{ op: 'add', path: 'displayName', value: 'Kim' }])).toMatchObject({ displayName: 'Kim' });
  });

  test('a new primary value takes the place of the one before', () => {
    const value = [{ value: 'new@example.org', primary: true }];
    expect(apply([{ op: 'add', path: 'emails', value }]).emails).toEqual([
      { ...work, primary: false },
      home,
      value[0],
    ]);
    const turned = apply([{ op: 'replace', path: 'emails[type eq "home"].primary', value: 'True' }]);
    expect(turned.emails).toEqual([
      { ...work, primary: false },
      { ...home, primary: true },
    ]);
  });

  test('replace puts a list in the place of a list, and a part in the place of a part', () => {
    expect(apply([{ op: 'replace', path: 'emails', value: home }]).emails).toEqual([home]);
    expect(
      apply([{ op: 'replace', path: 'emails[type eq "home"]', value: { value: 'h@example.org' } }]).emails,
    ).toEqual([work, { ...home, value: 'h@example.org' }]);
  });

  test('remove takes away an attribute, a part, values by filter; what is not there is no matter', () => {
    expect(apply([{ op: 'remove', path: 'name.givenName' }]).name).toEqual({ familyName: 'Ode' });
    expect(apply([{ op: 'remove', path: 'name' }])).not.toHaveProperty('name');
    expect(apply([{ op: 'remove', path: 'emails[type eq "work"]' }]).emails).toEqual([home]);
    expect(apply([{ op: 'remove', path: 'emails[type eq "home"].type' }]).emails).toEqual([
      work,
      { value: home.value },
    ]);
    expect(apply([{ op: 'remove', path: 'emails[type eq "none"]' }]).emails).toEqual([work, home]);
    expect(apply([{ op: 'remove', path: 'externalId' }])).toEqual(user);
  });

  test('operations are carried out one after the other, on a copy', () => {
    const before = structuredClone(user);
    expect(
      apply([
        { op: 'remove', path: 'emails' },
        { op: 'add', path: 'emails', value: { value: 'a@example.org' } },
        { op: 'replace', path: 'emails[value eq "a@example.org"].type', value: 'work' },
      ]).emails,
    ).toEqual([{ value: 'a@example.org', type: 'work' }]);
    expect(user).toEqual(before);
  });
});

describe('what is refused', () => {
  test.each([
    [{ op: 'replace', path: 'id', value: 'x' }, 'mutability'],
    [{ op: 'replace', path: 'meta.version', value: 'x' }, 'mutability'],
    [{ op: 'add', path: 'groups', value: [] }, 'mutability'],
    [{ op: 'remove', path: 'active' }, 'mutability'],
    [{ op: 'remove', path: 'userName' }, 'mutability'],
    [{ op: 'replace', path: 'emails[value co "nobody"].type', value: 'x' }, 'noTarget'],
    [{ op: 'replace', path: 'emails[value eq "a" or value eq "b"]', value: {} }, 'noTarget'],
    [{ op: 'replace', path: 'emails[colour eq "red"].value', value: 'x' }, 'invalidFilter'],
    [{ op: 'replace', path: 'emails[type eq "work"', value: 'x' }, 'invalidFilter'],
    [{ op: 'replace', path: 'emails[type eq "work"]value', value: 'x' }, 'invalidPath'],
    [{ op: 'replace', path: 'name[givenName eq "x"]', value: 'x' }, 'invalidPath'],
    [{ op: 'replace', path: 'name.givenName[x]', value: 'x' }, 'invalidPath'],
    [{ op: 'replace', path: '..', value: 'x' }, 'invalidPath'],
    [{ op: 'replace', path: 7, value: 'x' }, 'invalidPath'],
    [{ op: 'replace', path: 'name', value: 7 }, 'invalidValue'],
    [{ op: 'replace', path: 'emails', value: [7] }, 'invalidValue'],
    [{ op: 'replace', path: 'userName' }, 'invalidValue'],
    [{ op: 'add', value: 'x' }, 'invalidValue'],
    [{ op: 'remove' }, 'noTarget'],
    [{ op: 'test', path: 'userName' }, 'invalidSyntax'],
    ['replace', 'invalidSyntax'],
  ])('%j is %s', (operation, type) => {
    expect(refusal(() => apply([operation]))).toBe(type);
  });

  test.each([[undefined], [[]], ['x'], [{ Operations: 'x' }], [{ Operations: [] }], [{}]])(
    'a body of %j',
    (body) => {
      expect(refusal(() => readOperations(body))).toBe('invalidSyntax');
    },
  );

  test('more operations than anybody needs', () => {
    const many = Array.from({ length: 1_001 }, () => ({ op: 'remove', path: 'name' }));
    expect(refusal(() => readOperations({ Operations: many }))).toBe('invalidSyntax');
  });

  test.each(hostileTexts)('%j as a path is refused by its type, or names nothing', (path) => {
    const types = [undefined, 'invalidPath', 'invalidFilter', 'mutability', 'invalidValue'];
    expect(types).toContain(refusal(() => apply([{ op: 'add', path, value: 'x' }])));
    expect({}).not.toHaveProperty('x');
  });
});

test('a body is read by the names of the schema, whatever their case; the rest is passed over', () => {
  const body = {
    USERNAME: 'kim',
    ACTIVE: 'TRUE',
    Name: { GIVENNAME: 'Kim', middleName: 'X' },
    emails: { VALUE: 'a@example.org', Primary: 'true', display: 'x' },
    id: 'x',
    roles: [{ value: 'admin' }],
    displayName: null,
    __proto__: { polluted: true },
  };
  expect(canonical(body, userSchema)).toEqual({
    userName: 'kim',
    active: true,
    name: { givenName: 'Kim' },
    emails: [{ value: 'a@example.org', primary: true }],
  });
  for (const wrong of [null, 7, 'x', [], undefined])
    expect(refusal(() => canonical(wrong, userSchema))).toBe('invalidSyntax');
});

test('a path of another schema, or of what is not kept, names nothing', () => {
  for (const path of [
    'title',
    'name.middleName',
    'phoneNumbers[type eq "work"].value',
    'urn:other:1.0:User:userName',
  ])
    expect(readPath(path, userSchema)).toBeUndefined();
  expect(readPath('urn:ietf:params:scim:schemas:core:2.0:User:name.givenName', userSchema)).toMatchObject({
    attribute: { name: 'name' },
    sub: { name: 'givenName' },
  });
});
