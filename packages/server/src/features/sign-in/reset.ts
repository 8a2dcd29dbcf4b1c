import { DomainError } from '@throughline/domain/errors.ts';
import { hasSecondFactor, type ProofMethod } from '@throughline/domain/factors.ts';
import { isObject } from '@throughline/domain/json.ts';
import { knownRoles } from '@throughline/domain/permissions.ts';
import type { StepWire } from '@throughline/domain/wire-account.ts';
import { mailReset, makeMailedReset } from '../../mailed-reset.ts';
import type { Services } from '../../services.ts';
import { factorsOf } from '../../store/factors.ts';
import { askForReset } from '../../store/job-queue.ts';
import {
  holdLeadsElsewhere,
  leadsElsewhere,
  type Membership,
  membershipsOf,
  personByEmail,
  setPassword,
} from '../../store/people.ts';
import { addReset, openedAccounts, useReset, vouchFor } from '../../store/resets.ts';
import { secretHash } from '../../store/secret.ts';
import { endSessions, startSession } from '../../store/sessions.ts';
import {
  endResetLinks,
  linkOf,
  openResetLinks,
  type StoredLink,
  useLink,
} from '../../store/sign-in-links.ts';
import { useStep } from '../../store/sign-in-steps.ts';
import type { Store } from '../../store/store.ts';
import { endElsewhere, inside } from './account.ts';
import type { Attempts } from './attempts.ts';
import { newSession, type Requested, type Started } from './begin.ts';
import { aboutMember } from './guessing/about-member.ts';
import { type LinkState, linkState } from './link-state.ts';
import { chosenMembership, openMemberships } from './memberships.ts';
import { ensureMayEnter, enterableAmong } from './own-entrance.ts';
import { ensurePassword, hashPassword } from './password.ts';
import { placeOf } from './place.ts';
import type { Proven, Shown } from './prove.ts';
import { proveAtDoor, type SignInServices } from './prove-counted.ts';
import { askFactors, findStep, stepOver } from './steps.ts';

/**
 * Takes the wish for a link to a new password. Whether anybody has the address is looked up later, by whoever works the
 * queue: the answer and the time to give it are the same. Wishes count by address and place as refusals do, so nobody is
 * flooded from one place, and nobody elsewhere has to wait. Throws `conflict` where this server sends no mail.
 */
export async function askReset(
  { store, mail, attempts }: Services & { readonly attempts: Attempts },
  email: string,
  request: Requested,
): Promise<void> {
  if (!mail)
    throw new DomainError(
      'conflict',
      'This server sends no mail. An administrator of your organisation makes a link for you under People.',
    );
  const place = await placeOf(store, email, request);
  const whom = `password of ${email.toLowerCase()}`;
  attempts.begin(whom, place, request.at);
  await askForReset(store, email);
}

/** So many open at once: whoever asks again and again for somebody fills no mailbox, and what is in it works. */
const mostOpen = 3;

/**
 * Answers a wish for a link to a new password, out of sight of whoever asked: a mail goes to the address where a person
 * has it, with a password of their own and an organisation that lets them in by it. Anybody may wish it for anybody, so
 * every organisation that does is told of it alike: told to one alone, the others would learn that there is one. It is no
 * job of an organisation for the same reason. Throws where the mail does not leave; the queue then tries again.
 */
export async function resetAsked(services: Services, payload: unknown): Promise<void> {
  if (!isObject(payload) || typeof payload.address !== 'string')
    throw new TypeError('A wish for a new password names an address');
  const { store, clock } = services;
  const known = await personByEmail(store, payload.address);
  if (!known?.password_hash) return;
  const person = known.id;
  const at = clock();
  const open = openMemberships(await membershipsOf(store, person), at);
  const [chosen, ...others] = await enterableAmong(store, open, at);
  if (!chosen) return;
  const ctxIn = ({ organisation }: Membership) => ({
    organisation,
    actor: byWish,
    at,
    because: null,
    request: null,
  });
  const made = await store.change(ctxIn(chosen), async (write) =>
    (await openResetLinks(write, person)) < mostOpen ? makeMailedReset(write, chosen.member) : undefined,
  );
  if (!made) return;
  const { expiresAt } = made;
  for (const one of others)
    await store.change(ctxIn(one), async (write) => {
      await addReset(write, { member: one.member, kind: 'password', expiresAt });
    });
  await mailReset(services, ctxIn(chosen), made);
}

const byWish = { type: 'rule', rule: 'password-reset' } as const;

export type ResetState = {
  readonly link: LinkState;
  readonly organisation: string | null;
  readonly email: string | null;
  readonly secondFactor: boolean;
};

/** What a link to a new password is worth, and whose it sets. Asking uses nothing up: mail scanners open links too. */
export async function resetState(store: Store, token: string, now: Date): Promise<ResetState> {
  const link = await linkOf(store, secretHash(token));
  const found = await usable(store, link, now);
  if (!found) {
    const state = linkState(link?.purpose === 'password-reset' ? link : undefined, now);
    return {
      link: state === 'usable' ? 'expired' : state,
      organisation: null,
      email: null,
      secondFactor: false,
    };
  }
  const factors = await factorsOf(store, found.person);
  const secondFactor = hasSecondFactor(factors.map(({ kind }) => kind));
  return { link: 'usable', organisation: found.membership.name, email: found.email, secondFactor };
}

