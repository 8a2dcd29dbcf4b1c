import { type Answers, noneOfThem } from './answers.ts';
import type { Expression, Facts } from './expression.ts';
import type { RuleSet } from './rule-set.ts';

/** Answers that cannot all be so, with the questions that they were given to, in the order in which those are asked. */
export type Contradiction = { readonly id: string; readonly says: string; readonly facts: readonly string[] };

/** The checks that answers fail, each with its places: whoever reads it sees what to look at again on either side. */
export function contradictionsIn(ruleSet: RuleSet, answers: Answers): Contradiction[] {
  const facts: Facts = { answers, outcome: () => false };
  return ruleSet.contradictions.flatMap(({ id, says, check }) => {
    const places = check
      ? check.test(facts) === true
        ? standsOn(ruleSet, check.expression, facts, true)
        : []
      : noneInCompany(answers);
    if (places.length === 0) return [];
    const named = new Set(places);
    const inOrder = ruleSet.facts.map(({ fact }) => fact.id).filter((fact) => named.has(fact));
    return [{ id, says, facts: inOrder }];
  });
}

/** Questions where nothing of the list was ticked together with something of it. */
const noneInCompany = (answers: Answers): string[] =>
  [...answers].flatMap(([fact, answer]) =>
    typeof answer === 'object' && answer.length > 1 && answer.includes(noneOfThem) ? [fact] : [],
  );

/** The questions whose answers make an expression true, or make it false: parts that decide nothing name none. */
function standsOn(ruleSet: RuleSet, expression: Expression, facts: Facts, truth: boolean): readonly string[] {
  const inner = (part: Expression, wanted = truth) => standsOn(ruleSet, part, facts, wanted);
  const deciding = (parts: readonly Expression[]) =>
    parts.filter((part) => ruleSet.testOf(part)(facts) === truth).flatMap((part) => inner(part));
  if ('all' in expression) return deciding(expression.all);
  if ('any' in expression) return deciding(expression.any);
  if ('not' in expression) return inner(expression.not, !truth);
  if ('cond' in expression) {
    const named = ruleSet.conditions.get(expression.cond);
    return named ? inner(named) : [];
  }
  if ('outcome' in expression || 'always' in expression || 'never' in expression) return [];
  return Object.values(expression).map((asked) => (Array.isArray(asked) ? String(asked[0]) : String(asked)));
}
