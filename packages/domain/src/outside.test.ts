import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rolesFollowing } from './outside.ts';
import { type Role, roles } from './permissions.ts';

const some = fc.uniqueArray(fc.constantFrom(...roles));
/** Roles that a member holds, of which a source gave some. */
const sources = some.chain((held) => fc.record({ held: fc.constant(held), given: fc.subarray<Role>(held) }));

test('what the source gives comes, and what it gave before and gives no more goes', () => {
  expect(rolesFollowing({ held: ['reader'], given: [] }, ['contributor'], false)).toEqual({
    roles: ['reader', 'contributor'],
    given: ['contributor'],
  });
  expect(rolesFollowing({ held: ['reader', 'contributor'], given: ['contributor'] }, [], false)).toEqual({
    roles: ['reader'],
    given: [],
  });
});

test('a role given by hand is not the source’s to take, even while it gives it too', () => {
  const first = rolesFollowing({ held: ['reader'], given: [] }, ['reader'], false);
  expect(first).toEqual({ roles: ['reader'], given: [] });
  expect(rolesFollowing({ held: first.roles, given: first.given }, [], false).roles).toEqual(['reader']);
});

test('the last administrator stays one, and stays so by the source: the next can take it away', () => {
  const held: Role[] = ['reader', 'admin'];
  const stays = rolesFollowing({ held, given: ['admin'] }, [], true);
  expect(stays).toEqual({ roles: ['reader', 'admin'], given: ['admin'] });
  expect(rolesFollowing({ held: stays.roles, given: stays.given }, [], false)).toEqual({
    roles: ['reader'],
    given: [],
  });
  expect(rolesFollowing({ held: ['reader'], given: [] }, [], true).roles).toEqual(['reader']);
});

test('whatever is held and given: by hand stays, given is exactly what is not by hand, and twice is once', () => {
  fc.assert(
    fc.property(sources, some, fc.boolean(), (before, gives, last) => {
      const after = rolesFollowing(before, gives, last);
      const byHand = before.held.filter((role) => !before.given.includes(role));
      expect(after.roles).toEqual(expect.arrayContaining([...byHand, ...gives]));
      expect(after.roles.filter((role) => !after.given.includes(role)).sort()).toEqual([...byHand].sort());
      expect(new Set(after.roles).size).toBe(after.roles.length);
      if (last && before.held.includes('admin')) expect(after.roles).toContain('admin');
      else if (!gives.includes('admin') && !byHand.includes('admin'))
        expect(after.roles).not.toContain('admin');
      expect(rolesFollowing({ held: after.roles, given: after.given }, gives, last)).toEqual(after);
    }),
  );
});
