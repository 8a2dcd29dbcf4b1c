import type { Answers } from './answers.ts';
import type { Facts } from './expression.ts';
import type { RuleSet } from './rule-set.ts';
import type { Truth } from './truth.ts';

/** One rule as it was judged, in the order of the rules. Those after a stop are not among them. */
export type Step = {
  readonly rule: string;
  readonly article: string;
  readonly truth: Truth;
  /** Outcomes that it sets where it is true. */
  readonly set: readonly string[];
  /** An earlier question of scope is open that could still end the run here: what it sets is no more than likely. */
  readonly scopeOpen: boolean;
};

export type Run = { readonly path: readonly Step[]; readonly facts: Facts };

/**
 * Runs the rules in their order (eu-ai-act.yaml > semantics > evaluation). A true rule sets its outcomes, and ends the
 * run where it stops; an unknown one sets nothing yet, so its outcomes are unknown. Behind an unknown stop everything
 * that is set stays unknown, because that stop may still take it away.
 */
export function runRules(ruleSet: RuleSet, answers: Answers): Run {
  const outcomes = new Map<string, Truth>();
  const facts: Facts = { answers, outcome: (id) => outcomes.get(id) ?? (outcomes.has(id) ? null : false) };
  const path: Step[] = [];
  let stopOpen = false;
  let scopeOpen = false;
  for (const { rule, test } of ruleSet.rules) {
    const truth = test(facts);
    path.push({ rule: rule.id, article: rule.article, truth, set: rule.set, scopeOpen });
    if (truth === false) continue;
    for (const id of rule.set)
      if (outcomes.get(id) !== true) outcomes.set(id, truth && !stopOpen ? true : null);
    if (!rule.stop) continue;
    if (truth) break;
    stopOpen = true;
    scopeOpen ||= rule.set.some((id) => ruleSet.severity.get(id) === 0);
  }
  return { path, facts };
}
