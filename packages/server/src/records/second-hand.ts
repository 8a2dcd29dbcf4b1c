import type { Actor } from '@throughline/domain/actor.ts';
import { actorRef } from '@throughline/domain/actor.ts';
import type { AuthorityRow } from '@throughline/domain/authority.ts';
import { dayIn } from '@throughline/domain/day.ts';
import type { Persons } from '@throughline/domain/duties.ts';
import { DomainError, notFound, unprocessable } from '@throughline/domain/errors.ts';
import type { Json } from '@throughline/domain/json.ts';
import { canHandOn, type Role, whoAdministers } from '@throughline/domain/permissions.ts';
import { isSecondHand, type ProposalMatter, pairIn, proposalState } from '@throughline/domain/proposals.ts';
import { authorityRows } from '../store/authority.ts';
import { handsBehind, linkHolders } from '../store/hands-behind.ts';
import { persons } from '../store/identities.ts';
import { acceptedMembers } from '../store/members.ts';
import { oneAtATime } from '../store/one-at-a-time.ts';
import { organisationSettings } from '../store/organisations.ts';
import { membersActing } from '../store/powers.ts';
import {
  addProposal,
  endProposal,
  findProposal,
  type Proposal,
  waitingBy,
  waitingProposal,
} from '../store/proposals.ts';
import type { Reader } from '../store/reader.ts';
import type { Write } from '../store/write.ts';
import { standsForWaivers, waivingRight } from './waiving-right.ts';

/** What somebody wants done that takes two hands. */
export type Wish = {
  readonly matter: ProposalMatter;
  /** Ids, levels and days: what is carried out once it is confirmed. */
  readonly what: Json;
  /** The member whose account it is about. */
  readonly about: string | null;
  readonly reason: string | null;
  readonly onBehalfOf: string | null;
};

/**
 * How an act came to be carried out, or that it waits: under which id. `askedBy` is the first hand, where another person
 * confirms now what they proposed.
 */
export type Hand = { readonly waits: string } | { readonly waits: null; readonly askedBy: string | null };
/** What took no second hand, or took effect by one alone. */
export const goesOn: Hand = { waits: null, askedBy: null };

const shortestReason = 10;

/** Proposals of one hand that wait at once: whoever makes more hides what others should see among them. */
const mostWaiting = 50;

const tooMany = (): DomainError =>
  new DomainError(
    'conflict',
    `${mostWaiting} of what you proposed wait already for somebody to confirm them. End some of them first.`,
  );

/**
 * Whether a change takes effect now. It does as the confirmation of a proposal, and where nobody else could confirm it:
 * then with a reason, and by a person. Otherwise it is kept as a proposal, and the caller changes nothing. `confirming` is
 * the proposal that is confirmed by this change. Throws `forbidden` for the same hand twice and for a program that nobody
 * else could confirm, `conflict` where one waits already.
 */
export async function takeHand(write: Write, wish: Wish, confirming: string | null): Promise<Hand> {
  await oneAtATime(write, 'proposals');
  if (confirming !== null) {
    const { by } = await confirm(write, confirming);
    return { waits: null, askedBy: by.type === 'person' ? by.id : null };
  }
  const { at, actor } = write.ctx;
  if (await waitingProposal(write, wish, at))
    throw new DomainError('conflict', 'The same waits already for somebody to confirm it. End that first.');
  const first = { by: actorRef(actor), onBehalfOf: wish.onBehalfOf };
  const hands = handsByMatter(write, at);
  const others = await confirmers(write, { matter: wish.matter, what: wish.what, ...first }, hands);
  if (others.length > 0) {
    if ((await countWaiting(write, first, (await hands(wish.matter)).who)) >= mostWaiting) throw tooMany();
    return { waits: await addProposal(write, wish, false) };
  }
  // Whom a program names as answering for it counts as its hand, and is asked by nobody: so it does nothing alone.
  if (actor.type === 'token')
    throw new DomainError('forbidden', programAlone, [], { who: rolesThatMay(wish.matter) });
  await ensureMayAlone(wish, first, hands);
  if ((wish.reason ?? '').trim().length < shortestReason) {
    const message = `Nobody else here could confirm this, so say why, in ${shortestReason} characters at least.`;
    throw unprocessable([{ at: 'reason', message }]);
  }
  await addProposal(write, wish, true);
  return goesOn;
}

/** How many proposals wait of whoever is behind one, by whichever of their accounts and tokens. */
async function countWaiting(write: Write, { by, onBehalfOf }: Hands, who: Persons): Promise<number> {
  const first = who.of({ ...by, onBehalfOf });
  const waiting = await waitingBy(write, write.ctx.at);
  return waiting.reduce((all, one) => (isSecondHand(first, who.of(one)) ? all : all + one.n), 0);
}

