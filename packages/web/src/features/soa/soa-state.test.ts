import type { SoaRowWire } from '@throughline/domain/wire-soa.ts';
import { describe, expect, test } from 'vitest';
import { barOf, byTopic, countsOf, isEmpty, nextWrong, notAdopted, rowsShown, showOf } from './soa-state.ts';

const ref = (name: string) => ({
  id: name,
  ref: name,
  kind: 'control',
  title: `Title of ${name}`,
  state: 'adopted',
});
const fault = { code: 'missing', type: 'gap', sentence: ['Nothing puts it in place.'], records: [] } as const;
const row = (id: string, changes: Partial<SoaRowWire> = {}): SoaRowWire => ({
  id,
  item: id,
  topic: { id: id.split('.').slice(0, 2).join('.'), title: 'Topic' },
  title: `Control ${id}`,
  objective: null,
  control: ref(`CTL-${id}`),
  line: null,
  decided: 'applicable',
  says: 'applicable',
  reasons: [],
  justification: null,
  decidedOn: null,
  sources: [],
  typicalFor: [],
  owner: null,
  implementedBy: { count: 0, first: [] },
  evidence: null,
  placing: null,
  testing: null,
  faults: [],
  action: null,
  ...changes,
});
const rows = [
  row('A.2.2'),
  row('A.2.3', { faults: [fault] }),
  row('A.6.2.4', { decided: 'none', says: null }),
  row('A.7.2', { decided: 'unapproved', says: 'excluded', faults: [fault] }),
  row('X-1', { topic: null, item: null, decided: 'excluded', says: 'excluded' }),
];
const shown = (show: Parameters<typeof rowsShown>[1], find = '') =>
  rowsShown(rows, show, find).map(({ id }) => id);

describe('what is in sight', () => {
  test.each([
    ['all', ['A.2.2', 'A.2.3', 'A.6.2.4', 'A.7.2', 'X-1']],
    ['wrong', ['A.2.3', 'A.7.2']],
    ['open', ['A.6.2.4', 'A.7.2']],
    ['excluded', ['A.7.2', 'X-1']],
  ] as const)('under "%s"', (show, ids) => {
    expect(shown(show)).toEqual(ids);
  });

  test('holds every word, in whatever part, in any case', () => {
    const sources = [
      { reason: 'treatment' as const, count: 1, first: [{ ...ref('TRT-7'), title: 'Second reading' }] },
    ];
    const called = [row('A.2.2', { sources, justification: 'Because of claims' })];
    expect(rowsShown(called, 'all', 'trt-7 CLAIMS reading')).toHaveLength(1);
    expect(rowsShown(called, 'all', 'trt-7 motor')).toHaveLength(0);
    expect(shown('all', 'a.6')).toEqual(['A.6.2.4']);
  });

  test('an address that nobody knows shows everything', () => {
    expect([showOf('wrong'), showOf('else'), showOf(undefined)]).toEqual(['wrong', 'all', 'all']);
  });
});

test('rows stand under their topics, own controls last', () => {
  expect(byTopic(rows).map(({ id, rows: own }) => [id, own.length])).toEqual([
    ['A.2', 2],
    ['A.6', 1],
    ['A.7', 1],
    ['own', 1],
  ]);
});

test('a statement is empty until something is adopted', () => {
  const none = rows.map((one) => ({ ...one, control: null }));
  expect([isEmpty({ rows }), isEmpty({ rows: none })]).toEqual([false, true]);
  expect(notAdopted({ rows: [...none.slice(0, 2), ...rows] })).toBe(2);
});

describe('from one row with something wrong to the next', () => {
  test.each([
    [null, 1, 'A.2.3'],
    [null, -1, 'A.7.2'],
    ['A.2.3', 1, 'A.7.2'],
    ['A.7.2', 1, 'A.2.3'],
    ['A.2.3', -1, 'A.7.2'],
    ['A.6.2.4', -1, 'A.2.3'],
    ['gone', 1, 'A.2.3'],
  ] as const)('from %s by %i', (from, step, id) => {
    expect(nextWrong(rows, from, step)?.id).toBe(id);
  });

  test('where nothing is wrong there is none', () => {
    expect(nextWrong([row('A.2.2')], null, 1)).toBeUndefined();
    expect(nextWrong([], 'A.2.2', -1)).toBeUndefined();
  });
});

describe('what the sentence counts', () => {
  const of = (code: string, type: 'gap' | 'contradiction' = 'gap') => ({ ...fault, code, type });
  const some = [
    row('A.2.2', { faults: [of('late'), of('untested')] }),
    row('A.2.3', { faults: [of('excluded-called', 'contradiction'), of('untested')] }),
    row('A.2.4', { decided: 'none', says: null, faults: [of('undecided-called')] }),
    row('A.3.2', { faults: [of('retest'), of('redated')] }),
  ];

  test('are rows, contradictions first, each count as many as its filter shows', () => {
    const counts = countsOf(some);
    expect(counts).toEqual([
      ['contradictions', 1],
      ['open', 1],
      ['left-out', 2],
      ['late', 2],
      ['untested', 3],
    ]);
    for (const [show, n] of counts) expect(rowsShown(some, show, '')).toHaveLength(n);
    expect(countsOf([row('A.2.2')])).toEqual([]);
  });

  test('stand in the address, and belong to a filter of the bar', () => {
    expect([showOf('late'), showOf('untested'), showOf('anything')]).toEqual(['late', 'untested', 'all']);
    expect([barOf('late'), barOf('contradictions'), barOf('open'), barOf('all')]).toEqual([
      ...['wrong', 'wrong', 'open', 'all'],
    ]);
  });
});
