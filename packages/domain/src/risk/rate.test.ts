import { expect, test } from 'vitest';
import { goodCriteria, squareless } from '../../test/risk/criteria.ts';
import { risk } from '../kinds/risk.ts';
import { criteriaOf } from './criteria.ts';
import { differing, type Point, pointsByOthers, rate, ratingOf, versionName } from './rate.ts';

const criteria = criteriaOf(squareless());
const name = versionName('RCR-1', 3);
const rating = {
  likelihood: 'often',
  consequences: { organisation: 'Mild', individuals: 'Worst', society: 'Local' },
};
const rated = (before = {}, point: Point = 'current') => {
  const found = rate(criteria, { point, rating, before, name });
  if ('problems' in found) throw new Error(JSON.stringify(found.problems));
  return found;
};

test('a rating reads each level from the matrix of its bearer, and keeps the steps in the words of the criteria', () => {
  const { fields, levels } = rated();
  expect(levels).toEqual({ organisation: 'moderate', individuals: 'severe', society: 'moderate' });
  expect(fields).toEqual({
    currentLikelihood: null,
    currentOrganisation: 'moderate',
    currentIndividuals: 'severe',
    currentSociety: 'moderate',
    rated: [
      { point: 'current', bearer: 'organisation', likelihood: 'Often', consequence: 'Mild', criteria: name },
      { point: 'current', bearer: 'individuals', likelihood: 'Often', consequence: 'Worst', criteria: name },
      { point: 'current', bearer: 'society', likelihood: 'Often', consequence: 'Local', criteria: name },
    ],
    criteriaVersion: 'RCR-1 v3',
  });
  const worst = risk.derive?.({ fields: { ...fields }, links: {} });
  expect(worst).toMatchObject({ currentLevel: 'severe' });
});

test('the usual word for a likelihood is set where the criteria speak it', () => {
  const usual = criteriaOf(
    goodCriteria({
      likelihoods: [{ step: 'Unlikely' }, { step: 'Almost certain' }],
      matrix: goodCriteria().matrix.map((cell) => ({
        ...cell,
        likelihood: cell.likelihood === 'Often' ? 'Almost certain' : 'Unlikely',
      })),
    }),
  );
  const same = {
    likelihood: 'almost certain',
    consequences: { organisation: 'Mild', individuals: 'Mild', society: 'Hard' },
  };
  expect(rate(usual, { point: 'residual', rating: same, before: {}, name })).toMatchObject({
    fields: { residualLikelihood: 'almost-certain', residualSociety: 'high' },
  });
});

test('rating one point leaves the others as they are, and rating it again takes the place of the first', () => {
  const first = rated({}, 'residual').fields;
  const both = rated(first, 'inherent').fields;
  expect(both).not.toHaveProperty('residualSociety');
  expect(both.rated).toHaveLength(6);
  const again = rated(both, 'inherent').fields;
  expect(again.rated).toEqual(both.rated);
});

test('steps that the criteria do not have are answered by part, with those they have', () => {
  const strange = { likelihood: 'Never', consequences: { ...rating.consequences, society: 'Worst' } };
  expect(rate(criteria, { point: 'current', rating: strange, before: {}, name })).toEqual({
    problems: {
      likelihood: '"Never" is no step of likelihood: Seldom, Often.',
      'consequences.society': '"Worst" is no step of consequence: Local, Everywhere.',
    },
  });
  expect(rate(criteriaOf({}), { point: 'current', rating, before: {}, name })).toEqual({
    problems: { criteria: 'These criteria have no whole matrix yet.' },
  });
});

test('a level that was set by hand is told apart from what the criteria give', () => {
  const { fields } = rated();
  expect(differing(fields, criteria)).toEqual([]);
  const byHand = { ...fields, currentIndividuals: 'low' };
  expect(differing(byHand, criteria)).toEqual([{ point: 'current', bearer: 'individuals' }]);
  expect(ratingOf(byHand, criteria, 'current', 'individuals')).toEqual({
    likelihood: 'Often',
    consequence: 'Worst',
    level: 'low',
    byCriteria: 'severe',
  });
  expect(ratingOf({ currentIndividuals: 'low' }, criteria, 'current', 'individuals')).toEqual({
    likelihood: null,
    consequence: null,
    level: 'low',
    byCriteria: null,
  });
  expect(ratingOf(byHand, null, 'current', 'individuals').byCriteria).toBeNull();
});

test('of each point it is known by which version it was rated, also where rows of an earlier release do not say', () => {
  const steps = { bearer: 'individuals', likelihood: 'Rarely', consequence: 'Bad' };
  const before = {
    criteriaVersion: 'RCR-1 v1',
    rated: [
      { point: 'current', ...steps },
      { point: 'residual', ...steps, criteria: 'RCR-1 v2' },
    ],
  };
  const { fields } = rated(before, 'inherent');
  expect(fields.criteriaVersion).toBe(name);
  expect(pointsByOthers(fields, name)).toEqual(['current', 'residual']);
  expect(pointsByOthers(fields, 'RCR-1 v2')).toEqual(['inherent', 'current']);
  expect(pointsByOthers(before, 'RCR-1 v1')).toEqual(['residual']);
});
