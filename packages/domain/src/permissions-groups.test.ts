import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { actingPerson } from './acting.ts';
import type { Actor } from './actor.ts';
import {
  can,
  canAdminister,
  groupRolesFor,
  organisationActs,
  organisationGrants,
  type RecordFacts,
  type Role,
  recordActs,
  rightToAdminister,
  roles,
} from './permissions.ts';

const day = '2026-11-21';
const usual: Role[] = roles.filter((role) => role !== 'external-auditor');
const risk: RecordFacts = { kind: 'risk', owner: 'm1', systemOwner: null, assignee: null };
/** Somebody as the door makes them: with own roles, those of groups, and perhaps somebody away. */
const someone = (own: readonly Role[], groups: readonly Role[], away?: readonly Role[]) =>
  actingPerson(
    { member: 'm1', roles: own, until: null },
    {
      scope: null,
      audited: null,
      groups,
      standsFor: away ? [{ member: 'm2', roles: away, first: day, last: day }] : [],
    },
    day,
  );

describe('through which group somebody acts', () => {
  test('is said where no role of their own is enough', () => {
    const actor = someone(['reader'], ['aims-manager', 'risk-owner', 'contributor']);
    expect(groupRolesFor(actor, 'approve', risk)).toEqual(['aims-manager', 'risk-owner']);
    expect(groupRolesFor(actor, 'archive', risk)).toEqual(['aims-manager']);
  });

  test('is not said of what one may by oneself, nor of what nobody lets one do', () => {
    expect(groupRolesFor(someone(['aims-manager'], ['risk-owner']), 'edit', risk)).toEqual([]);
    expect(groupRolesFor(someone(['reader'], ['aims-manager']), 'read', risk)).toEqual([]);
    expect(groupRolesFor(someone(['reader'], ['risk-owner']), 'archive', risk)).toEqual([]);
  });

  test('is not said where the place of somebody away gives the right', () => {
    expect(groupRolesFor(someone([], ['reader'], ['aims-manager']), 'archive', risk)).toEqual([]);
  });

  test('tokens, rules and those without a group have none', () => {
    const others: Actor[] = [
      { type: 'token', token: 't1', roles: [...roles] },
      { type: 'rule', rule: 'r' },
      { type: 'person', member: 'm1', roles: [...roles] },
    ];
    for (const actor of others)
      for (const act of recordActs) expect(groupRolesFor(actor, act, risk)).toEqual([]);
  });

  test('names roles that give the right each by itself, and only where own roles do not', () => {
    const some = fc.subarray(usual);
    fc.assert(
      fc.property(some, some, fc.constantFrom(...recordActs), (own, groups, act) => {
        const actor = someone(own, groups);
        const named = groupRolesFor(actor, act, risk);
        expect(named.length > 0).toBe(can(actor, act, risk) && !can(someone(own, []), act, risk));
        for (const role of named) expect([groups.includes(role), own.includes(role)]).toEqual([true, false]);
        for (const role of named) expect(can(someone([role], []), act, risk)).toBe(true);
      }),
    );
  });
});

describe('by whose right the organisation is administered', () => {
  test('by one’s own before that of somebody away', () => {
    expect(rightToAdminister(someone(['admin'], [], ['admin']), 'members')).toEqual({ onBehalfOf: null });
    expect(rightToAdminister(someone([], ['admin'], ['admin']), 'members')).toEqual({ onBehalfOf: null });
    expect(rightToAdminister(someone(['reader'], [], ['admin']), 'members')).toEqual({ onBehalfOf: 'm2' });
    expect(rightToAdminister(someone(['reader'], [], ['reader']), 'members')).toBeNull();
  });

  test('agrees with whether it may be administered at all', () => {
    const some = fc.subarray(usual);
    fc.assert(
      fc.property(some, some, some, fc.constantFrom(...organisationActs), (own, groups, away, act) => {
        const actor = someone(own, groups, away);
        const mine = [...own, ...groups].some((role) => organisationGrants[act].includes(role));
        const theirs = away.some((role) => organisationGrants[act].includes(role));
        expect(canAdminister(actor, act)).toBe(mine || theirs);
        expect(rightToAdminister(actor, act)?.onBehalfOf).toBe(mine ? null : theirs ? 'm2' : undefined);
      }),
    );
  });
});
