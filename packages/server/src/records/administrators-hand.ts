import { actorRef } from '@throughline/domain/actor.ts';
import { type Administering, administratorChange } from '@throughline/domain/administrators.ts';
import { dayIn } from '@throughline/domain/day.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import type { Json } from '@throughline/domain/json.ts';
import { notInPlace } from '@throughline/domain/kind-words.ts';
import { alone, canAdminister, whoAdministers } from '@throughline/domain/permissions.ts';
import type { ProposalMatter } from '@throughline/domain/proposals.ts';
import { administering } from '../store/administering.ts';
import { digestOf } from '../store/digest.ts';
import { oneAtATime } from '../store/one-at-a-time.ts';
import { organisationSettings } from '../store/organisations.ts';
import type { Write } from '../store/write.ts';
import { confirmers, goesOn, type Hand, takeHand } from './second-hand.ts';

/** How a change of who administers is asked for: why, or as which proposal it is confirmed. */
export type HandAsked = {
  readonly reason?: string | undefined;
  /** The proposal, and the digest of what it was made on. */
  readonly confirming?: { readonly id: string; readonly base: string } | undefined;
};

export type AdministratorWish = {
  readonly matters: { readonly gives: ProposalMatter; readonly weakens: ProposalMatter };
  /** The member whose rights it is about; `null` for a group. */
  readonly about: string | null;
  /** Ids, roles and days, as they are carried out once it is confirmed. */
  readonly what: Readonly<Record<string, Json>>;
  /** What stands now of that: a proposal made on something else is not confirmed. */
  readonly standing: Json;
  /** Members that the change speaks of. */
  readonly named: readonly string[];
  readonly change: (before: Administering) => Administering;
};

/** Taken before anything is looked at that decides over a second hand. */
export const lockHands = (write: Write): Promise<void> => oneAtATime(write, 'proposals');

/**
 * Whether a change of who administers takes effect now: one that makes nobody an administrator and takes no hand away
 * does, any other as `takeHand` says. The caller holds `lockHands`. Throws `changed` where what is confirmed was
 * proposed on something else than stands.
 */
export async function handForAdministrators(
  write: Write,
  wish: AdministratorWish,
  { reason, confirming }: HandAsked,
): Promise<Hand> {
  const { matters, about, what } = wish;
  const base = digestOf(wish.standing).toString('hex');
  if (confirming && confirming.base !== base)
    throw new DomainError('changed', 'What this is about changed since it was proposed. Propose it anew.');
  const matter = confirming ? matters.gives : await matterOf(write, wish);
  if (matter === undefined) return goesOn;
  ensureOwnHand(write, matter === matters.weakens);
  const asked = { matter, what: { ...what, base }, about, reason: reason ?? null, onBehalfOf: null };
  return takeHand(write, asked, confirming?.id ?? null);
}

/** Whoever stands in for an administrator does not end the only other one. */
function ensureOwnHand({ ctx: { actor } }: Write, weakens: boolean): void {
  if (weakens && actor.type === 'person' && !canAdminister(alone(actor), 'members'))
    throw new DomainError('forbidden', notInPlace, [], { who: whoAdministers('members') });
}

async function matterOf(
  write: Write,
  { matters, named, change }: AdministratorWish,
): Promise<ProposalMatter | undefined> {
  const { at, actor } = write.ctx;
  const { timeZone } = await organisationSettings(write);
  const before = await administering(write, named);
  const first = { by: actorRef(actor), onBehalfOf: null };
  // Whoever stands in for somebody is one hand with them.
  const oneHand = new Set(actor.type === 'person' ? actor.standsFor?.map(({ member }) => member) : []);
  const others = (await confirmers(write, { matter: matters.gives, ...first }, at))
    .map(({ id }) => id)
    .filter((id) => !oneHand.has(id));
  const { gives, weakens } = administratorChange(before, change(before), others, dayIn(at, timeZone));
  if (gives) return matters.gives;
  return weakens ? matters.weakens : undefined;
}
