import { expect, test } from 'vitest';
import {
  type AuthorityRow,
  authorityObstacle,
  demandAt,
  isUnlimited,
  meets,
  rank,
  standsInFor,
} from './authority.ts';
import { registry } from './kinds/all.ts';
import { acceptanceDemand } from './kinds/risk.ts';

const row = (changes: Partial<AuthorityRow> = {}): AuthorityRow => ({
  dimension: 'residual_risk',
  level: 'moderate',
  member: null,
  role: 'risk-owner',
  delegate: null,
  validFrom: '2026-01-01',
  validTo: null,
  ...changes,
});
const owner = { member: 'ann', roles: ['risk-owner'] };
const boss = { member: 'bea', roles: ['top-management'] };
const day = '2026-05-01';
const over = (level: string | null) => ({ dimension: 'residual_risk', level });

test('a decision over a level is unlimited until a line ever spoke of its dimension', () => {
  expect(isUnlimited([], over('low'), day)).toBe(true);
  expect(isUnlimited([], { dimension: 'release', level: null, of: 'system' }, day)).toBe(true);
  expect(isUnlimited([row({ dimension: 'waiver' })], over('low'), day)).toBe(true);
  expect(isUnlimited([], over(null), day)).toBe(false);
  expect(isUnlimited([row()], over('severe'), day)).toBe(false);
  // What people of the demo hold binds nobody who can sign in.
  expect(
    isUnlimited([row({ role: null, member: 'fd0aec43-8f2f-84ed-8335-deb46997167b' })], over('low'), day),
  ).toBe(true);
  // A line that is over leaves it to nobody, which is no default.
  expect(isUnlimited([row({ validTo: '2026-02-01' })], over('low'), day)).toBe(false);
});

test('levels have an order, and one that is not known stands above all', () => {
  expect(['high', 'low', 'unheard-of', 'severe', 'moderate'].sort((a, b) => rank(a) - rank(b))).toEqual([
    'low',
    'moderate',
    'high',
    'severe',
    'unheard-of',
  ]);
});

test('a holder by role, a holder by name and a delegate reach their level and those below', () => {
  const rows = [row(), row({ level: 'severe', role: null, member: 'bea', delegate: 'cid' })];
  expect(meets(rows, owner, over('low'), day)).toBe(true);
  expect(meets(rows, owner, over('moderate'), day)).toBe(true);
  expect(meets(rows, owner, over('high'), day)).toBe(false);
  expect(meets(rows, boss, over('severe'), day)).toBe(true);
  expect(meets(rows, { member: 'cid', roles: [] }, over('severe'), day)).toBe(true);
  expect(meets(rows, { member: 'dan', roles: ['reader'] }, over('low'), day)).toBe(false);
  expect(meets(rows, boss, over('unheard-of'), day)).toBe(false);
});

test('authority begins and ends with its days, and counts in its own dimension alone', () => {
  const rows = [row({ validFrom: '2026-02-01', validTo: '2026-04-30' })];
  expect(meets(rows, owner, over('low'), '2026-01-31')).toBe(false);
  expect(meets(rows, owner, over('low'), '2026-02-01')).toBe(true);
  expect(meets(rows, owner, over('low'), '2026-04-30')).toBe(true);
  expect(meets(rows, owner, over('low'), '2026-05-01')).toBe(false);
  expect(meets(rows, owner, { dimension: 'release', level: null }, day)).toBeNull();
  expect(meets([], owner, over('severe'), day)).toBeNull();
});

test('a refusal names the level and what it is over; where nobody was given any, nothing is refused', () => {
  expect(authorityObstacle([row()], owner, over('high'), day)).toBe(
    'This is high. Your authority over residual risks does not reach that.',
  );
  const uses = [row({ dimension: 'use_case', role: 'top-management' })];
  expect(authorityObstacle(uses, owner, { dimension: 'use_case', level: null }, day)).toBe(
    'The table of authority gives you none over uses.',
  );
  expect(authorityObstacle(uses, boss, { dimension: 'use_case', level: null }, day)).toBeUndefined();
  expect(authorityObstacle([], owner, over('severe'), day)).toBeUndefined();
  expect(authorityObstacle([row()], owner, null, day)).toBeUndefined();
});

test('an acceptance is asked for at the level that is to be borne', () => {
  expect(acceptanceDemand({ currentLevel: 'severe', residualLevel: 'moderate' })).toEqual(over('moderate'));
  expect(acceptanceDemand({ currentLevel: 'high' })).toEqual(over('high'));
  expect(
    acceptanceDemand({ acceptanceType: 'interim', currentLevel: 'severe', residualLevel: 'low' }),
  ).toEqual({ dimension: 'interim_risk', level: 'severe' });
  expect(acceptanceDemand({})).toEqual({ ...over('severe'), open: 'borne' });
});

