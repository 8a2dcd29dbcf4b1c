import { grants, type Role, roles } from './permissions.ts';

/** Of whom an organisation demands a second factor. `deciders`: administrators, and whoever approves by role. */
export const factorDemands = ['nobody', 'deciders', 'everyone'] as const;
export type FactorDemand = (typeof factorDemands)[number];

export type SecondFactorRule = {
  readonly of: FactorDemand;
  /** Days that a member has to add one: from when it was demanded, or from when they joined. */
  readonly days: number;
  /** RFC 3339: since when it is demanded of these; `null` while of nobody. */
  readonly since: string | null;
  /** RFC 3339: since when of those who decide, where it was widened to everyone later; else `since`. */
  readonly decidersSince?: string;
};

export const usualSecondFactor: SecondFactorRule = { of: 'nobody', days: 14, since: null };
export const graceDays = { least: 0, most: 90 } as const;

/** What stands in settings, read without trust: what cannot be meant counts as not said. */
export function readSecondFactor(value: unknown): SecondFactorRule {
  if (typeof value !== 'object' || value === null) return usualSecondFactor;
  const { of, days, since, decidersSince } = {
    ...{ of: undefined, days: undefined, since: undefined, decidersSince: undefined },
    ...value,
  };
  const demand = factorDemands.find((one) => one === of);
  if (demand === undefined || demand === 'nobody') return usualSecondFactor;
  if (!isMoment(since)) return usualSecondFactor;
  const usable =
    typeof days === 'number' && Number.isInteger(days) && days >= graceDays.least && days <= graceDays.most;
  return {
    ...{ of: demand, days: usable ? days : usualSecondFactor.days, since },
    ...(isMoment(decidersSince) ? { decidersSince } : {}),
  };
}

const isMoment = (value: unknown): value is string =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value));

/**
 * The rule once it is set anew: the days begin for whom it is demanded of from now on, and for nobody again. Widening it
 * is no way to give those more time whose days are over.
 */
export function secondFactorAfter(
  before: SecondFactorRule,
  asked: Pick<SecondFactorRule, 'of' | 'days'>,
  now: Date,
): SecondFactorRule {
  if (asked.of === 'nobody') return { ...usualSecondFactor, days: asked.days };
  const { of, days } = asked;
  const { since, decidersSince = since } = before;
  if (before.of === 'nobody' || since === null) return { of, days, since: now.toISOString() };
  const early = decidersSince === null || decidersSince === since ? {} : { decidersSince };
  if (of === before.of) return { of, days, since, ...early };
  return of === 'deciders'
    ? { of, days, since: decidersSince }
    : { of, days, since: now.toISOString(), decidersSince: since };
}

/** Roles that administer, or that approve anything at all. */
export const decidingRoles: readonly Role[] = roles.filter(
  (role) => role === 'admin' || grants[role].some(({ acts }) => acts.includes('approve')),
);

/** When a member has to have a second factor, by all the roles that they act with; `null` where it is not demanded. */
export function factorDueAt(rule: SecondFactorRule, held: readonly Role[], joinedAt: Date): Date | null {
  if (rule.of === 'nobody' || rule.since === null) return null;
  const decides = held.some((role) => decidingRoles.includes(role));
  if (rule.of === 'deciders' && !decides) return null;
  const since = decides ? (rule.decidersSince ?? rule.since) : rule.since;
  const from = Math.max(Date.parse(since), joinedAt.getTime());
  return new Date(from + rule.days * 86_400_000);
}
