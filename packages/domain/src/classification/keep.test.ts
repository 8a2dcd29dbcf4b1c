import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { expect, test } from 'vitest';
import { registry } from '../kinds/all.ts';
import { decideEdit, emptyContent } from '../kinds/edit.ts';
import { answerOf, answerText } from './answer-text.ts';
import { readAnswers } from './answers.ts';
import { classify } from './classify.ts';
import { keptFields, vocabularyId } from './keep.ts';
import { ruleSetOf } from './rule-set.ts';

const catalogue = loadCatalogue();
const law = catalogue.euAiAct;
const ruleSet = ruleSetOf(catalogue);
const today = '2026-11-21';

function kept(sent: Readonly<Record<string, unknown>>, notes: Readonly<Record<string, string>> = {}) {
  const answers = readAnswers(law.facts, ruleSet.annexIII, sent);
  return keptFields(law, answers, new Map(Object.entries(notes)), classify(ruleSet, answers, today));
}
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const caseOf = (id: string) => {
  const found = law.test_cases.find((one) => one.id === id);
  if (!found) throw new Error(`The catalogue has no case ${id}`);
  return found.facts;
};

test('every answer that a case gives is read back from its text as it was', () => {
  for (const one of law.test_cases) {
    if (one.expect_error) continue;
    for (const [id, answer] of readAnswers(law.facts, ruleSet.annexIII, one.facts)) {
      const fact = law.facts.find((each) => each.id === id);
      if (!fact) throw new Error(id);
      expect(answerOf(fact, answerText(answer)), `${one.id} ${id}`).toEqual(answer);
    }
  }
});

test('text that is no answer stays what it is, so that it is refused by its words', () => {
  const [yesOrNo] = law.facts.filter((fact) => fact.type === 'bool');
  if (!yesOrNo) throw new Error('The rules ask for yes or no');
  expect(answerOf(yesOrNo, 'perhaps')).toBe('perhaps');
});

test('what is kept is taken by the register, for every case of the catalogue', () => {
  const kind = registry.get('classification');
  const base = { name: 'EU AI Act', scheme: 'eu-ai-act' };
  const useCase = '0190a000-0000-7000-8000-000000000001';
  const targets = new Map([[useCase, { kind: 'use-case', archived: false }]]);
  for (const one of law.test_cases) {
    if (one.expect_error) continue;
    const fields = { ...base, ...kept(one.facts) };
    const patch = { byAct: true as const, fields, links: { useCase: { set: [useCase] } } };
    const { next } = decideEdit(kind, emptyContent, patch, targets);
    expect(new Set(listOf(next.fields.outcomes)), one.id).toEqual(new Set(one.expect.map(vocabularyId)));
    expect(next.fields.ruleVersion).toBe(law.meta.rule_set_version);
  }
});

test('an open form keeps its questions in words, and no class', () => {
  const fields = kept({ meets_ai_definition: true }, { meets_ai_definition: 'Learns from claims' });
  expect(fields).toMatchObject({ outcomes: ['undetermined'], derogation: null, prohibitedFrom: null });
  expect(fields.openFacts).toEqual(['Which Union link exists?']);
  expect(fields.answers).toEqual([
    { fact: 'meets_ai_definition', answer: 'yes', note: 'Learns from claims' },
  ]);
});

test('a practice that is banned later keeps the day of the ban', () => {
  const soon = kept({
    meets_ai_definition: true,
    eu_nexus: ['deployer_in_eu'],
    exclusions: ['none'],
    roles: ['deployer'],
    practices: ['ba'],
    practice_exceptions: ['none'],
  });
  expect(soon).toMatchObject({ outcomes: ['prohibited-soon'], prohibitedFrom: '2026-12-02' });
});

test('who relies on the derogation says so, and who does not says that', () => {
  expect(kept(caseOf('TC50'))).toMatchObject({ derogation: 'yes', outcomes: ['annex-iii-derogated'] });
  expect(kept(caseOf('TC44'))).toMatchObject({ derogation: 'no', lawRoles: ['provider'] });
});

test('what nobody knows yet is kept beside the answers with who finds out, and an answer takes its place', () => {
  const answers = readAnswers(law.facts, ruleSet.annexIII, { meets_ai_definition: true });
  const notes = new Map([['eu_nexus', 'Head of claims asks the supplier']]);
  const unknown = new Set(['eu_nexus', 'meets_ai_definition']);
  expect(keptFields(law, answers, notes, classify(ruleSet, answers, today), unknown)).toMatchObject({
    outcomes: ['undetermined'],
    openFacts: ['Which Union link exists?'],
    answers: [
      { fact: 'meets_ai_definition', answer: 'yes' },
      { fact: 'eu_nexus', answer: 'not known yet', note: 'Head of claims asks the supplier' },
    ],
  });
});
