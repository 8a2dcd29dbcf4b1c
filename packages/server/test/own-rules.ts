import type { Catalogue } from '@throughline/catalogue/types.ts';
import { readAnswers } from '@throughline/domain/classification/answers.ts';
import { classify } from '@throughline/domain/classification/classify.ts';
import { ruleSetOf } from '@throughline/domain/classification/rule-set.ts';

type Law = Catalogue['euAiAct'];

/** The text of other rules under a version of their own, with every test case expecting what they lead to. */
export function ownRules(law: Law, version: string, today: string): string {
  const rules = ruleSetOf({ euAiAct: law });
  const cases = law.test_cases.map(({ id, name, facts }) => {
    const { outcomes, contradictions } = classify(
      rules,
      readAnswers(law.facts, rules.annexIII, facts),
      today,
    );
    return { id, name, facts, expect: outcomes, expect_error: contradictions.map((one) => one.id) };
  });
  return JSON.stringify({
    ...law,
    meta: { ...law.meta, rule_set_version: version },
    test_cases: cases,
  });
}
