import { expect, test } from 'vitest';
import { levelsMissed } from './given-level.ts';

const scheme = {
  id: 'sch-1',
  fields: { method: 'given', levels: [{ level: 'S1' }, { level: 'Class IIa' }] },
};
const given = (otherOutcome: string | null, changes: object = {}) => ({
  fields: { scheme: 'other', otherOutcome, ...changes },
  links: { byScheme: ['sch-1'] },
});

test('a class from outside says a level of its scheme, as people read it', () => {
  expect(levelsMissed(given('S1'), scheme)).toBeNull();
  expect(levelsMissed(given(' class IIA '), scheme)).toBeNull();
  expect(levelsMissed(given('S9'), scheme)).toEqual(['S1', 'Class IIa']);
});

test('nothing is held against a scheme without levels, one of another class, or before anything is said', () => {
  expect(levelsMissed(given('S9'), { ...scheme, fields: { method: 'given' } })).toBeNull();
  expect(levelsMissed(given('S9'), { ...scheme, id: 'sch-2' })).toBeNull();
  expect(levelsMissed(given('S9', { scheme: 'own-tier' }), scheme)).toBeNull();
  expect(levelsMissed(given(null), scheme)).toBeNull();
});