async function confirm(write: Write, id: string): Promise<Proposal> {
  const { actor, at } = write.ctx;
  const proposal = await openProposal(write, id, at);
  if (actor.type !== 'person')
    throw new DomainError('forbidden', notPerson, [], { who: rolesThatMay(proposal.matter) });
  const hands = handsByMatter(write, at);
  const others = await confirmers(write, proposal, hands);
  const refused = await notSecond(proposal, actor, others, hands);
  if (refused)
    throw new DomainError('forbidden', refused.reason, [], { who: refused.who, people: refused.people });
  if (!(await endProposal(write, proposal, { end: 'confirmed', by: actor.member, reason: null })))
    throw over();
  return proposal;
}

/** A proposal that still waits. Throws `not-found`, and `conflict` once it is over. */
export async function openProposal(reader: Reader, id: string, now: Date): Promise<Proposal> {
  const proposal = await findProposal(reader, id);
  if (!proposal) throw notFound();
  if (proposalState(proposal, now) !== 'waits') throw over();
  return proposal;
}

const over = (): DomainError =>
  new DomainError(
    'conflict',
    'This is over: it was confirmed, refused or withdrawn, or nobody wanted it for too long.',
  );

/** What nobody else could confirm is done alone by whoever one administrator did not make by themselves. */
async function ensureMayAlone({ matter }: Wish, first: Hands, hands: HandsByMatter): Promise<void> {
  const here = await hands(matter);
  if (here.isStanding(first)) return;
  const administrators = here.members.filter(({ actor }) => actor.roles.includes('admin'));
  if (administrators.length === 0) return;
  const could = administrators.filter(({ actor }) => mayTake(matter, actor, here.rows, here.today));
  // Where the table names others for waivers, no administrator proposes one: they propose a table that names somebody.
  const people = (could.length > 0 ? could : administrators).slice(0, 5);
  throw new DomainError('forbidden', could.length > 0 ? notStanding : notByName, [], {
    who: ['admin'],
    people: people.map(({ id, name }) => ({ id, name })),
  });
}

const notStanding =
  'Nobody could confirm this but who gave you your place, so an administrator proposes it; or the table of authority names you by name.';
const notByName =
  'The table of authority names you for this by a role alone, and nobody could confirm it but who gave you your place. An administrator proposes a table that names somebody by name for it, who then gives it.';

type Hands = Pick<Proposal, 'by' | 'onBehalfOf'>;

/**
 * Who is here, and whose place in a matter does not hang on one administrator alone: administrators, whom two hands make,
 * and whom the table of authority names by name, which two hands put in force. Any other role is given by one.
 */
async function handsHere(reader: Reader, matter: ProposalMatter, now: Date) {
  const who = await persons(reader);
  const accepted = await acceptedMembers(reader);
  const { timeZone } = await organisationSettings(reader);
  const [today, rows] = [dayIn(now, timeZone), await authorityRows(reader)];
  const all = await membersActing(reader, now, {});
  const members = all.filter(({ id }) => accepted.has(id));
  const stands = ({ actor }: (typeof members)[number]): boolean =>
    actor.roles.includes('admin') || (matter === 'waiver' && standsForWaivers(rows, actor, today));
  const standing = new Set(members.filter(stands).map(({ id }) => id));
  const behind = ({ by, onBehalfOf }: Hands) => who.of({ ...by, onBehalfOf });
  return {
    who,
    today,
    rows,
    members,
    standing,
    behind,
    isStanding: (hands: Hands) => {
      const first = behind(hands);
      return [...standing].some((id) => first.includes(who.person(id)));
    },
  };
}

export type HandsByMatter = (matter: ProposalMatter) => ReturnType<typeof handsHere>;

/** The same of any matter, looked up once for each: a hundred proposals are shown by one look at everybody. */
export function handsByMatter(reader: Reader, now: Date): HandsByMatter {
  const known = new Map<ProposalMatter, ReturnType<typeof handsHere>>();
  return (matter) => {
    const found = known.get(matter) ?? handsHere(reader, matter, now);
    known.set(matter, found);
    return found;
  };
}

/**
 * People who could be the second hand: with the right of their own, an account, and no part in the first; nor with a link
 * in their hands to the account that a proposal is `about`, which they would confirm to themselves; nor those whom it is
 * about whether they are one person.
 */
