import { DomainError, type ErrorItem, notFound, unprocessable } from '@throughline/domain/errors.ts';
import type { Role } from '@throughline/domain/permissions.ts';
import {
  type AdministratorWish,
  type HandAsked,
  handForAdministrators,
  lockHands,
  rolesHeldBack,
} from '../../records/administrators-hand.ts';
import type { Hand } from '../../records/second-hand.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import {
  addGroup,
  changeGroup,
  groupable,
  joinGroup,
  leaveGroup,
  listGroups,
  lockGroup,
  removeGroup,
  type StoredGroup,
} from '../../store/groups.ts';
import { newId } from '../../store/ids.ts';
import { managedIds, provisionedGroups } from '../../store/provisioned.ts';
import type { Asker } from '../../store/reading.ts';
import type { Write } from '../../store/write.ts';

/** Groups that stand, by name; with `member`, those that somebody is in. */
export async function readGroups(
  services: Services,
  who: Asker,
  filter: { readonly member?: string } = {},
): Promise<StoredGroup[]> {
  return services.store.read(who, (reader) => listGroups(reader, filter));
}

/** One group. @throws DomainError `not-found`, also for one that was ended */
export async function readGroup(services: Services, who: Asker, id: string): Promise<StoredGroup> {
  return services.store.read(who, async (reader) => standingGroup((await listGroups(reader, { id }))[0]));
}

export type GroupInput = {
  readonly name: string;
  /** May be none: a group that another system keeps can be given its roles later. */
  readonly roles: readonly Role[];
  /** Ids of members. */
  readonly members: readonly string[];
};

/** What changes of a group; what is not named stays. `add` and `remove` leave the other members alone. */
export type GroupPatch = { readonly [part in keyof GroupInput]?: GroupInput[part] | undefined } & {
  readonly add?: readonly string[] | undefined;
  readonly remove?: readonly string[] | undefined;
};

/** A group as it stands now, and the proposal that waits where a part of the change takes a second hand. */
export type ChangedGroup = { readonly group: StoredGroup; readonly waits: string | null };

/**
 * Makes a group, with an entry for it and one for each member. @throws DomainError `unprocessable` with an item per
 * member who cannot be in one (`members.N`), `conflict` where a group has this name. That it makes administrators, or
 * gives whoever makes it more than they have, waits for another person.
 */
export async function makeGroup(
  services: Services,
  ctx: Context,
  input: GroupInput,
  asked: HandAsked = {},
): Promise<ChangedGroup> {
  return services.store.change(ctx, async (write) => {
    await lockHands(write);
    const held = await rolesHeldBack(write, input.roles, input.members);
    const roles = input.roles.filter((role) => !held.includes(role));
    const made = await makeGroupIn(write, { ...input, roles });
    return roles.length === input.roles.length
      ? { group: made, waits: null }
      : changed(write, made, { roles: input.roles }, asked);
  });
}

/** The same inside a change. */
export async function makeGroupIn(write: Write, input: GroupInput): Promise<StoredGroup> {
  const id = newId(write.ctx.at.getTime());
  await ensureName(write, input.name, id);
  ensureRoles(input.roles);
  await ensureMembers(write, input.members, 'members');
  await addGroup(write, { ...input, id });
  write.made(id);
  await joinGroup(write, id, [...new Set(input.members)]);
  return standingGroup((await listGroups(write, { id }))[0]);
}

/** Changes name, roles or members of a group; errors as of `makeGroup`, and `not-found`. */
export async function editGroup(
  services: Services,
  ctx: Context,
  id: string,
  patch: GroupPatch,
  asked: HandAsked = {},
): Promise<ChangedGroup> {
  return services.store.change(ctx, async (write) => {
    await lockHands(write);
    const before = standingGroup(await lockGroup(write, id));
    if (patch.name !== undefined && patch.name !== before.name) await ensureNamedHere(write, id);
    return changed(write, before, patch, asked);
  });
}

/** Changes a group as far as one hand may: of what takes two, its name alone. */
async function changed(
  write: Write,
  before: StoredGroup,
  patch: GroupPatch,
  asked: HandAsked,
): Promise<ChangedGroup> {
  // What waits is sound already: whoever confirms it is told of nothing that could never be.
  await ensureSound(write, before, patch);
  const members = [...wantedOf(before, patch)];
  const roles = patch.roles ?? before.roles;
  const outside = (await provisionedGroups(write)).has(before.id);
  const wish = {
    ...wishFor(before, { roles, members }),
    ...(outside ? { fromOutside: { before: before.roles, after: roles } } : {}),
  };
  const { waits } = await handForAdministrators(write, wish, asked);
  const name = patch.name === undefined ? {} : { name: patch.name };
  return { group: await editGroupIn(write, before, waits === null ? patch : name), waits };
}

