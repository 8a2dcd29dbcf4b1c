import { dayIn } from '@throughline/domain/day.ts';
import { isErasedName } from '@throughline/domain/erasure.ts';
import { DomainError, notFound } from '@throughline/domain/errors.ts';
import { sameJson } from '@throughline/domain/json.ts';
import {
  accessStep,
  addressesIn,
  addressOf,
  nameOf,
  type SaidUser,
  saidOf,
  userNameKey,
} from '@throughline/domain/provisioning.ts';
import { groupsMadeHere, invitedByTwo } from '../../records/invited-by-two.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { leaveGroup } from '../../store/groups.ts';
import { newId } from '../../store/ids.ts';
import { askForInvitationMail } from '../../store/invitation-mail.ts';
import {
  addMember,
  changeMember,
  findMember,
  lockAdministrators,
  type StoredMember,
} from '../../store/members.ts';
import { organisationSettings } from '../../store/organisations.ts';
import { outsideIdentities } from '../../store/outside-identities.ts';
import { providerOf } from '../../store/providers.ts';
import {
  endProvisioned,
  membersAt,
  type ProvisionedMember,
  provisionedMembers,
  setProvisioned,
  takenAway,
  type WhichMembers,
} from '../../store/provisioned.ts';
import type { Asker } from '../../store/reading.ts';
import { newSecret } from '../../store/secret.ts';
import { addInvitation, dropInvitations } from '../../store/sign-in-links.ts';
import type { Write } from '../../store/write.ts';
import { endEntrances, ensureAdministratorStays } from './leave.ts';

const invitationLifeMs = 7 * 24 * 3_600_000;

/** A member as an identity provider is answered: what it said, with whether they have access now. */
export type User = {
  readonly id: string;
  readonly said: SaidUser;
  readonly createdAt: Date;
  /** When it last said something of them; `null` for who was added by hand. */
  readonly changedAt: Date | null;
  readonly groups: readonly { readonly id: string; readonly name: string }[];
};

/** Members as provisioning sees them: those with access, and those whom it ended. */
export async function readUsers(services: Services, who: Asker, which: WhichMembers = {}): Promise<User[]> {
  return services.store.read(who, async (reader) => (await provisionedMembers(reader, which)).map(userOf));
}

/** One of them. @throws DomainError `not-found`, also for who was taken away */
export async function readUser(services: Services, who: Asker, id: string): Promise<User> {
  return services.store.read(who, async (reader) => userOf(await standing(reader, id)));
}

/**
 * Adds a member as an identity provider says, or lets in again whom it had taken away. Roles come from groups and from
 * administrators alone. Throws `conflict` for a user name or an address that somebody here has, and for whom a person
 * here ended.
 */
export async function provisionUser(services: Services, ctx: Context, said: SaidUser): Promise<User> {
  return services.store.change(ctx, async (write) => {
    await lockAdministrators(write);
    const address = neededAddress(said);
    const { externalId } = said;
    const gone = await takenAway(write, { address, externalId });
    if (gone?.endedHere) throw endedHere();
    const id = gone?.id ?? newId(ctx.at.getTime());
    await ensureFree(write, said, address, id);
    const before = await findMember(write, id);
    const next = { name: nameOf(said), roles: [], active: said.active, until: null, scope: null };
    if (before) await changeMember(write, id, next);
    else {
      await addMember(write, { ...next, id, person: null });
      if (!said.active) await changeMember(write, id, next);
    }
    write.made(id);
    await keep(write, id, said);
    if (before?.person == null) await invite(write, { id, address, active: said.active }, services);
    return shown(write, id);
  });
}

/**
 * Changes a member to what `change` makes of how they stand: it may throw, and then nothing is written. Whoever loses
 * access loses sessions and tokens at once. Throws `conflict` for the only administrator, for a name or an address that
 * somebody has, and for whom a person here ended: an identity provider does not bring them back.
 */
