import { actorRef } from '@throughline/domain/actor.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { sameJson } from '@throughline/domain/json.ts';
import { type SaidGroup, userNameKey } from '@throughline/domain/provisioning.ts';
import { rolesHeldBack } from '../../records/administrators-hand.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { listGroups, lockGroup, removeGroup, type StoredGroup } from '../../store/groups.ts';
import { persons } from '../../store/identities.ts';
import {
  endProvisioned,
  type ProvisionedName,
  provisionedGroups,
  setProvisioned,
} from '../../store/provisioned.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import type { Write } from '../../store/write.ts';
import { editGroupIn, makeGroupIn, standingGroup } from './groups.ts';

/** A group as an identity provider is answered. Its roles are an administrator's, and no matter of provisioning. */
export type OutsideGroup = {
  readonly id: string;
  readonly said: SaidGroup;
  readonly members: readonly { readonly id: string; readonly name: string }[];
  readonly createdAt: Date;
  /** When it last said something of it; `null` for a group that was made by hand. */
  readonly changedAt: Date | null;
};

/** What a group is to become: what is said of it, and the ids of its members. */
export type NextGroup = { readonly said: SaidGroup; readonly members: readonly string[] };

/** Groups that stand, oldest first; those of one member, or one by its id. */
export async function readOutsideGroups(
  services: Services,
  who: Asker,
  which: { readonly id?: string; readonly member?: string } = {},
): Promise<OutsideGroup[]> {
  return services.store.read(who, async (reader) => {
    const groups = await listGroups(reader, which);
    const said = await provisionedGroups(reader);
    return groups
      .map((group) => outside(group, said))
      .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1));
  });
}

/** One of them. @throws DomainError `not-found` */
export async function readOutsideGroup(services: Services, who: Asker, id: string): Promise<OutsideGroup> {
  return services.store.read(who, async (reader) => shown(reader, id));
}

/**
 * Makes a group without a role. @throws DomainError `conflict` where a group has this name, `unprocessable` for who
 * cannot be in one
 */
export async function provisionGroup(
  services: Services,
  ctx: Context,
  { said, members }: NextGroup,
): Promise<OutsideGroup> {
  return services.store.change(ctx, async (write) => {
    const { id } = await makeGroupIn(write, { name: said.displayName, roles: [], members });
    await keep(write, id, said);
    return shown(write, id);
  });
}

/**
 * Changes a group to what `change` makes of how it stands; errors as of `provisionGroup`, `not-found`, `conflict` for one
 * made here that makes administrators or gives what the table of authority names, and its own.
 */
export async function changeOutsideGroup(
  services: Services,
  ctx: Context,
  id: string,
  change: (before: OutsideGroup) => NextGroup,
): Promise<OutsideGroup> {
  return services.store.change(ctx, async (write) => {
    const stored = standingGroup(await lockGroup(write, id));
    const known = await provisionedGroups(write);
    const before = outside(stored, known);
    const { said, members } = change(before);
    await ensureFromOutside(write, stored, known.get(id), members);
    await editGroupIn(write, stored, { name: said.displayName, members });
    if (before.changedAt === null || !sameJson(said, before.said)) await keep(write, id, said);
    return shown(write, id);
  });
}

/** Ends a group for good: its members keep no role by it. `check` may refuse. @throws DomainError `not-found` */
export async function takeGroupAway(
  services: Services,
  ctx: Context,
  id: string,
  check: (before: OutsideGroup) => void,
): Promise<void> {
  await services.store.change(ctx, async (write) => {
    const stored = standingGroup(await lockGroup(write, id));
    const known = await provisionedGroups(write);
    check(outside(stored, known));
    await ensureFromOutside(write, stored, known.get(id), []);
    await removeGroup(write, stored);
    await endProvisioned(write, id);
  });
}

/**
 * Who is in a group is who has its roles. Whoever gave "admin", or a role that the table of authority names, to a group that
 * came from outside let the identity provider say who has it, by two hands; whoever made such a group by hand did not, even
 * where its name is taken over later. Nor does whoever holds the token of provisioning come into its roles by it.
 */
async function ensureFromOutside(
  write: Write,
  { roles, createdAt, members: here }: StoredGroup,
  known: ProvisionedName | undefined,
  members: readonly string[],
): Promise<void> {
  if (roles.length === 0 || known?.firstAt.getTime() === createdAt.getTime()) return;
  if ((await rolesHeldBack(write, roles, 'invited')).length > 0)
    throw new DomainError(
      'conflict',
      'This group was made here and makes administrators, or gives what the table of authority names. An administrator changes it, under Groups.',
    );
  const who = await persons(write);
  const holders = who.of(actorRef(write.ctx.actor));
  const coming = members.filter((member) => !here.some(({ id }) => id === member));
  if (coming.some((member) => holders.includes(who.person(member))))
    throw new DomainError(
      'conflict',
      'This group was made here, and whoever made this token would come into its roles. An administrator adds them, under Groups.',
    );
}

async function shown(reader: Reader, id: string): Promise<OutsideGroup> {
  return outside(standingGroup((await listGroups(reader, { id }))[0]), await provisionedGroups(reader));
}

function outside(
  { id, name, members, createdAt }: StoredGroup,
  said: ReadonlyMap<string, ProvisionedName>,
): OutsideGroup {
  const known = said.get(id);
  return {
    id,
    said: { displayName: name, externalId: known?.externalId ?? null },
    members,
    createdAt,
    changedAt: known?.changedAt ?? null,
  };
}

async function keep(write: Write, id: string, { displayName, externalId }: SaidGroup): Promise<void> {
  const content = { displayName, externalId };
  await setProvisioned(write, { id, of: 'group', nameKey: userNameKey(displayName), externalId, content });
}
