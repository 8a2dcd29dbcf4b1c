import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareStatements as compare, comparedParts } from './compare.ts';
import { type PublishedRow, publishedFormat, publishedOf, secondFormat, sentenceText } from './published.ts';

const row = (id: string, changes: Partial<PublishedRow> = {}): PublishedRow => ({
  id,
  control: null,
  title: `Control ${id}`,
  topic: 'A.2 Policies',
  decided: 'applicable',
  line: 'APL-1',
  reasons: ['law'],
  sources: [{ reason: 'law', count: 1, refs: ['OBL-1'] }],
  justification: null,
  decidedOn: '2026-03-01',
  place: { at: 'system', state: 'partly', inPlace: 1, of: 2 },
  test: null,
  faults: [],
  ...{ contradictions: 0, objective: null, owner: null, implementedBy: null, evidence: null, nextTest: null },
  tests: null,
  ...changes,
});

type Rows = { readonly rows: readonly PublishedRow[] };
const format = publishedFormat;
const compareStatements = (before: Rows, after: Rows) => compare({ format, ...before }, { format, ...after });
const tested = { ref: 'TST-1', on: '2026-10-01', conclusion: 'effective', tester: 'Head of testing' };
const tests = { of: 2, effective: 1, partly: 0, failed: 0, untested: 1, count: 1, first: [tested] };

describe('two statements', () => {
  test('that say the same differ in nothing', () => {
    const rows = [row('A.2.2'), row('A.2.3')];
    expect(compareStatements({ rows }, { rows })).toEqual({ added: [], removed: [], changed: [], same: 2 });
  });

  test.each([
    ['title', { title: 'Another title' }],
    ['objective', { objective: 'Direction' }],
    ['owner', { owner: 'Head of claims' }],
    ['decidedOn', { decidedOn: '2026-04-01' }],
    ['decided', { decided: 'excluded' }],
    ['reasons', { reasons: ['contract'] }],
    ['justification', { justification: 'Because.' }],
    ['sources', { sources: [] }],
    ['place', { place: { at: 'system', state: 'in-place', inPlace: 2, of: 2 } }],
    ['test', { test: tested }],
    ['tests', { tests }],
    ['evidence', { evidence: { count: 1, refs: ['EVD-1'], stale: 0, aside: 0, to: '2027-01-01' } }],
    ['faults', { faults: ['Nothing puts it in place.'] }],
  ] as const)('differ in %s alone', (part, change) => {
    const [before, after] = [row('A.2.2'), row('A.2.2', change)];
    expect(compareStatements({ rows: [before] }, { rows: [after] })).toEqual({
      added: [],
      removed: [],
      changed: [{ id: 'A.2.2', title: after.title, parts: [part], before, after }],
      same: 0,
    });
  });

  test('of which one has a control that the other lacks', () => {
    const compared = compareStatements(
      { rows: [row('A.2.2'), row('X-1')] },
      { rows: [row('A.2.2'), row('X-2')] },
    );
    expect([compared.added, compared.removed].map((rows) => rows.map(({ id }) => id))).toEqual([
      ['X-2'],
      ['X-1'],
    ]);
    expect(compared.same).toBe(1);
  });

  test('a line of another number is no difference of the statement', () => {
    const other = row('A.2.2', { line: 'APL-9' });
    expect(compareStatements({ rows: [row('A.2.2')] }, { rows: [other] }).same).toBe(1);
  });

  test('know an own control by its record, and never take it for the item of Annex A whose code it has', () => {
    const own = (id: string, more: Partial<PublishedRow> = {}) =>
      row(id, { topic: null, control: 'CTL-40', ...more });
    const annex = row('A.2.2');
    const shared = compareStatements({ rows: [annex, own('A.2.2')] }, { rows: [annex, own('A.2.2')] });
    expect(shared).toMatchObject({ added: [], removed: [], changed: [], same: 2 });
    const after = own('H.1', { title: 'Control A.2.2' });
    const renamed = compareStatements({ rows: [annex, own('A.2.2')] }, { rows: [annex, after] });
    expect(renamed.changed.map(({ id, parts }) => [id, parts])).toEqual([['H.1', ['id']]]);
    // What was published before did not keep the record: then the code is all there is.
    const bare = { control: null };
    const old = compareStatements({ rows: [own('H.1', bare)] }, { rows: [own('H.1')] });
    expect(old).toMatchObject({ added: [], removed: [], changed: [], same: 1 });
  });

  test('differ where another person made the test, or another test stands, while the last one is the same', () => {
    const other = { ...tested, tester: 'Head of audit' };
    const [before, after] = [row('A.2.2', { tests }), row('A.2.2', { tests: { ...tests, first: [other] } })];
    const [found] = compareStatements({ rows: [before] }, { rows: [after] }).changed;
    expect(found?.parts).toEqual(['tests']);
  });

  test('of which the earlier did not keep all tests: what was not kept is no difference', () => {
    const before = {
      format: secondFormat,
      rows: [row('A.2.2', { test: { ...tested, tester: null } })],
    } as const;
    const now = { format, rows: [row('A.2.2', { test: tested, tests, decided: 'excluded' })] } as const;
    expect(compare(before, now).changed[0]?.parts).toEqual(['decided']);
    expect(compare(now, before).changed[0]?.parts).toEqual(['decided']);
  });

  test('turned round, what was added was removed, and the same rows changed in the same parts', () => {
    const some = fc.uniqueArray(
      fc.record({
        id: fc.constantFrom('A.2.2', 'A.2.3', 'A.2.4', 'X-1'),
        decided: fc.constantFrom('applicable' as const, 'excluded' as const),
        justification: fc.constantFrom(null, 'Because.'),
      }),
      { selector: ({ id }) => id },
    );
    fc.assert(
      fc.property(some, some, (one, other) => {
        const [before, after] = [one, other].map((rows) => ({
          rows: rows.map(({ id, ...rest }) => row(id, rest)),
        }));
        if (!before || !after) throw new Error('Two statements');
        const [there, back] = [compareStatements(before, after), compareStatements(after, before)];
        expect(back.removed).toEqual(there.added);
        expect(back.same).toBe(there.same);
        const named = ({ changed }: typeof there) => changed.map(({ id, parts }) => `${id} ${parts}`).sort();
        expect(named(back)).toEqual(named(there));
        expect(there.same + there.changed.length + there.added.length).toBe(after.rows.length);
      }),
    );
  });
});

