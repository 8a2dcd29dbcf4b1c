import { type Actor, type ActorRef, actorRef } from '@throughline/domain/actor.ts';
import { type Administering, administratorChange } from '@throughline/domain/administrators.ts';
import { dayIn } from '@throughline/domain/day.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import type { Json } from '@throughline/domain/json.ts';
import { notInPlace } from '@throughline/domain/kind-words.ts';
import { administersInOwnRight, alone, type Role, whoAdministers } from '@throughline/domain/permissions.ts';
import type { ProposalMatter } from '@throughline/domain/proposals.ts';
import {
  type Asking,
  type ProgramChange,
  programRolesBeyond,
  raises,
  raisesByProgram,
  raisesFromOutside,
  rolesNamed,
} from '@throughline/domain/raising.ts';
import { administering } from '../store/administering.ts';
import { authorityRows } from '../store/authority.ts';
import { digestOf } from '../store/digest.ts';
import { lettersIn } from '../store/hands-behind.ts';
import { identitiesOf, persons } from '../store/identities.ts';
import { oneAtATime } from '../store/one-at-a-time.ts';
import { organisationSettings } from '../store/organisations.ts';
import type { Reader } from '../store/reader.ts';
import type { Write } from '../store/write.ts';
import { confirmers, goesOn, type Hand, handsByMatter, takeHand } from './second-hand.ts';

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
  /** The member is let in by the same change. */
  readonly lettingIn?: boolean;
  /** What it makes of a service account. */
  readonly program?: ProgramChange | undefined;
  /** Roles of a group whose people are named from outside. */
  readonly fromOutside?: { readonly before: readonly Role[]; readonly after: readonly Role[] } | undefined;
  readonly change: (before: Administering) => Administering;
};

/** Taken before anything is looked at that decides over a second hand. */
export const lockHands = (write: Write): Promise<void> => oneAtATime(write, 'proposals');

/**
 * Whether a change of rights takes effect now: one that makes nobody an administrator, takes no hand away and raises
 * nobody who asks for it does, any other as `takeHand` says. The caller holds `lockHands`. Throws `changed` where what is confirmed was
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
  if (weakens && actor.type === 'person' && !administersInOwnRight(actor, 'members'))
    throw new DomainError('forbidden', notInPlace, [], { who: whoAdministers('members') });
}

async function matterOf(write: Write, wish: AdministratorWish): Promise<ProposalMatter | undefined> {
  const { matters, named, change } = wish;
  const { at, actor } = write.ctx;
  const { timeZone } = await organisationSettings(write);
  const asking = await askingOf(write, wish, timeZone);
  const before = await administering(write, [...named, ...asking.own]);
  const first = { by: actorRef(actor), onBehalfOf: null };
  if (wish.program && isBound(actor) && raisesByProgram(ownRoles(write), wish.program)) return matters.gives;
  if (wish.fromOutside && raisesFromOutside(ownRoles(write), asking.named, wish.fromOutside))
    return matters.gives;
  // Whoever stands in for somebody is one hand with them.
  const oneHand = new Set(actor.type === 'person' ? actor.standsFor?.map(({ member }) => member) : []);
  const [after, today] = [change(before), dayIn(at, timeZone)];
  if (administratorChange(before, after, [], today).gives || raises(before, after, asking, today))
    return matters.gives;
  for (const by of [first.by, ...(await eachBehind(write))]) {
    const others = (
      await confirmers(write, { matter: matters.gives, by, onBehalfOf: null }, handsByMatter(write, at))
    )
      .map(({ id }) => id)
      .filter((id) => !oneHand.has(id));
    if (administratorChange(before, after, others, today).weakens) return matters.weakens;
  }
  return undefined;
}

/** Each person behind a program, by themselves: naming another one as behind it, too, makes nobody fewer hands. */
async function eachBehind(write: Write): Promise<ActorRef[]> {
  const { actor } = write.ctx;
  if (actor.type !== 'token') return [];
  const ref = actorRef(actor);
  return (await persons(write))
    .of(ref)
    .filter((id) => id !== ref.id)
    .map((id) => ({ type: 'person', id }));
}

const isBound = ({ type }: Actor): boolean => type === 'person' || type === 'token';

/** The roles that somebody has themselves, and not for whom they stand in. */
function ownRoles({ ctx: { actor } }: Write): readonly Role[] {
  const self = alone(actor);
  return self.type === 'person' || self.type === 'token' ? self.roles : [];
}

/** Whose accounts are one person's with whoever asks, and whom of those named they let in. */
async function askingOf(
  write: Write,
  { named, lettingIn = false }: Pick<AdministratorWish, 'named' | 'lettingIn'>,
  timeZone: string,
): Promise<Asking> {
  const { actor, at } = write.ctx;
  const who = await persons(write);
  const me = who.of(actorRef(actor));
  const own = (await Promise.all(me.map((person) => identitiesOf(write, person)))).flat();
  const made = await lettersIn(write, named);
  const letIn = lettingIn
    ? named
    : made.filter(({ by }) => who.of(by).some((one) => me.includes(one))).map(({ member }) => member);
  return {
    own: [...new Set(own)],
    letIn,
    named: rolesNamed(await authorityRows(write), dayIn(at, timeZone)),
  };
}

/**
 * Roles that nobody gives with one hand at once: what an invitation or a new group holds back, to be proposed with it.
 * `members`: who gets them; nobody yet of an invitation, nobody at all of a service account.
 */
export async function rolesHeldBack(
  write: Write,
  roles: readonly Role[],
  members: readonly string[] | 'invited' | 'program',
): Promise<Role[]> {
  if (members === 'program')
    return isBound(write.ctx.actor) ? programRolesBeyond(ownRoles(write), roles) : [];
  if (members === 'invited') return rolesOfTwoHands(write, roles, write.ctx.at);
  const { timeZone } = await organisationSettings(write);
  const today = dayIn(write.ctx.at, timeZone);
  const asking = await askingOf(write, { named: members }, timeZone);
  const before = await administering(write, [...members, ...asking.own]);
  const group = (role: Role) => ({ id: 'new', roles: [role], members });
  return roles.filter(
    (role) =>
      role === 'admin' ||
      raises(before, { ...before, groups: [...before.groups, group(role)] }, asking, today),
  );
}

/** Which of these roles take two hands, whoever gets them: who administers, and what the table of authority names. */
export async function rolesOfTwoHands(reader: Reader, roles: readonly Role[], now: Date): Promise<Role[]> {
  const { timeZone } = await organisationSettings(reader);
  const named = rolesNamed(await authorityRows(reader), dayIn(now, timeZone));
  return roles.filter((role) => role === 'admin' || named.includes(role));
}
