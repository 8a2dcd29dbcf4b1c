import type { Actor } from '@throughline/domain/actor.ts';
import { DomainError, unprocessable } from '@throughline/domain/errors.ts';
import { readSlug } from '@throughline/domain/organisation-slug.ts';
import { line, quoted } from '@throughline/domain/text.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { newId } from '../../store/ids.ts';
import { addMember } from '../../store/members.ts';
import {
  addOrganisation,
  archiveOrganisation,
  type OrganisationName,
  organisationNames,
} from '../../store/organisations.ts';
import { newSecret } from '../../store/secret.ts';
import { endSessions } from '../../store/sessions.ts';
import { addInvitation } from '../../store/sign-in-links.ts';
import { revokeEveryToken } from '../../store/tokens.ts';
import { ensureTimeZone } from '../../time-zone.ts';

/** What whoever operates the installation does with organisations as such. No route leads here. */

const invitationLifeMs = 7 * 24 * 3_600_000;

export type NewOrganisation = {
  readonly name: string;
  readonly slug?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly administrator: { readonly email: string; readonly name?: string | undefined };
  /** Its people and those of the others may learn of one another: administrators go on opening accounts by hand. */
  readonly trusting?: boolean | undefined;
};

export type Made = {
  readonly id: string;
  readonly slug: string | null;
  /** The secret of the invitation, shown this once. */
  readonly token: string;
  readonly until: Date;
};

/**
 * Makes a further organisation and invites its first administrator: the link is for one address, and somebody who has an
 * account on this installation joins with it. Throws `unprocessable` for what cannot be taken, `conflict` where
 * accounts are opened by hand and nobody said that organisations may learn of one another by that.
 */
export async function createOrganisation(
  services: Services,
  actor: Actor,
  input: NewOrganisation,
): Promise<Made> {
  const name = textAt('name', input.name, 200);
  const administrator = textAt('administrator-name', input.administrator.name ?? 'First administrator', 200);
  const email = emailAt('administrator', input.administrator.email);
  const timeZone = ensureTimeZone(input.timeZone ?? 'UTC', 'time-zone');
  const slug = input.slug === undefined ? undefined : await freeSlugAt(services, input.slug);
  if (!services.neverByHand && !input.trusting) throw learnsOfOthers();
  const [id, member, secret, at] = [newId(), newId(), newSecret(), services.clock()];
  const until = new Date(at.getTime() + invitationLifeMs);
  const ctx: Context = { organisation: id, actor, at, because: null, request: null };
  await services.store.change(ctx, async (write) => {
    await addOrganisation(write, { name, timeZone, ...(slug === undefined ? {} : { slug }) });
    const roles = ['admin', 'aims-manager'] as const;
    await addMember(write, { id: member, person: null, name: administrator, roles, until: null });
    // Whoever operates the server vouches for the address: they could write the row as well.
    await addInvitation(write, { hash: secret.hash, member, email, expiresAt: until, byHand: false });
  });
  const made = (await services.store.asOwner(organisationNames)).find((one) => one.id === id);
  return { id, slug: made?.slug ?? null, token: secret.text, until };
}

const learnsOfOthers = (): DomainError =>
  new DomainError(
    'conflict',
    'Administrators open accounts by hand here, and where one is refused it leads to another organisation. Start the server and this command with ACCOUNTS_BY_HAND=no and SMTP_URL, or say --trusting where organisations may learn of one another.',
  );

export const listOrganisations = (services: Services): Promise<OrganisationName[]> =>
  services.store.asOwner(organisationNames);

/**
 * Takes an organisation out of use: its sessions and tokens end, nobody signs in, and what it holds stays, with its log.
 * Throws `conflict` where it is archived already.
 */
export async function archive(
  services: Services,
  ctx: Context,
  organisation: OrganisationName,
): Promise<{ sessions: number; tokens: number }> {
  if (organisation.archivedAt !== null)
    throw new DomainError('conflict', `${quoted(organisation.name)} is archived already.`);
  return services.store.change(ctx, async (write) => {
    await archiveOrganisation(write, true);
    return {
      sessions: await endSessions(write, { everybody: true }),
      tokens: await revokeEveryToken(write),
    };
  });
}

/** Takes an archived organisation into use again. Throws `conflict` where it is none. */
export async function takeBack(
  services: Services,
  ctx: Context,
  organisation: OrganisationName,
): Promise<void> {
  if (organisation.archivedAt === null)
    throw new DomainError('conflict', `${quoted(organisation.name)} is not archived.`);
  await services.store.change(ctx, (write) => archiveOrganisation(write, false));
}

function textAt(at: string, given: string, most: number): string {
  const read = line(given, most);
  if ('problem' in read) throw unprocessable([{ at, message: read.problem }]);
  if (read.value === '') throw unprocessable([{ at, message: 'This cannot be empty.' }]);
  return read.value;
}

function emailAt(at: string, given: string): string {
  const read = textAt(at, given, 320).toLowerCase();
  if (/^[^\s@]+@[^\s@]+$/.test(read)) return read;
  throw unprocessable([{ at, message: `${quoted(given)} is no mail address.` }]);
}

async function freeSlugAt(services: Services, given: string): Promise<string> {
  const read = readSlug(given);
  if ('problem' in read) throw unprocessable([{ at: 'slug', message: read.problem }]);
  const taken = (await listOrganisations(services)).some(({ slug }) => slug === read.value);
  if (taken)
    throw unprocessable([
      { at: 'slug', message: `Another organisation has the short name ${quoted(read.value)}.` },
    ]);
  return read.value;
}
