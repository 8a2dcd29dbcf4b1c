import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor, AuditScope } from './actor.ts';
import { registry } from './kinds/all.ts';
import {
  administersInOwnRight,
  type Condition,
  can,
  canAdminister,
  conditions,
  covers,
  grants,
  knownRoles,
  may,
  organisationActs,
  type RecordFacts,
  type RowScope,
  readingScope,
  recordActs,
  refusedBy,
  rightTo,
  roles,
  scopesFor,
  whoCan,
  withoutTokenScope,
} from './permissions.ts';
import type { TokenScope } from './token-scope.ts';

const members = ['m1', 'm2', 'm3'];
const kinds = registry.kinds.map((kind) => kind.name);
const someone = fc.option(fc.constantFrom(...members), { nil: null });
const facts: fc.Arbitrary<RecordFacts> = fc.record({
  kind: fc.constantFrom(...kinds),
  owner: someone,
  systemOwner: someone,
  assignee: someone,
  homes: fc.subarray(['s1', 's2', 's3']),
  parties: fc.option(fc.subarray(members), { nil: null }),
});
const scopes: fc.Arbitrary<AuditScope> = fc.record({
  until: fc.constant('2026-12-31'),
  kinds: fc.oneof(fc.constant('all' as const), fc.subarray(kinds)),
  systems: fc.oneof(fc.constant('all' as const), fc.subarray(['s1', 's2', 's3'])),
});
const person: fc.Arbitrary<Actor> = fc.record({
  type: fc.constant('person' as const),
  member: fc.constantFrom(...members),
  roles: fc.subarray([...roles]),
});
const token: fc.Arbitrary<Actor> = fc.record({
  type: fc.constant('token' as const),
  token: fc.constant('t1'),
  roles: fc.subarray([...roles]),
});
const act = fc.constantFrom(...recordActs);
/** Somebody with one role; an auditor with a scope of everything. */
const holder = (role: (typeof roles)[number]) => ({
  type: 'person' as const,
  member: 'm1',
  roles: [role],
  ...(role === 'external-auditor' ? { scope: { until: '2026-12-31', kinds: 'all' as const } } : {}),
});

/** What the store does with a scope, on plain rows. */
function selects(scope: RowScope, record: RecordFacts): boolean {
  if ('all' in scope) return true;
  if ('owner' in scope) return record.owner === scope.owner;
  if ('systemsOwnedBy' in scope) return record.systemOwner === scope.systemsOwnedBy;
  if ('assignee' in scope) return record.assignee === scope.assignee;
  if ('party' in scope) return record.parties?.some((one) => one === scope.party) === true;
  if (scope.kinds !== 'all' && !scope.kinds.includes(record.kind)) return false;
  const { homes = [] } = record;
  return scope.systems === 'all' || homes.length === 0 || homes.some((home) => scope.systems.includes(home));
}

const named = Object.keys(conditions) as Condition[];

test.each(named)('the condition %s tests a record as it selects rows', (name) => {
  fc.assert(
    fc.property(facts, fc.constantFrom(...members), scopes, (record, member, scope) => {
      const { test: holds, where } = conditions[name];
      expect(selects(where({ member, scope }), record)).toBe(holds(record, { member, scope }));
    }),
  );
});

describe('laws of the table', () => {
  test('what is allowed on a record lies in the rows that a list would show, and nothing else does', () => {
    fc.assert(
      fc.property(fc.oneof(person, token), facts, act, (actor, record, what) => {
        const open = { ...record, parties: null };
        const shown = scopesFor(actor, record.kind, what).some((scope) => selects(scope, open));
        expect(shown).toBe(can(actor, what, open));
      }),
    );
  });

  test('what may never be is not on any record', () => {
    fc.assert(
      fc.property(fc.oneof(person, token), facts, act, (actor, record, what) => {
        if (!may(actor, record.kind, what)) expect(can(actor, what, record)).toBe(false);
      }),
    );
  });

  test('more roles never allow less', () => {
    fc.assert(
      fc.property(person, facts, act, fc.constantFrom(...roles), (actor, record, what, role) => {
        if (actor.type !== 'person' || !can(actor, what, record)) return;
        expect(can({ ...actor, roles: [...actor.roles, role] }, what, record)).toBe(true);
      }),
    );
  });

  test('a refusal names only roles that could', () => {
    for (const kind of kinds)
      for (const what of recordActs)
        for (const role of whoCan(kind, what)) {
          expect(may(holder(role), kind, what), `${role} ${what} ${kind}`).toBe(true);
        }
  });
});

