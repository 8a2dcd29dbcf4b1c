import { publishedOf } from '@throughline/domain/soa/published.ts';
import type { SoaRowWire } from '@throughline/domain/wire-soa.ts';
import { readXlsx } from 'hucre';
import { expect, test } from 'vitest';
import { statementColumns, statementFile, statementRows } from './statement.ts';
import { statementText } from './statement-text.ts';
import { applicableWords, severalWords, sourceWords } from './statement-words.ts';

const ref = (name: string) => ({ id: name, ref: name, kind: 'treatment', title: name, state: 'under-way' });
const tested = {
  ...{ test: ref('TST-1'), on: '2026-05-01', conclusion: 'partly-effective', tester: 'Head of audit' },
};
const row: SoaRowWire = {
  id: 'A.6.2.4',
  item: 'A.6.2.4',
  topic: { id: 'A.6', title: 'AI system life cycle' },
  title: 'AI system verification and validation',
  objective: 'Fit for use',
  control: ref('CTL-1'),
  line: ref('APL-1'),
  decided: 'applicable',
  says: 'applicable',
  reasons: ['treatment', 'good-practice'],
  justification: '=1+1',
  decidedOn: '2026-03-01',
  sources: [{ reason: 'treatment', count: 7, first: [ref('TRT-1'), ref('TRT-2')] }],
  typicalFor: [],
  owner: 'Head of claims',
  implementedBy: { count: 2, first: [ref('IMP-1'), ref('IMP-2')] },
  evidence: { current: 5, stale: 2, aside: 0, newest: null, first: [ref('EVD-9')] },
  placing: {
    at: 'system',
    state: 'partly',
    of: 3,
    inPlace: 1,
    partly: 0,
    planned: 1,
    missing: 1,
    deviations: 0,
  },
  testing: {
    of: 1,
    effective: 0,
    partly: 1,
    failed: 0,
    untested: 0,
    last: tested,
    tests: { count: 1, first: [tested] },
    next: '2027-05-01',
  },
  faults: [
    {
      code: 'missing',
      type: 'gap',
      sentence: ['1 of 3 systems lacks it: ', { ref: ref('SYS-1') }, '.'],
      records: [],
    },
    { code: 'retest', type: 'gap', sentence: ['Due on ', { day: '2027-05-01' }, '.'], records: [] },
  ],
  action: null,
};
const counts = {
  ...{ annexA: 38, annexADecided: 37, own: 0, applicable: 35, excluded: 2, open: 1, contradictions: 4 },
  ...{ withoutPlan: 0, leftOut: 0, runningSystems: 3 },
};
const said = (changes: Partial<SoaRowWire> = {}) =>
  publishedOf({
    ...{
      asOf: '2026-11-21T12:00:00.000Z',
      index: 41,
      organisation: 'Casualty Insurance',
      scope: null,
      counts,
    },
    rows: [{ ...row, ...changes }],
  });
const soa = said();

test('a row says what, whether, why, how far, tested how, and what is wrong', () => {
  const cells = Object.fromEntries(
    (statementRows(soa)[0] ?? []).map((cell, at) => [statementColumns[at], cell]),
  );
  expect(cells).toEqual({
    Control: 'A.6.2.4',
    Title: 'AI system verification and validation',
    Topic: 'A.6 AI system life cycle',
    Objective: 'Fit for use',
    Applicable: 'Yes',
    'Reasons for inclusion': 'A treatment calls for it, Good practice',
    'Justification of inclusion or exclusion': '=1+1',
    'Called for by': 'A treatment calls for it: TRT-1, TRT-2 and 5 more',
    'Decided on': '2026-03-01',
    Approved: 'Yes',
    'Put in place': 'On each system',
    Implementation: 'Partly in place',
    'In place': 1,
    Of: 3,
    'Implemented by': 'IMP-1, IMP-2',
    Evidence: 'EVD-9 and 4 more; 2 out of date',
    Owner: 'Head of claims',
    'Last test': '2026-05-01',
    Conclusion: 'Partly effective',
    Tester: 'Head of audit',
    'Tests that stood': 'Partly effective, TST-1, 1 May 2026, by Head of audit',
    'Next test': '2027-05-01',
    'Contradictions and gaps': '1 of 3 systems lacks it: SYS-1. Due on 2027-05-01.',
    Line: 'APL-1',
  });
});

