import type { Actor } from '@throughline/domain/actor.ts';
import { DomainError, notFound } from '@throughline/domain/errors.ts';
import { knownRoles } from '@throughline/domain/permissions.ts';
import { newId } from '../../store/ids.ts';
import { membershipsOf } from '../../store/people.ts';
import {
  endSessions,
  groundOf,
  type NewSession,
  type SessionGround,
  startSession,
} from '../../store/sessions.ts';
import type { Store } from '../../store/store.ts';
import { own } from './account.ts';
import { newSession, type Requested, type Started } from './begin.ts';
import type { SessionIdentity } from './identify.ts';
import { cookieEnd, sessionLimits } from './limits.ts';
import { chosenMembership } from './memberships.ts';
import { ensureMayEnter } from './own-entrance.ts';

/**
 * Goes on in another organisation of the same person: the session here ends, and one there begins. Nothing was shown, so
 * neither the last proof nor the end of the sign-in moves on. An organisation that the person does not belong to, one that
 * is archived and one that is not there are told alike.
 */
export async function switchOrganisation(
  store: Store,
  session: SessionIdentity,
  organisation: string,
  request: Requested,
): Promise<Started> {
  const { person } = session.by;
  // Before it is looked at where they belong: whoever may not go on is told nothing of that.
  const ground = await ensureMayGoOn(store, session);
  const chosen = chosenMembership(await membershipsOf(store, person), request.at, organisation);
  if (!chosen || organisation === session.organisation) throw notFound();
  await ensureMayEnter(store, chosen, request.at);
  // Under an id of its own: one that stands in both logs would join them.
  await store.change({ ...own(session, request), request: newId() }, async (write) => {
    if ((await endSessions(write, { id: session.by.session })) === 0) throw ended();
  });
  return goOn(store, { person, member: chosen.member, roles: chosen.roles, organisation }, ground, request);
}

type There = { readonly person: string; readonly member: string; readonly organisation: string };

async function goOn(
  store: Store,
  to: There & { readonly roles: readonly string[] },
  ground: SessionGround,
  request: Requested,
): Promise<Started> {
  const { member, organisation } = to;
  const { started, row } = newSessionFrom(ground, to, request);
  const actor: Actor = { type: 'person', member, roles: knownRoles(to.roles) };
  await store.change({ organisation, actor, at: request.at, because: null, request: request.id }, (write) =>
    startSession(write, row),
  );
  return started;
}

/** A session that goes on from one elsewhere: it ends, and its cookie, when that sign-in would have. */
export function newSessionFrom(
  ground: SessionGround,
  { person, member, organisation }: There,
  request: Requested,
): { readonly started: Started; readonly row: NewSession } {
  const { started, row } = newSession(organisation, { person, member }, request, ground.methods);
  const latest = new Date(ground.signedInAt.getTime() + sessionLimits.mostMs);
  const expiresAt = row.expiresAt < latest ? row.expiresAt : latest;
  return {
    started: { ...started, cookieUntil: cookieEnd(ground.signedInAt) },
    row: { ...row, expiresAt, continues: ground },
  };
}

/**
 * What a session elsewhere goes on from. What one organisation says of a person opens no other: it could say it of anybody.
 * A second factor shown after that word is one factor, and stands in for no password.
 */
export async function ensureMayGoOn(store: Store, session: SessionIdentity): Promise<SessionGround> {
  const ground = await store.readWhole(session.organisation, (reader) =>
    groundOf(reader, session.by.session),
  );
  if (!ground) throw ended();
  if (ground.ownProof && !ground.methods.includes('provider')) return ground;
  throw new DomainError(
    'forbidden',
    'You came in on the word of this organisation. Sign out, and sign in to the other one there.',
  );
}

function ended(): DomainError {
  return new DomainError('unauthenticated', 'This session has ended. Sign in again.');
}
