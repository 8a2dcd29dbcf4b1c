import { expect, test } from 'vitest';
import { set } from '../../../test/trace/breaks.ts';
import { text, trace } from '../../../test/trace/kit.ts';

test('a threshold that was missed and let through is said on the line, with who gave the verdict', () => {
  const line = trace(
    set('vfy-1', {
      results: [{ measure: 'Accuracy', value: 80, answerToMiss: 'Handlers read every case' }],
      verdict: 'passed-with-conditions',
    }),
  );
  const station = line.stations.find(({ id }) => id === 'release');
  expect(station?.verdict).toBe('accepted');
  expect(station?.gaps.map((gap) => [gap.rule, gap.accepted, text(gap.sentence)])).toEqual([
    [
      'RE3',
      { by: 'boss', until: null },
      'VFY-1 passed VER-1 under conditions, with missed thresholds: Accuracy.',
    ],
  ]);
});
