import type { GateCriterionWire } from '@throughline/domain/wire-gates.ts';
import { expect, test } from 'vitest';
import { answersFor, begunWith, countOf, draftOf, isByPerson, isOpen, parted } from './gate-state.ts';

const criterion = (
  finding: GateCriterionWire['finding'],
  row: Partial<NonNullable<GateCriterionWire['row']>> | null = {},
): GateCriterionWire => ({
  key: 'IM1',
  text: 'Assessed',
  source: 'standard',
  from: { type: 'line', refs: [], document: null },
  finding,
  says: [],
  records: [],
  action: null,
  row: row && {
    finding,
    seen: null,
    answer: null,
    checked: null,
    answerToMiss: null,
    missOwner: null,
    missBy: null,
    ...row,
  },
});

test('what was never taken is blank and open', () => {
  expect(draftOf(criterion('met', null))).toEqual({
    answer: null,
    checked: '',
    answerToMiss: '',
    missOwner: null,
    missBy: null,
  });
  expect(isOpen(criterion('met', null))).toBe(true);
});

test('a miss waits for what follows, a word of a person for what was checked', () => {
  expect(isOpen(criterion('not-met', { answer: 'not-met' }))).toBe(true);
  const follows = { answer: 'not-met', answerToMiss: 'It is put right', missOwner: 'ann' } as const;
  expect(isOpen(criterion('not-met', follows))).toBe(true);
  expect(isOpen(criterion('not-met', { ...follows, missBy: '2026-06-01' }))).toBe(false);
  expect(isOpen(criterion('not-met', { ...follows, answerToMiss: 'ok', missBy: '2026-06-01' }))).toBe(true);
  expect(isOpen(criterion('person', { answer: 'met', checked: '  ' }))).toBe(true);
  expect(isOpen(criterion('person', { answer: 'met', checked: 'Read' }))).toBe(true);
  expect(isOpen(criterion('person', { answer: 'met', checked: 'Read the report' }))).toBe(false);
  expect(isOpen(criterion('met', { answer: 'met' }))).toBe(false);
});

test('nobody is offered an answer that the records contradict', () => {
  expect(answersFor(criterion('not-met'))).toEqual(['not-met']);
  expect(answersFor(criterion('met'))).toEqual(['met', 'not-met']);
  expect(answersFor(criterion('undetermined'))).toHaveLength(3);
});

test('a form begins with the one answer that is left, and asks for what was checked of a word alone', () => {
  expect(begunWith(criterion('not-met')).answer).toBe('not-met');
  expect(begunWith(criterion('person')).answer).toBeNull();
  expect(begunWith(criterion('person', { answer: 'met' })).answer).toBe('met');
  expect(
    (['person', 'undetermined', 'met', 'not-met', 'does-not-apply'] as const).map((one) =>
      isByPerson(criterion(one)),
    ),
  ).toEqual([true, true, false, false, false]);
});

test('counts add up over all criteria', () => {
  const all = [
    criterion('met', { answer: 'met' }),
    criterion('does-not-apply', { answer: 'not-applicable' }),
  ];
  expect(countOf([...all, criterion('not-met'), criterion('person')])).toEqual({
    all: 4,
    told: 2,
    missed: 1,
    asked: 1,
    open: 2,
  });
  // Before they are taken: what records tell waits for nobody.
  const blank = (['met', 'does-not-apply', 'not-met', 'undetermined', 'person'] as const).map((one) =>
    criterion(one, null),
  );
  expect(countOf(blank)).toEqual({ all: 5, told: 2, missed: 1, asked: 2, open: 3 });
});

test('what is missed stands first, then what cannot be told, then what a person says; the rest apart', () => {
  const all = (['met', 'person', 'does-not-apply', 'not-met', 'undetermined'] as const).map((one) =>
    criterion(one),
  );
  const { open, told } = parted(all);
  expect(open.map(({ finding }) => finding)).toEqual(['not-met', 'undetermined', 'person']);
  expect(told.map(({ finding }) => finding)).toEqual(['met', 'does-not-apply']);
});
