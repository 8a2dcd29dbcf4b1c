import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { record } from '../../test/trace/kit.ts';
import { addDays } from '../day.ts';
import { usualCalendar, type WorkingCalendar } from '../working-calendar.ts';
import { carries } from './assessments.ts';
import type { TraceRecord } from './inputs.ts';
import { counts, holes, periods, reachesTo } from './proof.ts';
import { aboveThreshold } from './risks.ts';

const piece = (from: string | null, to: string | null): TraceRecord =>
  record('evidence', `e-${from}-${to}`, {
    fields: { ...(from ? { periodFrom: from } : {}), ...(to ? { periodTo: to } : {}) },
  });
const implementation = (occurrences: string) => record('implementation', 'i', { fields: { occurrences } });
const day = (n: number) => addDays('2025-01-01', n);
const span = fc
  .tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 40 }))
  .map(([from, length]) => ({ from: day(from), to: day(from + length) }));

describe('the days that evidence speaks for', () => {
  test.each([
    [piece('2025-03-01', '2025-03-31'), [{ from: '2025-03-01', to: '2025-03-31' }]],
    [piece('2025-03-01', null), [{ from: '2025-03-01', to: '2025-03-01' }]],
    [piece(null, '2025-03-31'), [{ from: '2025-03-31', to: '2025-03-31' }]],
    [piece('2025-02', '2025-02'), [{ from: '2025-02-01', to: '2025-02-28' }]],
    [piece('2025-Q1', '2025'), [{ from: '2025-01-01', to: '2025-12-31' }]],
    [piece(null, null), []],
  ])('are the whole of what is said, and none where nothing is said', (evidence, expected) => {
    expect(periods([evidence])).toEqual(expected);
  });

  test('come in order, and reach to the last day of any piece, not of the last one', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 8 }), (spans) => {
        const records = spans.map(({ from, to }) => piece(from, to));
        const ordered = periods(records);
        expect(ordered.map((one) => one.from)).toEqual(spans.map((one) => one.from).sort());
        expect(reachesTo(records)).toBe(
          spans
            .map((one) => one.to)
            .sort()
            .at(-1) ?? null,
        );
      }),
    );
  });
});

describe('holes between pieces', () => {
  test('a month late is a hole, a month apart is none', () => {
    const months = [piece('2025-01', '2025-01'), piece('2025-02', '2025-02'), piece('2025-05', '2025-05')];
    expect(holes(implementation('monthly'), months)).toEqual([{ from: '2025-03-01', to: '2025-04-30' }]);
    expect(holes(implementation('quarterly'), months)).toEqual([]);
  });

  test('where a rule says what becomes of days on which nobody works, a weekend and a holiday are no hole', () => {
    // Friday 28 November, then Tuesday 2 December 2025: Monday is a holiday.
    const pieces = [piece('2025-11-28', null), piece('2025-12-02', null)];
    const holidays = [{ day: '2025-12-01', name: 'Closed' }];
    const daily = (changes: Partial<WorkingCalendar>) =>
      holes(implementation('daily'), pieces, { ...usualCalendar, holidays, ...changes });
    const hole = [{ from: '2025-11-29', to: '2025-12-01' }];
    expect(daily({})).toEqual(hole);
    expect(daily({ due: 'next' })).toEqual([]);
    expect(daily({ due: 'before' })).toEqual([]);
    expect(daily({ due: 'next', holidays: [] })).toEqual(hole);
  });

  test('a long piece covers the short ones within it', () => {
    const pieces = [piece('2025-01-01', '2025-12-31'), piece('2025-02-01', '2025-02-02')];
    expect(holes(implementation('daily'), [...pieces, piece('2026-01-01', null)])).toEqual([]);
  });

  test.each(['continuous', 'every-release', 'when-needed', ''])('nothing is expected of "%s"', (rhythm) => {
    expect(holes(implementation(rhythm), [piece('2020', '2020'), piece('2025', '2025')])).toEqual([]);
  });

  test('hold no day that a piece speaks for, lie between pieces, and do not turn on the order given', () => {
    const rhythms = fc.constantFrom('daily', 'weekly', 'monthly', 'quarterly', 'yearly');
    fc.assert(
      fc.property(fc.array(span, { maxLength: 8 }), rhythms, (spans, rhythm) => {
        const records = spans.map(({ from, to }) => piece(from, to));
        const found = holes(implementation(rhythm), records);
        expect(holes(implementation(rhythm), [...records].reverse())).toEqual(found);
        for (const hole of found) {
          expect(hole.from <= hole.to).toBe(true);
          for (const one of spans) expect(one.to < hole.from || one.from > hole.to).toBe(true);
          expect(spans.some((one) => one.to === addDays(hole.from, -1))).toBe(true);
          expect(spans.some((one) => one.from === addDays(hole.to, 1))).toBe(true);
        }
      }),
    );
  });

  test('more evidence never makes a hole where there was proof', () => {
    fc.assert(
      fc.property(fc.array(span, { minLength: 2, maxLength: 6 }), span, (spans, more) => {
        const pieces = spans.map(({ from, to }) => piece(from, to));
        const before = holes(implementation('weekly'), pieces);
        const within = more.from >= (periods(pieces)[0]?.from ?? '') && more.to <= (reachesTo(pieces) ?? '');
        fc.pre(within);
        const after = holes(implementation('weekly'), [...pieces, piece(more.from, more.to)]);
        for (const hole of after)
          expect(before.some((old) => old.from <= hole.from && hole.to <= old.to)).toBe(true);
      }),
    );
  });
});

