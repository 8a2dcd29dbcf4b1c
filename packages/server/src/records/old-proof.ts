import { DomainError } from '@throughline/domain/errors.ts';
import { type Presence, proofDue, type StepUpRule } from '@throughline/domain/factors.ts';

/** Throws `step-up` where the last proof is older than a rule takes, or proves nobody yet. */
export function refuseOldProof(rule: StepUpRule, presence: Presence, now: Date): void {
  if (!proofDue(rule, presence, now)) return;
  const since = rule.minutes === 1 ? 'a minute' : `${rule.minutes} minutes`;
  throw new DomainError(
    'step-up',
    presence.unproved
      ? 'Your organisation’s account was linked to you by its mail address alone. Show something of your own once, or have another administrator confirm under People that it is you; then this goes on.'
      : `You last showed more than ${since} ago that it is you. Show it once more, then this goes on.`,
    [],
    { minutes: rule.minutes },
  );
}
