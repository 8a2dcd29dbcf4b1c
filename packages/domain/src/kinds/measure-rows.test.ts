import { describe, expect, test } from 'vitest';
import type { DomainError } from '../errors.ts';
import { registry } from './all.ts';
import { approvalLack } from './approval-lack.ts';
import { decideEdit, emptyContent } from './edit.ts';
import { refuseFixed } from './fixed.ts';
import type { Content } from './kind.ts';
import { conclusionObstacle, loweredSince, measured, measureFaults, orderFaults } from './measure-rows.ts';
import { around, someId } from './testing.ts';

const kind = registry.get('verification');
const [system, version] = [someId(), someId()];
const targets = new Map([
  [system, { kind: 'system', archived: false }],
  [version, { kind: 'system-version', archived: false }],
]);
const links = { system: { set: [system] }, version: { set: [version] } };
type Fields = Readonly<Record<string, unknown>>;
type Row = Readonly<Record<string, string | number>>;
const made = (fields: Fields): Content =>
  decideEdit(kind, emptyContent, { fields: { name: 'Test', ...fields }, links }, targets).next;
const edited = (before: Content, fields: Fields): Content =>
  decideEdit(kind, before, { fields }, targets).next;

const accuracy = { measure: 'Accuracy', comparison: 'at-least', limit: 90 };
const women = { measure: 'Accuracy', group: 'Women', comparison: 'at-least', limit: 88 };
const wrong = { measure: 'Wrongly refused', comparison: 'at-most', limit: 2 };
const tone = { measure: 'Tone', comparison: 'judged', words: 'Nobody is blamed' };
const set = () => made({ measures: [accuracy, women, wrong, tone] });

describe('thresholds come first', () => {
  test('a result made with its threshold in one go is refused, at creation and later', () => {
    const both = { measures: [accuracy], results: [{ measure: 'Accuracy', value: 95 }] };
    expect(() => made(both)).toThrow(/threshold/i);
    expect(() => edited(made({}), both)).toThrow(/threshold/i);
    expect(edited(made({ measures: [accuracy] }), both).fields.results).toHaveLength(1);
  });

  test('a measure without a threshold takes no result', () => {
    const bare = made({
      measures: [
        { measure: 'Accuracy', comparison: 'at-least' },
        { measure: 'Tone', comparison: 'judged' },
      ],
    });
    for (const measure of ['Accuracy', 'Tone'])
      expect(() => edited(bare, { results: [{ measure, value: 95 }] })).toThrow(/threshold/i);
  });

  test('a threshold that has a result is not moved, nor its row taken away', () => {
    const found = edited(set(), { results: [{ measure: 'Accuracy', value: 80 }] });
    const moved = [{ ...accuracy, limit: 75 }, women, wrong, tone];
    expect(() => edited(found, { measures: moved })).toThrow(/kept as it was set/);
    expect(() => edited(found, { measures: [{ ...accuracy, comparison: 'at-most' }, women] })).toThrow();
    expect(() => edited(found, { measures: [women, wrong, tone] })).toThrow(/none of the measures/);
    expect(() => edited(found, { measures: null })).toThrow(/none of the measures/);
    // What has no result yet can still be set otherwise.
    expect(edited(found, { measures: [accuracy, { ...women, limit: 85 }, wrong, tone] })).toBeDefined();
  });

  test('a result is corrected, never taken away to begin again', () => {
    const found = edited(set(), { results: [{ measure: 'Accuracy', value: 80 }] });
    expect(() => edited(found, { results: [] })).toThrow(/was recorded/);
    expect(() => edited(found, { results: null })).toThrow(/was recorded/);
    expect(() => edited(found, { results: [{ measure: 'Wrongly refused', value: 1 }] })).toThrow(/recorded/);
    const corrected = edited(found, { results: [{ measure: 'ACCURACY ', value: 81 }] });
    expect(measured(corrected.fields)[0]?.outcome).toBe('missed');
  });

  test('the same words in other letters are the same measure', () => {
    const twice = { measures: [accuracy, { ...accuracy, measure: ' accuracy' }] };
    expect(() => made(twice)).toThrow(/twice/);
    const results = [
      { measure: 'Accuracy', value: 95 },
      { measure: 'accuracy', value: 10 },
    ];
    expect(() => edited(set(), { results })).toThrow(/twice/);
  });
});

