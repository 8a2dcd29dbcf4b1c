import type { Answers } from './answers.ts';
import { type Contradiction, contradictionsIn } from './contradictions.ts';
import type { Facts } from './expression.ts';
import { carveOutsOf, type ListedCarveOut, type ListedObligation, obligationsOf } from './obligations.ts';
import type { RuleSet } from './rule-set.ts';
import { type Run, runRules, type Step } from './run-rules.ts';

/** What the rules make of answers, as Regulation (EU) 2024/1689 stands in a rule set. Decision support, not legal advice. */
export type Classified = {
  readonly ruleSet: string;
  /** The day that the law was read for, `YYYY-MM-DD`. */
  readonly on: string;
  readonly status: 'final' | 'undetermined' | 'contradiction';
  /** `undetermined` alone while an answer is missing that could matter: never a mild class from an empty form. */
  readonly outcomes: readonly string[];
  /** Where a practice that was named is banned from a later day: the first such day. */
  readonly prohibitedFrom: string | null;
  /** Grave outcomes that no later answer takes away. */
  readonly atLeast: readonly string[];
  /** Grave outcomes that hold unless a question of scope, open still, ends the run. */
  readonly alerts: readonly string[];
  /** Facts to be answered next, in the order of the interview. */
  readonly needed: readonly string[];
  /** Facts that were answered and decide nothing any more. */
  readonly idle: readonly string[];
  readonly contradictions: readonly Contradiction[];
  readonly path: readonly Step[];
  readonly obligations: readonly ListedObligation[];
  readonly carveOuts: readonly ListedCarveOut[];
};

const gravest = 70;
const dayFact = 'evaluation_date';

/**
 * Classifies by the answers given (eu-ai-act.yaml > semantics > evaluation).
 * @param today the organisation's calendar day, for which the law is read unless the answers name another
 */
export function classify(ruleSet: RuleSet, given: Answers, today: string): Classified {
  const answers: Answers = given.has(dayFact) ? given : new Map([...given, [dayFact, today]]);
  const named = answers.get(dayFact);
  const on = typeof named === 'string' ? named : today;
  const contradictions = contradictionsIn(ruleSet, answers);
  if (contradictions.length > 0) return { ...nothing(ruleSet, on), status: 'contradiction', contradictions };
  const run = runRules(ruleSet, answers);
  const { needed, idle, open } = questions(ruleSet, run.facts);
  const obligations = obligationsOf(ruleSet, run.facts, on);
  const status = open ? 'undetermined' : 'final';
  const outcomes = open ? ['undetermined'] : reached(ruleSet, run.facts);
  return {
    ...nothing(ruleSet, on),
    status,
    outcomes,
    prohibitedFrom: outcomes.includes('prohibited_soon') ? comingBan(ruleSet, answers, on) : null,
    atLeast: grave(ruleSet, run, false),
    alerts: grave(ruleSet, run, true),
    needed,
    idle,
    path: run.path,
    obligations,
    carveOuts: carveOutsOf(ruleSet, run.facts, obligations),
  };
}

const nothing = ({ version }: RuleSet, on: string) => ({
  ruleSet: version,
  on,
  outcomes: [],
  prohibitedFrom: null,
  atLeast: [],
  alerts: [],
  needed: [],
  idle: [],
  contradictions: [],
  path: [],
  obligations: [],
  carveOuts: [],
});

/** The first day on which a practice that was named is banned. */
function comingBan({ bans }: RuleSet, answers: Answers, on: string): string | null {
  const named = answers.get('practices');
  const days = [...bans].flatMap(([id, from]) =>
    typeof named === 'object' && named.includes(id) && from > on ? [from] : [],
  );
  return days.sort()[0] ?? null;
}

/** Unanswered facts that are required, answered ones that are not, and whether any is left that is or could yet be. */
function questions(ruleSet: RuleSet, facts: Facts): { needed: string[]; idle: string[]; open: boolean } {
  const needed: string[] = [];
  const idle: string[] = [];
  let open = false;
  for (const { fact, required } of ruleSet.facts) {
    const truth = required(facts);
    if (facts.answers.has(fact.id)) {
      if (truth === false) idle.push(fact.id);
      continue;
    }
    if (truth) needed.push(fact.id);
    if (truth !== false) open = true;
  }
  return { needed, idle, open };
}

const reached = ({ severity }: RuleSet, { outcome }: Facts): string[] =>
  [...severity.keys()].filter((id) => outcome(id) === true);

function grave({ severity }: RuleSet, { path }: Run, scopeOpen: boolean): string[] {
  const set = path.filter((step) => step.truth && step.scopeOpen === scopeOpen).flatMap((step) => step.set);
  return [...new Set(set)].filter((id) => (severity.get(id) ?? 0) >= gravest);
}