test('what the one who decides takes themselves, every role that decides on it may take', () => {
  const taken = registry.kinds.filter(({ lifecycle }) =>
    Object.values(lifecycle.transitions).some(({ approved, takenBy }) => approved && takenBy),
  );
  expect(taken.map(({ name }) => name)).toContain('verification');
  for (const { name } of taken)
    expect({ name, steps: whoCan(name, 'transition') }).toEqual({
      name,
      steps: expect.arrayContaining(whoCan(name, 'approve')),
    });
});

describe('deny by default', () => {
  test('nobody without a role, and no visitor or source, does anything', () => {
    const actors: Actor[] = [
      { type: 'person', member: 'm1', roles: [] },
      { type: 'token', token: 't1', roles: [] },
      { type: 'telemetry', source: 's1' },
      { type: 'visitor' },
    ];
    const record = { kind: 'system', owner: 'm1', systemOwner: 'm1', assignee: 'm1' };
    for (const actor of actors)
      for (const what of recordActs) {
        expect(may(actor, 'system', what)).toBe(false);
        expect(can(actor, what, record)).toBe(false);
        expect(scopesFor(actor, 'system', what)).toEqual([]);
      }
  });

  test('a token owns nothing, not even what nobody owns', () => {
    const actor = { type: 'token', token: 't1', roles: ['system-owner'] } as const;
    for (const owner of [null, ''])
      if (owner === null)
        expect(can(actor, 'edit', { kind: 'system', owner, systemOwner: owner, assignee: owner })).toBe(
          false,
        );
  });

  test('an auditor whose scope names kinds sees no others', () => {
    const scope = { until: '2026-12-31', kinds: ['document', 'control'] };
    const actor = { type: 'person', member: 'm1', roles: ['external-auditor'], scope } as const;
    expect(kinds.filter((kind) => may(actor, kind, 'read'))).toEqual(['document', 'control']);
    const all = { ...actor, scope: { ...scope, kinds: 'all' } } as const;
    expect(kinds.filter((kind) => may(all, kind, 'read'))).toEqual(kinds);
  });

  test('external auditors and readers change nothing', () => {
    for (const role of ['external-auditor', 'reader'] as const) {
      const acts = new Set(grants[role].flatMap((grant) => grant.acts));
      expect([...acts].sort()).toEqual(['export', 'read']);
    }
  });

  test('an administrator of accounts approves nothing and writes no record', () => {
    const actor = { type: 'person', member: 'm1', roles: ['admin'] } as const;
    for (const kind of kinds)
      for (const what of ['create', 'edit', 'transition', 'approve'] as const)
        expect(may(actor, kind, what), `${what} ${kind}`).toBe(false);
  });

  test('whoever answers for a system asks what is said of it, and writes none of it', () => {
    const actor = { type: 'person', member: 'm1', roles: ['system-owner'] } as const;
    for (const kind of ['audit', 'walk', 'control-test', 'finding']) {
      const theirs = { kind, owner: 'm2', systemOwner: 'm1', assignee: null };
      for (const what of ['edit', 'transition', 'archive'] as const) {
        expect([kind, what, can(actor, what, theirs)]).toEqual([kind, what, false]);
        // What they were named for, such as answering a finding, they do.
        expect(can(actor, what, { ...theirs, owner: 'm1' })).toBe(true);
      }
      expect(can(actor, 'create', theirs)).toBe(true);
    }
    expect(can(actor, 'edit', { kind: 'risk', owner: 'm2', systemOwner: 'm1', assignee: null })).toBe(true);
  });

  test('auditors do not write what they audit', () => {
    const actor = { type: 'person', member: 'm1', roles: ['internal-auditor'] } as const;
    const written = kinds.filter((kind) => may(actor, kind, 'edit'));
    expect(written.sort()).toEqual(
      [
        ...['audit', 'control-test', 'corrective-action', 'finding', 'nonconformity', 'task', 'walk'],
        // Each within what they are a party of.
        ...['concern', 'working-paper'],
      ].sort(),
    );
    expect(kinds.filter((kind) => may(actor, kind, 'approve'))).toEqual([]);
  });
});

