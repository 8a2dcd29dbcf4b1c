import type { ImportColumnWire } from '@throughline/domain/wire-import.ts';
import { expect, test } from 'vitest';
import { columns, systemKind } from '../../gallery/fixtures/imports.ts';
import {
  appliedSentence,
  applySentence,
  dateClashes,
  fixedWords,
  orderColumns,
  sizeText,
  stepOf,
  targetGroups,
  valueText,
} from './wizard-state.ts';

const counts = { added: 2133, changed: 12, unchanged: 0, missing: 3, stays: 0, coerced: 5, rejected: 14 };

test('keeps the step of the address, and opens an applied import at its report', () => {
  expect(stepOf('columns', 'analysed')).toBe('columns');
  expect(stepOf('nonsense', 'analysed')).toBe('file');
  expect(stepOf(undefined, 'applied')).toBe('apply');
});

test('puts what needs a look first, a date of unknown order included', () => {
  expect(orderColumns(columns).map(({ header }) => header)).toEqual([
    'Date Initiated',
    'Stage of Development',
    'Topic Area',
    'Name',
    'HISP supporting',
  ]);
});

test('offers fields, relations, classes of other schemes and the record itself, and no rows', () => {
  const [column] = columns;
  const groups = targetGroups(systemKind, column as ImportColumnWire);
  expect(groups.map(({ label }) => label)).toEqual([
    'The record itself',
    'Fields',
    'Relations',
    'Classes of other schemes',
  ]);
  expect(groups[1]?.targets.map(({ value }) => value)).not.toContain('log');
});

test('counts the cells that only fit the other order', () => {
  const column = columns[1] as ImportColumnWire;
  expect(dateClashes({ ...column, dateOrder: 'month-first', dates: { monthFirst: 40, dayFirst: 3 } })).toBe(
    3,
  );
  expect(dateClashes({ ...column, dateOrder: null, dates: { monthFirst: 40, dayFirst: 3 } })).toBe(0);
});

test('says in one sentence what applying does', () => {
  expect(applySentence(counts, false)).toBe(
    'Applying adds 2,133 records, changes 12, leaves 3 that the file lacks as they are, leaves out 14 cells.',
  );
  expect(applySentence(counts, true)).toContain('archives 3 that the file lacks');
  expect(applySentence({ ...counts, stays: 2 }, true)).toContain(
    'archives 1 that the file lacks, leaves 2 that it lacks and that are not archived',
  );
  expect(applySentence({ ...counts, stays: 3 }, true)).not.toContain('archives');
  expect(
    applySentence(
      { added: 0, changed: 0, unchanged: 9, missing: 0, stays: 0, coerced: 0, rejected: 0 },
      false,
    ),
  ).toBe('Applying changes nothing.');
});

test('says what an applied import came to, and nothing of what it did not do', () => {
  expect(appliedSentence(counts, '21 Nov')).toBe(
    'Applied on 21 Nov: 2,133 added, 12 changed, 14 cells left out.',
  );
  expect(appliedSentence({ added: 0, changed: 3, rejected: 1 }, 'today')).toBe(
    'Applied on today: 3 changed, 1 cell left out.',
  );
  expect(appliedSentence({}, 'today')).toBe('Applied on today: 0 added.');
});

test('what was applied and what was undone both hold their choices, and say why', () => {
  expect(fixedWords('analysed')).toBeUndefined();
  expect(fixedWords('applied')).toContain('was applied');
  expect(fixedWords('undone')).toContain('was undone');
});

test('writes values on one line', () => {
  expect(valueText(['a', null, 3])).toBe('a, nothing, 3');
});

test('a size is said as people say it', () => {
  expect(sizeText(1)).toBe('1 KiB');
  expect(sizeText(340 * 1024)).toBe('340 KiB');
  expect(sizeText(1024 * 1024 - 1)).toBe('1,024 KiB');
  expect(sizeText(4_812_345)).toBe('4.6 MiB');
  expect(sizeText(500 * 1024 * 1024)).toBe('500.0 MiB');
});