test('what is published depends on nobody who looks: no abilities, no titles of records', () => {
  const ref = (name: string) => ({
    id: name,
    ref: name,
    kind: 'risk',
    title: 'A secret title',
    state: 'open',
  });
  const published = publishedOf({
    ...{
      asOf: '2026-11-21T12:00:00.000Z',
      index: 41,
      organisation: 'Casualty Insurance',
      scope: ref('DOC-1'),
    },
    counts: {
      ...{ annexA: 38, annexADecided: 1, own: 0, applicable: 1, excluded: 0, open: 37, contradictions: 0 },
      ...{ withoutPlan: 0, leftOut: 0, runningSystems: 1 },
    },
    rows: [
      {
        ...{ id: 'A.2.2', item: 'A.2.2', title: 'AI policy', objective: 'Direction', decided: 'applicable' },
        ...{ says: 'applicable', reasons: ['law'], justification: 'Ours.', decidedOn: '2026-03-01' },
        topic: { id: 'A.2', title: 'Policies related to AI' },
        control: ref('CTL-1'),
        line: ref('APL-1'),
        sources: [{ reason: 'law', count: 7, first: [ref('OBL-1')] }],
        typicalFor: ['AI provider'],
        owner: 'Head of claims',
        implementedBy: { count: 9, first: [ref('IMP-1')] },
        evidence: { current: 4, stale: 1, aside: 0, newest: null, first: [ref('EVD-2')] },
        placing: {
          at: 'system',
          state: 'partly',
          of: 2,
          inPlace: 1,
          partly: 0,
          planned: 1,
          missing: 0,
          deviations: 0,
        },
        testing: {
          ...{ of: 1, effective: 1, partly: 0, failed: 0, untested: 0, next: null },
          last: { ...tested, test: ref('TST-1') },
          tests: { count: 1, first: [{ ...tested, test: ref('TST-1') }] },
        },
        faults: [{ code: 'late', type: 'gap', sentence: [{ ref: ref('IMP-1') }, ' was late.'], records: [] }],
        action: { label: 'Do it', do: { type: 'open', ref: 'IMP-1' }, ability: { allowed: true } },
      },
    ],
  });
  expect(published).toEqual({
    format: publishedFormat,
    asOf: '2026-11-21T12:00:00.000Z',
    ...{ index: 41, organisation: 'Casualty Insurance', scope: 'DOC-1 A secret title' },
    counts: expect.objectContaining({ annexA: 38 }),
    rows: [
      {
        ...{ id: 'A.2.2', title: 'AI policy', topic: 'A.2 Policies related to AI', decided: 'applicable' },
        ...{
          control: 'CTL-1',
          line: 'APL-1',
          reasons: ['law'],
          justification: 'Ours.',
          decidedOn: '2026-03-01',
        },
        sources: [{ reason: 'law', count: 7, refs: ['OBL-1'] }],
        place: { at: 'system', state: 'partly', inPlace: 1, of: 2 },
        test: tested,
        tests: { of: 1, effective: 1, partly: 0, failed: 0, untested: 0, count: 1, first: [tested] },
        faults: ['IMP-1 was late.'],
        ...{ contradictions: 0, objective: 'Direction', owner: 'Head of claims', nextTest: null },
        implementedBy: { count: 9, refs: ['IMP-1'] },
        evidence: { count: 4, refs: ['EVD-2'], stale: 1, aside: 0, to: null },
      },
    ],
  });
  // The scope alone is named in full: whose statement it is says what it is about.
  expect(JSON.stringify(published.rows)).not.toContain('secret');
});

test('a sentence without links names records by ref, days as they are kept, and people', () => {
  const person = { member: 'm', name: 'Head of claims' };
  expect(sentenceText(['By ', person, ' on ', { day: '2026-10-01' }, '.'])).toBe(
    'By Head of claims on 2026-10-01.',
  );
  expect(comparedParts).toHaveLength(14);
});
