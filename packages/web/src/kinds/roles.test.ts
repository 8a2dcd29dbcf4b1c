import { expect, test } from 'vitest';
import { actingWords, refusal, roleName } from './roles.ts';

const no = (people?: readonly string[]) => ({
  allowed: false as const,
  reason: 'Your roles do not let you edit this risk.',
  who: ['aims-manager', 'risk-owner'],
  ...(people === undefined ? {} : { people: people.map((name) => ({ id: name, name })) }),
});

test('a refusal names people where the server did, and roles where it did not', () => {
  expect(refusal(no(['Head of claims', 'Actuary']))).toBe(
    'Your roles do not let you edit this risk. Head of claims or Actuary can.',
  );
  expect(refusal(no())).toMatch(/^Your roles do not let you edit this risk\. .*AIMS manager.* can\.$/i);
  expect(refusal(no([]))).not.toMatch(/ can\.$/);
  expect(refusal({ allowed: true })).toBeUndefined();
  expect(refusal(undefined)).toBeUndefined();
});

test('a role of another release stays as it came', () => {
  expect(roleName('emperor')).toBe('emperor');
});

test('for whom and through which group is said once, and one’s own right is not said', () => {
  const away = { allowed: true as const, for: { id: 'm2', name: 'Head of pricing' } };
  const group = { allowed: true as const, groups: [{ id: 'g1', name: 'Model risk' }] };
  const both = { allowed: true as const, groups: [...group.groups, { id: 'g2', name: 'Board' }] };
  expect(actingWords([away, away, group, both, { allowed: true }, undefined, no()])).toEqual([
    'You act for Head of pricing, who is away.',
    'The group Model risk gives you the right to change this.',
    'The groups Model risk, Board give you the right to change this.',
  ]);
});