describe('the organisation', () => {
  test('accounts and tokens belong to administrators alone', () => {
    for (const what of ['members', 'tokens'] as const)
      for (const role of roles)
        expect(canAdminister({ type: 'person', member: 'm1', roles: [role] }, what)).toBe(role === 'admin');
  });

  test('everybody with a role may look at the log; nobody without', () => {
    for (const role of roles)
      expect(canAdminister({ type: 'person', member: 'm1', roles: [role] }, 'log')).toBe(true);
    for (const what of organisationActs)
      expect(canAdminister({ type: 'person', member: 'm1', roles: [] }, what)).toBe(false);
  });

  test('the product itself may do what its rules ask for', () => {
    const rule = { type: 'rule', rule: 'recheck' } as const;
    for (const what of organisationActs) expect(canAdminister(rule, what)).toBe(true);
    expect(scopesFor(rule, 'system', 'edit')).toEqual([{ all: true }]);
  });
});

describe('the rows of the table', () => {
  const mine: RecordFacts = { kind: 'system', owner: 'm1', systemOwner: 'm1', assignee: 'm1' };
  const rows = roles.flatMap((role) =>
    grants[role].flatMap((grant, place) => grant.acts.map((what) => [role, place, what, grant] as const)),
  );

  test.each(rows)('row of %s, number %i, allows %s to somebody on something', (role, _, what, grant) => {
    const reached = grant.kinds === 'all' ? kinds.filter((kind) => covers(grant, kind)) : grant.kinds;
    // Nothing sealed is imported, whatever a row says.
    const closed = what === 'import' ? registry.sealed : [];
    for (const kind of reached.filter((one) => !closed.includes(one))) {
      expect(kinds).toContain(kind);
      expect(can(holder(role), what, { ...mine, kind })).toBe(true);
      expect(whoCan(kind, what)).toContain(role);
    }
  });

  test('a row bound to ownership allows nothing on what belongs to others', () => {
    for (const role of roles)
      for (const kind of kinds)
        for (const what of recordActs) {
          const actor = { type: 'person', member: 'm1', roles: [role] } as const;
          const bound = scopesFor(actor, kind, what).every((scope) => !('all' in scope));
          const others = { kind, owner: 'm2', systemOwner: 'm2', assignee: 'm2' };
          if (bound) expect([role, kind, what, can(actor, what, others)]).toEqual([role, kind, what, false]);
        }
  });

  test('a scope only ever takes away from what its holder may otherwise', () => {
    fc.assert(
      fc.property(person, scopes, facts, act, (actor, scope, record, what) => {
        if (actor.type !== 'person') return;
        const everything = { ...actor, scope: { until: scope.until, kinds: 'all' as const } };
        const inside = conditions.auditScope.test(record, { member: actor.member, scope });
        expect(can({ ...actor, scope }, what, record)).toBe(inside && can(everything, what, record));
        if (may({ ...actor, scope }, record.kind, what))
          expect(may(everything, record.kind, what)).toBe(true);
      }),
    );
  });

  test('a kind that no release declares is nobody’s by name, and a stored role of another release grants nothing', () => {
    for (const what of ['approve', 'create'] as const)
      expect(whoCan('no-such-kind', what)).toEqual(
        what === 'approve' ? ['aims-manager'] : ['aims-manager', 'system-owner'],
      );
    expect(knownRoles(['reader', 'emperor', 'reader', 'constructor'])).toEqual(['reader']);
    expect(knownRoles([])).toEqual([]);
  });
});

