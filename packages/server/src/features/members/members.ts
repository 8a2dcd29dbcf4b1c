import { type Actor, actorRef } from '@throughline/domain/actor.ts';
import { isErasedName } from '@throughline/domain/erasure.ts';
import { DomainError, notFound, unprocessable } from '@throughline/domain/errors.ts';
import { canAdminister, type Role } from '@throughline/domain/permissions.ts';
import { quoted } from '@throughline/domain/text.ts';
import {
  type AdministratorWish,
  type HandAsked,
  handForAdministrators,
  lockHands,
  rolesHeldBack,
} from '../../records/administrators-hand.ts';
import { confirmers, handsByMatter } from '../../records/second-hand.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { listGroups } from '../../store/groups.ts';
import { newId } from '../../store/ids.ts';
import { askForInvitationMail, invitationMails, type MailState } from '../../store/invitation-mail.ts';
import {
  addMember,
  changeMember,
  findMember,
  knownPeople,
  listMembers,
  lockAdministrators,
  memberAddresses,
  type StoredMember,
} from '../../store/members.ts';
import { type OutsideIdentity, outsideIdentities } from '../../store/outside-identities.ts';
import { managedIds, noteEndedHere } from '../../store/provisioned.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import { memberNames, type RefRow } from '../../store/records.ts';
import { newSecret } from '../../store/secret.ts';
import { endSessions } from '../../store/sessions.ts';
import { addInvitation } from '../../store/sign-in-links.ts';
import type { Write } from '../../store/write.ts';
import { type AskedScope, scopeAfter, scopeOf } from './chosen-scope.ts';
import { endEntrances, ensureAdministratorStays } from './leave.ts';
import { type OpenedMember, openedBy } from './opened-members.ts';
import { scopeRecords } from './scope-records.ts';
import { ensureOwner } from './who-answers.ts';

const invitationLifeMs = 7 * 24 * 3_600_000;

export type NewMember = {
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly until: string | null;
  readonly scope?: AskedScope | null | undefined;
  /** Why; needed for an administrator where nobody else could confirm it. */
  readonly reason?: string | undefined;
};

/** Either a mail goes out, or a link is to be handed over, whose secret is shown this once. */
export type Invited = {
  readonly member: StoredMember;
  readonly token: string | null;
  readonly until: Date | null;
  readonly mailed: boolean;
  /** The proposal to make them an administrator, which waits for another person. */
  readonly waits: string | null;
};

/** Adds a member who may enter once they accepted the invitation; roles that two hands give come once another person confirms them. */
export async function inviteMember(services: Services, ctx: Context, input: NewMember): Promise<Invited> {
  ensureEnd(input.roles, input.until);
  return services.store.change(ctx, async (write) => {
    await lockHands(write);
    const taken = [...(await memberAddresses(write)).values()].some((one) => one.email === input.email);
    if (taken) {
      throw new DomainError('conflict', 'A member with this address is here already.', [
        { at: 'email', message: 'A member with this address is here already.' },
      ]);
    }
    const id = newId(ctx.at.getTime());
    const { name, roles, until: lastDay } = input;
    const scope = await scopeOf(write, roles, input.scope ?? null);
    const held = await rolesHeldBack(write, roles, 'invited');
    const first = roles.filter((role) => !held.includes(role));
    await addMember(write, { id, person: null, name, roles: first, until: lastDay, scope });
    const asked = { reason: input.reason, lettingIn: true };
    const { waits } = await edit(write, await standing(write, id), { roles }, asked);
    const given = await invite(write, { id, email: input.email }, services.mail !== undefined);
    return { member: await standing(write, id), ...given, waits };
  });
}

/**
 * Another invitation for a member who did not accept yet; the link before ends. `byHand`: a link is shown although mail
 * could go out. Where no mail goes out the link lets in whoever has it: what two hands gave the account waits anew then.
 */
export async function inviteAgain(
  services: Services,
  ctx: Context,
  id: string,
  byHand = false,
): Promise<Invited> {
  return services.store.change(ctx, async (write) => {
    await lockHands(write);
    const before = await standing(write, id);
    const email = (await memberAddresses(write)).get(id)?.email;
    if (before.person !== null || !before.active || !email)
      throw new DomainError('conflict', 'This member accepted already, or left.');
    const handed = services.mail === undefined;
    const { member, waits } = handed ? await letInAnew(write, before) : { member: before, waits: null };
    const given = await invite(write, { id, email }, services.mail !== undefined && !byHand);
    write.log({
      act: 'member.changed',
      member: id,
      roles: member.roles,
      ...(handed ? { byHand: true } : {}),
    });
    return { member, ...given, waits };
  });
}

