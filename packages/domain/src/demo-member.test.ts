import { expect, test } from 'vitest';
import { isDemoMember } from './demo-member.ts';

test('a person of the demo is told by the version of the id, and nobody else is one', () => {
  expect(isDemoMember('3f2b8c1d-5a6e-8f00-8abc-0123456789ab')).toBe(true);
  expect(isDemoMember('3f2b8c1d-5a6e-7f00-8abc-0123456789ab')).toBe(false);
  expect(isDemoMember('88888888-8888-4888-8888-888888888888')).toBe(false);
  expect(isDemoMember('')).toBe(false);
});
