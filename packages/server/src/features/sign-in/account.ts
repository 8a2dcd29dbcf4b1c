import { DomainError, notFound } from '@throughline/domain/errors.ts';
import { hasSecondFactor, type StepUpRule } from '@throughline/domain/factors.ts';
import { knownRoles } from '@throughline/domain/permissions.ts';
import type { Context } from '../../store/context.ts';
import { factorsOf, type StoredFactor } from '../../store/factors.ts';
import { newId } from '../../store/ids.ts';
import { organisationSettings } from '../../store/organisations.ts';
import { type OutsideIdentity, outsideIdentities } from '../../store/outside-identities.ts';
import {
  type AccountRow,
  accountOf,
  type Membership,
  membershipsOf,
  setPassword,
} from '../../store/people.ts';
import { providerOf } from '../../store/providers.ts';
import { memberNames } from '../../store/records.ts';
import { resetsOf, type StoredReset } from '../../store/resets.ts';
import { endSessions, type OpenSession, openSessions, type WhichSessions } from '../../store/sessions.ts';
import { endResetLinks } from '../../store/sign-in-links.ts';
import type { Store } from '../../store/store.ts';
import type { Attempts } from './attempts.ts';
import type { Requested } from './begin.ts';
import { aboutMember } from './guessing/about-member.ts';
import type { SessionIdentity } from './identify.ts';
import { cookieEnd, sessionLimits } from './limits.ts';
import { vouchedAlone, within } from './own-entrance.ts';
import { ensurePassword, hashPassword } from './password.ts';
import { placeOf } from './place.ts';
import { ensureProved } from './presence.ts';
import { tryPassword } from './try-password.ts';

export type OwnSession = OpenSession & {
  readonly organisation: { readonly id: string; readonly name: string };
};

/** All that a person may know of how they sign in. */
export type Account = {
  readonly row: Pick<AccountRow, 'email' | 'password_at'>;
  readonly factors: readonly StoredFactor[];
  /** False where a provider alone vouches for whoever asks: of password, factors and what was shown nothing is told. */
  readonly own: boolean;
  /** As whom they ask. */
  readonly member: string;
  readonly stepUp: StepUpRule;
  /** When the organisation at hand demands a second factor of this person; `null` where it does not. */
  readonly factorDue: Date | null;
  readonly resets: readonly OwnReset[];
  readonly sessions: readonly OwnSession[];
  /** Accounts at the organisation's provider that are linked to them, and what its button says where one can be. */
  readonly outside: readonly OutsideIdentity[];
  readonly provider: string | null;
};

/** What somebody else reset of how this person signs in, with the name of who did; `null` where it was asked for at the door. */
export type OwnReset = StoredReset & {
  readonly byName: string | null;
  readonly organisation: { readonly id: string; readonly name: string };
};

export async function readAccount(store: Store, session: SessionIdentity, now: Date): Promise<Account> {
  const { person, member: me } = session.by;
  const own = !vouchedAlone(session);
  const { email, password_at } = await ensureAccount(store, person);
  const row = { email, password_at: own ? password_at : null };
  const { stepUp } = await store.readWhole(session.organisation, organisationSettings);
  const sessions: OwnSession[] = [];
  const resets: OwnReset[] = [];
  for (const { organisation: id, name, member } of within(await membershipsOf(store, person), session)) {
    resets.push(...(await resetsIn(store, { id, name }, member)));
    const open = await store.readWhole(id, (reader) => openSessions(reader, { person }, now));
    const shown = own ? open : open.map((one) => (one.id === session.by.session ? one : untold(one)));
    sessions.push(...shown.map((one) => ({ ...one, organisation: { id, name } })));
  }
  const { outside, provider } = await store.readWhole(session.organisation, async (reader) => {
    const { settings } = (await providerOf(reader)) ?? {};
    const identities = await outsideIdentities(reader, session.by.member);
    return {
      outside: identities.filter(({ kind }) => kind === 'openid'),
      provider: settings?.offered ? settings.text : null,
    };
  });
  resets.sort((one, other) => other.at.getTime() - one.at.getTime());
  const { factorDue } = session.by;
  const factors = own ? await factorsOf(store, person) : [];
  return { row, factors, own, member: me, stepUp, factorDue, resets, sessions, outside, provider };
}

/** A session without what was shown, nor the end that it has by a sign-in elsewhere. */
function untold(one: OpenSession): OpenSession {
  const { slideMs } = sessionLimits;
  const [slides, most] = [one.seen_at.getTime() + slideMs, cookieEnd(one.created_at).getTime()];
  return { ...one, methods: [], expires_at: new Date(Math.min(slides, most)) };
}

