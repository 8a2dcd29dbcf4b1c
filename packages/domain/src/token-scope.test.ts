import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor } from './actor.ts';
import { refusalWords } from './kind-words.ts';
import { registry } from './kinds/all.ts';
import {
  can,
  canAdminister,
  may,
  organisationActs,
  type RecordFacts,
  recordActs,
  roles,
  scopeRefuses,
  scopeRefusesOrganisation,
  scopesFor,
  whoAdministers,
} from './permissions.ts';
import { readTokenScope, scopeWithin, tokenActs } from './token-reach.ts';
import {
  actsOf,
  changesNothing,
  personsBehind,
  provisioningScope,
  provisions,
  readOnlyActs,
  rolesStillGiven,
  scopeReaches,
  scopeReachesOrganisation,
  type TokenScope,
  wholeScope,
} from './token-scope.ts';

const kinds = registry.kinds.map((kind) => kind.name);
const someone = fc.option(fc.constantFrom('m1', 'm2'), { nil: null });
const facts: fc.Arbitrary<RecordFacts> = fc.record({
  kind: fc.constantFrom(...kinds),
  owner: someone,
  systemOwner: someone,
  assignee: someone,
});
const scopes: fc.Arbitrary<TokenScope> = fc.record({
  kinds: fc.oneof(fc.constant('all' as const), fc.subarray(kinds)),
  acts: fc.oneof(fc.constantFrom('all', 'read-only', 'provisioning'), fc.subarray([...tokenActs])),
});
const held = fc.subarray([...roles]);
const act = fc.constantFrom(...recordActs);
const token = (of: readonly (typeof roles)[number][], scope?: TokenScope): Actor => ({
  type: 'token',
  token: 't1',
  roles: of,
  ...(scope ? { scope } : {}),
});

describe('what a token reaches', () => {
  test('is what its roles allow and its scope names: no more than either, and no less than both', () => {
    fc.assert(
      fc.property(held, scopes, facts, act, (of, scope, record, what) => {
        const inside = scopeReaches(scope, record.kind, what);
        const whole = token(of);
        const narrowed = token(of, scope);
        expect(can(narrowed, what, record)).toBe(inside && can(whole, what, record));
        expect(may(narrowed, record.kind, what)).toBe(inside && may(whole, record.kind, what));
        expect(scopesFor(narrowed, record.kind, what)).toEqual(
          inside ? scopesFor(whole, record.kind, what) : [],
        );
      }),
      { numRuns: 2_000 },
    );
  });

  test('is the same of acts on the organisation itself', () => {
    fc.assert(
      fc.property(held, scopes, fc.constantFrom(...organisationActs), (of, scope, what) => {
        const inside = scopeReachesOrganisation(scope, what);
        expect(canAdminister(token(of, scope), what)).toBe(inside && canAdminister(token(of), what));
      }),
    );
  });

  test('is what a person in the same roles may do without owning anything, at most', () => {
    fc.assert(
      fc.property(held, scopes, facts, act, (of, scope, record, what) => {
        if (!can(token(of, scope), what, record)) return;
        expect(can({ type: 'person', member: 'm1', roles: of }, what, record)).toBe(true);
      }),
    );
  });

  test('is nothing without a role, whatever the scope, and nothing with an empty scope, whatever the roles', () => {
    const nothing = { kinds: [], acts: [] } as const;
    for (const kind of kinds)
      for (const what of recordActs) {
        expect(may(token([], wholeScope), kind, what)).toBe(false);
        expect(may(token(roles, nothing), kind, what)).toBe(false);
      }
    for (const what of organisationActs) expect(canAdminister(token(roles, nothing), what)).toBe(false);
  });

  test('does not hold the organisation where kinds are chosen, unless the act is named', () => {
    const chosen = (acts: TokenScope['acts']): Actor => token(['admin'], { kinds: ['system'], acts });
    expect(canAdminister(chosen('all'), 'members')).toBe(false);
    expect(canAdminister(chosen('read-only'), 'log')).toBe(false);
    expect(canAdminister(chosen(['log']), 'log')).toBe(true);
    expect(canAdminister(chosen(['log']), 'members')).toBe(false);
    expect(canAdminister(token(['admin'], wholeScope), 'members')).toBe(true);
  });
});

describe('read-only', () => {
  test('leaves reading, export and the log, and changes nothing', () => {
    const scope = { kinds: 'all', acts: 'read-only' } as const;
    const allowed = tokenActs.filter((what) =>
      recordActs.some((one) => one === what)
        ? recordActs.some((one) => one === what && may(token(roles, scope), 'system', one))
        : organisationActs.some((one) => one === what && canAdminister(token(roles, scope), one)),
    );
    expect(allowed).toEqual(['read', 'export', 'log']);
    expect(changesNothing(scope)).toBe(true);
  });

  test('is said of a scope exactly where no act that it leaves changes anything', () => {
    fc.assert(
      fc.property(scopes, (scope) => {
        const acts = tokenActs.filter((what) =>
          scope.acts === 'all' ? true : actsOf(scope.acts).includes(what),
        );
        expect(changesNothing(scope)).toBe(acts.every((what) => readOnlyActs.includes(what)));
      }),
    );
  });
});