test.each([
  ['applicable', 'Yes'],
  ['excluded', 'No'],
  ['unapproved', 'Not decided'],
  ['none', 'Not decided'],
] as const)('what is %s reads %s: a line that nobody approved decides nothing', (decided, words) => {
  expect(applicableWords({ decided })).toBe(words);
});

test('an own control that nobody decided leaves its cells empty', () => {
  const cells = statementRows(
    said({
      ...{ topic: null, decided: 'none', placing: null, testing: null, line: null, sources: [] },
      ...{ reasons: [], faults: [], justification: null, owner: null, evidence: null },
      implementedBy: { count: 0, first: [] },
    }),
  )[0];
  expect(cells).toEqual(
    [
      'A.6.2.4',
      row.title,
      'Own control',
      'Fit for use',
      'Not decided',
      null,
      null,
      null,
      '2026-03-01',
      null,
    ].concat([null, null, null, null, null, null, null, null, null, null, null, null, null, null]),
  );
});

test('sources of several reasons stand one after the other', () => {
  const sources = [
    { reason: 'treatment', count: 7, refs: ['TRT-1', 'TRT-2'] },
    { reason: 'law', count: 1, refs: ['OBL-1'] },
  ];
  expect(sourceWords({ sources })).toBe('A treatment calls for it: TRT-1, TRT-2 and 5 more; Law: OBL-1');
});

test('whoever may see none of several is told how many there are', () => {
  expect([
    severalWords(null),
    severalWords({ count: 0, refs: [] }),
    severalWords({ count: 3, refs: [] }),
  ]).toEqual([...['', '', '3']]);
});

test('a file of commas carries what a spreadsheet would run as text, and names the day', async () => {
  const { name, body } = await statementFile(soa, 'csv', { version: null, timeZone: 'UTC' });
  const pieces: string[] = [];
  for await (const piece of body) pieces.push(String(piece));
  expect(name).toBe('statement-of-applicability-2026-11-21.csv');
  expect(pieces.join('')).toContain("'=1+1");
});

test('a workbook filters each column, keeps its head in sight, wraps what is long and gives it room', async () => {
  const { body } = await statementFile(soa, 'xlsx', { version: null, timeZone: 'UTC' });
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(Buffer.from(chunk));
  const { sheets } = await readXlsx(Buffer.concat(chunks), { readStyles: true });
  const [front, sheet] = sheets;
  const facts = new Map(front?.rows.map((cells) => [cells[0], cells[1]]));
  for (const label of ['Organisation', 'Scope (4.3)', 'Version', 'Approval', 'As of', 'Position in the log'])
    expect(facts.get(label), label).toEqual(expect.stringMatching(/\w/));
  expect(facts.get('Counts')).toContain('37 of 38 controls of Annex A are decided.');
  expect(sheet?.autoFilter?.range).toBe('A1:X2');
  expect(sheet?.freezePane).toMatchObject({ rows: 1, columns: 1 });
  expect(sheet?.rows[0]).toEqual([...statementColumns]);
  const width = (name: (typeof statementColumns)[number]) =>
    sheet?.columns?.[statementColumns.indexOf(name)]?.width ?? 0;
  expect(width('Justification of inclusion or exclusion')).toBeGreaterThan(width('Control') * 3);
  const justified = sheet?.cells?.get(
    `1,${statementColumns.indexOf('Justification of inclusion or exclusion')}`,
  );
  expect(justified?.style?.alignment).toMatchObject({ wrapText: true, vertical: 'top' });
});

test('as text the statement is a table of Markdown that no cell ends', () => {
  const text = statementText(said({ justification: 'One | two\nthree \\ four' }));
  const lines = text.trimEnd().split('\n');
  expect(lines[2]).toContain(
    '37 of 38 controls of Annex A are decided; 35 apply, 2 are excluded. Contradictions: 4.',
  );
  expect(lines.slice(4).map((line) => line.split(/(?<!\\)\|/).length)).toEqual([13, 13, 13]);
  expect(lines.at(-1)).toContain('| One \\| two three \\\\ four |');
});
