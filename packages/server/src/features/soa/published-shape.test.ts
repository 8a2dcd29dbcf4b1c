import { firstFormat, publishedFormat } from '@throughline/domain/soa/published.ts';
import { expect, test } from 'vitest';
import { readPublished } from './published-shape.ts';

const first = {
  ...{ id: 'A.2.2', title: 'AI policy', topic: null, decided: 'excluded', line: 'APL-1', reasons: [] },
  ...{ sources: [{ reason: 'law', count: 2, refs: ['OBL-1'] }], justification: 'None.', decidedOn: null },
  place: { at: 'system', state: 'partly', inPlace: 1, of: 2 },
  test: { ref: 'TST-1', on: '2026-10-01', conclusion: 'effective' },
  faults: ['Nobody else has tested IMP-1 with a conclusion.'],
};
const row = {
  ...first,
  ...{ contradictions: 0, objective: 'Direction', owner: null, nextTest: null },
  ...{ implementedBy: { count: 1, refs: ['IMP-1'] }, evidence: null },
};
const counts = {
  ...{ annexA: 38, annexADecided: 1, own: 0, applicable: 0, excluded: 1, open: 37, contradictions: 0 },
  ...{ withoutPlan: 0, leftOut: 0, runningSystems: 2 },
};
const asOf = '2026-11-21T12:00:00.000Z';
const place = { index: 7, organisation: 'Casualty Insurance', scope: null };
const statement = { format: publishedFormat, asOf, ...place, counts, rows: [row] };
const before = { format: firstFormat, asOf, counts, rows: [first] };

test('a published file is read as it was written', () => {
  expect(readPublished(JSON.stringify(statement))).toEqual(statement);
});

test('a file of the first form is read still: what it did not say stays unsaid', () => {
  expect(readPublished(JSON.stringify(before))).toEqual({
    ...before,
    ...{ index: null, organisation: null, scope: null },
    rows: [
      {
        ...first,
        ...{ contradictions: null, objective: null, owner: null },
        ...{ implementedBy: null, evidence: null, nextTest: null },
      },
    ],
  });
});

test.each([
  ['no JSON', '# A table'],
  ['another file', '{"rows": []}'],
  ['a later form', JSON.stringify({ ...statement, format: 'throughline-statement-of-applicability/3' })],
  ['the first form that says more', JSON.stringify({ ...before, rows: [row] })],
  ['a row that says more', JSON.stringify({ ...statement, rows: [{ ...row, more: 1 }] })],
  ['a row that says less', JSON.stringify({ ...statement, rows: [{ id: 'A.2.2' }] })],
  ['nothing', ''],
])('%s was not published here', (_, text) => {
  expect(readPublished(text)).toBeNull();
});
