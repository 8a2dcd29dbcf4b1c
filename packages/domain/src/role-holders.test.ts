import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actingPerson } from './acting.ts';
import { roles } from './permissions.ts';
import { holdersOf, type RoleBearer } from './role-holders.ts';

const claims: RoleBearer = {
  id: 'm1',
  name: 'Head of claims',
  service: false,
  roles: ['reader'],
  groups: [{ id: 'g1', name: 'Model risk', roles: ['risk-owner', 'reader'] }],
  standsFor: [
    { id: 'm2', name: 'Head of pricing', roles: ['risk-owner', 'system-owner'], last: '2026-12-01' },
  ],
};
const model = { id: 'g1', name: 'Model risk' };
const pricing = { id: 'm2', name: 'Head of pricing', last: '2026-12-01' };

test('a holder says whether the role is their own, of which groups, and in whose place', () => {
  const common = { member: { id: 'm1', name: 'Head of claims' }, service: false };
  expect(holdersOf([claims], 'reader')).toEqual([{ ...common, own: true, groups: [model], standsFor: [] }]);
  expect(holdersOf([claims], 'risk-owner')).toEqual([
    { ...common, own: false, groups: [model], standsFor: [pricing] },
  ]);
  expect(holdersOf([claims], 'system-owner')).toEqual([
    { ...common, own: false, groups: [], standsFor: [pricing] },
  ]);
  expect(holdersOf([claims], 'admin')).toEqual([]);
});

test('a service account holds what is its own: it is in no group and stands in for nobody', () => {
  const account = { ...claims, service: true };
  expect(holdersOf([account], 'reader')).toMatchObject([{ own: true, groups: [], standsFor: [] }]);
  expect(holdersOf([account], 'risk-owner')).toEqual([]);
});

test('an external auditor stands in for nobody, and nobody for one', () => {
  expect(holdersOf([{ ...claims, roles: ['external-auditor'] }], 'system-owner')).toEqual([]);
  const away = { id: 'm3', name: 'Auditor', roles: ['external-auditor', 'admin'], last: '2026-12-01' };
  expect(holdersOf([{ ...claims, standsFor: [away] }], 'admin')).toEqual([]);
});

test('whoever is named holds the role when they act, and whoever is not does not', () => {
  const some = fc.subarray([...roles]);
  const day = '2026-11-21';
  fc.assert(
    fc.property(some, some, some, fc.constantFrom(...roles), (own, group, away, role) => {
      const bearer: RoleBearer = {
        ...claims,
        roles: own,
        groups: [{ ...model, roles: group }],
        standsFor: [{ ...pricing, roles: away }],
      };
      const actor = actingPerson(
        { member: 'm1', roles: own, until: null },
        {
          scope: null,
          audited: null,
          groups: group,
          standsFor: [{ member: 'm2', roles: away, first: day, last: day }],
        },
        day,
      );
      const acts =
        actor.roles.includes(role) || (actor.standsFor ?? []).some((one) => one.roles.includes(role));
      expect(holdersOf([bearer], role).length === 1).toBe(acts);
    }),
  );
});