describe('what limits reading', () => {
  const auditor = { type: 'person', member: 'm1', roles: ['external-auditor'] } as const;
  const record: RecordFacts = { kind: 'risk', owner: null, systemOwner: null, assignee: null };

  test('a record that belongs to several systems is read through any of them, one of none by everybody', () => {
    const scoped = { ...auditor, scope: { until: '2026-12-31', kinds: 'all', systems: ['s1'] } } as const;
    expect(can(scoped, 'read', { ...record, homes: ['s2', 's1'] })).toBe(true);
    expect(can(scoped, 'read', { ...record, homes: ['s2'] })).toBe(false);
    expect(can(scoped, 'read', { ...record, homes: [] })).toBe(true);
  });

  test('where nobody looked up what a record belongs to, or nobody chose a scope, nothing is read', () => {
    const scoped = { ...auditor, scope: { until: '2026-12-31', kinds: 'all', systems: ['s1'] } } as const;
    expect(can(scoped, 'read', record)).toBe(false);
    expect(can(auditor, 'read', { ...record, homes: [] })).toBe(false);
    expect(may(auditor, 'risk', 'read')).toBe(false);
    expect(readingScope(auditor)).toEqual({ kinds: [], systems: [] });
    const token = { type: 'token', token: 't1', roles: ['external-auditor'] } as const;
    expect(may(token, 'risk', 'read')).toBe(false);
    expect(readingScope(token)).toEqual({ kinds: [], systems: [] });
  });

  test('what is applied to every row that is read lets through exactly what may be read', () => {
    fc.assert(
      fc.property(person, fc.option(scopes), facts, (actor, scope, found) => {
        if (actor.type !== 'person') return;
        const open = { ...found, parties: null };
        const who = scope ? { ...actor, scope } : actor;
        const limit = readingScope(who);
        const readable = may(who, found.kind, 'read') && (limit === null || selects(limit, open));
        expect(readable).toBe(can(who, 'read', open));
      }),
    );
  });

  test('no person but external auditors has a scope of reading, and the product itself has none', () => {
    for (const role of roles)
      expect(readingScope({ type: 'person', member: 'm1', roles: [role] }) === null).toBe(
        role !== 'external-auditor',
      );
    expect(readingScope({ type: 'rule', rule: 'recheck' })).toBeNull();
  });

  test('a narrowed token reads the kinds of its scope, and none where that does not name reading', () => {
    const token = (scope?: TokenScope) =>
      ({ type: 'token', token: 't1', roles: ['aims-manager'], ...(scope ? { scope } : {}) }) as const;
    const narrow = { kinds: ['system'], systems: 'all' };
    expect(readingScope(token())).toBeNull();
    expect(readingScope(token({ kinds: 'all', acts: 'read-only' }))).toBeNull();
    expect(readingScope(token({ kinds: ['system'], acts: 'all' }))).toEqual(narrow);
    expect(readingScope(token({ kinds: ['system'], acts: ['read'] }))).toEqual(narrow);
    expect(readingScope(token({ kinds: 'all', acts: ['comment'] }))).toEqual({ kinds: [], systems: 'all' });
    expect(withoutTokenScope(token({ kinds: ['system'], acts: 'all' }))).toEqual(token());
  });

  test('a sealed record is closed to every role, and open to those named in it as far as their roles go', () => {
    const sealed = { ...record, owner: 'm1', parties: ['m1', 'm2'] };
    for (const role of roles) {
      const stranger = { type: 'person', member: 'm3', roles: [role] } as const;
      for (const what of recordActs) expect(can(stranger, what, sealed), `${role} ${what}`).toBe(false);
    }
    expect(can({ type: 'person', member: 'm2', roles: ['reader'] }, 'read', sealed)).toBe(true);
    expect(can({ type: 'person', member: 'm2', roles: ['reader'] }, 'edit', sealed)).toBe(false);
    expect(can({ type: 'token', token: 't1', roles: ['aims-manager'] }, 'read', sealed)).toBe(false);
  });
});

