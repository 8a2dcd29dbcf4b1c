import type { PublishedRow } from '@throughline/domain/soa/published.ts';
import { expect, test } from 'vitest';
import { partWords } from './published-words.ts';

const tested = { ref: 'TST-1', on: '2026-10-01', conclusion: 'effective', tester: 'Head of audit' };
const row: PublishedRow = {
  id: 'A.2.2',
  title: 'AI policy',
  topic: null,
  decided: 'unapproved',
  line: 'APL-1',
  reasons: ['law', 'treatment'],
  sources: [{ reason: 'law', count: 3, refs: ['OBL-1', 'OBL-2'] }],
  justification: 'Ours.',
  decidedOn: null,
  place: { at: 'system', state: 'partly', inPlace: 1, of: 2 },
  test: tested,
  tests: { of: 3, effective: 1, partly: 0, failed: 0, untested: 2, count: 2, first: [tested] },
  faults: ['One.', 'Two.'],
  ...{ contradictions: 0, control: null, objective: null, owner: null, implementedBy: null, nextTest: null },
  evidence: { count: 2, refs: ['EVD-1'], stale: 1, aside: 0, to: '2026-09-30' },
};
const empty: PublishedRow = {
  ...row,
  reasons: [],
  sources: [],
  justification: null,
  place: null,
  test: null,
  tests: null,
  evidence: null,
  faults: [],
};
const labels = { reason: (id: string) => id.toUpperCase(), conclusion: (id: string) => id.toUpperCase() };

test.each([
  ['decided', 'Not approved', 'Not approved'],
  ['reasons', 'LAW, TREATMENT', '–'],
  ['justification', 'Ours.', '–'],
  ['sources', 'LAW: OBL-1, OBL-2 and 1 more', '–'],
  ['place', 'Partly, on 1 of 2 systems', '–'],
  ['test', 'EFFECTIVE, TST-1, 1 Oct 2026, Head of audit', 'Not tested'],
  ['tests', '1 of 3 effective: EFFECTIVE, TST-1, 1 Oct 2026, Head of audit and 1 more', '–'],
  ['evidence', '2 current pieces of evidence to 30 Sep 2026; 1 out of date', '–'],
  ['faults', 'One. Two.', '–'],
] as const)('%s reads "%s", and "%s" where there is nothing', (part, says, nothing) => {
  expect(partWords(row, part, labels)).toBe(says);
  expect(partWords(empty, part, labels)).toBe(nothing);
});

test('what the organisation does once is counted on no systems', () => {
  const once = { ...row, place: { at: 'organisation', state: 'in-place', inPlace: 1, of: 1 } } as const;
  expect(partWords(once, 'place', labels)).toBe('In place, once, for the organisation');
});
