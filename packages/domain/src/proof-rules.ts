import type { StepUpRule } from './factors.ts';
import { factorDemands, type SecondFactorRule } from './second-factor.ts';

/** What an organisation demands of people to show who they are, as far as somebody sets it. */
export type ProofRules = {
  readonly stepUp?: StepUpRule | undefined;
  readonly secondFactor?: Pick<SecondFactorRule, 'of' | 'days'> | undefined;
};

/** All of it, as it stands. */
export type StandingProofRules = {
  readonly stepUp: StepUpRule;
  readonly secondFactor: Pick<SecondFactorRule, 'of' | 'days'>;
};

/** Whether a proof may be older than before, or fewer people are asked for one. */
export const loosensStepUp = (before: StepUpRule, next: StepUpRule): boolean =>
  next.minutes > before.minutes || (before.everyone && !next.everyone);

/** Whether a second factor is demanded of fewer people than before, or later of anybody. */
export function loosensSecondFactor(
  before: Pick<SecondFactorRule, 'of' | 'days'>,
  next: Pick<SecondFactorRule, 'of' | 'days'>,
): boolean {
  if (before.of === 'nobody') return false;
  return factorDemands.indexOf(next.of) < factorDemands.indexOf(before.of) || next.days > before.days;
}

/** Of the rules asked for, those that demand less than what stands: they take a second hand. Each is taken whole. */
export function loosened(before: StandingProofRules, { stepUp, secondFactor }: ProofRules): ProofRules {
  return {
    ...(stepUp && loosensStepUp(before.stepUp, stepUp) ? { stepUp } : {}),
    ...(secondFactor && loosensSecondFactor(before.secondFactor, secondFactor) ? { secondFactor } : {}),
  };
}