describe('standing in for somebody away', () => {
  const owned: RecordFacts = { kind: 'system', owner: 'm2', systemOwner: 'm2', assignee: null };
  const deputy = {
    type: 'person',
    member: 'm1',
    roles: ['reader'],
    standsFor: [{ member: 'm2', roles: ['system-owner'] }],
  } as const;

  test('what the absent could is done on their behalf, what one could alone is not', () => {
    expect(rightTo(deputy, 'edit', owned)).toEqual({ onBehalfOf: 'm2' });
    expect(rightTo(deputy, 'read', owned)).toEqual({ onBehalfOf: null });
    expect(rightTo(deputy, 'erase', owned)).toBeNull();
    expect(rightTo({ ...deputy, standsFor: [] }, 'edit', owned)).toBeNull();
  });

  test('the role of one is not mixed with the ownership of the other', () => {
    const mine = { ...owned, owner: 'm1', systemOwner: 'm1' };
    expect(can(deputy, 'edit', mine)).toBe(false);
    const other = { ...deputy, roles: ['system-owner'], standsFor: [{ member: 'm2', roles: [] }] } as const;
    expect(can(other, 'edit', owned)).toBe(false);
  });

  test('a deputy may exactly what one of the two may, but for erasing, which is never in another’s place', () => {
    fc.assert(
      fc.property(person, person, facts, act, (one, absent, record, what) => {
        if (one.type !== 'person' || absent.type !== 'person') return;
        const open = { ...record, parties: null };
        const both: Actor = { ...one, standsFor: [{ member: absent.member, roles: absent.roles }] };
        const theirs = what !== 'erase';
        expect(can(both, what, open)).toBe(can(one, what, open) || (theirs && can(absent, what, open)));
        expect(may(both, open.kind, what)).toBe(
          may(one, open.kind, what) || (theirs && may(absent, open.kind, what)),
        );
      }),
    );
  });

  test('what is sealed stays closed to a deputy of somebody named in it', () => {
    expect(can(deputy, 'read', { ...owned, parties: ['m2'] })).toBe(false);
    expect(can(deputy, 'edit', { ...owned, parties: ['m1', 'm2'] })).toBe(true);
  });

  test('what refuses to erase is the place, where the absent could, and the roles otherwise', () => {
    const away = { ...deputy, standsFor: [{ member: 'm2', roles: ['admin'] }] } as const;
    expect(refusedBy(away, 'system', 'erase', owned)).toBe('place');
    expect(refusedBy(deputy, 'system', 'erase', owned)).toBe('roles');
    expect(refusedBy({ ...away, standsFor: [] }, 'system', 'approve', owned)).toBe('roles');
    const one = {
      type: 'token',
      token: 't1',
      roles: ['admin'],
      scope: { kinds: 'all', acts: ['read'] },
    } as const;
    expect(refusedBy(one, 'system', 'erase', owned)).toBe('scope');
  });

  test('a deputy administers what the absent does, in no right of their own', () => {
    const away = { ...deputy, standsFor: [{ member: 'm2', roles: ['admin'] }] } as const;
    expect(administersInOwnRight(away, 'members')).toBe(false);
    expect(administersInOwnRight({ ...away, roles: ['admin'] }, 'members')).toBe(true);
    expect(canAdminister(away, 'members')).toBe(true);
    expect(canAdminister(deputy, 'members')).toBe(false);
  });
});