test('a risk, a plan or a waiver that says no level asks for the highest, and says why', () => {
  const asked = (kind: string) => registry.get(kind).approvable?.authority({});
  const words: Record<string, RegExp> = {
    risk: /^Nobody rated what is borne, so this counts as severe\. /,
    treatment: /^The plan says no level that it leaves, so this counts as severe\. /,
    waiver: /^The rule has no weight of its own, so this counts as severe\. /,
  };
  for (const [kind, said] of Object.entries(words)) {
    const demand = asked(kind);
    if (!demand) throw new Error(kind);
    const taken = demandAt(demand, null);
    const rows = (level: string) => [row({ dimension: taken.dimension, level, role: 'risk-owner' })];
    expect(authorityObstacle(rows('high'), owner, taken, day)).toMatch(said);
    expect(authorityObstacle(rows('severe'), owner, taken, day)).toBeUndefined();
    expect(authorityObstacle([], owner, taken, day)).toBeUndefined();
  }
});

test('authority of demo people binds demo people, and takes none away from anybody else', () => {
  const demo = (n: number) => ({
    member: `00000000-0000-8000-8000-00000000000${n}`,
    roles: ['top-management'],
  });
  const rows = [row({ role: null, member: demo(1).member, level: 'severe' })];
  expect(meets(rows, boss, over('severe'), day)).toBeNull();
  expect(authorityObstacle(rows, boss, over('severe'), day)).toBeUndefined();
  expect(meets(rows, demo(1), over('severe'), day)).toBe(true);
  expect(meets(rows, demo(2), over('low'), day)).toBe(false);
  // A row for anybody else in the same dimension binds everybody, as it does without a demo.
  const both = [...rows, row()];
  expect(meets(both, owner, over('moderate'), day)).toBe(true);
  expect(meets(both, boss, over('low'), day)).toBe(false);
  // A real delegate makes the row a real one.
  const stoodIn = rows.map((one) => ({ ...one, delegate: 'bea' }));
  expect(meets(stoodIn, boss, over('severe'), day)).toBe(true);
  expect(meets(stoodIn, owner, over('low'), day)).toBe(false);
});

test('a delegate stands in for the holder, unless their own authority reaches as far', () => {
  const rows = [row({ level: 'severe', role: null, member: 'bea', delegate: 'cid' }), row()];
  const cid = { member: 'cid', roles: ['reader'] };
  expect(standsInFor(rows, cid, over('high'), day)).toEqual(['bea']);
  expect(standsInFor(rows, { member: 'bea', roles: [] }, over('high'), day)).toEqual([null]);
  expect(standsInFor(rows, { ...cid, roles: ['risk-owner'] }, over('low'), day)).toEqual([null]);
  expect(standsInFor(rows, { ...cid, roles: ['risk-owner'] }, over('high'), day)).toEqual(['bea']);
  expect(standsInFor(rows, { member: 'dan', roles: [] }, over('low'), day)).toEqual([]);
  expect(standsInFor([], cid, over('severe'), day)).toEqual([null]);
});

test('whoever stands in for several holders could act in the place of each; for a role, in nobody’s', () => {
  const rows = [
    row({ role: null, member: 'bea', delegate: 'cid' }),
    row({ role: null, member: 'ann', delegate: 'cid' }),
    row({ role: 'top-management', delegate: 'cid' }),
  ];
  expect(standsInFor(rows, { member: 'cid', roles: [] }, over('low'), day)).toEqual(['bea', 'ann', null]);
});

test('a demand at the level of a system has that level, the highest where it was not looked at, and says what is open', () => {
  const asked = { dimension: 'release', level: null, of: 'system' } as const;
  expect(demandAt({ dimension: 'document', level: null }, null)).toEqual({
    dimension: 'document',
    level: null,
  });
  expect(demandAt(asked, null)).toEqual({ dimension: 'release', level: 'severe', open: null });
  const rows = [row({ dimension: 'release' })];
  const said = (open: 'use' | 'class' | 'rating' | null, level: 'moderate' | 'high' | 'severe' = 'severe') =>
    authorityObstacle(rows, owner, demandAt(asked, { level, open }), day);
  expect(said(null, 'moderate')).toBeUndefined();
  expect(said(null, 'high')).toBe('This is high. Your authority over releases does not reach that.');
  const beyond = 'so this counts as severe. Your authority over releases does not reach that.';
  expect(said('class')).toBe(`A use has no class that is signed off, ${beyond}`);
  expect(said('rating')).toBe(`An open risk is not rated, ${beyond}`);
  expect(said('use')).toBe(`No use is on record, ${beyond}`);
  expect(authorityObstacle(rows, boss, demandAt(asked, { level: 'low', open: null }), day)).toBe(
    'The table of authority gives you none over releases.',
  );
});
