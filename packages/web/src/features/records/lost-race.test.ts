import { expect, test } from 'vitest';
import { testKind, testRecord } from '../../kinds/test-kind.ts';
import { clashesOf, settledPatch } from './lost-race.ts';

const ref = (id: string) => ({
  id,
  ref: id.toUpperCase(),
  kind: 'model',
  title: `Model ${id}`,
  state: 'live',
});
const usesModel = {
  type: 'uses' as const,
  to: ['model'],
  many: true,
  required: false,
  label: 'Uses model',
  inverse: 'Used by system',
};
const single = { ...testKind, relations: { usesModel, owns: { ...usesModel, many: false, label: 'Owns' } } };
const before = {
  fields: { unit: 'Claims', level: 'low' },
  links: { usesModel: [ref('a')], owns: [ref('a')] },
};
const theirs = (over: object = {}) =>
  testRecord({
    fields: { unit: 'Legal', level: 'low' },
    links: { usesModel: [ref('a'), ref('b')] },
    ...over,
  });

test('a field that both changed clashes, with both values', () => {
  expect(clashesOf(testKind, { fields: { unit: 'Motor' } }, before, theirs())).toEqual([
    { part: 'unit', theirs: { field: 'Legal' }, yours: { field: 'Motor' } },
  ]);
});

test('what only one side changed, and what both changed alike, clashes with nothing', () => {
  const patch = { fields: { unit: 'Legal', level: 'high' } };
  expect(clashesOf(testKind, patch, before, theirs())).toEqual([]);
  expect(settledPatch(testKind, patch, theirs(), {})).toEqual({ fields: { level: 'high' } });
});

test('a field that they emptied clashes with nothing recorded', () => {
  const [clash] = clashesOf(testKind, { fields: { unit: 'Motor' } }, before, theirs({ fields: {} }));
  expect(clash?.theirs).toEqual({ field: null });
});

test('each part goes its own way: theirs stays, mine is put on top, the reason comes along', () => {
  const patch = { fields: { unit: 'Motor', level: 'high' }, because: 'Moved' };
  expect(settledPatch(testKind, patch, theirs(), { unit: 'theirs' })).toEqual({
    fields: { level: 'high' },
    because: 'Moved',
  });
  expect(settledPatch(testKind, patch, theirs(), { unit: 'yours' })).toEqual(patch);
  const one = { fields: { unit: 'Motor' }, because: 'Moved' };
  expect(settledPatch(testKind, one, theirs(), { unit: 'theirs' })).toBeUndefined();
});

test('a relation of many takes what both added, and takes nothing away twice', () => {
  const patch = { links: { usesModel: { add: ['b', 'c'], remove: ['a', 'gone'] } } };
  expect(clashesOf(testKind, patch, before, theirs())).toEqual([]);
  expect(settledPatch(testKind, patch, theirs(), {})).toEqual({
    links: { usesModel: { add: ['c'], remove: ['a'] } },
  });
  const done = { links: { usesModel: { add: ['b'] } } };
  expect(settledPatch(testKind, done, theirs(), {})).toBeUndefined();
});

test('a relation of one target can keep one: both are shown by name, and mine replaces theirs', () => {
  const now = theirs({ links: { owns: [ref('b')] } });
  const patch = { links: { owns: { add: ['c'], remove: ['a'] } } };
  const chosen = (id: string) => (id === 'c' ? ref('c') : undefined);
  expect(clashesOf(single, patch, before, now, chosen)).toEqual([
    { part: 'owns', theirs: { links: [ref('b')] }, yours: { links: [ref('c')] } },
  ]);
  expect(settledPatch(single, patch, now, { owns: 'yours' })).toEqual({
    links: { owns: { add: ['c'], remove: ['b'] } },
  });
  expect(settledPatch(single, patch, now, { owns: 'theirs' })).toBeUndefined();
  // They did not touch it, or chose the same.
  expect(clashesOf(single, patch, before, theirs({ links: { owns: [ref('a')] } }))).toEqual([]);
  expect(clashesOf(single, patch, before, theirs({ links: { owns: [ref('c')] } }))).toEqual([]);
});
