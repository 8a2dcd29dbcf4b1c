import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Bar,
  barOf,
  barOfMembers,
  type Deed,
  type Duty,
  duties,
  dutyWords,
  type Identities,
  judgeDuties,
  personsOf,
  waivable,
} from './duties.ts';

const identities = (changes: Partial<Identities> = {}): Identities => ({
  same: [],
  behind: new Map(),
  ...changes,
});
const ann: Deed = { type: 'person', id: 'ann' };
const ben: Deed = { type: 'person', id: 'ben' };
const mayAfter = (writer: Deed, approver: Deed, known: Identities, waiver = false): boolean => {
  const who = personsOf(known);
  return judgeDuties(who.of(approver), [barOf('author', [writer], who)], waiver).barred === null;
};

describe('one person in several shapes', () => {
  test('another member approves, the same one does not', () => {
    expect(mayAfter(ann, ben, identities())).toBe(true);
    expect(mayAfter(ann, ann, identities())).toBe(false);
  });

  test('two accounts declared to be one person are one, over any number of steps', () => {
    const known = identities({
      same: [
        ['ann', 'annie'],
        ['anna', 'annie'],
      ],
    });
    const anna: Deed = { type: 'person', id: 'anna' };
    expect(mayAfter(ann, anna, known)).toBe(false);
    expect(mayAfter(anna, ann, known)).toBe(false);
    expect(mayAfter(ann, ben, known)).toBe(true);
    const who = personsOf(known);
    expect(new Set(['ann', 'anna', 'annie'].map((member) => who.person(member))).size).toBe(1);
  });

  test('what a token wrote, its maker wrote, also where a token made the token', () => {
    const known = identities({
      behind: new Map([
        ['t1', ['ann']],
        ['t2', ['t1']],
      ]),
    });
    expect(mayAfter({ type: 'token', id: 't1' }, ann, known)).toBe(false);
    expect(mayAfter({ type: 'token', id: 't2' }, ann, known)).toBe(false);
    expect(mayAfter({ type: 'token', id: 't2' }, ben, known)).toBe(true);
    expect(mayAfter(ann, { type: 'token', id: 't2' }, known)).toBe(false);
  });

  test('tokens that made each other end, and bar nobody else', () => {
    const known = identities({
      behind: new Map([
        ['t1', ['t2']],
        ['t2', ['t1']],
      ]),
    });
    expect(mayAfter({ type: 'token', id: 't1' }, { type: 'token', id: 't2' }, known)).toBe(false);
    expect(mayAfter({ type: 'token', id: 't1' }, ben, known)).toBe(true);
  });

  test('a deputy is bound by what they did and by what the one stood in for did', () => {
    const forAnn: Deed = { type: 'person', id: 'ben', onBehalfOf: 'ann' };
    expect(mayAfter(ann, forAnn, identities())).toBe(false);
    expect(mayAfter(ben, forAnn, identities())).toBe(false);
    expect(mayAfter(forAnn, ann, identities())).toBe(false);
    expect(mayAfter({ type: 'person', id: 'cid' }, forAnn, identities())).toBe(true);
  });

  test('what the system did by itself is nobody’s', () => {
    for (const type of ['rule', 'telemetry', 'visitor'])
      expect(personsOf(identities()).of({ type, id: 'ann' })).toEqual([]);
  });
});

describe('bars', () => {
  const who = personsOf(identities());
  const bars: Bar[] = [barOfMembers('author', ['ann'], who), barOfMembers('requester', ['ben'], who)];

  test('a waiver lifts what is waivable and nothing else, and says what it lifted', () => {
    expect(judgeDuties(['ann'], bars, false)).toEqual({ barred: 'author' });
    expect(judgeDuties(['ann'], bars, true)).toEqual({ barred: null, waived: ['author'] });
    expect(judgeDuties(['ben'], bars, true)).toEqual({ barred: 'requester' });
    expect(judgeDuties(['cid'], bars, true)).toEqual({ barred: null, waived: [] });
  });

  test('what nobody waives is named before what may be waived', () => {
    expect(judgeDuties(['ann', 'ben'], bars, false)).toEqual({ barred: 'requester' });
  });

  test.each(duties.filter((duty) => !waivable.includes(duty)))(
    '%s holds whatever is waived',
    (duty: Duty) => {
      expect(judgeDuties(['ann'], [barOfMembers(duty, ['ann'], who)], true)).toEqual({ barred: duty });
    },
  );

  test('never waivable: independence of auditors, requester and approver, effect and doer', () => {
    for (const duty of ['auditor', 'requester', 'doer', 'recused'] as const)
      expect(waivable).not.toContain(duty);
  });

  test('each duty says why in a sentence of its own', () => {
    const words = duties.map((duty) => dutyWords[duty]);
    expect(new Set(words).size).toBe(duties.length);
    for (const sentence of words) expect(sentence).toMatch(/^You .+\.$/);
  });
});

