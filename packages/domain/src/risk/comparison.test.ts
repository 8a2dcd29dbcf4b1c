import { expect, test } from 'vitest';
import { comparisonOf, leftOut } from './comparison.ts';

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
