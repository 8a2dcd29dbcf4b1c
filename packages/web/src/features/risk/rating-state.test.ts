import type { CriteriaWire, RatingWire, RiskRatingWire } from '@throughline/domain/wire-risk.ts';
import { expect, test } from 'vitest';
import {
  choiceOf,
  hasOtherSteps,
  isKept,
  isWhole,
  levelOf,
  loweredIn,
  placeOf,
  readAnew,
  worsenedIn,
} from './rating-state.ts';

const step = (name: string) => ({ step: name, meaning: null });
const scale = {
  consequences: [step('Mild'), step('Hard')],
  levels: [
    ['low', 'moderate'],
    ['moderate', 'high'],
  ],
  threshold: 'low',
};
const criteria: CriteriaWire = {
  criteria: { id: 'c', ref: 'RCR-1', kind: 'risk-criteria', title: 'Criteria', state: 'kept-up' },
  version: 2,
  name: 'RCR-1 v2',
  transitionUntil: null,
  likelihoods: [step('Seldom'), step('Often')],
  scales: {
    organisation: scale,
    individuals: scale,
    society: { ...scale, consequences: [step('Wide')], levels: [['high'], ['severe']] },
  },
};
const none: RatingWire = { likelihood: null, consequence: null, level: null, byCriteria: null };
const of = (consequence: string, level: string): RatingWire => ({
  likelihood: 'Often',
  consequence,
  level,
  byCriteria: level,
});
const rating: RiskRatingWire = {
  risk: { id: 'r', ref: 'RSK-1', kind: 'risk', title: 'Risk', state: 'assessed' },
  version: 3,
  criteria,
  ratedBy: 'RCR-1 v2',
  measures: [],
  carried: [],
  points: {
    inherent: { organisation: none, individuals: none, society: none },
    current: {
      organisation: of('Mild', 'moderate'),
      individuals: of('Hard', 'high'),
      society: of('Wide', 'severe'),
    },
    residual: { organisation: of('Gone', 'low'), individuals: none, society: none },
    target: { organisation: none, individuals: none, society: none },
  },
};

test('what is on record is chosen, and a step that the criteria no longer have is not', () => {
  const now = choiceOf(rating, criteria, 'current');
  expect(now).toEqual({
    likelihood: 'Often',
    consequences: { organisation: 'Mild', individuals: 'Hard', society: 'Wide' },
  });
  expect([isWhole(now), isKept(rating, criteria, 'current', now)]).toEqual([true, true]);
  const after = choiceOf(rating, criteria, 'residual');
  expect(after).toEqual({
    likelihood: 'Often',
    consequences: { organisation: null, individuals: null, society: null },
  });
  expect(isWhole(after)).toBe(false);
});

test('a choice has a place in the matrix of each bearer and the level that stands there', () => {
  const choice = {
    likelihood: 'Seldom',
    consequences: { organisation: 'Hard', individuals: null, society: 'Wide' },
  };
  expect(placeOf(criteria, choice, 'organisation')).toEqual([0, 1]);
  expect(placeOf(criteria, choice, 'individuals')).toEqual([0, -1]);
  expect(levelOf(criteria, choice, 'organisation')).toBe('moderate');
  expect(levelOf(criteria, choice, 'individuals')).toBeNull();
  expect(levelOf(criteria, choice, 'society')).toBe('high');
});

test('a rating by older criteria, by another step or with a level set by hand is not kept yet', () => {
  const choice = choiceOf(rating, criteria, 'current');
  expect(isKept({ ...rating, ratedBy: 'RCR-1 v1' }, criteria, 'current', choice)).toBe(false);
  expect(isKept(rating, criteria, 'current', { ...choice, likelihood: 'Seldom' })).toBe(false);
  const byHand = { ...rating.points.current, society: { ...of('Wide', 'low'), byCriteria: 'severe' } };
  expect(
    isKept({ ...rating, points: { ...rating.points, current: byHand } }, criteria, 'current', choice),
  ).toBe(false);
});