/** Takes back what an invitation holds back, and proposes it: another person confirms it than has the link now. */
async function letInAnew(write: Write, before: StoredMember): Promise<Edited> {
  const { actor, at } = write.ctx;
  const { id, roles } = before;
  for (const group of await listGroups(write, { member: id }))
    if ((await rolesHeldBack(write, group.roles, 'invited')).length > 0)
      throw new DomainError(
        'conflict',
        `Take this person out of the group ${quoted(group.name)} first: its roles take two hands, and the new link would give them to whoever has it.`,
      );
  const held = await rolesHeldBack(write, roles, 'invited');
  const first = { matter: 'administrator', by: actorRef(actor), onBehalfOf: null } as const;
  const alone =
    actor.type === 'person' && (await confirmers(write, first, handsByMatter(write, at))).length === 0;
  if (held.length === 0 || alone) return { member: before, waits: null };
  await changeMember(write, id, { ...before, roles: roles.filter((role) => !held.includes(role)) });
  return edit(write, await standing(write, id), { roles }, { lettingIn: true });
}

async function invite(
  write: Write,
  { id: member, email }: { readonly id: string; readonly email: string },
  mailed: boolean,
): Promise<{ token: string | null; until: Date; mailed: boolean }> {
  const secret = newSecret();
  const until = new Date(write.ctx.at.getTime() + invitationLifeMs);
  await addInvitation(write, { hash: secret.hash, member, email, expiresAt: until, byHand: !mailed });
  // The mail carries a link of its own, made as it is sent; until then this one, which nobody knows, keeps the address.
  if (mailed) await askForInvitationMail(write, member);
  return { token: mailed ? null : secret.text, until, mailed };
}

/** A member, with address and open invitation where the reader administers people. */
export type ListedMember = {
  readonly member: StoredMember;
  /** Who answers for a service account; `null` while that person has left. */
  readonly owner: { readonly id: string; readonly name: string } | null;
  /** An identity provider manages them. */
  readonly provisioned: boolean;
  readonly mail: MailState | undefined;
  /** Systems and audits that scopes of external auditors name, by id. */
  readonly scopeRecords: ReadonlyMap<string, RefRow>;
  readonly address: { readonly email: string | null; readonly invitedUntil: Date | null } | undefined;
  readonly outside: readonly OutsideIdentity[];
  /** One administrator alone opened the account; whether whoever asks may say that it is the member who uses it. */
  readonly opened?: OpenedMember | undefined;
};

/** A page of the members by name, after the one that `after` names; `next` is where the next page begins after. */
export async function readMembers(
  services: Services,
  who: { organisation: string; actor: Actor },
  filter: { words?: string | undefined; after?: string | undefined; limit: number },
): Promise<{ readonly members: readonly ListedMember[]; readonly next: string | undefined }> {
  return services.store.read(who, async (reader) => {
    const found = await listMembers(reader, { ...filter, limit: filter.limit + 1 });
    const members = found.slice(0, filter.limit);
    const addresses = canAdminister(who.actor, 'members') ? await memberAddresses(reader) : undefined;
    const owners = await ownersOf(reader, members);
    const managed = await managedIds(reader, services.clock());
    const mails = addresses ? await invitationMails(reader) : undefined;
    const records = await scopeRecords(reader, members);
    const outside = Map.groupBy(addresses ? await outsideIdentities(reader) : [], (one) => one.member);
    const opened = addresses ? await openedBy(reader, who.actor) : new Map();
    const listed = members.map((member) => ({
      member,
      opened: opened.get(member.id),
      scopeRecords: records,
      owner: owners.get(member.owner ?? '') ?? null,
      provisioned: managed.has(member.id),
      address: addresses?.get(member.id),
      mail: mails?.get(member.id),
      outside: outside.get(member.id) ?? [],
    }));
    return { members: listed, next: found.length > filter.limit ? members.at(-1)?.id : undefined };
  });
}

/** People who answer for service accounts, by id; whoever left answers for nothing any more. */
async function ownersOf(
  reader: Reader,
  members: readonly StoredMember[],
): Promise<Map<string, { id: string; name: string }>> {
  const ids = members.map(({ owner }) => owner).filter((id) => id !== null);
  if (ids.length === 0) return new Map();
  const here = await knownPeople(reader, ids);
  const names = await memberNames(reader, [...here]);
  return new Map([...names].map(([id, name]) => [id, { id, name }]));
}

export async function readMember(
  services: Services,
  who: Asker,
  id: string,
): Promise<Pick<ListedMember, 'member' | 'owner' | 'provisioned' | 'scopeRecords'>> {
  return services.store.read(who, async (reader) => {
    const member = await findMember(reader, id);
    if (!member) throw notFound();
    const owners = await ownersOf(reader, [member]);
    return {
      member,
      owner: owners.get(member.owner ?? '') ?? null,
      provisioned: (await managedIds(reader, services.clock())).has(id),
      scopeRecords: await scopeRecords(reader, [member]),
    };
  });
}

export type MemberPatch = {
  readonly name?: string | undefined;
  readonly roles?: readonly Role[] | undefined;
  readonly active?: boolean | undefined;
  readonly until?: string | null | undefined;
  /** Somebody else answers for a service account. */
  readonly owner?: string | undefined;
  readonly scope?: AskedScope | null | undefined;
};

/** A member as they stand now, and the proposal that waits where a part of the change takes a second hand. */
export type Edited = { readonly member: StoredMember; readonly waits: string | null };

