import { describe, expect, test } from 'vitest';
import { comparisonLack, comparisonOf, itemsOf, leftOut } from './comparison.ts';

const annexA = ['A.2.2', 'A.5.2', 'A.6.2.4', 'A.7.4', 'A.9.2'];
const plan = {
  compared: [
    { control: 'A.5.2', answer: 'not-needed', reason: 'No person is judged' },
    { control: 'A.7.4', answer: 'needed', reason: 'Noise in the scans' },
    { control: 'A.9.2', answer: 'not-needed' },
    { control: 'A.99', answer: 'needed' },
  ],
};

test('every control stands there once, called for, judged with a reason, or open', () => {
  expect(comparisonOf(plan, annexA, new Set(['A.6.2.4']))).toEqual([
    { control: 'A.2.2', answer: 'open', reason: null },
    { control: 'A.5.2', answer: 'not-needed', reason: 'No person is judged' },
    { control: 'A.6.2.4', answer: 'called-for', reason: null },
    { control: 'A.7.4', answer: 'needed', reason: 'Noise in the scans' },
    { control: 'A.9.2', answer: 'open', reason: null },
  ]);
});

test('what the plan calls for is needed, whatever was said of it before', () => {
  const [, called] = comparisonOf(plan, annexA, new Set(['A.5.2']));
  expect(called).toEqual({ control: 'A.5.2', answer: 'called-for', reason: 'No person is judged' });
});

test('left out is what nobody judged, and what is needed and not in the plan', () => {
  expect(leftOut(comparisonOf(plan, annexA, new Set()))).toEqual({
    open: ['A.2.2', 'A.6.2.4', 'A.9.2'],
    needed: ['A.7.4'],
  });
  expect(leftOut(comparisonOf({}, annexA, new Set(annexA)))).toEqual({ open: [], needed: [] });
  expect(leftOut(comparisonOf({}, annexA, new Set())).open).toEqual(annexA);
});

describe('a plan is held against Annex A', () => {
  const lack = (fields: Parameters<typeof comparisonOf>[0], ...called: string[]) =>
    comparisonLack(comparisonOf(fields, annexA, new Set(called)));

  test('when each control is called for, or not needed because', () => {
    expect(lack({}, ...annexA)).toBeUndefined();
    expect(lack(plan, 'A.2.2', 'A.6.2.4', 'A.7.4', 'A.9.2')).toBeUndefined();
  });

  test.each([
    [
      'one control has no answer',
      ['A.2.2', 'A.6.2.4', 'A.7.4'],
      'Of 5 controls of Annex A, 1 has no answer: A.9.2.',
    ],
    [
      'what is needed is not called for',
      ['A.2.2', 'A.6.2.4', 'A.9.2'],
      'Needed, and not called for by the plan: A.7.4. Link the control or say why not.',
    ],
    ['both', ['A.6.2.4'], '2 have no answer: A.2.2, A.9.2. Needed, and not called for by the plan: A.7.4.'],
  ])('not when %s', (_, called, said) => {
    expect(lack(plan, ...called)).toContain(said);
  });

  test('not when a word stands where it is said why a control is not needed', () => {
    const short = { compared: [{ control: 'A.9.2', answer: 'not-needed', reason: 'ok' }] };
    expect(lack(short, 'A.2.2', 'A.5.2', 'A.6.2.4', 'A.7.4')).toMatch(
      /1 has no answer: A\.9\.2\. What is not needed takes a reason, in a sentence\.$/,
    );
  });

  test('of many controls without an answer the first few are named', () => {
    const many = Array.from({ length: 38 }, (_, at) => `A.${at}`);
    expect(comparisonLack(comparisonOf({}, many, new Set()))).toContain(
      '38 have no answer: A.0, A.1, A.2, A.3 and 34 more.',
    );
  });

  test('a control counts while it is adopted', () => {
    const control = (item: string, changes: object = {}) => ({
      ...{ fields: { item }, links: {}, state: 'adopted', archived: false },
      ...changes,
    });
    const all = [
      control('A.2.2'),
      control('A.5.2', { state: 'dropped' }),
      control('A.7.4', { archived: true }),
      control('A.9.2', { fields: { code: 'OWN-1' } }),
    ];
    expect([...itemsOf(all)]).toEqual(['A.2.2']);
  });
});