export async function confirmers(
  reader: Reader,
  { matter, by, onBehalfOf, about, what }: Pick<Proposal, 'matter' | 'by' | 'onBehalfOf'> & Partial<Proposal>,
  hands: HandsByMatter,
): Promise<{ readonly id: string; readonly name: string }[]> {
  const here = await hands(matter);
  const { who, members, rows, today, standing } = here;
  const first = here.behind({ by, onBehalfOf });
  // Whoever gave the first hand its place by themselves is no other one.
  const makers = here.isStanding({ by, onBehalfOf })
    ? []
    : await handsBehind(
        reader,
        members.filter(({ id }) => first.includes(who.person(id))).map(({ id }) => id),
      );
  const holding = about && matter === 'administrator' ? await linkHolders(reader, about) : [];
  const made = [
    ...[...first, ...makers.map((id) => who.person(id)), ...holding.flatMap((one) => who.of(one))],
    ...personsParted(what, who),
  ];
  const found: { id: string; name: string }[] = [];
  for (const { id, name, actor } of members) {
    const right = mayTake(matter, actor, rows, today);
    if (!right || !standing.has(id)) continue;
    const second = who.of({ type: 'person', id, onBehalfOf: right.onBehalfOf });
    if (isSecondHand(made, second)) found.push({ id, name });
  }
  return found;
}

/** Whom it is about whether they are one person: none of their accounts says so. */
const personsParted = (what: unknown, who: Persons): string[] =>
  (pairIn(what)?.members ?? []).map((id) => who.person(id));

/** Why somebody is no second hand to what waits, and who could be. */
export type NotSecond = {
  readonly reason: string;
  readonly who: readonly Role[];
  readonly people: readonly { readonly id: string; readonly name: string }[];
};

/** Nothing for whoever is one of the `others` that could confirm it (see `confirmers`). */
export async function notSecond(
  proposal: Pick<Proposal, 'matter' | 'by' | 'onBehalfOf' | 'what'>,
  actor: Actor,
  others: readonly { readonly id: string; readonly name: string }[],
  hands: HandsByMatter,
): Promise<NotSecond | undefined> {
  const could = { who: rolesThatMay(proposal.matter), people: others.slice(0, 5) };
  if (actor.type !== 'person') return { reason: notPerson, ...could };
  if (others.some(({ id }) => id === actor.member)) return undefined;
  const { who, behind, rows, today, standing } = await hands(proposal.matter);
  const right = mayTake(proposal.matter, actor, rows, today);
  const mine = who.of({ type: 'person', id: actor.member, onBehalfOf: right?.onBehalfOf ?? null });
  if (!isSecondHand(behind(proposal), mine)) return { reason: ownProposal, ...could };
  if (!isSecondHand(personsParted(proposal.what, who), mine)) return { reason: aboutThemselves, ...could };
  if (right === undefined) return { reason: noRight, ...could };
  return { reason: standing.has(actor.member) ? gavePlace : givenPlace, ...could };
}

const programAlone =
  'This takes two hands, and nobody but those behind this token could confirm it. A token does it never alone: a person does it.';
const notPerson = 'Only a person confirms this; a token cannot.';
const ownProposal = 'You proposed this, or stand in for whoever did: another person confirms it.';
const aboutThemselves = 'This is about who you are, so another person confirms it.';
const noRight = 'Your roles do not let you confirm this.';
const gavePlace =
  'You gave whoever proposed this their place, or had a link to the account that it is about, so that you are one hand with them. Another person confirms it.';
const givenPlace =
  'One administrator alone gave you your place, so that you are no second hand. An administrator confirms this, or whom the table of authority names by name for it.';

/** Roles that a refusal names; for a waiver the table of authority may name others. */
export const rolesThatMay = (matter: ProposalMatter): readonly Role[] =>
  whoAdministers(isOfSettings(matter) || matter === 'waiver' ? 'settings' : 'members');

const ofSettings: readonly ProposalMatter[] = ['authority', 'proof-rules', 'classification-rules'];
const isOfSettings = (matter: ProposalMatter): boolean => ofSettings.includes(matter);

/** Whether somebody may take part in a matter, as the first or the second hand, and in whose place. */
export function mayTake(
  matter: ProposalMatter,
  actor: Actor,
  rows: readonly AuthorityRow[],
  today: string,
): { readonly onBehalfOf: string | null } | undefined {
  if (matter === 'waiver') {
    const right = waivingRight(rows, actor, today);
    return right.may ? right : undefined;
  }
  const act = isOfSettings(matter) ? 'settings' : 'members';
  return actor.type === 'person' && canHandOn(actor, act) ? { onBehalfOf: null } : undefined;
}
