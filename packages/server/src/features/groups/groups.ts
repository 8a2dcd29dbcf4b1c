import { DomainError, type ErrorItem, notFound, unprocessable } from '@throughline/domain/errors.ts';
import type { Role } from '@throughline/domain/permissions.ts';
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
import { managedIds } from '../../store/provisioned.ts';
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

/**
 * Makes a group, with an entry for it and one for each member. @throws DomainError `unprocessable` with an item per
 * member who cannot be in one (`members.N`), `conflict` where a group has this name
 */
export async function makeGroup(services: Services, ctx: Context, input: GroupInput): Promise<StoredGroup> {
  return services.store.change(ctx, (write) => makeGroupIn(write, input));
}

/** The same inside a change. */
export async function makeGroupIn(write: Write, input: GroupInput): Promise<StoredGroup> {
  const id = newId(write.ctx.at.getTime());
  await ensureName(write, input.name, id);
  ensureRoles(input.roles);
  await ensureMembers(write, input.members, 'members');
  await addGroup(write, { ...input, id });
  write.made(id);
  for (const member of new Set(input.members)) await joinGroup(write, id, member);
  return standingGroup((await listGroups(write, { id }))[0]);
}

/** Changes name, roles or members of a group; errors as of `makeGroup`, and `not-found`. */
export async function editGroup(
  services: Services,
  ctx: Context,
  id: string,
  patch: GroupPatch,
): Promise<StoredGroup> {
  return services.store.change(ctx, async (write) => {
    const before = standingGroup(await lockGroup(write, id));
    if (patch.name !== undefined && patch.name !== before.name) await ensureNamedHere(write, id);
    return editGroupIn(write, before, patch);
  });
}

/** The same inside a change, of a group that is locked. */
export async function editGroupIn(
  write: Write,
  before: StoredGroup,
  patch: GroupPatch,
): Promise<StoredGroup> {
  const { id } = before;
  const next = { id, name: patch.name ?? before.name, roles: patch.roles ?? before.roles };
  if (next.name !== before.name || !sameRoles(next.roles, before.roles)) {
    await ensureName(write, next.name, id);
    ensureRoles(next.roles);
    await changeGroup(write, next);
  }
  const here = new Set(before.members.map((member) => member.id));
  const named = patch.members ?? [...here];
  const wanted = new Set([...named, ...(patch.add ?? [])]);
  for (const member of patch.remove ?? []) wanted.delete(member);
  const joining = (ids: readonly string[] | undefined = []) => ids.filter((one) => !here.has(one));
  await ensureMembers(write, patch.members ?? [], 'members', joining(patch.members));
  await ensureMembers(write, patch.add ?? [], 'add', joining(patch.add));
  for (const member of wanted) if (!here.has(member)) await joinGroup(write, id, member);
  for (const member of here) if (!wanted.has(member)) await leaveGroup(write, id, member);
  return standingGroup((await listGroups(write, { id }))[0]);
}

/** The name of a group that an identity provider manages is written there: what is written here would not last. */
async function ensureNamedHere(write: Write, id: string): Promise<void> {
  if (!(await managedIds(write, write.ctx.at)).has(id)) return;
  const message = 'The identity provider says what this group is called. Change the name there.';
  throw new DomainError('conflict', message, [{ at: 'name', message }]);
}

/** Ends a group for good: its members keep no role by it. @throws DomainError `not-found` */
export async function endGroup(services: Services, ctx: Context, id: string): Promise<void> {
  await services.store.change(ctx, async (write) =>
    removeGroup(write, standingGroup(await lockGroup(write, id))),
  );
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