export async function changeUser(
  services: Services,
  ctx: Context,
  id: string,
  change: (before: User) => SaidUser,
): Promise<User> {
  return toldWhenRefused(services, ctx, id, async (write) => {
    const administrators = await lockAdministrators(write);
    const stands = await standing(write, id);
    const before = userOf(stands);
    const said = change(before);
    if (stands.said !== null && sameJson(said, before.said)) return before;
    const address = neededAddress(said);
    await ensureFree(write, said, address, id);
    const member = await storedMember(write, id);
    const step = accessStep({ active: stands.active, saidActive: stands.said?.active ?? true }, said.active);
    if (step === 'refuse') throw endedHere();
    const next = { ...member, name: nameOf(said), active: said.active };
    ensureAdministratorStays(administrators, next);
    if (!next.active) await ensureNotMadeHere(write, member);
    await ensureReachedAsInvited(write, member, { before: before.said, said });
    if (next.name !== member.name || next.active !== member.active) await changeMember(write, id, next);
    if (step === 'end') await endEntrances(write, id);
    // Who was ended here stays so, however often the provider repeats what it reads here.
    const held = step === 'none' && !said.active && (stands.said?.active ?? true);
    await keep(write, id, held ? { ...said, active: true } : said);
    const reached = addressOf(before.said);
    if (member.person === null && (step === 'restore' || reached !== address))
      await invite(write, { id, address, active: said.active }, services);
    return shown(write, id);
  });
}

/**
 * Takes a member away: access, roles and groups end, and what they did stays under their id. `check` may refuse.
 * @throws DomainError `not-found`, `conflict` for the only administrator
 */
export async function takeUserAway(
  services: Services,
  ctx: Context,
  id: string,
  check: (before: User) => void,
): Promise<void> {
  await toldWhenRefused(services, ctx, id, async (write) => {
    const administrators = await lockAdministrators(write);
    const stands = await standing(write, id);
    check(userOf(stands));
    const member = await storedMember(write, id);
    const next = { ...member, active: false, roles: [], scope: null };
    ensureAdministratorStays(administrators, next);
    await ensureNotMadeHere(write, member);
    if (member.active || member.roles.length > 0) await changeMember(write, id, next);
    await endEntrances(write, id);
    for (const group of stands.groups) await leaveGroup(write, group.id, [id]);
    // Nobody came by it, so the address is free for somebody else.
    if (member.person === null) await dropInvitations(write, id);
    if (stands.said === null) await keep(write, id, { ...userOf(stands).said, active: false });
    // What was said of whom an administrator ended stays active: so they are known when they are named again.
    await endProvisioned(write, id, member.active);
  });
}

/** Why provisioning does not undo what was done here. */
class MadeHere extends DomainError {
  constructor(message: string) {
    super('conflict', message);
  }
}

const endedByPeople =
  'This administrator was made here, so an administrator ends their access here, under People. Whoever administers by groups of an identity provider alone is ended by it.';
const invitedByPeople =
  'This person was given roles here that take two hands, or is to be given them, and has not come yet: at another address somebody else would join in their place. An administrator ends their access and invites them anew, under People.';

/** Such a refusal is an entry: those who administer see that a program asked for it. */
async function toldWhenRefused<T>(
  { store }: Services,
  ctx: Context,
  id: string,
  act: (write: Write) => Promise<T>,
): Promise<T> {
  try {
    return await store.change(ctx, act);
  } catch (error) {
    if (error instanceof MadeHere)
      await store.change({ ...ctx, once: undefined }, async (write) => {
        write.log({ act: 'provisioning.refused', provisioning: id });
      });
    throw error;
  }
}

/**
 * Whoever became an administrator by people here takes people here to be ended: one program would otherwise undo what
 * two hands did. A right that a provider's groups gave goes with the provider.
 */
async function ensureNotMadeHere(write: Write, { id, active, roles, until }: StoredMember): Promise<void> {
  const { timeZone } = await organisationSettings(write);
  if (!active || (until !== null && until < dayIn(write.ctx.at, timeZone))) return;
  const outside = await outsideIdentities(write, id);
  if (roles.includes('admin') && !outside.some((one) => one.roles.includes('admin')))
    throw new MadeHere(endedByPeople);
  const groups = await groupsMadeHere(write, id);
  if (groups.some((group) => group.roles.includes('admin'))) throw new MadeHere(endedByPeople);
}

