import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Administering } from './administrators.ts';
import type { Role } from './permissions.ts';
import { raises, rolesNamed } from './raising.ts';

const today = '2026-03-01';
const member = (
  id: string,
  roles: readonly Role[],
  more: { active?: boolean; until?: string | null } = {},
) => ({
  ...{ id, roles, active: true, until: null },
  ...more,
});
const group = (id: string, roles: readonly Role[], members: readonly string[]) => ({ id, roles, members });
const asking = { own: ['me', 'me-too'], letIn: ['puppet'], named: ['top-management'] as const };
const raised = (before: Administering, after: Administering) => raises(before, after, asking, today);
const of = (members: Administering['members'], ...groups: Administering['groups']): Administering => ({
  members,
  groups,
});

describe('somebody raises what they may', () => {
  const before = of(
    [member('me', ['admin']), member('other', ['reader'])],
    group('g', ['reader'], ['other']),
  );

  test('by a role, a group or a day, of any account of theirs', () => {
    expect(raised(before, of([member('me', ['admin', 'reader'])]))).toBe(true);
    expect(raised(before, of(before.members, group('g', ['reader'], ['me'])))).toBe(true);
    expect(
      raised(of(before.members, group('g', [], ['me'])), of(before.members, group('g', ['reader'], ['me']))),
    ).toBe(true);
    expect(raised(before, of([...before.members, member('me-too', ['reader'])]))).toBe(true);
    const ending = of([member('me', ['admin'], { until: '2026-06-30' })]);
    expect(raised(ending, of([member('me', ['admin'], { until: '2026-07-01' })]))).toBe(true);
    const gone = of([member('me-too', ['reader'], { active: false })]);
    expect(raised(gone, of([member('me-too', ['reader'])]))).toBe(true);
  });

  test('not by what others get, by what they have in another way, or by less', () => {
    expect(raised(before, of([member('me', ['admin']), member('other', ['top-management'])]))).toBe(false);
    expect(raised(before, of(before.members, group('g', ['admin'], ['me'])))).toBe(false);
    expect(raised(before, of([member('me', [], { until: '2026-06-30' })]))).toBe(false);
    // Whose time is past may nothing, whatever their roles.
    expect(raised(before, of([member('me', ['reader'], { until: '2026-02-28' })]))).toBe(false);
  });

  test('by whom they let in, as far as the table of authority names the role', () => {
    const invited = of([member('puppet', ['reader'])]);
    expect(raised(invited, of([member('puppet', ['reader', 'top-management'])]))).toBe(true);
    expect(raised(invited, of(invited.members, group('g', ['top-management'], ['puppet'])))).toBe(true);
    expect(raised(invited, of([member('puppet', ['reader', 'risk-owner'])]))).toBe(false);
  });

  test('never by what leaves everything as it was, nor by taking away', () => {
    const roles = fc.subarray<Role>(['admin', 'reader', 'top-management']);
    fc.assert(
      fc.property(roles, roles, roles, (mine, theirs, ofGroup) => {
        const state = of(
          [member('me', mine), member('puppet', theirs)],
          group('g', ofGroup, ['me', 'puppet']),
        );
        expect(raised(state, state)).toBe(false);
        expect(raised(state, of(state.members))).toBe(false);
      }),
    );
  });
});

test('roles are named by lines of the day alone', () => {
  const line = { dimension: 'release', level: 'high', member: null, validFrom: '2026-01-01', validTo: null };
  const rows = [
    { ...line, role: 'top-management' },
    { ...line, role: 'risk-owner', validTo: '2026-02-28' },
    { ...line, role: null, member: 'm' },
  ];
  expect(rolesNamed(rows, today)).toEqual(['top-management']);
  expect(rolesNamed(rows, '2026-02-01')).toEqual(['top-management', 'risk-owner']);
});
