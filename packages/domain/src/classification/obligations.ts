import type { Obligation } from '@throughline/catalogue/types.ts';
import type { Answer } from './answers.ts';
import type { Facts } from './expression.ts';
import type { RuleSet } from './rule-set.ts';
import { allOf, anyOf, type Truth } from './truth.ts';

/** `open` while answers are missing that decide it; `dormant` is held back without a date (Art. 111(2)). */
export type ObligationStatus = 'applies' | 'upcoming' | 'dormant' | 'open';

export type ListedObligation = {
  readonly id: string;
  /** Day from which it applies, `YYYY-MM-DD`; `null` while it is open or dormant. */
  readonly from: string | null;
  /** The day by the letter of Art. 113 where it differs from practical effect. */
  readonly formalFrom: string | null;
  readonly status: ObligationStatus;
  /** What holds it back or wakes it, in words, where something older than the law does. */
  readonly because: string | null;
  readonly dischargedBy: readonly string[];
};

export type ListedCarveOut = { readonly id: string; readonly obligation: string };

/** Obligations whose role is held and whose condition is true, and those of which that is open still. */
export function obligationsOf(ruleSet: RuleSet, facts: Facts, today: string): ListedObligation[] {
  return ruleSet.obligations.flatMap(({ obligation, test }) => {
    const truth = allOf([holdsRole(facts, obligation.roles), test(facts)]);
    return truth === false ? [] : [listed(ruleSet, obligation, truth, facts, today)];
  });
}

/** Where another law is let stand in the place of an obligation that is listed. */
export function carveOutsOf(
  ruleSet: RuleSet,
  facts: Facts,
  obligations: readonly ListedObligation[],
): ListedCarveOut[] {
  const standing = new Set(obligations.filter((one) => one.status !== 'open').map((one) => one.id));
  return ruleSet.carveOuts.flatMap(({ carveOut: { id, obligation, roles }, test }) =>
    standing.has(obligation) && holdsRole(facts, roles) === true && test(facts) === true
      ? [{ id, obligation }]
      : [],
  );
}

/** One of the roles is held, or came by what was done with the system (Art. 25). */
function holdsRole({ answers, outcome }: Facts, roles: readonly string[]): Truth {
  const held = answers.get('roles');
  const answered = held === undefined ? null : roles.some((role) => includes(held, role));
  return anyOf([answered, roles.includes('provider') ? outcome('becomes_provider') : false]);
}

const includes = (answer: Answer, value: string): boolean =>
  typeof answer === 'object' && answer.includes(value);

function listed(
  ruleSet: RuleSet,
  obligation: Obligation,
  truth: Truth,
  facts: Facts,
  today: string,
): ListedObligation {
  const named = {
    id: obligation.id,
    formalFrom: obligation.formal_from ?? null,
    dischargedBy: obligation.discharged_by,
  };
  const open = { ...named, from: null, status: 'open', because: null } as const;
  if (truth === null) return open;
  const held = obligation.regime === 'high_risk' ? legacyEffect(ruleSet, obligation, facts) : byDate;
  if (held === null) return open;
  const because = held.says;
  if (held.effect === 'dormant') return { ...named, from: null, status: 'dormant', because };
  const from = held.from ?? dayOf(ruleSet, obligation, facts);
  return { ...named, from, status: from <= today ? 'applies' : 'upcoming', because };
}

type Effect = {
  readonly effect: 'by_date' | 'dormant';
  readonly from: string | null;
  readonly says: string | null;
};
const byDate: Effect = { effect: 'by_date', from: null, says: null };

/** The first rule that is true decides; one with roles counts for what is owed in those alone. `null` while that is open. */
function legacyEffect(ruleSet: RuleSet, obligation: Obligation, facts: Facts): Effect | null {
  for (const { rule, test } of ruleSet.legacy) {
    const owed = rule.roles?.filter((role) => obligation.roles.includes(role)) ?? obligation.roles;
    const truth = allOf([owed.length > 0 && holdsRole(facts, owed), test(facts)]);
    if (truth === null) return null;
    if (truth) {
      const since = rule.from_fact === undefined ? rule.from_date : facts.answers.get(rule.from_fact);
      return {
        effect: rule.effect,
        from: typeof since === 'string' ? since : null,
        says: rule.says ?? null,
      };
    }
  }
  return byDate;
}

/** The earliest day of the grounds that hold; without one the usual day, or that of an older system or model. */
function dayOf({ variants }: RuleSet, { id, from }: Obligation, facts: Facts): string {
  const annexIII = anyOf([facts.outcome('high_risk_annex_iii'), facts.outcome('annex_iii_derogated')]);
  const grounds = [
    annexIII === true ? from.annex_iii : undefined,
    facts.outcome('high_risk_annex_i_a') === true ? from.annex_i : undefined,
  ];
  const variant = (['legacy', 'placed_before_2026_08_02'] as const).find(
    (name) => from[name] !== undefined && variants[name](facts) === true,
  );
  const usual = (variant && from[variant]) ?? from.default;
  const day = earliest(grounds) ?? usual ?? earliest(Object.values(from));
  if (day === undefined) throw new TypeError(`The rules give ${id} no day`);
  return day;
}

const earliest = (days: readonly (string | undefined)[]): string | undefined =>
  days.filter((day) => day !== undefined).sort()[0];
