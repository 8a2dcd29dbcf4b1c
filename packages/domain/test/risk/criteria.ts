/** Criteria for tests: two likelihoods by two consequences for all three bearers, and one with scales of unequal length. */
export const levels = ['low', 'moderate', 'high', 'severe'] as const;

type Rows = readonly Readonly<Record<string, string | number>>[];
type CriteriaRows = {
  readonly likelihoods: Rows;
  readonly consequences: Rows;
  readonly matrix: Rows;
  readonly thresholds: Rows;
  readonly validFrom: string;
  readonly transitionUntil: string;
};

export const goodCriteria = (changes: Partial<CriteriaRows> = {}): CriteriaRows => ({
  likelihoods: [
    { step: 'Seldom', from: 0, to: 30 },
    { step: 'Often', from: 30, to: 100 },
  ],
  consequences: [{ step: 'Mild' }, { step: 'Hard' }],
  matrix: [
    { likelihood: 'Seldom', consequence: 'Mild', level: 'low' },
    { likelihood: 'Seldom', consequence: 'Hard', level: 'moderate' },
    { likelihood: 'Often', consequence: 'Mild', level: 'moderate' },
    { likelihood: 'Often', consequence: 'Hard', level: 'high' },
  ],
  thresholds: [{ level: 'low' }],
  validFrom: '2026-05-01',
  transitionUntil: '2026-12-31',
  ...changes,
});

/** Three steps of consequence, and two of its own for society with a matrix of its own. */
export const squareless = (): CriteriaRows =>
  goodCriteria({
    consequences: [
      { step: 'Mild' },
      { bearer: 'all', step: 'Hard' },
      { step: 'Worst' },
      { bearer: 'society', step: 'Local' },
      { bearer: 'society', step: 'Everywhere' },
    ],
    matrix: [
      ...goodCriteria().matrix,
      { likelihood: 'Seldom', consequence: 'Worst', level: 'high' },
      { likelihood: 'Often', consequence: 'Worst', level: 'severe' },
      { bearer: 'society', likelihood: 'Seldom', consequence: 'Local', level: 'low' },
      { bearer: 'society', likelihood: 'Often', consequence: 'Local', level: 'moderate' },
      { bearer: 'society', likelihood: 'Seldom', consequence: 'Everywhere', level: 'high' },
      { bearer: 'society', likelihood: 'Often', consequence: 'Everywhere', level: 'severe' },
    ],
  });
