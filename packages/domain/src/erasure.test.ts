import { expect, test } from 'vitest';
import { erasedName, erasureReason, erasureReasons, isErasedName } from './erasure.ts';

test('each reason of the list is read as itself', () => {
  expect(erasureReasons.map((reason) => erasureReason(reason))).toEqual([...erasureReasons]);
});

test.each([undefined, null, '', 'Law', 'Jane asked', 7, ['law']])('%j is no reason', (value) => {
  expect(erasureReason(value)).toBeUndefined();
});

const gone = { name: erasedName, person: null, active: false };

test('a name counts as erased only where nobody can come back under it', () => {
  expect(isErasedName(gone)).toBe(true);
  expect(isErasedName({ ...gone, name: 'Head of claims' })).toBe(false);
  expect(isErasedName({ ...gone, person: 'somebody' })).toBe(false);
  expect(isErasedName({ ...gone, active: true })).toBe(false);
});
