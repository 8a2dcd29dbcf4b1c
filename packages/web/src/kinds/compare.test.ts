import { expect, test } from 'vitest';
import { choose, differences, inOrder, versionsOf } from './compare.ts';
import { testKind, testRevision } from './test-kind.ts';

const first = testRevision({
  version: 1,
  act: 'created',
  state: 'pilot',
  fields: { name: 'A', unit: 'Claims', gone: 'x' },
  links: { usesModel: ['1'] },
});
const second = testRevision({
  version: 2,
  fields: { name: 'A', unit: 'Legal', purpose: 'New' },
  links: { usesModel: ['1', '2'] },
  changed: ['unit', 'purpose', 'usesModel'],
});

test('tells state, fields in the order of the declaration, former fields and links that differ', () => {
  expect(differences(testKind, first, second)?.map((entry) => `${entry.type} ${entry.part}`)).toEqual([
    'state state',
    'field purpose',
    'field unit',
    'field gone',
    'relation usesModel',
  ]);
});

test('the same version differs in nothing, and erased content cannot be compared', () => {
  expect(differences(testKind, first, first)).toEqual([]);
  const { fields: _fields, ...erased } = first;
  expect(differences(testKind, erased, second)).toBeNull();
});

test('versions stand in the order of time, whichever was chosen first', () => {
  expect(inOrder(second, first).map((revision) => revision.version)).toEqual([1, 2]);
});

test('at most two are chosen', () => {
  expect(choose([], 3)).toEqual([3]);
  expect(choose([3], 3)).toEqual([]);
  expect(choose([3, 1], 2)).toEqual([1, 2]);
});

test("a part's history is where it changed and where it began", () => {
  const third = testRevision({ version: 3, changed: ['purpose'] });
  const versions = (part: string | undefined) =>
    versionsOf([third, second, first], part).map((revision) => revision.version);
  expect(versions('unit')).toEqual([2, 1]);
  expect(versions('purpose')).toEqual([3, 2]);
  expect(versions(undefined)).toEqual([3, 2, 1]);
});
