import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { describe, expect, test } from 'vitest';
import { readAnswers } from './answers.ts';
import { changeWords } from './change-words.ts';
import { classify } from './classify.ts';
import { equalInOutcome, failedCases, resultUnder, type StoredResult } from './compare-rules.ts';
import { keptFields } from './keep.ts';
import { ruleSetOf } from './rule-set.ts';

const { euAiAct: law } = loadCatalogue();
const today = '2026-11-21';
type Law = typeof law;

/** A result as it is kept under the rules of this release. */
function stored(id: string): StoredResult {
  const rules = ruleSetOf({ euAiAct: law });
  const facts = law.test_cases.find((one) => one.id === id)?.facts ?? {};
  const answers = readAnswers(law.facts, rules.annexIII, facts);
  const fields = keptFields(law, answers, new Map(), classify(rules, answers, today));
  const { outcomes } = fields;
  return {
    answers: fields.answers,
    outcomes: Array.isArray(outcomes) ? outcomes.filter((one) => typeof one === 'string') : [],
  };
}
const final = law.test_cases.filter((one) => !one.expect_error).map(({ id }) => id);
const changed = (next: Partial<Law>): Law => ({
  ...law,
  meta: { ...law.meta, rule_set_version: 'next' },
  ...next,
});
const under = (after: Law, id: string) => resultUnder(law, after, stored(id), today);

describe('a result under other rules', () => {
  test.each(final)('nothing changes in %s under the same rules of another version', (id) => {
    expect(under(changed({}), id)).toBeNull();
    expect(equalInOutcome(changed({}), stored(id), today)).toBe(true);
  });

  test('a practice that is banned anew changes the outcome of those who named it, and of nobody else', () => {
    const point = law.annex_iii.find((one) => one.id === 'III.5.b');
    const credit = law.rules.filter(({ set }) => !set.includes('high_risk_annex_iii'));
    const after = changed({ rules: credit });
    expect(point).toBeDefined();
    const change = under(after, 'TC45');
    expect(change?.before).toContain('high-risk-annex-iii');
    expect(change?.after).not.toContain('high-risk-annex-iii');
    expect(change?.gone).toContain('OB-9');
    const words = change ? changeWords(law, after, change) : [];
    // Many at once are one sentence with their articles.
    const fallen = words.filter((line) => line.includes('obligations fall away'));
    expect(fallen).toEqual([expect.stringMatching(/^\d+ obligations fall away: Art\. 8; Art\. 9; /)]);
    expect(equalInOutcome(after, stored('TC45'), today)).toBe(false);
    expect(under(after, 'TC58')).toBeNull();
  });

  test('a day that moves is a change although the outcome stays, and the result counts as equal', () => {
    const after = changed({
      obligations: law.obligations.map((one) =>
        one.id === 'OB-27' ? { ...one, from: { ...one.from, annex_iii: '2028-06-01' } } : one,
      ),
    });
    const change = under(after, 'TC45');
    expect(change).toMatchObject({
      moved: [{ item: 'OB-27', from: '2027-12-02', to: '2028-06-01' }],
      added: [],
      gone: [],
    });
    expect(equalInOutcome(after, stored('TC45'), today)).toBe(true);
    if (change)
      expect(changeWords(law, after, change)).toEqual([
        expect.stringMatching(/^Art\. 27 .* moves from 2027-12-02 to 2028-06-01\.$/),
      ]);
  });

  test('a question that the new rules ask opens the result, and says which', () => {
    const after = changed({
      facts: law.facts.map((fact) =>
        fact.id === 'post_remote_biometrics_le' ? { ...fact, required: 'always' as const } : fact,
      ),
    });
    const change = under(after, 'TC45');
    expect(change?.after).toEqual(['undetermined']);
    expect(change?.asked).toEqual(['post_remote_biometrics_le']);
    const words = change ? changeWords(law, after, change) : [];
    expect(words[0]).toMatch(/^The outcome changes from "High-risk, Annex III.*" to "Undetermined.*"\.$/);
    expect(words.some((line) => line.startsWith('A question is asked that nobody answered'))).toBe(true);
  });

  test('an answer that the new rules do not take any more is named', () => {
    const after = changed({ facts: law.facts.filter(({ id }) => id !== 'financial_institution') });
    const change = under(after, 'TC45');
    expect(change?.dropped).toEqual(['financial_institution']);
  });

  test('answers that contradict each other under the new rules alone are said to', () => {
    const after = changed({
      input_checks: [
        ...law.input_checks,
        {
          id: 'IC9',
          says: 'credit scores are no pictures',
          invalid_when: { has: ['annex_iii_points', 'III.5.b'] },
        },
      ],
    });
    const change = under(after, 'TC45');
    expect(change?.contradictions).toEqual(['credit scores are no pictures']);
    expect(change ? changeWords(law, after, change)[0] : '').toBe(
      'The answers contradict each other: credit scores are no pictures.',
    );
  });

  test('an outcome that was written by hand and that nothing leads to counts as a change', () => {
    const byHand: StoredResult = { answers: undefined, outcomes: ['minimal'] };
    expect(resultUnder(law, law, byHand, today)).toMatchObject({
      before: ['minimal'],
      after: ['undetermined'],
    });
    expect(equalInOutcome(law, byHand, today)).toBe(false);
  });
});

test('a few obligations that come in or fall away are said one by one, with their titles', () => {
  const change = {
    before: [],
    after: [],
    asked: [],
    dropped: [],
    contradictions: [],
    added: ['OB-27'],
    gone: ['OB-4', 'OB-5', 'no such'],
    moved: [{ item: 'OB-9', from: null, to: '2027-12-02' }],
  };
  expect(changeWords(law, law, change)).toEqual([
    expect.stringMatching(/^An obligation comes in: Art\. 27 /),
    'An obligation falls away: Art. 4 AI literacy.',
    'An obligation falls away: Art. 5 Prohibited practices.',
    'An obligation falls away: no such.',
    'Art. 9 Risk management system gets a day: 2027-12-02.',
  ]);
});

describe('the cases of a rule set', () => {
  test('the rules of this release lead to all of theirs', () => {
    expect(failedCases(law, today)).toEqual([]);
  });

  test('rules that no longer lead to their cases, and cases that are no answers, are named', () => {
    const rules = law.rules.filter(({ set }) => !set.includes('prohibited'));
    expect(failedCases(changed({ rules }), today)).toContain('TC40');
    const [first] = law.test_cases;
    const strange = changed({ test_cases: [{ id: 'TC1', name: 'x', facts: { roles: 7 }, expect: [] }] });
    expect(first).toBeDefined();
    expect(failedCases(strange, today)).toEqual(['TC1']);
  });
});
