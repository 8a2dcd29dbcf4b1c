import { type Actor, actorRef } from '@throughline/domain/actor.ts';
import { DomainError, notFound } from '@throughline/domain/errors.ts';
import { hasSecondFactor } from '@throughline/domain/factors.ts';
import { grants, organisationGrants } from '@throughline/domain/permissions.ts';
import { isSecondHand } from '@throughline/domain/proposals.ts';
import { entersOwn, passwordOpensNothing } from '../../records/enters-own.ts';
import {
  confirmers,
  goesOn,
  type Hand,
  handsByMatter,
  rolesThatMay,
  takeHand,
  type Wish,
} from '../../records/second-hand.ts';
import type { Services } from '../../services.ts';
import { authorityRows } from '../../store/authority.ts';
import type { Context } from '../../store/context.ts';
import { endFactor, factorsOf, tellFactors } from '../../store/factors.ts';
import { persons } from '../../store/identities.ts';
import { acceptedMembers, findMember, memberAddresses, type StoredMember } from '../../store/members.ts';
import { linkedAlone, trustLinks } from '../../store/outside-identities.ts';
import { accountOf, holdLeadsElsewhere } from '../../store/people.ts';
import { memberActing, membersActing } from '../../store/powers.ts';
import { askForNotice, askForResetMail } from '../../store/reset-mail.ts';
import { addReset, makeResetLink, openedAccounts, vouchFor } from '../../store/resets.ts';
import { endSessions } from '../../store/sessions.ts';
import type { Write } from '../../store/write.ts';

/** Either a mail goes out, or a link is to be handed over, whose secret is shown this once. */
export type PasswordReset = {
  readonly member: string;
  readonly token: string | null;
  readonly until: Date | null;
  readonly mailed: boolean;
};

/** How long a link opens that is handed over: a working day. */
const shownLinkMs = 8 * 3_600_000;

/**
 * A link by which a member sets a new password; no administrator ever sees one. `byHand`: shown although mail could go
 * out. The person is told by mail of a link that somebody else holds.
 */
export async function resetPassword(
  services: Services,
  ctx: Context,
  id: string,
  byHand = false,
  asked: ResetAsked = {},
): Promise<PasswordReset | Waiting> {
  const mailed = services.mail !== undefined && !byHand;
  const { person, hasPassword } = await resettable(services, ctx, id);
  if (!hasPassword)
    throw new DomainError(
      'conflict',
      'This person has no password here: they sign in by a provider or a passkey.',
    );
  if (services.neverByHand && !mailed) throw ownersAlone();
  return services.store.change(ctx, async (write) => {
    if (!(await entersOwn(write, id, ctx.at))) throw passwordOpensNothing();
    const hand = await handFor(
      write,
      { matter: 'password-reset', what: { byHand }, about: id },
      asked,
      mailed,
    );
    if (hand.waits !== null) {
      write.made(id);
      return { waits: hand.waits };
    }
    if (mailed) {
      await askForResetMail(write, id);
      return { member: id, token: null, until: null, mailed };
    }
    // Whoever holds the link could enter wherever the account leads: by mail only the person holds it.
    if (await holdLeadsElsewhere(write, person)) throw ownersAlone();
    const email = (await memberAddresses(write)).get(id)?.email;
    if (!email) throw new DomainError('conflict', 'This person has no address here.');
    const to = { member: id, person, email, lifeMs: shownLinkMs, byHand: true, askedBy: hand.askedBy };
    const link = await makeResetLink(write, to);
    if (services.mail) await askForNotice(write, link.reset, id);
    write.made(id);
    return { member: id, token: link.text, until: link.expiresAt, mailed };
  });
}

/**
 * Ends the second factors of a member who lost them, and their sessions here: they sign in with the password, and add
 * one at once where the organisation demands it. The person and every other administrator are told by mail.
 */
export async function resetFactors(
  services: Services,
  ctx: Context,
  id: string,
  reason: string,
  asked: Pick<ResetAsked, 'confirming'> = {},
): Promise<Hand> {
  const { person } = await resettable(services, ctx, id);
  // Before it is looked at whether there are any: whoever just joined would have them from elsewhere.
  if (services.neverByHand) throw ownersAlone();
  const factors = await factorsOf(services.store, person);
  if (!hasSecondFactor(factors.map(({ kind }) => kind)))
    throw new DomainError('conflict', 'This person has no second factor.');
  return services.store.change(ctx, async (write) => {
    if (await holdLeadsElsewhere(write, person)) throw ownersAlone();
    const wish = { matter: 'factors-reset', what: {}, about: id } as const;
    const hand = await handFor(write, wish, { ...asked, reason }, false);
    if (hand.waits !== null) {
      write.made(id);
      return hand;
    }
    for (const factor of factors) if (!(await endFactor(write, person, factor.id))) throw changedMeanwhile();
    await tellFactors(write, { person, member: id });
    const { askedBy } = hand;
    const reset = await addReset(write, { member: id, kind: 'factors', reason, byHand: true, askedBy });
    await endSessions(write, { person });
    if (services.mail)
      for (const to of [id, ...(await otherAdministrators(write, id))]) await askForNotice(write, reset, to);
    write.made(id);
    return hand;
  });
}

