import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { goodCriteria, levels, squareless } from '../../test/risk/criteria.ts';
import { rank } from '../authority.ts';
import { aboveCriteria, bearers, canRate, criteriaOf, levelOf } from './criteria.ts';
import { criteriaFaults } from './criteria-faults.ts';

const fault = (changes: Parameters<typeof goodCriteria>[0]) => criteriaFaults(goodCriteria(changes));

test('criteria that are whole have no fault, and rate', () => {
  expect(criteriaFaults(goodCriteria())).toEqual({});
  expect(canRate(criteriaOf(goodCriteria()))).toBe(true);
});

test('parts may be missing while criteria are written, and such criteria rate nothing', () => {
  expect(criteriaFaults({})).toEqual({});
  expect(canRate(criteriaOf({}))).toBe(false);
  const { matrix: _matrix, ...rest } = goodCriteria();
  expect(criteriaFaults(rest)).toEqual({});
  expect(canRate(criteriaOf(rest))).toBe(false);
});

test('a bearer with a scale of its own is rated by it, the others by the common one', () => {
  const criteria = criteriaOf(squareless());
  expect(criteriaFaults(squareless())).toEqual({});
  expect(criteria.scales.society.consequences).toEqual(['Local', 'Everywhere']);
  expect(criteria.scales.individuals.consequences).toEqual(['Mild', 'Hard', 'Worst']);
  const often = { likelihood: 'Often', consequence: 'Everywhere' };
  expect(levelOf(criteria, 'society', often)).toBe('severe');
  expect(levelOf(criteria, 'individuals', often)).toBeNull();
  expect(levelOf(criteria, 'individuals', { likelihood: ' OFTEN ', consequence: 'worst' })).toBe('severe');
});

test('what is borne is asked for each bearer: one above its threshold is enough', () => {
  const criteria = criteriaOf(
    goodCriteria({ thresholds: [{ level: 'high' }, { bearer: 'individuals', level: 'low' }] }),
  );
  expect(aboveCriteria(criteria, { organisation: 'high', individuals: 'low', society: 'low' })).toBe(false);
  expect(aboveCriteria(criteria, { organisation: 'low', individuals: 'moderate' })).toBe(true);
  expect(aboveCriteria(criteria, { society: 'severe' })).toBe(true);
  expect(aboveCriteria(criteria, {})).toBeNull();
  expect(aboveCriteria(criteriaOf(goodCriteria({ thresholds: [] })), { society: 'severe' })).toBeNull();
});

