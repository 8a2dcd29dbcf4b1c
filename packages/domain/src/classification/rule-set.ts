import type { CarveOut, Catalogue, LawFact, LawRule, Obligation } from '@throughline/catalogue/types.ts';
import { type Expression, type Test, testOf } from './expression.ts';

type Law = Catalogue['euAiAct'];
type LegacyRule = Law['legacy_effect']['rules'][number];

/** The rules of a law, ready to be run. */
export type RuleSet = {
  readonly version: string;
  readonly facts: readonly { readonly fact: LawFact; readonly required: Test }[];
  readonly annexIII: readonly string[];
  readonly contradictions: readonly {
    readonly id: string;
    readonly says: string;
    /** `null` for the check that nothing of a list stands alone. */
    readonly check: { readonly expression: Expression; readonly test: Test } | null;
  }[];
  /** The day on which each practice of Article 5 is banned. */
  readonly bans: ReadonlyMap<string, string>;
  readonly conditions: ReadonlyMap<string, Expression>;
  /** An expression of these rules as a test. */
  readonly testOf: (expression: Expression) => Test;
  readonly rules: readonly { readonly rule: LawRule; readonly test: Test }[];
  /** Severity by outcome, 0 to 100; outcomes that only the evaluation sets have none. */
  readonly severity: ReadonlyMap<string, number>;
  readonly obligations: readonly { readonly obligation: Obligation; readonly test: Test }[];
  readonly variants: Readonly<Record<'legacy' | 'placed_before_2026_08_02', Test>>;
  readonly legacy: readonly { readonly rule: LegacyRule; readonly test: Test }[];
  readonly carveOuts: readonly { readonly carveOut: CarveOut; readonly test: Test }[];
};

const made = new WeakMap<Law, RuleSet>();

/** The rule set of the EU AI Act in a catalogue; made once, because making it costs more than a run. */
export function ruleSetOf({ euAiAct }: Pick<Catalogue, 'euAiAct'>): RuleSet {
  const known = made.get(euAiAct) ?? makeRuleSet(euAiAct);
  made.set(euAiAct, known);
  return known;
}

function makeRuleSet(law: Law): RuleSet {
  const conditions = new Map<string, Test>();
  const named = (id: string): Test => {
    const test = conditions.get(id);
    if (!test) throw new TypeError(`The rules name no condition ${id}`);
    return test;
  };
  const test = (expression: Expression) => testOf(expression, named);
  for (const [id, expression] of Object.entries(law.conditions)) conditions.set(id, test(expression));
  return {
    version: law.meta.rule_set_version,
    facts: law.facts.map((fact) => ({
      fact,
      required: fact.required === 'always' ? () => true : test(fact.required.when),
    })),
    annexIII: law.annex_iii.map((point) => point.id),
    contradictions: law.input_checks.map((check) => ({
      id: check.id,
      says: check.says,
      check:
        'invalid_when' in check ? { expression: check.invalid_when, test: test(check.invalid_when) } : null,
    })),
    bans: new Map(law.prohibited_practices.map(({ id, from }) => [id, from])),
    conditions: new Map(Object.entries(law.conditions)),
    testOf: test,
    rules: law.rules.map((rule) => ({ rule, test: test(rule.when) })),
    severity: new Map(
      law.outcomes.flatMap(({ id, severity }) => (severity === null ? [] : [[id, severity]])),
    ),
    obligations: law.obligations.map((obligation) => ({ obligation, test: named(obligation.when) })),
    variants: {
      legacy: test(law.semantics.from_variants.legacy),
      placed_before_2026_08_02: test(law.semantics.from_variants.placed_before_2026_08_02),
    },
    legacy: law.legacy_effect.rules.map((rule) => ({ rule, test: test(rule.when) })),
    carveOuts: law.carve_outs.items.map((carveOut) => ({ carveOut, test: named(carveOut.when) })),
  };
}