/** Why it is asked for, or as which proposal it is confirmed. */
export type ResetAsked = { readonly reason?: string | undefined; readonly confirming?: string | undefined };
/** Nothing was reset yet: it waits for a second hand, under this id. */
export type Waiting = { readonly waits: string };

/**
 * What opens the account of whoever decides takes two hands where another person could be the second: of administrators
 * always, of whoever approves, accepts or waives where the link does not go to their own mailbox. What one hand opened
 * decides nothing until somebody vouches for it.
 */
async function handFor(
  write: Write,
  wish: Pick<Wish, 'matter' | 'what'> & { readonly about: string },
  { reason, confirming }: ResetAsked,
  mailed: boolean,
): Promise<Hand> {
  const asked = { ...wish, reason: reason ?? null, onBehalfOf: null };
  if (confirming !== undefined) return takeHand(write, asked, confirming);
  const { actor, at } = write.ctx;
  const subject = await memberActing(write, wish.about, at);
  if (subject.roles.includes('admin')) return takeHand(write, asked, null);
  if (mailed || !(await decides(write, subject))) return goesOn;
  const first = { matter: wish.matter, by: actorRef(actor), onBehalfOf: null };
  return (await confirmers(write, first, handsByMatter(write, at))).length > 0
    ? takeHand(write, asked, null)
    : goesOn;
}

/** By a role of their own, a group's or of whom they stand in for, or as the table of authority names them. */
async function decides(write: Write, actor: Extract<Actor, { type: 'person' }>): Promise<boolean> {
  const { member, roles, standsFor = [] } = actor;
  const held = [...roles, ...standsFor.flatMap((absent) => absent.roles)];
  const approves = held.some(
    (role) => role !== 'external-auditor' && grants[role].some(({ acts }) => acts.includes('approve')),
  );
  const administers = held.some((role) => organisationGrants.settings.includes(role));
  const rows = await authorityRows(write);
  return approves || administers || rows.some((row) => row.member === member || row.delegate === member);
}

/**
 * Another administrator than who opened a member's account says that it is they who use it since. Throws `conflict` where
 * nobody opened it by one hand, `forbidden` for who did.
 */
export async function vouchForMember({ store }: Services, ctx: Context, id: string): Promise<void> {
  const { actor } = ctx;
  if (actor.type !== 'person')
    throw new DomainError('forbidden', 'A person says who somebody is, never a token.');
  await store.change(ctx, async (write) => {
    if (!(await findMember(write, id))) throw notFound();
    const links = await linkedAlone(write, id);
    const open = [...(await openedAccounts(write, id)), ...links];
    if (open.length === 0)
      throw new DomainError('conflict', 'Nobody alone opened this account, or it is known who uses it.');
    const who = await persons(write);
    if (links.length > 1)
      throw new DomainError(
        'conflict',
        'An address linked several accounts at the provider to this person. Unlink those that are not theirs first.',
      );
    const said = links.flatMap((link) => link.said).flatMap((one) => who.of(one));
    const first = [who.person(id), ...open.map(({ by }) => who.person(by)), ...said];
    if (!isSecondHand(first, who.of({ type: 'person', id: actor.member })))
      throw new DomainError('forbidden', 'Another administrator says this than who opened the account.', [], {
        who: rolesThatMay('factors-reset'),
      });
    await vouchFor(write, id, actor.member);
    await trustLinks(write, id);
    write.made(id);
  });
}

/** A person who accepted, is here, and is somebody else than whoever asks. */
async function resettable(
  { store }: Services,
  { organisation, actor }: Context,
  id: string,
): Promise<{ person: string; hasPassword: boolean }> {
  // What a program holds is no person who can be asked why; and a token must not become somebody's password.
  if (actor.type !== 'person')
    throw new DomainError('forbidden', 'A person resets how somebody signs in, never a token.');
  const member = await store.readWhole(organisation, (reader) => findMember(reader, id));
  if (!member) throw notFound();
  const person = ensureResettable(member, actor.member);
  const account = await accountOf(store, person);
  return { person, hasPassword: Boolean(account?.password_hash) };
}

function ensureResettable(member: StoredMember, me: string): string {
  if (member.id === me)
    throw new DomainError('conflict', 'You change how you sign in yourself, in your account.');
  if (member.type === 'service' || member.person === null || !member.active)
    throw new DomainError('conflict', 'Nobody signs in as this member: invite them, or give access again.');
  return member.person;
}

/** The same words where nobody's account is opened by hand and where one leads to another organisation too. */
function ownersAlone(): DomainError {
  return new DomainError(
    'conflict',
    'This account is not opened by hand: its owner sets a new password by mail, and whoever runs the server ends second factors.',
  );
}

const changedMeanwhile = () =>
  new DomainError('changed', 'The second factors changed in between. Look again.');

async function otherAdministrators(write: Write, about: string): Promise<string[]> {
  const { actor } = write.ctx;
  const me = actor.type === 'person' ? actor.member : null;
  const accepted = await acceptedMembers(write);
  // Whoever is one by a group is told as those are who were made one: both could have been asked, and can ask back.
  return (await membersActing(write, write.ctx.at, { roles: ['admin'] }))
    .filter(({ id, actor: one }) => one.roles.includes('admin') && accepted.has(id))
    .map(({ id }) => id)
    .filter((id) => id !== me && id !== about);
}
