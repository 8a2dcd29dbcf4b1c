import type { Actor } from '@throughline/domain/actor.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { hasSecondFactor } from '@throughline/domain/factors.ts';
import type { StepWire } from '@throughline/domain/wire-account.ts';
import { factorsOf } from '../../store/factors.ts';
import { newId } from '../../store/ids.ts';
import { findMember, setPerson } from '../../store/members.ts';
import { addPerson, personByEmail } from '../../store/people.ts';
import { secretHash } from '../../store/secret.ts';
import { startSession } from '../../store/sessions.ts';
import { invitedMember, linkOf, useLink } from '../../store/sign-in-links.ts';
import type { Store } from '../../store/store.ts';
import { newSession, type Requested, type Started } from './begin.ts';
import { type LinkState, linkState } from './link-state.ts';
import { hashPassword, passwordMatches } from './password.ts';
import { placeOf } from './place.ts';
import type { SignInServices } from './sign-in.ts';
import { askFactors } from './steps.ts';

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
  services: SignInServices,
  input: { token: string; password: string },
  request: Requested,
): Promise<Started | { readonly ask: StepWire }> {
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
  const place = await placeOf(store, email, request);
  attempts.ensureAllowed(email, place, request.at);
  const known = await personByEmail(store, email);
  if (known && !(await passwordMatches(input.password, known.password_hash))) {
    attempts.refuse(email, place, request.at);
    throw new DomainError(
      'unauthenticated',
      `This is not the password of ${email}, which has an account already.`,
    );
  }
  const passwordHash = known ? null : await hashPassword(input.password, email);
  const person = known?.id ?? newId();
  const factors = known ? await factorsOf(store, known.id) : [];
  const second = hasSecondFactor(factors.map(({ kind }) => kind));
  const { started, row } = newSession(organisation, { person, member }, request, ['password']);
  const actor: Actor = { type: 'person', member, roles: [] };
  await store.change(
    { organisation, actor, at: request.at, because: null, request: request.id },
    async (write) => {
      if (!(await useLink(write, hash))) throw spent();
      const standing = await findMember(write, member);
      if (!standing?.active || standing.person !== null) throw spent();
      if (passwordHash) await addPerson(write, { id: person, email, passwordHash });
      await setPerson(write, member, person);
      // The membership is theirs; the session waits for the second factor, as at every other door.
      if (!second) await startSession(write, row);
    },
  );
  if (!second) return started;
  return {
    ask: await askFactors(services, { person, organisation, member }, 'second-step', factors, request.at),
  };
}

function spent(): DomainError {
  return new DomainError(
    'conflict',
    'This invitation was used, ran out or was taken back. Ask for a new one.',
  );
}