/** Random organisations: humans with accounts and tokens, who write, approve and stand in for each other. */
const humans = ['ann', 'ben', 'cid', 'dot'] as const;
type Human = (typeof humans)[number];
type Hand = { readonly human: Human; readonly deed: Deed };

const accountsEach = 3;
const accountsOf = (human: Human): string[] =>
  Array.from({ length: accountsEach }, (_, at) => `${human}-${at}`);
const tokensOf = (human: Human): string[] =>
  Array.from({ length: accountsEach }, (_, at) => `token-${human}-${at}`);

/** Declared in any chain over the accounts of a human; tokens made by accounts or by the token before. */
const world: fc.Arbitrary<Identities> = fc
  .record({ chain: fc.boolean(), flipped: fc.boolean() })
  .map(({ chain, flipped }) => {
    const same = humans.flatMap((human) => {
      const [first = '', second = '', third = ''] = accountsOf(human);
      const pairs: [string, string][] = chain
        ? [
            [first, second],
            [second, third],
          ]
        : [
            [first, third],
            [first, second],
          ];
      return flipped ? pairs.map(([a, b]): [string, string] => [b, a]).reverse() : pairs;
    });
    const behind = new Map(
      humans.flatMap((human) =>
        tokensOf(human).map((token, at): [string, string[]] => [
          token,
          [at === 0 ? `${human}-1` : `token-${human}-${at - 1}`],
        ]),
      ),
    );
    return { same, behind };
  });

const hand: fc.Arbitrary<Hand> = fc
  .record({ human: fc.constantFrom(...humans), by: fc.nat(accountsEach - 1), token: fc.boolean() })
  .map(({ human, by, token }) => ({
    human,
    deed: token
      ? { type: 'token', id: tokensOf(human)[by] ?? '' }
      : { type: 'person', id: accountsOf(human)[by] ?? '' },
  }));

type Step = { readonly does: 'write' | 'approve'; readonly hand: Hand; readonly forWhom: Human | null };
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    does: fc.constantFrom('write', 'approve'),
    hand,
    forWhom: fc.option(fc.constantFrom(...humans), { freq: 4 }),
  }),
  { maxLength: 25 },
);

/** Plays a history: each version collects writers until it is approved; answers every approval with who truly wrote. */
function played(known: Identities, all: readonly Step[], waiver: boolean) {
  const who = personsOf(known);
  const given: { by: Human[]; authors: Human[]; waived: readonly Duty[] }[] = [];
  const refused: { by: Human[]; authors: Human[] }[] = [];
  let written: { deed: Deed; humans: Human[] }[] = [];
  for (const { does, hand: own, forWhom } of all) {
    const deed: Deed = forWhom === null ? own.deed : { ...own.deed, onBehalfOf: `${forWhom}-0` };
    const by = forWhom === null ? [own.human] : [own.human, forWhom];
    if (does === 'write') {
      written = [...written, { deed, humans: by }];
      continue;
    }
    const bar = barOf(
      'author',
      written.map((one) => one.deed),
      who,
    );
    const judged = judgeDuties(who.of(deed), [bar], waiver);
    const authors = written.flatMap((one) => one.humans);
    if (judged.barred !== null) refused.push({ by, authors });
    else {
      given.push({ by, authors, waived: judged.waived });
      written = [];
    }
  }
  return { given, refused };
}

const shares = ({ by, authors }: { by: readonly Human[]; authors: readonly Human[] }): boolean =>
  by.some((human) => authors.includes(human));

describe('over random histories of people with several accounts, tokens and deputies', () => {
  test('nobody ever approves what any of their identities wrote', () => {
    fc.assert(
      fc.property(world, steps, (known, all) => {
        for (const approval of played(known, all, false).given) expect(shares(approval)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test('nobody is refused who had no hand in it', () => {
    fc.assert(
      fc.property(world, steps, (known, all) => {
        for (const refusal of played(known, all, false).refused) expect(shares(refusal)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('under a waiver each approval of one’s own is given and says so; no other says it', () => {
    fc.assert(
      fc.property(world, steps, (known, all) => {
        const { given, refused } = played(known, all, true);
        expect(refused).toEqual([]);
        for (const approval of given) expect(approval.waived).toEqual(shares(approval) ? ['author'] : []);
      }),
    );
  });

  test('declaring that accounts are one person never lets anybody do more', () => {
    fc.assert(
      fc.property(world, steps, (known, all) => {
        const apart = played({ ...known, same: [] }, all, false);
        const together = played(known, all, false);
        expect(together.given.length).toBeLessThanOrEqual(apart.given.length);
      }),
    );
  });
});
