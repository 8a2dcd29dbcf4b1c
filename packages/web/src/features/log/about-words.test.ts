import { expect, test } from 'vitest';
import { aboutWords } from './about-words.ts';

const head = { id: 'm1', name: 'Head of claims' };

test('an entry says whom it is about, and with which roles', () => {
  expect(aboutWords({ about: [] })).toBe('');
  expect(aboutWords({ about: [head, { id: 'm2', name: '' }] })).toBe(
    'Head of claims, a name that was erased',
  );
  expect(aboutWords({ about: [head], roles: ['admin', 'reader'] })).toBe(
    'Head of claims: Administrator, Reader',
  );
  expect(aboutWords({ about: [head], roles: [] })).toBe('Head of claims: no role');
});
