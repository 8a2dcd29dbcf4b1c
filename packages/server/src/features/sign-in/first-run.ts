import { DomainError } from '@throughline/domain/errors.ts';
import { newId, newPersonId } from '../../store/ids.ts';
import { addMember } from '../../store/members.ts';
import { addOrganisation } from '../../store/organisations.ts';
import { addPerson } from '../../store/people.ts';
import { newSecret, secretHash } from '../../store/secret.ts';
import { startSession } from '../../store/sessions.ts';
import { linkOf, organisationExists, replaceFirstLink, useLink } from '../../store/sign-in-links.ts';
import type { Store } from '../../store/store.ts';
import { ensureTimeZone } from '../../time-zone.ts';
import { newSession, type Requested, type Started } from './begin.ts';
import { linkLifeMs } from './limits.ts';
import { type LinkState, linkState } from './link-state.ts';
import { ensurePassword, hashPassword } from './password.ts';

/**
 * While no organisation exists: a new one-time secret that makes its holder the first administrator, valid for 24
 * hours; earlier ones end. `null` once an organisation is there. The caller prints it; it is kept as a hash alone.
 */
export async function signInLink(store: Store, now: Date = new Date()): Promise<string | null> {
  if (await organisationExists(store)) return null;
  const secret = newSecret();
  await replaceFirstLink(store, {
    hash: secret.hash,
    at: now,
    expiresAt: new Date(now.getTime() + linkLifeMs),
  });
  return secret.text;
}

/** Whether an administrator is missing, and what the link in hand is worth. */
export async function setupState(
  store: Store,
  token: string | undefined,
  now: Date,
): Promise<{ needed: boolean; link: LinkState | null }> {
  const needed = !(await organisationExists(store));
  if (token === undefined) return { needed, link: null };
  const link = await linkOf(store, secretHash(token));
  return { needed, link: linkState(link?.purpose === 'first-administrator' ? link : undefined, now) };
}

export type SetupInput = {
  readonly token: string;
  readonly organisation: { readonly name: string; readonly timeZone: string };
  readonly person: { readonly name: string; readonly email: string; readonly password: string };
};

/** Makes the organisation, its first administrator and their session in one change, and uses the link up. */
export async function setUp(store: Store, input: SetupInput, request: Requested): Promise<Started> {
  const hash = secretHash(input.token);
  ensureUsable(await linkOf(store, hash), request.at);
  const timeZone = ensureTimeZone(input.organisation.timeZone, 'organisation.timeZone');
  const { name, email, password } = input.person;
  await ensurePassword(password, { email, names: [name, input.organisation.name] });
  const passwordHash = await hashPassword(password);
  const [organisation, person, member] = [newId(), newPersonId(), newId()];
  const roles = ['admin', 'aims-manager'] as const;
  const { started, row } = newSession(organisation, { person, member }, request, ['password']);
  const actor = { type: 'person', member, roles } as const;
  await store.change(
    { organisation, actor, at: request.at, because: null, request: request.id },
    async (write) => {
      if (!(await useLink(write, hash))) throw usedLink();
      await addOrganisation(write, { name: input.organisation.name, timeZone });
      await addPerson(write, { id: person, email, passwordHash });
      await addMember(write, { id: member, person, name, roles, until: null });
      await startSession(write, row);
    },
  );
  return started;
}

function ensureUsable(link: Awaited<ReturnType<typeof linkOf>>, now: Date): void {
  const state = linkState(link?.purpose === 'first-administrator' ? link : undefined, now);
  if (state === 'usable') return;
  if (state === 'used') throw usedLink();
  throw new DomainError(
    'conflict',
    state === 'expired'
      ? 'This link ran out after 24 hours. Start the server again; it prints a new one.'
      : 'This link is not known, or a later one took its place. The server prints the newest at its start.',
    [],
    { link: state },
  );
}

function usedLink(): DomainError {
  return new DomainError(
    'conflict',
    'This link was used already. Sign in with your address and password.',
    [],
    {
      link: 'used',
    },
  );
}
