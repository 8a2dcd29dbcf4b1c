import type { Actor } from '@throughline/domain/actor.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { newId } from '../../store/ids.ts';
import { findMember, setPerson } from '../../store/members.ts';
import { addPerson, personByEmail } from '../../store/people.ts';
import { newSecret, secretHash } from '../../store/secret.ts';
import { startSession } from '../../store/sessions.ts';
import { invitedMember, linkOf, useLink } from '../../store/sign-in-links.ts';
import type { Store } from '../../store/store.ts';
import type { Attempts } from './attempts.ts';
import type { Started } from './first-run.ts';
import { cookieEnd, sessionLimits } from './limits.ts';
import { type LinkState, linkState } from './link-state.ts';
import { hashPassword, passwordMatches } from './password.ts';
import type { Requested } from './sign-in.ts';

export type Invitation = {
  readonly link: LinkState;
  readonly organisation: string | null;
  readonly name: string | null;
  readonly email: string | null;
  /** The address has a password already: that one is asked for, not a new one. */
  readonly known: boolean;
};

/** What an invitation's link is worth, and whom it is for. */
export async function invitationState(store: Store, token: string, now: Date): Promise<Invitation> {
  const link = await linkOf(store, secretHash(token));
  const invited = link?.purpose === 'invitation' ? link : undefined;
  const state = linkState(invited, now);
  if (state !== 'usable' || !invited?.organisation || !invited.member || !invited.email)
    return { link: state, organisation: null, name: null, email: null, known: false };
  const member = await invitedMember(store, invited.organisation, invited.member);
  if (!member?.active) return { link: 'expired', organisation: null, name: null, email: null, known: false };
  const person = await personByEmail(store, invited.email);
  return {
    link: state,
    organisation: member.organisation,
    name: member.name,
    email: invited.email,
    known: Boolean(person?.password_hash),
  };
}

/**
 * Accepts an invitation. A membership is tied to a person only here, by somebody who holds the link and, where the
 * address has a password already, knows it: inviting an address gives nobody a hold on its account.
 */
export async function acceptInvitation(
  services: { store: Store; attempts: Attempts },
  input: { token: string; password: string },
  request: Requested,
): Promise<Started> {
  const { store, attempts } = services;
  const hash = secretHash(input.token);
  const link = await linkOf(store, hash);
  const invited = link?.purpose === 'invitation' ? link : undefined;
  if (
    linkState(invited, request.at) !== 'usable' ||
    !invited?.organisation ||
    !invited.member ||
    !invited.email
  )
    throw spent();
  const { organisation, member, email } = invited;
  attempts.ensureAllowed(email, request.ip, request.at);
  const known = await personByEmail(store, email);
  if (known && !(await passwordMatches(input.password, known.password_hash))) {
    attempts.refuse(email, request.ip, request.at);
    throw new DomainError(
      'unauthenticated',
      `This is not the password of ${email}, which has an account already.`,
    );
  }
  const passwordHash = known ? null : await hashPassword(input.password, email);
  const person = known?.id ?? newId();
  const secret = newSecret();
  const expiresAt = new Date(request.at.getTime() + sessionLimits.slideMs);
  const actor: Actor = { type: 'person', member, roles: [] };
  await store.change(
    { organisation, actor, at: request.at, because: null, request: request.id },
    async (write) => {
      if (!(await useLink(write, hash))) throw spent();
      const standing = await findMember(write, member);
      if (!standing?.active || standing.person !== null) throw spent();
      if (passwordHash) await addPerson(write, { id: person, email, passwordHash });
      await setPerson(write, member, person);
      await startSession(write, { id: newId(), hash: secret.hash, person, member, expiresAt });
    },
  );
  return { token: secret.text, cookieUntil: cookieEnd(request.at), organisation };
}

function spent(): DomainError {
  return new DomainError(
    'conflict',
    'This invitation was used, ran out or was taken back. Ask for a new one.',
  );
}