describe('provisioning', () => {
  test('leaves nothing but itself: no act on any record, and none on the organisation', () => {
    for (const what of recordActs)
      for (const kind of kinds) expect(may(token(roles, provisioningScope), kind, what)).toBe(false);
    for (const what of organisationActs)
      expect(canAdminister(token(roles, provisioningScope), what)).toBe(false);
    expect(changesNothing(provisioningScope)).toBe(true);
  });

  test('is of tokens that were made for it alone', () => {
    fc.assert(
      fc.property(held, scopes, (of, scope) => {
        expect(provisions(token(of, scope))).toBe(scope.acts === 'provisioning');
      }),
    );
    expect(provisions(token(roles, wholeScope))).toBe(false);
    expect(provisions(token(roles))).toBe(false);
    expect(provisions({ type: 'person', member: 'm1', roles: ['admin'] })).toBe(false);
    expect(provisions({ type: 'rule', rule: 'jobs' })).toBe(false);
  });

  test('is handed out by no other token', () => {
    fc.assert(
      fc.property(scopes, (outer) => {
        expect(scopeWithin(provisioningScope, outer)).toBe(outer.acts === 'provisioning');
      }),
    );
  });
});

describe('who refuses', () => {
  test('the scope, exactly where the roles would allow it', () => {
    fc.assert(
      fc.property(held, scopes, facts, act, (of, scope, record, what) => {
        const narrowed = token(of, scope);
        expect(scopeRefuses(narrowed, record.kind, what)).toBe(
          may(token(of), record.kind, what) && !may(narrowed, record.kind, what),
        );
        expect(scopeRefuses(narrowed, record.kind, what, record)).toBe(
          can(token(of), what, record) && !can(narrowed, what, record),
        );
      }),
    );
    for (const what of organisationActs) {
      expect(scopeRefusesOrganisation(token(['admin'], { kinds: 'all', acts: [] }), what)).toBe(true);
      expect(scopeRefusesOrganisation(token([], { kinds: 'all', acts: [] }), what)).toBe(false);
    }
  });

  test('never the scope of somebody who has none', () => {
    const person = { type: 'person', member: 'm1', roles: [] } as const;
    expect(scopeRefuses(person, 'system', 'edit')).toBe(false);
    expect(scopeRefuses(token(['reader']), 'system', 'edit')).toBe(false);
    expect(scopeRefusesOrganisation(person, 'members')).toBe(false);
  });

  test('is said in words', () => {
    expect(refusalWords('edit', { label: 'AI system' }, 'scope')).toBe(
      'The scope of this token does not let it edit this AI system.',
    );
  });

  test('the roles that administer are those that a refusal names', () => {
    for (const what of organisationActs)
      expect(roles.filter((role) => canAdminister(token([role]), what))).toEqual([...whoAdministers(what)]);
  });
});

describe('a scope inside another', () => {
  const reach = (scope: TokenScope): string[] => [
    ...kinds.flatMap((kind) =>
      recordActs.filter((what) => scopeReaches(scope, kind, what)).map((what) => `${kind} ${what}`),
    ),
    ...organisationActs.filter((what) => scopeReachesOrganisation(scope, what)),
  ];

  test('reaches nothing that the other does not', () => {
    fc.assert(
      fc.property(scopes, scopes, (inner, outer) => {
        if (!scopeWithin(inner, outer)) return;
        const outside = new Set(reach(outer));
        expect(reach(inner).filter((one) => !outside.has(one))).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  test('is itself, and is inside the whole', () => {
    fc.assert(
      fc.property(scopes, (scope) => {
        const passedOn = scope.acts !== 'provisioning';
        expect([scopeWithin(scope, scope), scopeWithin(scope, wholeScope)]).toEqual([true, passedOn]);
      }),
    );
  });

  test('does not hold what later releases bring, however long the list', () => {
    expect(scopeWithin(wholeScope, { kinds: 'all', acts: [...tokenActs] })).toBe(false);
    expect(scopeWithin(wholeScope, { kinds, acts: 'all' })).toBe(false);
    expect(scopeWithin({ kinds, acts: ['log'] }, { kinds, acts: 'all' })).toBe(false);
  });
});

describe('a scope as it was stored', () => {
  test('comes back as it was', () => {
    fc.assert(
      fc.property(scopes, (scope) => {
        expect(readTokenScope(JSON.parse(JSON.stringify(scope)))).toEqual(scope);
      }),
    );
  });

  test.each([
    [null, wholeScope],
    [undefined, { kinds: [], acts: [] }],
    ['all', { kinds: [], acts: [] }],
    [{}, { kinds: [], acts: [] }],
    [
      { kinds: ['system', 7], acts: ['read', 'conquer', null] },
      { kinds: ['system'], acts: ['read'] },
    ],
    [
      { kinds: 'everything', acts: 'anything' },
      { kinds: [], acts: [] },
    ],
  ])('%j grants only what is known', (stored, scope) => {
    expect(readTokenScope(stored)).toEqual(scope);
  });
});

test('behind what is done stand people: themselves, or whoever answers for a token', () => {
  expect(personsBehind({ type: 'person', member: 'm1', roles: [] })).toEqual(['m1']);
  expect(personsBehind({ type: 'token', token: 't1', roles: [], behind: ['m1', 'm2'] })).toEqual([
    'm1',
    'm2',
  ]);
  expect(personsBehind({ type: 'token', token: 't1', roles: [] })).toEqual([]);
  expect(personsBehind({ type: 'rule', rule: 'jobs' })).toEqual([]);
  expect(personsBehind({ type: 'visitor' })).toEqual([]);
});

test('a token gives what everybody who made it could still give', () => {
  const given = (...makers: string[][]) =>
    rolesStillGiven(
      ['aims-manager', 'reader'],
      makers.map((roles) => ({ roles })),
      ['admin'],
    );
  expect(given()).toEqual(['aims-manager', 'reader']);
  expect(given(['admin'])).toEqual(['aims-manager', 'reader']);
  expect(given(['reader', 'contributor'])).toEqual(['reader']);
  expect(given(['admin'], ['reader'])).toEqual(['reader']);
  expect(given(['admin'], [])).toEqual([]);
});
