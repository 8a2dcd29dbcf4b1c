import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { describe, expect, test } from 'vitest';
import { type Answers, readAnswers } from './answers.ts';
import { contradictionsIn } from './contradictions.ts';
import { ruleSetOf } from './rule-set.ts';

const catalogue = loadCatalogue();
const ruleSet = ruleSetOf(catalogue);
const found = (sent: Readonly<Record<string, unknown>>) =>
  contradictionsIn(ruleSet, readAnswers(catalogue.euAiAct.facts, ruleSet.annexIII, sent));

describe('what contradicts what', () => {
  test('none in company names the one question where both were ticked', () => {
    expect(found({ practices: ['none', 'c'], roles: ['provider'] })).toMatchObject([
      { id: 'IC1', facts: ['practices'] },
    ]);
  });

  test('an exception without its practice names both questions, and no other', () => {
    const sent = { practices: ['c'], practice_exceptions: ['f'], annex_iii_points: ['none'] };
    expect(found(sent)).toMatchObject([{ id: 'IC2', facts: ['practices', 'practice_exceptions'] }]);
  });

  test('of several product facts only those that were affirmed are named', () => {
    const sent = { annex_i_act: 'none', is_the_product: true, third_party_assessment_required: false };
    expect(found(sent)).toMatchObject([{ id: 'IC4', facts: ['annex_i_act', 'is_the_product'] }]);
    expect(found({ ...sent, third_party_assessment_required: true })[0]?.facts).toEqual([
      'annex_i_act',
      'third_party_assessment_required',
      'is_the_product',
    ]);
  });

  test('several at once are all said, each with its own places', () => {
    const sent = {
      annex_iii_points: ['none'],
      derogation_conditions: ['a'],
      post_remote_biometrics_le: true,
    };
    expect(found(sent).map(({ id, facts }) => [id, facts])).toEqual([
      ['IC3', ['annex_iii_points', 'derogation_conditions']],
      ['IC5', ['annex_iii_points', 'post_remote_biometrics_le']],
    ]);
  });

  test('what is not answered contradicts nothing', () => {
    expect(found({})).toEqual([]);
    expect(found({ derogation_conditions: ['a'] })).toEqual([]);
    expect(found({ practice_exceptions: ['f'] })).toEqual([]);
  });

  test.each(catalogue.euAiAct.test_cases.filter((one) => one.expect_error))(
    'each place of $id was answered, so that it can be answered otherwise',
    (one) => {
      const answers: Answers = readAnswers(catalogue.euAiAct.facts, ruleSet.annexIII, one.facts);
      const all = contradictionsIn(ruleSet, answers);
      expect(all.length).toBeGreaterThan(0);
      for (const { facts } of all) {
        expect(facts.length).toBeGreaterThan(0);
        for (const fact of facts) expect(answers.has(fact), fact).toBe(true);
      }
    },
  );

  test('taking any one side of it away ends it', () => {
    const sent = { annex_iii_points: ['III.1.c'], emotion_or_biometric_categorisation: false };
    const [contradiction] = found(sent);
    expect(contradiction?.facts).toEqual(['annex_iii_points', 'emotion_or_biometric_categorisation']);
    for (const side of contradiction?.facts ?? []) expect(found({ ...sent, [side]: null })).toEqual([]);
  });

  test('a check that stands on a named condition names the questions of that condition', () => {
    const law = catalogue.euAiAct;
    const conditions: typeof law.conditions = {
      ...law.conditions,
      claims: { any: [{ is: 'is_the_product' }, { never: true }] },
    };
    const changed = {
      ...law,
      conditions,
      input_checks: [
        {
          id: 'IC9',
          says: 'both',
          invalid_when: { all: [{ cond: 'claims' }, { not: { is: 'performs_profiling' } }] },
        },
      ],
    };
    const rules = ruleSetOf({ euAiAct: changed });
    const answers = new Map<string, boolean>([
      ['is_the_product', true],
      ['performs_profiling', false],
    ]);
    const [named] = contradictionsIn(rules, answers);
    expect(new Set(named?.facts)).toEqual(new Set(['is_the_product', 'performs_profiling']));
  });
});