export type ResetInput = { readonly token: string; readonly password: string } & Shown & {
    /** Of the second step, where one was asked for. */
    readonly step?: string | undefined;
  };

/**
 * Sets a new password by a link, ends every session of the person, and lets them in. Whoever has a second factor shows
 * it first: a mailbox is not enough where the password was not. Until then the link stays unused.
 */
export async function useResetLink(
  services: SignInServices,
  input: ResetInput,
  request: Requested,
): Promise<Started | { readonly ask: StepWire }> {
  const { store } = services;
  const hash = secretHash(input.token);
  const found = await usable(store, await linkOf(store, hash), request.at);
  if (!found) throw spent();
  const { person, email, membership, reset } = found;
  const { organisation, member } = membership;
  // A link to a new password lets in, and so does nothing where a password lets nobody in.
  await ensureMayEnter(store, { organisation, member }, request.at);
  await ensurePassword(input.password, await aboutMember(store, { organisation, member, email }));
  const factors = await factorsOf(store, person);
  const second = hasSecondFactor(factors.map(({ kind }) => kind));
  if (second && input.step === undefined)
    return {
      ask: await askFactors(services, { person, organisation, member }, 'reset', factors, request.at),
    };
  const shown = second ? await showSecond(services, found, input, request) : null;
  const passwordHash = await hashPassword(input.password);
  const methods: ProofMethod[] = ['password', ...(shown ? [shown.proven.method] : [])];
  const { started, row } = newSession(organisation, { person, member }, request, methods);
  const actor = { type: 'person', member, roles: knownRoles(membership.roles) } as const;
  const ctx = { organisation, actor, at: request.at, because: null, request: request.id };
  await store.change(ctx, async (write) => {
    if (!(await useLink(write, hash)) || !(await useReset(write, reset))) throw spent();
    if (found.byHand && (await holdLeadsElsewhere(write, person))) throw spent();
    if (shown && !((await useStep(write, shown.step)) && (await shown.proven.keep(write)))) throw stepOver();
    // A second factor, or a link in their own mailbox, is nothing that an administrator held.
    if (shown && found.byHand) await vouchFor(write, member, null, (one) => one === reset);
    if (!found.byHand) await vouchFor(write, member, null);
    await setPassword(write, { person, member }, passwordHash);
    // Whoever knew the old one is out, and no other link waits in a mailbox.
    await endSessions(write, { person });
    await endResetLinks(write, person);
    await startSession(write, row);
  });
  const memberships = await membershipsOf(store, person);
  await endElsewhere(store, organisation, memberships, request, { person });
  if (!found.byHand) await vouchElsewhere(store, organisation, memberships, request);
  return started;
}

/** The same proof counts wherever an administrator opened the account. */
async function vouchElsewhere(
  store: Store,
  here: string,
  memberships: readonly Membership[],
  request: Requested,
): Promise<void> {
  for (const membership of memberships.filter((one) => one.organisation !== here)) {
    const { organisation, member } = membership;
    const open = await store.readWhole(organisation, (reader) => openedAccounts(reader, member));
    if (open.length === 0) continue;
    await store.change(
      inside(membership, request),
      async (write) => void (await vouchFor(write, member, null)),
    );
  }
}

async function showSecond(
  services: SignInServices,
  { person, membership }: Usable,
  input: ResetInput,
  request: Requested,
): Promise<{ readonly proven: Proven; readonly step: Buffer }> {
  const step = await findStep(services.store, input.step ?? '', ['reset'], request.at);
  if (step.person !== person) throw stepOver();
  const { organisation } = membership;
  const who = { person, organisation, challenge: step.content };
  const proven = await proveAtDoor(services, who, input, request);
  return { proven, step: step.hash };
}

type Usable = {
  readonly person: string;
  readonly email: string;
  readonly reset: string;
  /** Somebody else may hold it. */
  readonly byHand: boolean;
  readonly membership: Membership;
};

/** A link that opens now, of somebody whom the organisation behind it still lets in. */
async function usable(store: Store, link: StoredLink | undefined, now: Date): Promise<Usable | undefined> {
  if (link?.purpose !== 'password-reset' || linkState(link, now) !== 'usable') return undefined;
  const { person, email, reset, organisation, by_hand: byHand } = link;
  if (!person || !email || !reset || !organisation) return undefined;
  // It was made for an account that led here alone; by what has become of it since, its holder would enter elsewhere.
  if (byHand && (await leadsElsewhere(store, person, organisation))) return undefined;
  const membership = chosenMembership(await membershipsOf(store, person), now, organisation);
  return membership && { person, email, reset, byHand, membership };
}

function spent(): DomainError {
  return new DomainError('conflict', 'This link was used, ran out or was taken back. Ask for a new one.');
}
