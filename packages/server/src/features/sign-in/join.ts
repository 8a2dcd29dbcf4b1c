import type { Actor } from '@throughline/domain/actor.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import type { ProofMethod } from '@throughline/domain/factors.ts';
import type { StepWire } from '@throughline/domain/wire-account.ts';
import type { Context } from '../../store/context.ts';
import type { StoredFactor } from '../../store/factors.ts';
import { newId, newPersonId } from '../../store/ids.ts';
import { findMember, tieLogin } from '../../store/members.ts';
import { accountOf, addPerson } from '../../store/people.ts';
import { endSessions, startSession } from '../../store/sessions.ts';
import { endHeldLinks, useLink } from '../../store/sign-in-links.ts';
import { useStep } from '../../store/sign-in-steps.ts';
import type { Store } from '../../store/store.ts';
import type { Write } from '../../store/write.ts';
import { own } from './account.ts';
import { newSession, type Requested, type Started } from './begin.ts';
import type { SessionIdentity } from './identify.ts';
import { ensureMayEnter } from './own-entrance.ts';
import type { Shown } from './prove.ts';
import { proveAtDoor, type SignInServices } from './prove-counted.ts';
import { askFactors, type FoundStep, stepOver } from './steps.ts';
import { ensureMayGoOn, newSessionFrom } from './switch.ts';

// Each way to join ties the login and begins the session in one change: a log that had the one without the other, or
// later, would say that the person has an account elsewhere.

/** A membership that an invitation offers, and the hash of its link. */
export type Place = {
  readonly hash: Buffer;
  readonly organisation: string;
  readonly member: string;
  readonly email: string;
};

/** Joins by a password that was right, or as somebody new by the one that was chosen. */
export async function joinByPassword(
  store: Store,
  to: Place,
  who: string | { readonly email: string; readonly passwordHash: string },
  request: Requested,
): Promise<Started> {
  const person = typeof who === 'string' ? who : newPersonId();
  const { organisation, member } = to;
  const { started, row } = newSession(organisation, { person, member }, request, ['password']);
  await store.change(asMember(to, request), async (write) => {
    await takePlace(write, to, person, typeof who === 'string' ? null : who);
    await startSession(write, row);
  });
  return started;
}

/** Whoever is signed in with the address of an invitation joins as who they are, and goes on there. */
export async function joinAs(
  { store }: SignInServices,
  session: SessionIdentity | null,
  to: Place,
  request: Requested,
): Promise<Started> {
  if (!session) throw new DomainError('unauthenticated', 'Sign in first, or choose a password.');
  const { person } = session.by;
  if ((await accountOf(store, person))?.email !== to.email)
    throw new DomainError(
      'conflict',
      'This invitation is for another address than the one you signed in with.',
    );
  const ground = await ensureMayGoOn(store, session);
  const { member, organisation } = to;
  const { started, row } = newSessionFrom(ground, { person, member, organisation }, request);
  await store.change(asMember(to, request), async (write) => {
    await takePlace(write, to, person);
    await startSession(write, row);
  });
  await store.change({ ...own(session, request), request: newId() }, (write) =>
    endSessions(write, { id: session.by.session }),
  );
  return started;
}

const hashLength = 32;

/** Asks whoever joins by their password for the second factor that they have; until it is shown they do not belong. */
export function askToJoin(
  services: SignInServices,
  { hash, organisation, member }: Place,
  person: string,
  factors: readonly StoredFactor[],
  now: Date,
): Promise<StepWire> {
  const keep = (challenge: Buffer | null) => Buffer.concat([hash, challenge ?? Buffer.of()]);
  return askFactors(services, { person, organisation, member }, 'join-step', factors, now, { keep });
}

/** Joins by the second factor that was asked for. */
export async function joinByStep(
  services: SignInServices,
  shown: Shown,
  step: FoundStep,
  request: Requested,
): Promise<Started> {
  const { person, organisation, member, content } = step;
  if (!person || !organisation || !member || !content) throw stepOver();
  await ensureMayEnter(services.store, { organisation, member }, request.at);
  const [hash, challenge] = [content.subarray(0, hashLength), content.subarray(hashLength)];
  const who = { person, organisation, challenge: challenge.length > 0 ? challenge : null };
  const proven = await proveAtDoor(services, who, shown, request);
  const methods: ProofMethod[] = ['password', proven.method];
  const { started, row } = newSession(organisation, { person, member }, request, methods);
  const to = { hash, organisation, member };
  await services.store.change(asMember(to, request), async (write) => {
    if (!(await useStep(write, step.hash)) || !(await proven.keep(write))) throw stepOver();
    await takePlace(write, to, person);
    await startSession(write, row);
  });
  return started;
}

function asMember({ organisation, member }: Omit<Place, 'hash' | 'email'>, request: Requested): Context {
  const actor: Actor = { type: 'person', member, roles: [] };
  return { organisation, actor, at: request.at, because: null, request: request.id };
}

/** Uses the link up and ties the membership to the person, who is added where they are new. */
async function takePlace(
  write: Write,
  { hash, member }: Omit<Place, 'email'>,
  person: string,
  made: { readonly email: string; readonly passwordHash: string } | null = null,
): Promise<void> {
  if (!(await useLink(write, hash))) throw spent();
  const standing = await findMember(write, member);
  if (!standing?.active || standing.person !== null) throw spent();
  if (made) await addPerson(write, { id: person, ...made });
  await tieLogin(write, member, person);
  await endHeldLinks(write, person);
}

export function spent(): DomainError {
  return new DomainError(
    'conflict',
    'This invitation was used, ran out or was taken back. Ask for a new one.',
  );
}
