import { firstFormat, publishedFormat, secondFormat } from '@throughline/domain/soa/published.ts';
import { expect, test } from 'vitest';
import { readPublished } from './published-shape.ts';

const first = {
  ...{ id: 'A.2.2', title: 'AI policy', topic: null, decided: 'excluded', line: 'APL-1', reasons: [] },
  ...{ sources: [{ reason: 'law', count: 2, refs: ['OBL-1'] }], justification: 'None.', decidedOn: null },
  place: { at: 'system', state: 'partly', inPlace: 1, of: 2 },
  test: { ref: 'TST-1', on: '2026-10-01', conclusion: 'effective' },
  faults: ['Nobody else has tested IMP-1 with a conclusion.'],
};
const more = {
  ...{ contradictions: 0, control: null, objective: 'Direction', owner: null, nextTest: null },
  implementedBy: { count: 1, refs: ['IMP-1'] },
};
const second = { ...first, ...more, evidence: { count: 2, refs: ['EVD-1'] } };
const tested = { ...first.test, tester: 'Head of audit' };
const row = {
  ...{ ...first, ...more, test: tested },
  tests: { of: 2, effective: 1, partly: 0, failed: 0, untested: 1, count: 1, first: [tested] },
  evidence: { count: 2, refs: ['EVD-1'], stale: 1, aside: 0, to: '2026-09-30' },
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
  // Before rows kept their record they were read without one.
  const { control: _, ...bare } = row;
  expect(readPublished(JSON.stringify({ ...statement, rows: [bare] }))).toEqual(statement);
});

test('a file of the first form is read still: what it did not say stays unsaid', () => {
  expect(readPublished(JSON.stringify(before))).toEqual({
    ...before,
    ...{ index: null, organisation: null, scope: null },
    rows: [
      {
        ...first,
        test: { ...first.test, tester: null },
        ...{ contradictions: null, control: null, objective: null, owner: null },
        ...{ implementedBy: null, evidence: null, tests: null, nextTest: null },
      },
    ],
  });
});

test('a file of the second form is read still: it kept the last test alone, and of evidence no day', () => {
  const written = { ...statement, format: secondFormat, rows: [second] };
  expect(readPublished(JSON.stringify(written))).toEqual({
    ...written,
    rows: [
      {
        ...second,
        ...{ test: { ...first.test, tester: null }, tests: null },
        evidence: { ...second.evidence, stale: null, aside: null, to: null },
      },
    ],
  });
});

test.each([
  ['no JSON', '# A table'],
  ['another file', '{"rows": []}'],
  ['a later form', JSON.stringify({ ...statement, format: 'throughline-statement-of-applicability/4' })],
  ['the first form that says more', JSON.stringify({ ...before, rows: [row] })],
  ['a row that says more', JSON.stringify({ ...statement, rows: [{ ...row, more: 1 }] })],
  ['a row that says less', JSON.stringify({ ...statement, rows: [{ id: 'A.2.2' }] })],
  ['nothing', ''],
])('%s was not published here', (_, text) => {
  expect(readPublished(text)).toBeNull();
});
