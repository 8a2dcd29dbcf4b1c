import { afterEach, expect, test } from 'vitest';
import { type DraftOf, holdDraft, readDraft, resumed } from './draft.ts';

const of: DraftOf = { member: 'm1', record: 'c1' };
const kept = { answers: { roles: ['deployer'] }, notes: {} };
const mine = {
  answers: { roles: ['provider'], meets_ai_definition: true },
  notes: { roles: 'Named in the contract' },
};

afterEach(() => localStorage.clear());

test('answers not kept yet are there again after the tab was closed, with their notes', () => {
  expect(readDraft(of)).toBeNull();
  expect(holdDraft(of, { mine, before: kept })).toBe(true);
  expect(resumed(kept, readDraft(of))).toEqual({ sheet: mine, answers: 2 });
});

test('what somebody else kept meanwhile stays under the draft: neither loses work', () => {
  const theirs = {
    answers: { ...kept.answers, practices: ['none'] },
    notes: { practices: 'Looked through' },
  };
  const { sheet, answers } = resumed(theirs, { mine, before: kept });
  expect(sheet.answers).toEqual({ ...mine.answers, practices: ['none'] });
  expect(sheet.notes).toEqual({ roles: 'Named in the contract', practices: 'Looked through' });
  expect(answers).toBe(2);
});

test('a draft that was kept from elsewhere brings nothing', () => {
  expect(resumed(mine, { mine, before: kept }).answers).toBe(0);
  expect(resumed(kept, null)).toEqual({ sheet: kept, answers: 0 });
});

test('a draft belongs to one person and one record, and goes when it is let go', () => {
  holdDraft(of, { mine, before: kept });
  expect(readDraft({ ...of, member: 'm2' })).toBeNull();
  expect(readDraft({ ...of, record: 'c2' })).toBeNull();
  holdDraft(of, null);
  expect(readDraft(of)).toBeNull();
});

test.each([
  '{',
  '[]',
  '{"mine":{}}',
  '{"mine":{"answers":{"a":null},"notes":{}},"before":{"answers":{},"notes":{}}}',
])('what is no draft of this release is none: %s', (text) => {
  localStorage.setItem('throughline.interview-draft.m1.c1', text);
  expect(readDraft(of)).toBeNull();
});