/**
 * Whoever confirms what an invited person may do knows at which address they are reached. Said anew by one program, whoever
 * has the other mailbox would take their place: so they stay at the address until somebody came by it.
 */
async function ensureReachedAsInvited(
  write: Write,
  member: StoredMember,
  { before, said }: { readonly before: SaidUser; readonly said: SaidUser },
): Promise<void> {
  const known = addressesIn(before);
  const same = addressOf(said) === addressOf(before) && addressesIn(said).every((one) => known.includes(one));
  if (!same && (await invitedByTwo(write, member, write.ctx.at))) throw new MadeHere(invitedByPeople);
}

function userOf({ id, said, name, active, email, createdAt, changedAt, groups }: ProvisionedMember): User {
  const known = said ?? saidOf({ id, name, active, email });
  return { id, said: { ...known, active }, createdAt, changedAt, groups };
}

async function standing(reader: Parameters<typeof provisionedMembers>[0], id: string) {
  const [member] = await provisionedMembers(reader, { id });
  if (!member) throw notFound();
  return member;
}

async function shown(write: Write, id: string): Promise<User> {
  return userOf(await standing(write, id));
}

async function storedMember(write: Write, id: string): Promise<StoredMember> {
  const member = await findMember(write, id);
  if (!member || isErasedName(member)) throw notFound();
  return member;
}

function neededAddress(said: SaidUser): string {
  const address = addressOf(said);
  if (address !== null) return address;
  throw new DomainError('unprocessable', 'An e-mail address is needed: as an e-mail or as the user name.', [
    { at: 'emails', message: 'Say at which address this person is reached.' },
  ]);
}

/** A user name and an address are one person's here. What another organisation has is no matter, and is not looked at. */
async function ensureFree(write: Write, said: SaidUser, address: string, id: string): Promise<void> {
  const named = await provisionedMembers(write, { userName: said.userName });
  const key = userNameKey(said.userName);
  if (named.some((one) => one.id !== id && userNameKey(userOf(one).said.userName) === key))
    throw taken('userName', 'Somebody here has this user name.');
  for (const other of await membersAt(write, address)) {
    if (other === id) continue;
    const { active } = (await findMember(write, other)) ?? { active: true };
    const left = 'Somebody with this e-mail address left. An administrator lets them in again, under People.';
    throw taken('emails', active ? 'Somebody here has this e-mail address.' : left);
  }
}

function endedHere(): DomainError {
  return new DomainError(
    'conflict',
    'An administrator ended this access here. An administrator gives it again, under People.',
  );
}

function taken(at: string, message: string): DomainError {
  return new DomainError('conflict', message, [{ at, message }]);
}

async function keep(write: Write, id: string, said: SaidUser): Promise<void> {
  const { externalId, userName } = said;
  const content = { ...said, name: { ...said.name }, emails: said.emails.map((one) => ({ ...one })) };
  await setProvisioned(write, { id, of: 'member', nameKey: userNameKey(userName), externalId, content });
}

/** Keeps where somebody is reached who has no login here yet, and asks for a mail where mail goes out. */
async function invite(
  write: Write,
  { id, address, active }: { readonly id: string; readonly address: string; readonly active: boolean },
  { mail }: Services,
): Promise<void> {
  const expiresAt = new Date(write.ctx.at.getTime() + invitationLifeMs);
  // Nobody knows this secret: it keeps the address until a mail or an administrator makes a link of its own.
  await addInvitation(write, {
    hash: newSecret().hash,
    member: id,
    email: address,
    expiresAt,
    byHand: false,
  });
  // Where people sign in with the organisation's own provider, there is no password to be chosen by a link.
  const byProvider = (await providerOf(write))?.settings.offered === true;
  if (active && mail !== undefined && !byProvider) await askForInvitationMail(write, id);
}
