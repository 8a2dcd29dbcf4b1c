import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Administering,
  type AdministeringMember,
  administratorChange,
  administrators,
} from './administrators.ts';

const today = '2026-03-01';
const person = (id: string, more: Partial<AdministeringMember> = {}): AdministeringMember => ({
  id,
  active: true,
  until: null,
  roles: ['admin'],
  ...more,
});
const reader = (id: string) => person(id, { roles: ['reader'] });
const office = (members: readonly string[], roles: Administering['groups'][number]['roles'] = ['admin']) => ({
  id: 'office',
  roles,
  members,
});
const of = (members: readonly AdministeringMember[], ...groups: Administering['groups']): Administering => ({
  members,
  groups,
});

describe('who administers', () => {
  test('by an own role or a group’s, while they are here', () => {
    const state = of(
      [
        person('own'),
        reader('grouped'),
        reader('neither'),
        person('gone', { active: false }),
        person('past', { until: '2026-02-28' }),
        person('last-day', { until: today }),
      ],
      office(['grouped', 'gone', 'past']),
      { id: 'other', roles: ['reader'], members: ['neither'] },
    );
    expect([...administrators(state, today)]).toEqual([
      ['own', '9999-12-31'],
      ['grouped', '9999-12-31'],
      ['last-day', today],
    ]);
  });
});

describe('a change', () => {
  const change = (before: Administering, after: Administering, others: readonly string[] = ['b']) =>
    administratorChange(before, after, others, today);
  const neither = { gives: false, weakens: false };

  test('gives by a role, a group, access, or a day that moves', () => {
    const before = of([person('a'), reader('c')], office([], []));
    const gives = { gives: true, weakens: false };
    expect(change(before, of([person('a'), person('c')], office([], [])))).toEqual(gives);
    expect(change(before, of([person('a'), person('c', { active: false })], office([], [])))).toEqual(
      neither,
    );
    expect(change(before, of(before.members, office(['c'])))).toEqual(gives);
    // Empty today, and filled by another system tomorrow.
    expect(change(before, of(before.members, office([])))).toEqual(gives);
    expect(change(before, of(before.members, office([]), office(['c'], ['reader'])))).toEqual(gives);
    const ended = of([person('a'), person('c', { active: false })]);
    expect(change(ended, of([person('a'), person('c')]))).toEqual(gives);
    const past = of([person('a'), person('c', { until: '2026-02-01' })]);
    expect(change(past, of([person('a'), person('c', { until: '2026-04-01' })]))).toEqual(gives);
  });

  test('gives nothing to whom administers already, and by no other role', () => {
    const before = of([person('a'), person('b'), reader('c')], office(['b']), {
      id: 'x',
      roles: [],
      members: [],
    });
    expect(change(before, of(before.members, office(['b', 'a'])))).toEqual(neither);
    expect(
      change(before, of(before.members, office(['b']), { id: 'x', roles: ['aims-manager'], members: ['c'] })),
    ).toEqual(neither);
  });

  test('weakens where the last other goes, is given an end, or goes sooner', () => {
    const before = of([person('a'), person('b'), reader('c')]);
    const without = (b: Partial<AdministeringMember>) => of([person('a'), person('b', b), reader('c')]);
    for (const b of [{ active: false }, { roles: [] }, { until: '2030-01-01' }] as const)
      expect(change(before, without(b))).toEqual({ gives: false, weakens: true });
    const ending = without({ until: '2026-06-30' });
    expect(change(ending, without({ until: '2026-03-31' })).weakens).toBe(true);
    expect(change(ending, without({ until: '2026-12-31' })).weakens).toBe(false);
    expect(
      change(of([person('a'), reader('b')], office(['b'])), of([person('a'), reader('b')], office([])))
        .weakens,
    ).toBe(true);
    // Nobody else was there to be taken away.
    expect(change(before, without({ active: false }), []).weakens).toBe(false);
  });

  test('weakens nothing while another stays as long, or they keep it in another way', () => {
    const before = of([person('a'), person('b'), person('c')], office(['b']));
    const others = ['b', 'c'];
    expect(change(before, of([person('a'), person('b', { active: false }), person('c')]), others)).toEqual(
      neither,
    );
    expect(
      change(before, of([person('a'), reader('b'), person('c', { active: false })], office(['b'])), others),
    ).toEqual(neither);
    expect(
      change(before, of([person('a', { active: false }), person('b'), person('c')], office(['b'])), others),
    ).toEqual(neither);
  });

  const anyone = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    active: fc.boolean(),
    until: fc.constantFrom(null, '2026-02-01', today, '2026-09-30'),
    roles: fc.constantFrom<AdministeringMember['roles']>([], ['admin'], ['reader'], ['admin', 'reader']),
  });
  const state = fc.record({
    members: fc.uniqueArray(anyone, { selector: ({ id }) => id, minLength: 4, maxLength: 4 }),
    groups: fc.constantFrom<Administering['groups']>([], [office(['b'])], [office(['b', 'c'], ['reader'])]),
  });

  test('that leaves everything as it was does neither, and no change does both ways at once for one other', () => {
    fc.assert(
      fc.property(state, state, (before, after) => {
        expect(change(before, before, ['b', 'c'])).toEqual(neither);
        const [there, back] = [change(before, after), change(after, before)];
        // What takes the last other away gives somebody the role again on the way back, unless days alone moved.
        expect(there.weakens && back.weakens).toBe(false);
      }),
    );
  });

  test('gives exactly where somebody administers who did not, whichever way, but for groups that are filled elsewhere', () => {
    fc.assert(
      fc.property(state, state, (before, after) => {
        const known = administrators(before, today);
        const more = [...administrators(after, today).keys()].some((id) => !known.has(id));
        if (more) expect(change(before, after).gives).toBe(true);
        else if (after.groups.every(({ roles }) => !roles.includes('admin')))
          expect(change(before, after).gives).toBe(false);
      }),
    );
  });
});
