import type { Actor } from '@throughline/domain/actor.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { hasSecondFactor } from '@throughline/domain/factors.ts';
import type { StepWire } from '@throughline/domain/wire-account.ts';
import type { Mail } from '../../mail.ts';
import type { Services } from '../../services.ts';
import { factorsOf } from '../../store/factors.ts';
import { newPersonId } from '../../store/ids.ts';
import { askForInvitationMail, invitationMails } from '../../store/invitation-mail.ts';
import { findMember, tieLogin } from '../../store/members.ts';
import { accountOf, addPerson, personByEmail } from '../../store/people.ts';
import { secretHash } from '../../store/secret.ts';
import { startSession } from '../../store/sessions.ts';
import { endHeldLinks, linkOf, memberNamed, type StoredLink, useLink } from '../../store/sign-in-links.ts';
import type { Store } from '../../store/store.ts';
import type { Write } from '../../store/write.ts';
import { newSession, type Requested, type Started } from './begin.ts';
import { aboutMember } from './guessing/about-member.ts';
import type { SessionIdentity } from './identify.ts';
import { type LinkState, linkState } from './link-state.ts';
import { ensureMayEnter } from './own-entrance.ts';
import { ensurePassword, hashPassword } from './password.ts';
import { placeOf } from './place.ts';
import type { SignInServices } from './prove-counted.ts';
import { askFactors } from './steps.ts';
import { ensureMayGoOn, switchOrganisation } from './switch.ts';
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
  if (password === undefined)
    return joinAs(services, input.session, { hash, organisation, member, email }, request);
  if (needsMail(mail, link)) throw byMailAlone();
  const place = await placeOf(store, email, request);
  const known = await personByEmail(store, email);
  const on = { email, place, at: request.at };
  // The same work where nobody has the address yet.
  const matches = await tryPassword(attempts, on, password, known?.password_hash);
  if (known && !matches)
    throw new DomainError('unauthenticated', `This is not the password that ${email} signs in with here.`);
  attempts.accept(email, place);
  if (!known) await ensurePassword(password, await aboutMember(store, { organisation, member, email }));
  const passwordHash = known ? null : await hashPassword(password);
  const person = known?.id ?? newPersonId();
  const factors = known ? await factorsOf(store, known.id) : [];
  const second = hasSecondFactor(factors.map(({ kind }) => kind));
  const { started, row } = newSession(organisation, { person, member }, request, ['password']);
  const actor: Actor = { type: 'person', member, roles: [] };
  await store.change(
    { organisation, actor, at: request.at, because: null, request: request.id },
    async (write) => {
      await takePlace(write, { hash, member, person, ...(passwordHash ? { email, passwordHash } : {}) });
      // The membership is theirs; the session waits for the second factor, as at every other door.
      if (!second) await startSession(write, row);
    },
  );
  if (!second) return started;
  return {
    ask: await askFactors(services, { person, organisation, member }, 'second-step', factors, request.at),
  };
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

type Place = {
  readonly hash: Buffer;
  readonly organisation: string;
  readonly member: string;
  readonly email: string;
};

/** Whoever is signed in with the address of an invitation joins as who they are, and goes on there. */
async function joinAs(
  { store }: SignInServices,
  session: SessionIdentity | null,
  { hash, organisation, member, email }: Place,
  request: Requested,
): Promise<Started> {
  if (!session) throw new DomainError('unauthenticated', 'Sign in first, or choose a password.');
  const { person } = session.by;
  if ((await accountOf(store, person))?.email !== email)
    throw new DomainError(
      'conflict',
      'This invitation is for another address than the one you signed in with.',
    );
  await ensureMayGoOn(store, session);
  const actor: Actor = { type: 'person', member, roles: [] };
  await store.change({ organisation, actor, at: request.at, because: null, request: request.id }, (write) =>
    takePlace(write, { hash, member, person }),
  );
  return switchOrganisation(store, session, organisation, request);
}

/** Uses the link up and ties the membership to the person, who is added where they are new. */
async function takePlace(
  write: Write,
  to: {
    readonly hash: Buffer;
    readonly member: string;
    readonly person: string;
    readonly email?: string;
    readonly passwordHash?: string;
  },
): Promise<void> {
  const { hash, member, person, email, passwordHash } = to;
  if (!(await useLink(write, hash))) throw spent();
  const standing = await findMember(write, member);
  if (!standing?.active || standing.person !== null) throw spent();
  if (email !== undefined && passwordHash !== undefined)
    await addPerson(write, { id: person, email, passwordHash });
  await tieLogin(write, member, person);
  await endHeldLinks(write, person);
}

const byMailAlone = (): DomainError =>
  new DomainError(
    'conflict',
    'Somebody else was handed this link, so it takes no password. Have it sent to your address, or sign in with that address first.',
  );

function spent(): DomainError {
  return new DomainError(
    'conflict',
    'This invitation was used, ran out or was taken back. Ask for a new one.',
  );
}