describe('thresholds stay', () => {
  const refused = (state: string, part: string, step?: string) => {
    try {
      refuseFixed(kind, state, [part], step);
      return undefined;
    } catch (error) {
      return (error as DomainError).items;
    }
  };

  test('no test begins on a measure without one', () => {
    const begin = kind.lifecycle.transitions.begin?.guard;
    const content = (measures: readonly Row[]) => ({ fields: { measures: [...measures] }, links: {} });
    expect(begin?.(content([accuracy, tone]), '2026-05-01')).toBeUndefined();
    expect(begin?.(content([accuracy, { measure: 'Speed' }]), '2026-05-01')).toMatch(
      /^Speed has no threshold/,
    );
    expect(begin?.(content([{ ...tone, words: '...' }]), '2026-05-01')).toMatch(/^Tone has no threshold/);
  });

  test.each(['under-way', 'concluded', 'called-off'])('as they were set while it is %s', (state) => {
    for (const part of ['measures', 'thresholdsSetOn'])
      expect(refused(state, part)).toEqual([
        { at: `fields.${part}`, message: expect.stringMatching(/stays as it was set/) },
      ]);
    expect(refused(state, 'results')).toBeUndefined();
  });

  test('also with a step into another such state, and are free before testing begins', () => {
    expect(refused('under-way', 'measures', 'conclude')).toHaveLength(1);
    expect(refused('called-off', 'measures', 'reopen')).toHaveLength(1);
    expect(refused('planned', 'measures')).toBeUndefined();
    expect(refused('planned', 'measures', 'begin')).toBeUndefined();
  });
});

describe('results', () => {
  test.each([
    [accuracy, { measure: 'Accuracy', value: 90 }, 'reached'],
    [accuracy, { measure: 'Accuracy', value: 89.999 }, 'missed'],
    [wrong, { measure: 'Wrongly refused', value: 2 }, 'reached'],
    [wrong, { measure: 'Wrongly refused', value: 2.1 }, 'missed'],
    [tone, { measure: 'Tone', outcome: 'reached' }, 'reached'],
    [tone, { measure: 'Tone', words: 'Fine' }, 'open'],
    [accuracy, { measure: 'Accuracy', outcome: 'reached' }, 'open'],
    [accuracy, { measure: 'Accuracy', group: 'Men', value: 99 }, 'open'],
  ])('%j with %j is %s', (measure, result, outcome) => {
    expect(measured({ measures: [measure], results: [result] })[0]?.outcome).toBe(outcome);
  });

  test('a word that its number contradicts is refused', () => {
    const content = {
      fields: { measures: [accuracy], results: [{ measure: 'Accuracy', value: 70, outcome: 'reached' }] },
      links: {},
    };
    expect(measureFaults(content)).toEqual({
      results: 'Accuracy is said to be reached, and by its number it is missed.',
    });
  });

  test('a result of nothing that was to be measured is refused', () => {
    expect(() => edited(set(), { results: [{ measure: 'Speed', value: 1 }] })).toThrow(
      /none of the measures/,
    );
    expect(() => made({ measures: [{ limit: 3 }] })).toThrow(/Name what is measured/);
  });

  test('a test is not dated before its thresholds', () => {
    expect(() => made({ thresholdsSetOn: '2026-05-02', testedOn: '2026-05-01' })).toThrow(/before the test/);
    expect(made({ thresholdsSetOn: '2026-05', testedOn: '2026-05-01' })).toBeDefined();
  });

  test('what is no row is no reason to fall over', () => {
    const odd = { fields: { measures: ['x', null, 3, {}], results: 'none' }, links: {} };
    expect(measureFaults(odd)).toEqual({ measures: 'Name what is measured.' });
    expect(orderFaults(emptyContent, { fields: { results: 7 }, links: {} })).toEqual({});
    expect(measured({})).toEqual([]);
  });
});

