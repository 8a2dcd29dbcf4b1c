import { expect, test } from 'vitest';
import { harm, wholeContent, wholeEffects } from '../../test/impact/whole.ts';
import type { Json } from '../json.ts';
import { signsOf } from './signs.ts';

const ids = (fields: Record<string, Json>) => signsOf(wholeContent(fields)).map(({ id }) => id);
const says = (fields: Record<string, Json>) => signsOf(wholeContent(fields)).map((sign) => sign.says);
const effects = (change: (row: Record<string, Json>, n: number) => Record<string, Json> | null) => ({
  effects: wholeEffects.flatMap((row, n) => change(row, n) ?? []),
});
const none = (reason: (n: number) => string) =>
  effects((row, n) => ({
    number: n + 1,
    dimension: row.dimension ?? '',
    level: row.level ?? '',
    polarity: 'none',
    reason: reason(n),
  }));

test('nothing is noticed about an assessment that says what it found', () => {
  // Two harms share their measures and basis: twice is no pattern.
  expect(signsOf(wholeContent())).toEqual([]);
});

test('nothing is noticed where nothing is judged yet: what is blank is said elsewhere', () => {
  expect(signsOf({ fields: {}, links: {} }).map(({ id }) => id)).toEqual(['no-group']);
});

test('no group', () => {
  expect(says({ affectedGroups: [{ size: '300' }] })).toEqual(['No affected group is named.']);
});

test('all dimensions without effect, with the count', () => {
  expect(says(none((n) => `Reason ${n}`))).toEqual(['All 16 effects on record say "no effect".']);
});

test('the same reason under many dimensions, whatever its case and spacing', () => {
  const found = says(none((n) => (n % 2 === 0 ? 'Not  relevant' : 'not relevant ')));
  expect(found).toContain('The same words stand as reason in 13 of 13 dimensions.');
  expect(ids(none((n) => (n < 2 ? 'Not relevant' : `Reason ${n}`)))).not.toContain('same-reason');
  expect(ids(none((n) => (n < 3 ? 'Not relevant' : `Reason ${n}`)))).toContain('same-reason');
});

test('the same words twice in one dimension are one', () => {
  const rows = [1, 2, 3].map((number) => ({ ...harm, number }));
  expect(ids({ effects: rows })).not.toContain('same-effect');
});

test('benefits alone, and harms alone', () => {
  expect(ids(effects((row) => (row.polarity === 'harmful' ? null : row)))).toEqual(['no-harm']);
  expect(ids(effects((row) => (row.polarity === 'beneficial' ? null : row)))).toEqual(['no-benefit']);
});

test('no basis anywhere; one is enough', () => {
  const without = (kept: number) =>
    effects((row, n) => {
      const { basis, ...rest } = row;
      return n === kept && basis !== undefined ? row : rest;
    });
  expect(ids(without(-1))).toEqual(['no-basis']);
  expect(ids(without(0))).toEqual([]);
});

test('measures after which every harm is as severe as before', () => {
  expect(ids(effects((row) => ('remaining' in row ? { ...row, remaining: 'serious' } : row)))).toEqual([
    'measures-change-nothing',
  ]);
  expect(
    ids(effects((row, n) => ('remaining' in row && n === 0 ? { ...row, remaining: 'serious' } : row))),
  ).toEqual([]);
});

test('texts of a few words, with how many, at their part', () => {
  expect(signsOf(wholeContent({ misuse: 'None.', conclusion: 'All is well here' }))).toEqual([
    { id: 'short-misuse', part: 'about', says: 'Foreseeable misuse has 1 word.' },
    { id: 'short-conclusion', part: 'conclusion', says: 'Conclusion has 4 words.' },
  ]);
  expect(ids({ misuse: 'One two three four five six seven eight' })).toEqual([]);
});

test('texts of the fundamental-rights part are looked at like the others', () => {
  const rights = {
    friaProcesses: 'We do all of that',
    friaPeriod: 'We do all of that',
    friaOversight: 'We  do all of that',
    friaMeasures: 'we do all of that',
  };
  expect(signsOf(wholeContent({ ...rights, friaMeasures: 'ok', friaPeriod: 'Daily, until 2029' }))).toEqual([
    { id: 'short-friaProcesses', part: 'rights', says: 'Processes in which it is used has 5 words.' },
    { id: 'short-friaPeriod', part: 'rights', says: 'Period and frequency of use has 3 words.' },
    { id: 'short-friaOversight', part: 'rights', says: 'Human oversight as carried out has 5 words.' },
    { id: 'short-friaMeasures', part: 'rights', says: 'If harm occurs has 1 word.' },
  ]);
  expect(says(rights)).toContain(
    'The same words stand as Processes in which it is used, Period and frequency of use, Human oversight as carried out, If harm occurs.',
  );
});

test('observations accuse nobody and judge nothing', () => {
  const found = says({ ...none(() => 'n/a'), affectedGroups: [], context: 'x', conclusion: 'y' });
  expect(found.length).toBeGreaterThan(3);
  for (const sentence of found)
    expect(sentence).not.toMatch(/copied|lazy|wrong|bad|fail|insufficient|must|should|you/i);
});
