import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor } from './actor.ts';
import { registry } from './kinds/all.ts';
import {
  type Condition,
  can,
  canAdminister,
  conditions,
  grants,
  knownRoles,
  may,
  organisationActs,
  type RecordFacts,
  type RowScope,
  recordActs,
  roles,
  scopesFor,
  whoCan,
} from './permissions.ts';

const members = ['m1', 'm2', 'm3'];
const kinds = registry.kinds.map((kind) => kind.name);
const someone = fc.option(fc.constantFrom(...members), { nil: null });
const facts: fc.Arbitrary<RecordFacts> = fc.record({
  kind: fc.constantFrom(...kinds),
  owner: someone,
  systemOwner: someone,
  assignee: someone,
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

/** What the store does with a scope, on plain rows. */
function selects(scope: RowScope, record: RecordFacts): boolean {
  if ('all' in scope) return true;
  if ('owner' in scope) return record.owner === scope.owner;
  if ('systemsOwnedBy' in scope) return record.systemOwner === scope.systemsOwnedBy;
  return record.assignee === scope.assignee;
}

const named = Object.keys(conditions) as Condition[];

test.each(named)('the condition %s tests a record as it selects rows', (name) => {
  fc.assert(
    fc.property(facts, fc.constantFrom(...members), (record, member) => {
      const { test: holds, where } = conditions[name];
      expect(selects(where(member), record)).toBe(holds(record, member));
    }),
  );
});

describe('laws of the table', () => {
  test('what is allowed on a record lies in the rows that a list would show, and nothing else does', () => {
    fc.assert(
      fc.property(fc.oneof(person, token), facts, act, (actor, record, what) => {
        const shown = scopesFor(actor, record.kind, what).some((scope) => selects(scope, record));
        expect(shown).toBe(can(actor, what, record));
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
          const actor = { type: 'person', member: 'm1', roles: [role] } as const;
          expect(may(actor, kind, what), `${role} ${what} ${kind}`).toBe(true);
        }
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

  test('auditors do not write what they audit', () => {
    const actor = { type: 'person', member: 'm1', roles: ['internal-auditor'] } as const;
    const written = kinds.filter((kind) => may(actor, kind, 'edit'));
    expect(written.sort()).toEqual(
      ['audit', 'control-test', 'corrective-action', 'finding', 'nonconformity', 'task', 'walk'].sort(),
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
    const reached = grant.kinds === 'all' ? kinds : grant.kinds;
    for (const kind of reached) {
      expect(kinds).toContain(kind);
      const actor = { type: 'person', member: 'm1', roles: [role] } as const;
      expect(can(actor, what, { ...mine, kind })).toBe(true);
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

  test('a scope only ever takes away, whatever roles its holder has', () => {
    const scopes = fc.record({
      until: fc.constant('2026-12-31'),
      kinds: fc.oneof(fc.constant('all' as const), fc.subarray(kinds)),
    });
    fc.assert(
      fc.property(person, scopes, facts, act, (actor, scope, record, what) => {
        if (actor.type !== 'person') return;
        const inside = scope.kinds === 'all' || scope.kinds.includes(record.kind);
        const scoped = { ...actor, scope };
        expect(can(scoped, what, record)).toBe(inside && can(actor, what, record));
        expect(may(scoped, record.kind, what)).toBe(inside && may(actor, record.kind, what));
        expect(scopesFor(scoped, record.kind, what)).toEqual(
          inside ? scopesFor(actor, record.kind, what) : [],
        );
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
