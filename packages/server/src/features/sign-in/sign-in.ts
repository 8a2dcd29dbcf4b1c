import type { Actor } from '@throughline/domain/actor.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { hasSecondFactor, type ProofMethod } from '@throughline/domain/factors.ts';
import { knownRoles } from '@throughline/domain/permissions.ts';
import type { StepWire } from '@throughline/domain/wire-account.ts';
import { factorsOf } from '../../store/factors.ts';
import { type Membership, membershipsOf, personByEmail } from '../../store/people.ts';
import { endSessions, startSession } from '../../store/sessions.ts';
import { useStep } from '../../store/sign-in-steps.ts';
import type { Store } from '../../store/store.ts';
import { newSession, type Requested, type Started } from './begin.ts';
import type { SessionIdentity } from './identify.ts';
import { joinByStep } from './join.ts';
import { chosenMembership, openMemberships } from './memberships.ts';
import { enterable } from './own-entrance.ts';
import { placeOf } from './place.ts';
import { type FactorServices, type Proven, provePasskey, type Shown, verificationOf } from './prove.ts';
import { proveAtDoor, type SignInServices } from './prove-counted.ts';
import { openPending, type Pending, settle } from './provider/pending.ts';
import { noteRefusal, toldOfRefusal } from './refused.ts';
import { askFactors, beginStep, findStep, stepOver } from './steps.ts';
import { tryPassword } from './try-password.ts';
import { ensureParty, requestOptions } from './webauthn.ts';

export type SignInInput = {
  readonly email: string;
  readonly password: string;
  /** Which of the person's organisations; without it the first by name that lets them in. */
  readonly organisation?: string | undefined;
};

/** The id of no person (RFC 9562 §5.9). */
const nobody = '00000000-0000-0000-0000-000000000000';

/**
 * Signs a person in by address and password, or answers the second step where they have a second factor. One answer for
 * an unknown address, a wrong password and a member who left, after the same work and the same statements; refused
 * attempts count by address and place, and stand in the log where the person is known, written once the answer has left.
 */
export async function signIn(
  services: SignInServices,
  input: SignInInput,
  request: Requested,
  before: SessionIdentity | null,
): Promise<Started | { readonly ask: StepWire }> {
  const { store, attempts } = services;
  const place = await placeOf(store, input.email, request);
  const person = await personByEmail(store, input.email);
  const on = { email: input.email, place, at: request.at };
  const matches = await tryPassword(attempts, on, input.password, person?.password_hash);
  // Nobody's are asked for too, so that an address that is known costs no statement more.
  const memberships = await membershipsOf(store, person?.id ?? nobody);
  const chosen = chosenMembership(memberships, request.at, input.organisation);
  if (!matches || !person || !chosen) {
    const told = toldOfRefusal(memberships, request.at, input.organisation);
    request.afterwards(async () => {
      for (const one of told) await noteRefusal(store, one, request);
    });
    throw new DomainError('unauthenticated', 'The address or the password is not right.');
  }
  attempts.accept(input.email, place);
  const wanted = input.organisation ? [chosen] : openMemberships(memberships, request.at);
  const entered = await enterable(store, wanted, request.at);
  const factors = await factorsOf(store, person.id);
  if (!hasSecondFactor(factors.map(({ kind }) => kind)))
    return begin(store, person.id, entered, { request, before, methods: ['password'] });
  const { organisation, member } = entered;
  const who = { person: person.id, organisation, member };
  return { ask: await askFactors(services, who, 'second-step', factors, request.at) };
}

/** Begins a sign-in by passkey alone: nobody is named, so the answer is the same for everybody. */
export async function askPasskey({ store, config }: FactorServices, now: Date): Promise<StepWire> {
  const passkey = await requestOptions(ensureParty(config.publicUrl), [], verificationOf(true));
  const content = Buffer.from(passkey.challenge, 'utf8');
  const begun = await beginStep(store, { purpose: 'passkey', content }, now);
  return { ...begun, methods: ['passkey'], passkey };
}

/**
 * Takes the second step of a sign-in, or the only one of a sign-in by passkey. Refusals count by person and place, so a
 * known password gives nobody more than a few guesses at codes.
 */
export async function takeStep(
  services: SignInServices,
  input: { readonly step: string; readonly organisation?: string | undefined } & Shown,
  request: Requested,
  before: SessionIdentity | null,
): Promise<Started> {
  const step = await findStep(
    services.store,
    input.step,
    ['second-step', 'provider-step', 'join-step', 'passkey'],
    request.at,
  );
  if (step.purpose === 'passkey') return byPasskey(services, input, step, request, before);
  if (step.purpose === 'join-step') return joinByStep(services, input, step, request);
  const { person, organisation } = step;
  if (!person || !organisation) throw stepOver();
  const pending =
    step.purpose === 'provider-step' ? openPending(services.secrets, organisation, step.content) : null;
  const challenge = pending ? pending.challenge : step.content;
  const proven = await proveAtDoor(services, { person, organisation, challenge }, input, request);
  const chosen = chosenMembership(await membershipsOf(services.store, person), request.at, organisation);
  if (!chosen) throw stepOver();
  const methods = [pending ? 'provider' : 'password', proven.method] as const;
  return begin(services.store, person, chosen, {
    request,
    before,
    methods,
    proven,
    step: step.hash,
    pending,
  });
}

async function byPasskey(
  { store, config }: SignInServices,
  input: { readonly organisation?: string | undefined } & Shown,
  step: { readonly hash: Buffer; readonly content: Buffer | null },
  request: Requested,
  before: SessionIdentity | null,
): Promise<Started> {
  const challenge = step.content?.toString('utf8');
  const party = ensureParty(config.publicUrl);
  const proven =
    input.passkey && challenge !== undefined
      ? await provePasskey(store, party, { given: input.passkey, challenge, person: null, alone: true })
      : null;
  const memberships = proven ? await membershipsOf(store, proven.person) : [];
  const chosen = chosenMembership(memberships, request.at, input.organisation);
  if (!proven || !chosen) {
    const told = toldOfRefusal(memberships, request.at, input.organisation);
    for (const one of told) await noteRefusal(store, one, request);
    throw new DomainError('unauthenticated', 'This passkey opens nothing here.');
  }
  const wanted = input.organisation ? [chosen] : openMemberships(memberships, request.at);
  return begin(store, proven.person, await enterable(store, wanted, request.at), {
    ...{ request, before, methods: ['passkey'] as const, proven, step: step.hash },
  });
}

type Beginning = {
  readonly request: Requested;
  readonly before: SessionIdentity | null;
  readonly methods: readonly ProofMethod[];
  readonly proven?: Proven;
  readonly step?: Buffer;
  /** What a provider vouched for, and waited for this. */
  readonly pending?: Pending | null;
};

async function begin(
  store: Store,
  person: string,
  membership: Membership,
  { request, before, methods, proven, step, pending }: Beginning,
): Promise<Started> {
  const { organisation, member } = membership;
  const { started, row } = newSession(organisation, { person, member }, request, methods);
  const actor: Actor = { type: 'person', member, roles: knownRoles(membership.roles) };
  await store.change(
    { organisation, actor, at: request.at, because: null, request: request.id },
    async (write) => {
      if (step && !(await useStep(write, step))) throw stepOver();
      if (proven && !(await proven.keep(write))) throw stepOver();
      if (pending) await settle(write, pending, member);
      // Signing in again ends the session that the browser held: a token is never carried on.
      if (before?.organisation === organisation) await endSessions(write, { id: before.by.session });
      await startSession(write, row);
    },
  );
  return started;
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
