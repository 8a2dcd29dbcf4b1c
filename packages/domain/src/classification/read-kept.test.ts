import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { expect, test } from 'vitest';
import { readAnswers } from './answers.ts';
import { classify } from './classify.ts';
import { keptFields } from './keep.ts';
import { readKept } from './read-kept.ts';
import { ruleSetOf } from './rule-set.ts';

const catalogue = loadCatalogue();
const law = catalogue.euAiAct;
const ruleSet = ruleSetOf(catalogue);
const read = (rows: Parameters<typeof readKept>[2]) => readKept(law.facts, ruleSet.annexIII, rows);

test('what was kept is read back: the answers of every case, with their notes', () => {
  for (const one of law.test_cases) {
    if (one.expect_error) continue;
    const answers = readAnswers(law.facts, ruleSet.annexIII, one.facts);
    const notes = new Map(answers.keys().map((fact) => [fact, `Why ${fact}`]));
    const fields = keptFields(law, answers, notes, classify(ruleSet, answers, '2026-11-21'));
    const kept = read(fields.answers);
    expect(Object.fromEntries(kept.answers), one.id).toEqual(Object.fromEntries(answers));
    expect(Object.fromEntries(kept.notes)).toEqual(Object.fromEntries(notes));
    expect(kept.unread).toEqual([]);
  }
});

test('rows in words of their own are told apart, and none of them is guessed', () => {
  const kept = read([
    { fact: 'Is it AI?', answer: 'Yes' },
    { fact: 'meets_ai_definition', answer: 'probably' },
    { fact: 'roles', answer: 'provider, wizard' },
    { fact: 'roles', answer: '' },
    { fact: 'exclusions', answer: 'none' },
  ]);
  expect([...kept.answers]).toEqual([['exclusions', ['none']]]);
  expect(kept.unread).toEqual([
    { fact: 'Is it AI?', text: 'Yes' },
    { fact: 'meets_ai_definition', text: 'probably' },
    { fact: 'roles', text: 'provider, wizard' },
    { fact: 'roles', text: '' },
  ]);
});

test('a record without answers, or with something else in their place, has none', () => {
  for (const rows of [undefined, null, 'yes', [1, null, ['a']]])
    expect(read(rows)).toMatchObject({ unread: [] });
});

test('what nobody knew yet is told from answers and from rows that nobody can read, with its note', () => {
  const kept = read([
    { fact: 'meets_ai_definition', answer: 'not known yet', note: 'Asked the supplier' },
    { fact: 'roles', answer: ' not known yet ' },
    { fact: 'is it AI', answer: 'not known yet' },
  ]);
  expect([...kept.notKnown]).toEqual(['meets_ai_definition', 'roles']);
  expect(kept.answers.size).toBe(0);
  expect([...kept.notes]).toEqual([['meets_ai_definition', 'Asked the supplier']]);
  expect(kept.unread).toEqual([{ fact: 'is it AI', text: 'not known yet' }]);
});
