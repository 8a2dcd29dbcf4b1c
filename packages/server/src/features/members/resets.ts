import { DomainError, notFound } from '@throughline/domain/errors.ts';
import { hasSecondFactor } from '@throughline/domain/factors.ts';
import { goesOn, type Hand, takeHand, type Wish } from '../../records/second-hand.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { endFactor, factorsOf } from '../../store/factors.ts';
import { findMember, listMembers, memberAddresses, type StoredMember } from '../../store/members.ts';
import { accountOf, holdLeadsElsewhere } from '../../store/people.ts';
import { memberActing, membersActing } from '../../store/powers.ts';
import { askForNotice, askForResetMail } from '../../store/reset-mail.ts';
import { addReset, makeResetLink } from '../../store/resets.ts';
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
  return services.store.change(ctx, async (write) => {
    const hand = await handFor(write, { matter: 'password-reset', what: { byHand }, about: id }, asked);
    if (hand.waits !== null) {
      write.made(id);
      return { waits: hand.waits };
    }
    if (mailed) {
      await askForResetMail(write, id);
      return { member: id, token: null, until: null, mailed };
    }
    // Whoever holds the link could enter wherever the account leads: by mail only the person holds it.
    if (await holdLeadsElsewhere(write, person)) throw notAlone();
    const email = (await memberAddresses(write)).get(id)?.email;
    if (!email) throw new DomainError('conflict', 'This person has no address here.');
    const link = await makeResetLink(write, { member: id, person, email, lifeMs: shownLinkMs, byHand: true });
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
  const factors = await factorsOf(services.store, person);
  if (!hasSecondFactor(factors.map(({ kind }) => kind)))
    throw new DomainError('conflict', 'This person has no second factor.');
  return services.store.change(ctx, async (write) => {
    if (await holdLeadsElsewhere(write, person)) throw notAlone();
    const hand = await handFor(write, { matter: 'factors-reset', what: {}, about: id }, { ...asked, reason });
    if (hand.waits !== null) {
      write.made(id);
      return hand;
    }
    for (const factor of factors) if (!(await endFactor(write, person, factor.id))) throw changedMeanwhile();
    const reset = await addReset(write, { member: id, kind: 'factors', reason });
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

/** What is done to the account of another administrator takes two hands; everybody else is helped by one. */
async function handFor(
  write: Write,
  wish: Pick<Wish, 'matter' | 'what'> & { readonly about: string },
  { reason, confirming }: ResetAsked,
): Promise<Hand> {
  const { roles } = await memberActing(write, wish.about, write.ctx.at);
  if (!roles.includes('admin') && confirming === undefined) return goesOn;
  return takeHand(write, { ...wish, reason: reason ?? null, onBehalfOf: null }, confirming ?? null);
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

function notAlone(): DomainError {
  return new DomainError(
    'conflict',
    'This account is not this organisation’s alone, so it is reset by its owner: by mail, or with whoever runs the server.',
  );
}

const changedMeanwhile = () =>
  new DomainError('changed', 'The second factors changed in between. Look again.');

const mostLookedAt = 10_000;

async function otherAdministrators(write: Write, about: string): Promise<string[]> {
  const { actor } = write.ctx;
  const me = actor.type === 'person' ? actor.member : null;
  const members = await listMembers(write, { limit: mostLookedAt });
  const accepted = new Set(members.filter(({ person }) => person !== null).map(({ id }) => id));
  // Whoever is one by a group is told as those are who were made one: both could have been asked, and can ask back.
  return (await membersActing(write, write.ctx.at, mostLookedAt))
    .filter(({ id, actor: one }) => one.roles.includes('admin') && accepted.has(id))
    .map(({ id }) => id)
    .filter((id) => id !== me && id !== about);
}
