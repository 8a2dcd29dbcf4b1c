import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { actingPerson, type Powers } from './acting.ts';
import { roles } from './permissions.ts';

const day = '2026-11-21';
const none: Powers = { scope: null, audited: null, groups: [], standsFor: [] };
const member = { member: 'm1', roles: ['contributor'], until: null };
const auditor = { member: 'm1', roles: ['external-auditor'], until: '2026-12-31' };
const away = (first: string, last: string, held: readonly string[] = ['system-owner']) => ({
  ...none,
  standsFor: [{ member: 'm2', roles: held, first, last }],
});

describe('groups', () => {
  test('their roles add up with one’s own, each once and none that this release does not know', () => {
    const groups = ['internal-auditor', 'contributor', 'emperor'];
    expect(actingPerson(member, { ...none, groups }, day)).toEqual({
      type: 'person',
      member: 'm1',
      roles: ['contributor', 'internal-auditor'],
      byGroup: ['internal-auditor'],
    });
  });

  test('a group never takes a role away', () => {
    fc.assert(
      fc.property(fc.subarray([...roles]), fc.subarray([...roles]), (own, groups) => {
        const held = actingPerson({ ...member, roles: own }, { ...none, groups }, day).roles;
        expect([...held].sort()).toEqual([...new Set([...own, ...groups])].sort());
      }),
    );
  });
});

describe('standing in', () => {
  test.each([
    ['the first day', day, '2026-12-01', true],
    ['the last day', '2026-11-01', day, true],
    ['the day before', '2026-11-22', '2026-12-01', false],
    ['the day after', '2026-11-01', '2026-11-20', false],
  ])('on %s', (_, first, last, stands) => {
    const actor = actingPerson(member, away(first, last), day);
    expect(actor.standsFor).toEqual(stands ? [{ member: 'm2', roles: ['system-owner'] }] : undefined);
    expect(actor.roles).toEqual(['contributor']);
  });

  test.each([
    ['on the last day of the absent', day, true],
    ['after it', '2026-11-20', false],
    ['where it has none', null, true],
  ])('%s', (_, until, stands) => {
    const powers = away(day, day);
    const left = { ...powers, standsFor: powers.standsFor.map((one) => ({ ...one, until })) };
    expect(actingPerson(member, left, day).standsFor !== undefined).toBe(stands);
  });

  test('an external auditor stands in for nobody, and nobody for one', () => {
    expect(actingPerson(auditor, away(day, day), day).standsFor).toBeUndefined();
    expect(
      actingPerson(member, away(day, day, ['external-auditor', 'reader']), day).standsFor,
    ).toBeUndefined();
  });
});

describe('the scope of an external auditor', () => {
  test('is what was chosen, until their last day; everything is a choice too, and where none was made nothing is read', () => {
    const scope = { kinds: 'all', systems: 'all', audits: [] } as const;
    expect(actingPerson(auditor, { ...none, scope }, day).scope).toEqual({
      until: '2026-12-31',
      kinds: 'all',
      systems: 'all',
    });
    expect(actingPerson(auditor, none, day).scope).toBeUndefined();
  });

  test('holds the systems chosen and those that the audits cover, each once', () => {
    const scope = { kinds: ['risk'], systems: ['s1'], audits: ['a1'] };
    expect(actingPerson(auditor, { ...none, scope, audited: ['s1', 's2'] }, day).scope).toEqual({
      until: '2026-12-31',
      kinds: ['risk'],
      systems: ['s1', 's2'],
    });
  });

  test('with audits alone holds nothing but what they cover', () => {
    const scope = { kinds: 'all', systems: [], audits: ['a1'] } as const;
    expect(actingPerson(auditor, { ...none, scope, audited: [] }, day).scope?.systems).toEqual([]);
  });

  test('without a last day there is none, so that nothing is read', () => {
    const scope = { kinds: 'all', systems: 'all', audits: [] } as const;
    expect(actingPerson({ ...auditor, until: null }, { ...none, scope }, day).scope).toBeUndefined();
  });

  test('is nobody else’s, whatever stands in their row', () => {
    const scope = { kinds: [], systems: [], audits: [] };
    expect(actingPerson({ ...member, until: '2026-12-31' }, { ...none, scope }, day).scope).toBeUndefined();
  });
});
