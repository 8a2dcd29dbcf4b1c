import { expect, test } from 'vitest';
import { matching } from './matching.ts';

const row = (from: string, to: string, note: string | null = null) => ({
  ...{ id: `${from}-${to}`, framework: 'eu-ai-act' as const, from, fromTitle: 'Impact', to, toTitle: null },
  ...{ relation: 'intersects', means: '', confidence: 'medium', basis: [], note, evidence: 0 },
  ...{ own: null, fromFramework: 'iso42001' as const, says: null },
});
const rows = [row('A.5.2', 'Art. 27'), row('A.6.2.8', 'Art. 12', 'six months at least')];
const found = (words: string) => matching(rows, words).map(({ from }) => from);

test('every word must stand somewhere in the row, in any case', () => {
  expect(found('')).toEqual(['A.5.2', 'A.6.2.8']);
  expect(found('art. 27')).toEqual(['A.5.2']);
  expect(found('IMPACT months')).toEqual(['A.6.2.8']);
  expect(found('high')).toEqual([]);
});
