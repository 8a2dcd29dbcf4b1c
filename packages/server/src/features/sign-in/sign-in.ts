import type { Actor } from '@throughline/domain/actor.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { knownRoles } from '@throughline/domain/permissions.ts';
import { newId } from '../../store/ids.ts';
import { type Membership, membershipsOf, personByEmail } from '../../store/people.ts';
import { newSecret } from '../../store/secret.ts';
import { endSessions, startSession } from '../../store/sessions.ts';
import type { Store } from '../../store/store.ts';
import type { Attempts } from './attempts.ts';
import type { Started } from './first-run.ts';
import type { SessionIdentity } from './identify.ts';
import { cookieEnd, sessionLimits } from './limits.ts';
import { passwordMatches } from './password.ts';

export type SignInInput = {
  readonly email: string;
  readonly password: string;
  /** Which of the person's organisations; without it the first by name that lets them in. */
  readonly organisation?: string | undefined;
};

export type Requested = { readonly at: Date; readonly id: string; readonly ip: string };

/**
 * Signs a person in by address and password. One answer for an unknown address, a wrong password and a member who
 * left, after the same work; refused attempts count by address and host, and stand in the log where the person is known.
 */
export async function signIn(
  services: { store: Store; attempts: Attempts },
  input: SignInInput,
  request: Requested,
  before: SessionIdentity | null,
): Promise<Started> {
  const { store, attempts } = services;
  attempts.ensureAllowed(input.email, request.ip, request.at);
  const person = await personByEmail(store, input.email);
  const matches = await passwordMatches(input.password, person?.password_hash);
  const memberships = person ? await membershipsOf(store, person.id) : [];
  const open = memberships.filter((one) => one.active);
  const chosen = input.organisation ? open.find((one) => one.organisation === input.organisation) : open[0];
  if (!matches || !person || !chosen) {
    attempts.refuse(input.email, request.ip, request.at);
    const known = chosen ?? memberships[0];
    if (person && known) await noteRefusal(store, person.id, known, request);
    throw new DomainError('unauthenticated', 'The address or the password is not right.');
  }
  attempts.accept(input.email, request.ip);
  return begin(store, person.id, chosen, request, before);
}

async function begin(
  store: Store,
  person: string,
  membership: Membership,
  request: Requested,
  before: SessionIdentity | null,
): Promise<Started> {
  const { organisation, member } = membership;
  const secret = newSecret();
  const expiresAt = new Date(request.at.getTime() + sessionLimits.slideMs);
  const actor: Actor = { type: 'person', member, roles: knownRoles(membership.roles) };
  await store.change(
    { organisation, actor, at: request.at, because: null, request: request.id },
    async (write) => {
      // Signing in again ends the session that the browser held: a token is never carried on.
      if (before?.organisation === organisation) await endSessions(write, { id: before.by.session });
      await startSession(write, { id: newId(), hash: secret.hash, person, member, expiresAt });
    },
  );
  return { token: secret.text, cookieUntil: cookieEnd(request.at), organisation };
}

async function noteRefusal(
  store: Store,
  person: string,
  membership: Membership,
  request: Requested,
): Promise<void> {
  const ctx = {
    organisation: membership.organisation,
    actor: { type: 'visitor' },
    at: request.at,
    because: null,
    request: request.id,
  } as const;
  await store.change(ctx, async (write) => {
    write.log({ act: 'session.refused', session: newId(), person });
  });
}

/** Ends the session in hand. */
export async function signOut(
  store: Store,
  session: SessionIdentity,
  request: { at: Date; id: string },
): Promise<void> {
  const { organisation, actor } = session;
  await store.change({ organisation, actor, at: request.at, because: null, request: request.id }, (write) =>
    endSessions(write, { id: session.by.session }),
  );
}