describe('the verdict', () => {
  const result = (value: number, more: Row = {}): Row => ({ measure: 'Accuracy', value, ...more });
  const concluding = (results: readonly Row[], verdict: string, reason = 'Handlers read until May') =>
    conclusionObstacle({ fields: { measures: [accuracy], results, verdict, reason }, links: {} });

  test('waits for every result', () => {
    expect(concluding([], 'passed')).toBe('Accuracy has no result.');
    expect(concluding([result(95)], 'passed')).toBeUndefined();
  });

  test('waits for an answer to each miss, and does not call a miss passed', () => {
    expect(concluding([result(80)], 'not-passed')).toMatch(/Say what follows/);
    const answered = [result(80, { answerToMiss: 'Handlers read every case' })];
    expect(concluding(answered, 'passed')).toMatch(/under conditions, or not passed/);
    expect(concluding(answered, 'passed-with-conditions')).toBeUndefined();
    expect(concluding(answered, 'not-passed')).toBeUndefined();
    // A text of nothing is neither an answer nor a reason.
    for (const nothing of ['.', '---', 'xxxx', 'ok']) {
      expect(concluding([result(80, { answerToMiss: nothing })], 'not-passed')).toMatch(/Say what follows/);
      expect(concluding(answered, 'passed-with-conditions', nothing)).toMatch(/Say which/);
    }
  });

  test('comes after the test', () => {
    expect(() => made({ testedOn: '2026-05-02', decidedOn: '2026-05-01' })).toThrow(/not before it/);
    expect(made({ testedOn: '2026-05-02', decidedOn: '2026-05' })).toBeDefined();
  });

  test('is approved on nothing that could not be concluded', () => {
    const whole = {
      ...{ plan: 'Held-out cases', measures: [accuracy], thresholdsSetOn: '2026-01-05' },
      ...{ tester: 'ann', testedOn: '2026-01-10', decidedBy: 'ben', decidedOn: '2026-01-12' },
      ...{ results: [result(95)], verdict: 'passed' },
    };
    const lack = (state: string, more: Content['fields'] = {}) =>
      approvalLack(kind, state, { fields: { ...whole, ...more }, links: {} }, around, '2026-05-01')?.says;
    expect([lack('under-way'), lack('concluded')]).toEqual([undefined, undefined]);
    expect(lack('planned')).toMatch(/approved once it is “Under way” or “Concluded”/);
    expect(lack('under-way', { results: [{ measure: 'Accuracy' }] })).toBe('Accuracy has no result.');
    expect(lack('concluded', { results: [result(5, { answerToMiss: 'We look at it' })] })).toMatch(
      /not passed/,
    );
    expect(lack('under-way', { decidedBy: null })).toMatch(/Verdict by is needed/);
    expect(lack('under-way', { testedOn: '2026-05-02' })).toMatch(/still to come/);
  });

  test('is given by neither tester nor owner', () => {
    const [ann, ben] = [someId(), someId()];
    expect(() => made({ tester: ann, decidedBy: ann })).toThrow(/somebody else/);
    expect(() => made({ owner: ann, decidedBy: ann })).toThrow(/somebody else/);
    expect(made({ owner: ann, tester: ann, decidedBy: ben })).toBeDefined();
  });
});

describe('a bar that was missed is lowered', () => {
  const before = {
    measures: [accuracy, wrong, tone],
    results: [
      { measure: 'Accuracy', value: 80 },
      { measure: 'Wrongly refused', value: 5 },
      { measure: 'Tone', outcome: 'missed' },
    ],
  };
  test.each([
    ['the same ones', [accuracy, wrong, tone], []],
    ['stricter ones', [{ ...accuracy, limit: 95 }, { ...wrong, limit: 1 }, tone], []],
    [
      'lower ones',
      [
        { ...accuracy, limit: 70 },
        { ...wrong, limit: 6 },
        { ...tone, words: 'Nobody minds' },
      ],
      ['Accuracy', 'Wrongly refused', 'Tone'],
    ],
    ['one that is left out', [wrong, tone], ['Accuracy']],
    [
      'one that is judged now',
      [{ measure: 'Accuracy', comparison: 'judged', words: 'Good enough' }, wrong, tone],
      ['Accuracy'],
    ],
  ])('%s', (_, measures, names) => {
    expect(loweredSince(before, { measures })).toEqual(names);
  });
  test('what was reached may be measured otherwise', () => {
    const reached = { measures: [accuracy], results: [{ measure: 'Accuracy', value: 95 }] };
    expect(loweredSince(reached, { measures: [] })).toEqual([]);
  });
});
