import { DomainError } from '@throughline/domain/errors.ts';
import { type Json, sameJson } from '@throughline/domain/json.ts';
import { loosened, type ProofRules, type StandingProofRules } from '@throughline/domain/proof-rules.ts';
import { factorDemands } from '@throughline/domain/second-factor.ts';
import { z } from 'zod';
import { goesOn, type Hand, takeHand } from '../../records/second-hand.ts';
import type { Write } from '../../store/write.ts';

/** How rules that demand less are asked for: why, or as which proposal they are confirmed. */
export type ProofAsked = {
  readonly reason?: string | undefined;
  /** The proposal, and what stood as it was made. */
  readonly confirming?: { readonly id: string; readonly before: StandingProofRules } | undefined;
};

/**
 * Which of the rules asked for take effect now: those that demand more do, those that demand less as `takeHand` says.
 * Throws `changed` where a proposal was made on other rules than stand.
 */
export async function handForProof(
  write: Write,
  standing: StandingProofRules,
  asked: ProofRules,
  { reason, confirming }: ProofAsked,
): Promise<ProofRules & { readonly hand: Hand }> {
  const before = standingRules(standing);
  if (confirming && !isSame(confirming.before, before, asked))
    throw new DomainError('changed', 'These rules changed since this was proposed. Propose it anew.');
  const less = loosened(before, asked);
  if (less.stepUp === undefined && less.secondFactor === undefined) return { ...asked, hand: goesOn };
  const hand = await takeHand(
    write,
    {
      matter: 'proof-rules',
      what: { before, next: partsOf(less) },
      about: null,
      reason: reason ?? null,
      onBehalfOf: null,
    },
    confirming?.id ?? null,
  );
  const { stepUp, secondFactor } = asked;
  if (hand.waits === null) return { hand, stepUp, secondFactor };
  return {
    hand,
    ...(less.stepUp ? {} : { stepUp }),
    ...(less.secondFactor ? {} : { secondFactor }),
  };
}

const standingRules = ({ stepUp, secondFactor: { of, days } }: StandingProofRules) => ({
  stepUp: { ...stepUp },
  secondFactor: { of, days },
});

const partsOf = ({ stepUp, secondFactor }: ProofRules): Json => ({
  ...(stepUp ? { stepUp: { ...stepUp } } : {}),
  ...(secondFactor ? { secondFactor: { ...secondFactor } } : {}),
});

/** Of the rules that are asked for: another one may have changed meanwhile. */
const isSame = (one: StandingProofRules, other: StandingProofRules, { stepUp, secondFactor }: ProofRules) =>
  (!stepUp || sameJson(one.stepUp, other.stepUp)) &&
  (!secondFactor || sameJson(one.secondFactor, other.secondFactor));

const stepUpShape = z.object({ minutes: z.int(), everyone: z.boolean() });
const factorShape = z.object({ of: z.enum(factorDemands), days: z.int() });
const proposed = z.object({
  before: z.object({ stepUp: stepUpShape, secondFactor: factorShape }),
  next: z.object({ stepUp: stepUpShape.optional(), secondFactor: factorShape.optional() }),
});

/** The rules of a proposal as it was kept, beside those that stood. */
export const proposedProof = (what: unknown): z.infer<typeof proposed> => proposed.parse(what);