test('what is worse after treatment than before controls or as it stands is told with its levels', () => {
  const rank = (level: string) => ['low', 'moderate', 'high', 'severe'].indexOf(level) + 1;
  const level = (is: string) => ({
    organisation: of('Mild', is),
    individuals: of('Mild', is),
    society: none,
  });
  const rated = {
    ...rating,
    points: {
      inherent: level('low'),
      current: level('high'),
      residual: level('moderate'),
      target: level('low'),
    },
  };
  const open = { likelihood: null, consequences: { organisation: null, individuals: null, society: null } };
  const asked = { rating: rated, criteria, point: 'residual', choice: open } as const;
  const low = { point: 'inherent', level: 'low' };
  expect(worsenedIn(asked, 'organisation', rank)).toEqual({ after: 'moderate', milder: [low] });
  expect(worsenedIn({ ...asked, point: 'inherent' }, 'organisation', rank)?.milder).toEqual([low]);
  expect(worsenedIn({ ...asked, point: 'current' }, 'organisation', rank)).toBeNull();
  expect(worsenedIn(asked, 'society', rank)).toBeNull();
  const worst = { likelihood: 'Often', consequences: { ...open.consequences, organisation: 'Hard' } };
  const equal = { ...asked, choice: worst };
  expect(worsenedIn(equal, 'organisation', rank)).toEqual({ after: 'high', milder: [low] });
  const mild = { likelihood: 'Seldom', consequences: { ...open.consequences, organisation: 'Mild' } };
  expect(worsenedIn({ ...asked, choice: mild }, 'organisation', rank)).toBeNull();
  expect(worsenedIn({ ...asked, point: 'current', choice: mild }, 'organisation', rank)).toEqual({
    after: 'moderate',
    milder: [{ point: 'current', level: 'low' }],
  });
});

test('a choice below what somebody decided on names for whom, and the level decided on', () => {
  const none = { organisation: null, individuals: null, society: null };
  const levels = { organisation: 'moderate', individuals: 'high', society: 'severe' };
  const decided = {
    as: 'accepted' as const,
    at: '2026-05-04T08:00:00Z',
    levels: { current: levels, residual: none },
  };
  const asked = { rating: { ...rating, measures: [decided] }, criteria, point: 'current' as const };
  const milder = {
    likelihood: 'Seldom',
    consequences: { organisation: 'Hard', individuals: 'Mild', society: 'Wide' },
  };
  const below = [
    { bearer: 'individuals', from: 'high' },
    { bearer: 'society', from: 'severe' },
  ];
  expect(loweredIn({ ...asked, choice: milder })).toEqual([{ measure: decided, of: below }]);
  expect(loweredIn({ ...asked, choice: choiceOf(rating, criteria, 'current') })).toEqual([]);
  expect(loweredIn({ ...asked, point: 'residual', choice: milder })).toEqual([]);
  expect(loweredIn({ ...asked, choice: { ...milder, likelihood: null } })).toEqual([]);
  expect(loweredIn({ ...asked, rating, choice: milder })).toEqual([]);
  // Far below a finding it is said why each time, also where it stood so before.
  const found = { ...decided, as: 'found' as const, levels: { current: levels, residual: none } };
  const standing = {
    ...rating.points,
    current: { ...rating.points.current, individuals: of('Mild', 'low') },
  };
  // And beside what somebody decided on, which asks nothing of a level that stays.
  const measures = [decided, found];
  const again = loweredIn({ ...asked, rating: { ...rating, points: standing, measures }, choice: milder });
  expect(again.find(({ measure }) => measure.as === 'found')?.of).toContainEqual({
    bearer: 'individuals',
    from: 'high',
  });
  expect(again.find(({ measure }) => measure.as === 'accepted')?.of).toEqual([
    { bearer: 'society', from: 'severe' },
  ]);
});

test('what the criteria in force make of the steps on record is named where another level stands', () => {
  expect([readAnew(rating), hasOtherSteps(rating)]).toEqual([[], false]);
  const older = {
    ...rating.points.current,
    individuals: { ...of('Hard', 'moderate'), byCriteria: 'high' },
    society: { ...of('Gone', 'low'), byCriteria: null },
  };
  const read = { ...rating, points: { ...rating.points, current: older } };
  expect(readAnew(read)).toEqual([{ point: 'current', bearer: 'individuals', level: 'high' }]);
  expect(hasOtherSteps(read)).toBe(true);
});