describe('what contradicts itself is named by its rows', () => {
  test.each([
    [
      'a step twice',
      { likelihoods: [{ step: 'Often' }, { step: ' often' }] },
      { likelihoods: 'Rows 1 and 2 name the same step, " often".' },
    ],
    [
      'a step without a name',
      { likelihoods: [{ step: 'Often' }, { meaning: 'Now and then' }] },
      { likelihoods: 'Row 2 names no step.' },
    ],
    [
      'a range upside down',
      { likelihoods: [{ step: 'Seldom', from: 20, to: 10 }, { step: 'Often' }] },
      { likelihoods: 'Row 1 goes from 20 % down to 10 %.' },
    ],
    [
      'ranges over each other',
      {
        likelihoods: [
          { step: 'Seldom', from: 0, to: 30 },
          { step: 'Often', from: 20, to: 100 },
        ],
      },
      { likelihoods: 'Row 2 begins at 20 %, below the 30 % where the step before ends.' },
    ],
    [
      'ranges with a hole between',
      {
        likelihoods: [
          { step: 'Seldom', from: 0, to: 30 },
          { step: 'Often', from: 31, to: 100 },
        ],
      },
      {
        likelihoods:
          'Row 2 begins at 31 %, above the 30 % where the step before ends: nothing stands between.',
      },
    ],
    [
      'nobody else has steps',
      { consequences: [{ bearer: 'society', step: 'Mild' }] },
      { consequences: 'There is no step for the organisation.' },
    ],
    [
      'a consequence twice for one bearer',
      {
        consequences: [
          { step: 'Mild' },
          { step: 'Hard' },
          { bearer: 'society', step: 'Mild' },
          { bearer: 'society', step: 'Mild' },
        ],
      },
      { consequences: 'Rows 1 and 2 name the same step, "Mild", among the rows of one bearer.' },
    ],
    [
      'a half row',
      { matrix: [{ likelihood: 'Seldom', consequence: 'Mild' }] },
      { matrix: 'Row 1 lacks likelihood, consequence or level.' },
    ],
    [
      'a step that is none',
      { matrix: [{ likelihood: 'Never', consequence: 'Mild', level: 'low' }] },
      { matrix: '"Never" is no step of likelihood. For the organisation.' },
    ],
    [
      'a consequence that is none',
      { matrix: [{ likelihood: 'Seldom', consequence: 'Odd', level: 'low' }] },
      { matrix: '"Odd" is no step of consequence. For the organisation.' },
    ],
    [
      'two thresholds for one',
      { thresholds: [{ level: 'low' }, { level: 'high' }] },
      { thresholds: 'Row 2 is a second level for the same bearer.' },
    ],
    [
      'a threshold without level',
      { thresholds: [{ words: 'Little' }] },
      { thresholds: 'Row 1 names no level.' },
    ],
    [
      'a transition that ends before it begins',
      { validFrom: '2026-05-01', transitionUntil: '2026-04-30' },
      { transitionUntil: 'This lies before the day from which the criteria are valid.' },
    ],
  ] as const)('%s', (_name, changes, expected) => {
    expect(fault(changes)).toEqual(expected);
  });

  test('a hole', () => {
    const [, ...rest] = goodCriteria().matrix;
    expect(fault({ matrix: rest })).toEqual({
      matrix: '"Seldom" with "Mild" has no level. For the organisation.',
    });
    expect(fault({ matrix: rest.slice(1) })).toEqual({
      matrix: '"Seldom" with "Mild" and 1 more pair has no level. For the organisation.',
    });
  });

  test('an overlap', () => {
    const again = { likelihood: 'seldom', consequence: 'Mild', level: 'severe' };
    expect(fault({ matrix: [...goodCriteria().matrix, again] })).toEqual({
      matrix: '"seldom" with "Mild" stands twice, as low and as severe. For the organisation.',
    });
  });

  test('a level that falls where things get worse', () => {
    const upside = goodCriteria().matrix.map((cell) =>
      cell.likelihood === 'Seldom' && cell.consequence === 'Mild' ? { ...cell, level: 'severe' } : cell,
    );
    expect(fault({ matrix: upside })).toEqual({
      matrix: '"Seldom" with "Hard" is moderate, and a milder pair is severe. For the organisation.',
    });
  });
});

test('any matrix that is kept gives each pair exactly one level, and more never means less', () => {
  const step = fc.integer({ min: 1, max: 6 });
  fc.assert(
    fc.property(step, step, fc.array(fc.nat(3), { minLength: 36, maxLength: 36 }), (rows, columns, picks) => {
      const likelihoods = Array.from({ length: rows }, (_, at) => ({ step: `L${at}` }));
      const consequences = Array.from({ length: columns }, (_, at) => ({ step: `C${at}` }));
      const matrix = likelihoods.flatMap((likelihood, row) =>
        consequences.map((consequence, column) => ({
          likelihood: likelihood.step,
          consequence: consequence.step,
          level: levels[picks[row * columns + column] ?? 0] ?? 'low',
        })),
      );
      const fields = { likelihoods, consequences, matrix };
      const criteria = criteriaOf(fields);
      const at = (row: number, column: number) =>
        rank(levelOf(criteria, 'society', { likelihood: `L${row}`, consequence: `C${column}` }) ?? 'none');
      const rises = likelihoods.every((_, row) =>
        consequences.every(
          (__, column) =>
            (row === 0 || at(row - 1, column) <= at(row, column)) &&
            (column === 0 || at(row, column - 1) <= at(row, column)),
        ),
      );
      expect('matrix' in criteriaFaults(fields)).toBe(!rises);
      for (const bearer of bearers) expect(criteria.scales[bearer].cells).toHaveLength(rows * columns);
    }),
  );
});