async function resetsIn(
  store: Store,
  organisation: OwnReset['organisation'],
  member: string,
): Promise<OwnReset[]> {
  return store.readWhole(organisation.id, async (reader) => {
    const resets = await resetsOf(reader, member);
    const people = resets.flatMap(({ by }) => (by.type === 'person' ? [by.id] : []));
    const names = await memberNames(reader, people);
    return resets.map((reset) => ({ ...reset, organisation, byName: names.get(reset.by.id) ?? null }));
  });
}

export async function ensureAccount(store: Store, person: string): Promise<AccountRow> {
  const row = await accountOf(store, person);
  if (!row) throw new Error(`Person ${person} has a session and is not there`);
  return row;
}

/**
 * Changes the password of whoever knows the one that stands, and ends every other session of theirs, in every
 * organisation: whoever knew the old one is out. Guesses at it count as they do at the door.
 */
export async function changePassword(
  services: { readonly store: Store; readonly attempts: Attempts },
  session: SessionIdentity,
  input: { readonly current: string; readonly next: string },
  request: Requested,
): Promise<void> {
  const { store, attempts } = services;
  const { person } = session.by;
  const factors = await factorsOf(store, person);
  // Also of whom a provider alone vouches for, whatever they have: what is asked of them would tell of it.
  if (vouchedAlone(session) || hasSecondFactor(factors.map(({ kind }) => kind)))
    await ensureProved(store, session, request.at);
  const { email, password_hash: kept } = await ensureAccount(store, person);
  const place = await placeOf(store, email, request);
  const on = { email, place, at: request.at };
  if (!(await tryPassword(attempts, on, input.current, kept)))
    throw refusedAt('current', 'This is not your password.');
  attempts.accept(email, place);
  const { organisation, by } = session;
  const about = await aboutMember(store, { organisation, member: by.member, email });
  await ensurePassword(input.next, about, 'next');
  const hash = await hashPassword(input.next);
  await store.change(own(session, request), async (write) => {
    await setPassword(write, session.by, hash);
    await endSessions(write, { person, except: session.by.session });
    // A link to a new password was for one that is no longer: whoever holds it gets nothing by it.
    await endResetLinks(write, person);
  });
  const theirs = within(await membershipsOf(store, person), session);
  await endElsewhere(store, session.organisation, theirs, request, { person });
}

export function refusedAt(at: string, message: string): DomainError {
  return new DomainError('unprocessable', message, [{ at, message }]);
}

/** Ends one of a person's own sessions, wherever it is. Throws `not-found` for any other. */
export async function endOwnSession(
  store: Store,
  session: SessionIdentity,
  id: string,
  request: Requested,
): Promise<void> {
  const { person } = session.by;
  for (const membership of within(await membershipsOf(store, person), session)) {
    const here = membership.organisation === session.organisation;
    const ended = await store.change(here ? own(session, request) : inside(membership, request), (write) =>
      endSessions(write, { person, id }),
    );
    if (ended > 0) return;
  }
  throw notFound();
}

/** Ends every session of a person but the one that asks. */
export async function endOtherSessions(
  store: Store,
  session: SessionIdentity,
  request: Requested,
): Promise<void> {
  const { person } = session.by;
  await store.change(own(session, request), (write) =>
    endSessions(write, { person, except: session.by.session }),
  );
  const theirs = within(await membershipsOf(store, person), session);
  await endElsewhere(store, session.organisation, theirs, request, { person });
}

/** In every other organisation of the person: each has its own log, and so its own change. */
export async function endElsewhere(
  store: Store,
  organisation: string,
  memberships: readonly Membership[],
  request: Requested,
  which: WhichSessions,
): Promise<void> {
  for (const membership of memberships) {
    if (membership.organisation === organisation) continue;
    await store.change(inside(membership, request), (write) => endSessions(write, which));
  }
}

/** What a change of one's own account runs under. */
export function own(session: SessionIdentity, request: Requested): Context {
  const { organisation, actor } = session;
  return { organisation, actor, at: request.at, because: null, request: request.id };
}

/**
 * What a change in another organisation of the same person runs under: the entries there have an id of their own for the
 * request, as one that stands in both logs would join them.
 */
export function inside({ organisation, member, roles }: Membership, request: Requested): Context {
  const actor = { type: 'person', member, roles: knownRoles(roles) } as const;
  return { organisation, actor, at: request.at, because: null, request: newId() };
}