/** What takes two hands of a change: roles and members. A group that is ended has neither. */
function wishFor(
  before: StoredGroup,
  next: Pick<GroupInput, 'roles' | 'members'>,
  ended = false,
): AdministratorWish {
  const { id } = before;
  const here = before.members.map((member) => member.id);
  return {
    matters: { gives: 'administrator-group', weakens: 'administrator-group' },
    about: null,
    what: { group: id, roles: [...next.roles], members: [...next.members], ended },
    standing: { roles: [...before.roles], members: here },
    named: [...here, ...next.members],
    change: ({ members, groups }) => ({
      members,
      groups: [...groups.filter((one) => one.id !== id), ...(ended ? [] : [{ ...next, id }])],
    }),
  };
}

/** The same inside a change, of a group that is locked. */
export async function editGroupIn(
  write: Write,
  before: StoredGroup,
  patch: GroupPatch,
): Promise<StoredGroup> {
  const { id } = before;
  await ensureSound(write, before, patch);
  const next = { id, name: patch.name ?? before.name, roles: patch.roles ?? before.roles };
  if (next.name !== before.name || !sameRoles(next.roles, before.roles)) await changeGroup(write, next);
  const here = new Set(before.members.map((member) => member.id));
  const wanted = wantedOf(before, patch);
  const coming = [...wanted].filter((member) => !here.has(member));
  const going = [...here].filter((member) => !wanted.has(member));
  await joinGroup(write, id, coming);
  await leaveGroup(write, id, going);
  return standingGroup((await listGroups(write, { id }))[0]);
}

/** Name, roles and members that can be; errors as of `makeGroup`. */
async function ensureSound(write: Write, before: StoredGroup, patch: GroupPatch): Promise<void> {
  const next = { name: patch.name ?? before.name, roles: patch.roles ?? before.roles };
  if (next.name !== before.name || !sameRoles(next.roles, before.roles)) {
    await ensureName(write, next.name, before.id);
    ensureRoles(next.roles);
  }
  const here = new Set(before.members.map((member) => member.id));
  const joining = (ids: readonly string[] | undefined = []) => ids.filter((one) => !here.has(one));
  await ensureMembers(write, patch.members ?? [], 'members', joining(patch.members));
  await ensureMembers(write, patch.add ?? [], 'add', joining(patch.add));
}

/** Ids of the members that a group has after a change. */
function wantedOf(before: StoredGroup, patch: GroupPatch): Set<string> {
  const wanted = new Set([...(patch.members ?? before.members.map(({ id }) => id)), ...(patch.add ?? [])]);
  for (const member of patch.remove ?? []) wanted.delete(member);
  return wanted;
}

/** The name of a group that an identity provider manages is written there: what is written here would not last. */
async function ensureNamedHere(write: Write, id: string): Promise<void> {
  if (!(await managedIds(write, write.ctx.at)).has(id)) return;
  const message = 'The identity provider says what this group is called. Change the name there.';
  throw new DomainError('conflict', message, [{ at: 'name', message }]);
}

/**
 * Ends a group for good: its members keep no role by it. That of the last other administrator waits for another person.
 * @throws DomainError `not-found`
 */
export async function endGroup(
  services: Services,
  ctx: Context,
  id: string,
  asked: HandAsked = {},
): Promise<Hand> {
  return services.store.change(ctx, async (write) => {
    await lockHands(write);
    const before = standingGroup(await lockGroup(write, id));
    const hand = await handForAdministrators(write, wishFor(before, { roles: [], members: [] }, true), asked);
    if (hand.waits === null) await removeGroup(write, before);
    write.made(id);
    return hand;
  });
}

const sameRoles = (one: readonly Role[], other: readonly Role[]): boolean =>
  one.length === other.length && one.every((role) => other.includes(role));

async function ensureName(write: Write, name: string, id: string): Promise<void> {
  const taken = (await listGroups(write)).some(
    (group) => group.id !== id && group.name.toLowerCase() === name.toLowerCase(),
  );
  if (taken)
    throw new DomainError('conflict', 'There is a group of this name.', [
      { at: 'name', message: 'There is a group of this name.' },
    ]);
}

/** What an external auditor reads is chosen for one person, with an end (DESIGN 7): a group gives nobody that role. */
function ensureRoles(roles: readonly Role[]): void {
  if (roles.includes('external-auditor'))
    throw unprocessable([
      { at: 'roles', message: 'External auditors are named one by one, each with an end and a scope.' },
    ]);
}

/** Holds those who come against what a member of a group is; whoever is in it already may stay. */
async function ensureMembers(
  write: Write,
  named: readonly string[],
  at: string,
  joining: readonly string[] = named,
): Promise<void> {
  if (joining.length === 0) return;
  const known = await groupable(write, joining);
  const coming = new Set(joining);
  const items: ErrorItem[] = named.flatMap((member, place) => {
    if (!coming.has(member) || known.get(member)) return [];
    const message = known.has(member)
      ? 'External auditors are in no group: what each reads is chosen for them alone.'
      : 'There is no such person in this organisation.';
    return [{ at: `${at}.${place}`, message }];
  });
  if (items.length > 0) throw unprocessable(items);
}

export function standingGroup(group: StoredGroup | undefined): StoredGroup {
  if (!group) throw notFound();
  return group;
}
