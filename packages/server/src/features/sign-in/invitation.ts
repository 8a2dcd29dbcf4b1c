import { DomainError } from '@throughline/domain/errors.ts';
import { hasSecondFactor } from '@throughline/domain/factors.ts';
import type { StepWire } from '@throughline/domain/wire-account.ts';
import type { Mail } from '../../mail.ts';
import type { Services } from '../../services.ts';
import { factorsOf } from '../../store/factors.ts';
import { askForInvitationMail, invitationMails } from '../../store/invitation-mail.ts';
import { accountOf, personByEmail } from '../../store/people.ts';
import { secretHash } from '../../store/secret.ts';
import { linkOf, memberNamed, type StoredLink } from '../../store/sign-in-links.ts';
import type { Store } from '../../store/store.ts';
import type { Requested, Started } from './begin.ts';
import { aboutMember } from './guessing/about-member.ts';
import type { SessionIdentity } from './identify.ts';
import { askToJoin, joinAs, joinByPassword, type Place, spent } from './join.ts';
import { type LinkState, linkState } from './link-state.ts';
import { ensureMayEnter } from './own-entrance.ts';
import { ensurePassword, hashPassword } from './password.ts';
import { placeOf } from './place.ts';
import type { SignInServices } from './prove-counted.ts';
import { tryPassword } from './try-password.ts';

export type Invitation = {
  readonly link: LinkState;
  readonly organisation: string | null;
  readonly name: string | null;
  readonly email: string | null;
  /** Whoever asks is signed in with the address. */
  readonly yours: boolean;
  /** Somebody was handed the link, and this server sends mail: one that went to the address takes a password, this does not. */
  readonly byMail: boolean;
};

/**
 * What an invitation's link is worth, and whom it is for. Whether the address has an account here is said to nobody but
 * its owner: who invited may hold the link.
 */
export async function invitationState(
  { store, mail }: Pick<Services, 'store' | 'mail'>,
  token: string,
  session: SessionIdentity | null,
  now: Date,
): Promise<Invitation> {
  const link = await linkOf(store, secretHash(token));
  const invited = link?.purpose === 'invitation' ? link : undefined;
  const state = linkState(invited, now);
  if (state !== 'usable' || !invited?.organisation || !invited.member || !invited.email)
    return nothingOf(state);
  const member = await memberNamed(store, invited.organisation, invited.member);
  if (!member?.active) return nothingOf('expired');
  const account = session ? await accountOf(store, session.by.person) : undefined;
  return {
    link: state,
    organisation: member.organisation,
    name: member.name,
    email: invited.email,
    yours: account?.email === invited.email,
    byMail: needsMail(mail, invited),
  };
}

const nothingOf = (link: LinkState): Invitation => ({
  ...{ link, organisation: null, name: null, email: null, yours: false, byMail: false },
});

/**
 * Where mail can prove it, whoever chooses a password for an address shows that it is theirs: a link that was handed over
 * takes none, whether or not the address has an account, and so tells nothing of that.
 */
const needsMail = (mail: Mail | undefined, link: StoredLink): boolean => mail !== undefined && link.by_hand;

/**
 * Accepts an invitation. A membership is tied to a person only here, by somebody who holds the link and, where the
 * address has a password already, knows it: inviting an address gives nobody a hold on its account.
 */
export async function acceptInvitation(
  services: SignInServices,
  input: {
    readonly token: string;
    /** Without it, whoever is signed in with the address joins. */
    readonly password?: string | undefined;
    readonly session: SessionIdentity | null;
  },
  request: Requested,
): Promise<Started | { readonly ask: StepWire }> {
  const { store, attempts, mail } = services;
  const { hash, organisation, member, email, link } = await usable(store, input.token, request.at);
  await ensureMayEnter(store, { organisation, member }, request.at);
  const { password } = input;
  const to = { hash, organisation, member, email };
  if (password === undefined) return joinAs(services, input.session, to, request);
  if (needsMail(mail, link)) throw byMailAlone();
  const place = await placeOf(store, email, request);
  const known = await personByEmail(store, email);
  const on = { email, place, at: request.at };
  // The same work where nobody has the address yet.
  const matches = await tryPassword(attempts, on, password, known?.password_hash);
  if (known && !matches)
    throw new DomainError('unauthenticated', `This is not the password that ${email} signs in with here.`);
  attempts.accept(email, place);
  if (!known) {
    await ensurePassword(password, await aboutMember(store, { organisation, member, email }));
    return joinByPassword(store, to, { email, passwordHash: await hashPassword(password) }, request);
  }
  const factors = await factorsOf(store, known.id);
  if (!hasSecondFactor(factors.map(({ kind }) => kind))) return joinByPassword(store, to, known.id, request);
  return { ask: await askToJoin(services, to, known.id, factors, request.at) };
}

/**
 * Sends the link of an invitation that was handed over to its address, where nobody else reads it. The answer is the same
 * whoever has the address. The link in hand ends as the mail goes out.
 */
export async function mailInvitation(
  { store, attempts, mail }: SignInServices,
  token: string,
  request: Requested,
): Promise<void> {
  if (!mail) throw new DomainError('conflict', 'This server sends no mail. The link that you have is good.');
  const { organisation, member, email } = await usable(store, token, request.at);
  const place = await placeOf(store, email, request);
  const whom = `invitation of ${email}`;
  attempts.begin(whom, place, request.at);
  const actor = { type: 'rule', rule: 'invitation-mail' } as const;
  const ctx = { organisation, actor, at: request.at, because: null, request: request.id };
  await store.change(ctx, async (write) => {
    if ((await invitationMails(write)).get(member)?.state === 'sending') return;
    await askForInvitationMail(write, member);
  });
}

/** The invitation behind a secret that opens now. */
async function usable(
  store: Store,
  token: string,
  now: Date,
): Promise<Place & { readonly link: StoredLink }> {
  const hash = secretHash(token);
  const link = await linkOf(store, hash);
  if (link?.purpose !== 'invitation' || linkState(link, now) !== 'usable') throw spent();
  const { organisation, member, email } = link;
  if (!organisation || !member || !email) throw spent();
  return { hash, organisation, member, email, link };
}

const byMailAlone = (): DomainError =>
  new DomainError(
    'conflict',
    'Somebody else was handed this link, so it takes no password. Have it sent to your address, or sign in with that address first.',
  );