test.each([
  [{}, true],
  [{ type: 'log-extract', integrity: 'matches' }, true],
  [{ type: 'owner-statement' }, false],
  [{ integrity: 'differs' }, false],
  [{ integrity: 'missing' }, false],
])('evidence %j counts: %s', (fields, expected) => {
  expect(counts(record('evidence', 'e', { fields }))).toBe(expected);
});

test('a risk without rating or threshold is neither above nor below it', () => {
  const risk = (fields: Record<string, string>) => record('risk', 'r', { fields });
  expect(aboveThreshold(risk({}))).toBeNull();
  expect(aboveThreshold(risk({ currentLevel: 'high' }))).toBeNull();
  expect(aboveThreshold(risk({ targetLevel: 'low' }))).toBeNull();
  expect(aboveThreshold(risk({ currentLevel: 'low', targetLevel: 'low' }))).toBe(false);
  expect(aboveThreshold(risk({ currentLevel: 'high', targetLevel: 'low' }))).toBe(true);
  expect(aboveThreshold(risk({ currentLevel: 'low', targetLevel: 'high' }))).toBe(false);
});

test('targets of its own hold for each of the three: what is borne for the organisation says nothing of people', () => {
  const risk = (fields: Record<string, string>) => record('risk', 'r', { fields });
  const rated = { currentOrganisation: 'high', currentIndividuals: 'moderate', currentLevel: 'high' };
  const target = { targetOrganisation: 'high', targetIndividuals: 'low', targetLevel: 'high' };
  expect(aboveThreshold(risk({ ...rated, ...target }))).toBe(true);
  expect(aboveThreshold(risk({ ...rated, ...target, targetIndividuals: 'moderate' }))).toBe(false);
  expect(aboveThreshold(risk({ ...rated, targetSociety: 'low', targetLevel: 'low' }))).toBeNull();
});

test('a risk carries the findings that it cites, of the assessment that it names', () => {
  const risk = record('risk', 'r', {
    fields: { carriedEffects: ['1', ' 3 '] },
    links: { carries: ['ia-1'] },
  });
  expect([1, 2, 3].map((number) => carries(risk, 'ia-1', number))).toEqual([true, false, true]);
  expect(carries(risk, 'ia-2', 1)).toBe(false);
  expect(carries(record('risk', 'r', { links: { carries: ['ia-1'] } }), 'ia-1', 1)).toBe(false);
});