/**
 * Changes name, roles, end or access of a member. Whoever loses access loses their sessions and tokens; one administrator
 * stays. Roles, end and access that make an administrator, raise whoever asks for it, or end the last other administrator, wait
 * for another person.
 */
export async function editMember(
  services: Services,
  ctx: Context,
  id: string,
  patch: MemberPatch,
  asked: HandAsked = {},
): Promise<Edited> {
  return services.store.change(ctx, async (write) => {
    await lockHands(write);
    return edit(write, await standing(write, id), patch, asked);
  });
}

/** The same inside a change, for a member as they stand; the caller holds `lockHands`. */
export async function edit(
  write: Write,
  before: StoredMember,
  patch: MemberPatch,
  { lettingIn = false, ...asked }: HandAsked & { readonly lettingIn?: boolean },
): Promise<Edited> {
  const { id } = before;
  const administrators = await lockAdministrators(write);
  refuseErased(before);
  const next = {
    ...before,
    name: patch.name ?? before.name,
    roles: patch.roles ?? before.roles,
    active: patch.active ?? before.active,
    until: patch.until === undefined ? before.until : patch.until,
    owner: patch.owner ?? before.owner,
    scope: await scopeAfter(write, before, patch),
  };
  if (JSON.stringify(next) === JSON.stringify(before)) return { member: before, waits: null };
  ensureEnd(next.roles, next.until);
  if (next.roles.includes('external-auditor') && !before.roles.includes('external-auditor'))
    await ensureInNoGroup(write, id);
  if (next.name !== before.name) await ensureNamedHere(write, id);
  if (patch.owner !== undefined && patch.owner !== before.owner)
    await ensureOwner(write, before, patch.owner);
  ensureAdministratorStays(administrators, next);
  const wish = { ...wishFor(write, before, next), lettingIn };
  const { waits } = await handForAdministrators(write, wish, asked);
  if (waits !== null) {
    const now = { ...before, name: next.name };
    if (JSON.stringify(now) !== JSON.stringify(before)) await changeMember(write, id, now);
    write.made(id);
    return { member: now, waits };
  }
  await changeMember(write, id, next);
  // What stays open while somebody is signed in, such as the stream of events, was opened with what they could read then.
  if (!next.active) await endEntrances(write, id);
  if (before.active && !next.active) await noteEndedHere(write, id);
  else if (JSON.stringify(next.scope) !== JSON.stringify(before.scope))
    await endSessions(write, { member: id });
  return { member: next, waits };
}

/** What takes two hands of a change: names do not. */
function wishFor({ ctx: { actor } }: Write, before: StoredMember, next: StoredMember): AdministratorWish {
  const { id, roles, active, until, type, owner } = next;
  const me = actor.type === 'person' ? actor.member : null;
  const rights = (member: StoredMember) => ({
    roles: [...member.roles],
    active: member.active,
    until: member.until,
    scope: member.scope === null ? null : { ...member.scope },
    ...(type === 'service' && member.owner !== null ? { owner: member.owner } : {}),
  });
  return {
    matters: { gives: 'administrator', weakens: 'administrator-end' },
    about: id,
    what: rights(next),
    standing: rights(before),
    named: [id],
    ...(type === 'service'
      ? {
          program: {
            roles: { before: before.active ? before.roles : [], after: active ? roles : [] },
            handedOn: owner !== before.owner && owner !== me,
          },
        }
      : {}),
    // A service account confirms nothing, whatever it may.
    change: ({ members, groups }) => ({
      members: members.map((one) =>
        one.id === id && type === 'person' ? { id, roles, active, until } : one,
      ),
      groups,
    }),
  };
}

/** Throws `conflict` for a member whose name was erased. */
export function refuseErased(member: StoredMember): void {
  if (isErasedName(member))
    throw new DomainError('conflict', 'The name of this person was erased. Nobody comes back under it.');
}

/** An external auditor reads until a date (DESIGN 7): access that nobody ends is what nobody notices. */
function ensureEnd(roles: readonly Role[], until: string | null): void {
  if (!roles.includes('external-auditor') || until !== null) return;
  throw new DomainError('unprocessable', 'An external auditor has access until a date.', [
    { at: 'until', message: 'Say until which day, such as 2026-02-28.' },
  ]);
}

/** What an external auditor reads is chosen for them alone, so no group adds to it. */
async function ensureInNoGroup(write: Write, id: string): Promise<void> {
  const [group] = await listGroups(write, { member: id });
  if (!group) return;
  throw unprocessable([
    {
      at: 'roles',
      message: `Take this person out of the group ${quoted(group.name)} first. External auditors are in none.`,
    },
  ]);
}

/** The name of whom an identity provider manages is written there: what is written here would not last. */
async function ensureNamedHere(write: Write, id: string): Promise<void> {
  if (!(await managedIds(write, write.ctx.at)).has(id)) return;
  const message = 'The identity provider says what this person is called. Change the name there.';
  throw new DomainError('conflict', message, [{ at: 'name', message }]);
}

/** A member. Throws `not-found`. */
export async function standing(write: Write, id: string): Promise<StoredMember> {
  const member = await findMember(write, id);
  if (!member) throw notFound();
  return member;
}
