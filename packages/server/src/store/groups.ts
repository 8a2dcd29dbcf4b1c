import { isErasedName } from '@throughline/domain/erasure.ts';
import { knownRoles, type Role } from '@throughline/domain/permissions.ts';
import { groupName } from './bound.ts';
import { newSalt } from './digest.ts';
import type { Reader } from './reader.ts';
import type { Write } from './write.ts';

/** A group: its roles add to those of each of its members. */
export type StoredGroup = {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly members: readonly GroupMember[];
  readonly createdAt: Date;
};
export type GroupMember = { readonly id: string; readonly name: string; readonly active: boolean };

type GroupRow = Omit<StoredGroup, 'roles'> & { readonly roles: readonly string[] };

/** Groups that were not ended, by name, with their members by name; those of one member, or one group by its id. */
export async function listGroups(
  reader: Reader,
  { id, member }: { readonly id?: string; readonly member?: string } = {},
): Promise<StoredGroup[]> {
  const rows = await reader.run<GroupRow>({
    name: 'groups',
    text: `select g.id, g.name, g.roles, g.created_at as "createdAt", coalesce((
        select json_agg(json_build_object('id', m.id, 'name', m.name, 'active', m.active) order by m.name, m.id)
        from group_member b join member m on m.organisation = b.organisation and m.id = b.member
        where b.organisation = g.organisation and b.member_group = g.id), '[]') as members
      from member_group g where g.organisation = $1 and g.removed_at is null and ($2::uuid is null or g.id = $2)
        and ($3::uuid is null or exists (
          select from group_member b where b.organisation = g.organisation and b.member_group = g.id and b.member = $3))
      order by g.name, g.id`,
    values: [reader.organisation, id ?? null, member ?? null],
  });
  return rows.map((row) => ({ ...row, roles: knownRoles(row.roles) }));
}

/** Names of groups by id, of those that were ended too. */
export async function groupNames(reader: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await reader.run<{ id: string; name: string }>({
    name: 'group-names',
    text: 'select id, name from member_group where organisation = $1 and id = any($2::uuid[])',
    values: [reader.organisation, [...new Set(ids)]],
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Locks a group that stands, so that two changes of its members do not undo each other. */
export async function lockGroup(write: Write, id: string): Promise<StoredGroup | undefined> {
  await write.run({
    name: 'lock-group',
    text: 'select id from member_group where organisation = $1 and id = $2 for update',
    values: [write.organisation, id],
  });
  return (await listGroups(write, { id }))[0];
}

type Group = Pick<StoredGroup, 'id' | 'name' | 'roles'>;

/** Adds a group without members, with its entry. */
export async function addGroup(write: Write, group: Group): Promise<void> {
  const salt = newSalt();
  const { id, name, roles } = group;
  const row = { organisation: write.organisation, id, name, roles: [...roles], salt };
  await write.db
    .insertInto('member_group')
    .values({ ...row, created_at: write.ctx.at })
    .execute();
  logGroup(write, 'group.created', group, salt);
}

/** Gives a group another name or other roles, with its entry. */
export async function changeGroup(write: Write, group: Group): Promise<void> {
  await setGroup(write, 'group.changed', group, null);
}

/** Ends a group: everybody leaves it, and its row stays, so that entries about it have something to stand for. */
export async function removeGroup(write: Write, group: StoredGroup): Promise<void> {
  await leaveGroup(
    write,
    group.id,
    group.members.map(({ id }) => id),
  );
  await setGroup(write, 'group.removed', group, write.ctx.at);
}

/**
 * Members come into a group, each with an entry; however many in one statement, as providers send a whole staff at once.
 * Who came meanwhile by another change has their entry from there.
 */
export async function joinGroup(write: Write, group: string, members: readonly string[]): Promise<void> {
  if (members.length === 0) return;
  const came = await write.run<{ member: string }>({
    name: 'join-group',
    text: `insert into group_member (organisation, member_group, member) select $1, $2, unnest($3::uuid[])
      on conflict do nothing returning member`,
    values: [write.organisation, group, [...members]],
  });
  for (const { member } of came) logMembership(write, 'membership.begun', group, member);
}

/** The same of members who leave it: somebody taken away leaves every group while one of them is changed. */
export async function leaveGroup(write: Write, group: string, members: readonly string[]): Promise<void> {
  if (members.length === 0) return;
  const left = await write.run<{ member: string }>({
    name: 'leave-group',
    text: `delete from group_member where organisation = $1 and member_group = $2 and member = any($3::uuid[])
      returning member`,
    values: [write.organisation, group, [...members]],
  });
  for (const { member } of left) logMembership(write, 'membership.ended', group, member);
}

type StoredPerson = Parameters<typeof isErasedName>[0] & {
  readonly id: string;
  readonly roles: readonly string[];
};

/** Which of the members may be in a group: people here whose name was not erased, and no external auditors. */
export async function groupable(write: Write, ids: readonly string[]): Promise<Map<string, boolean>> {
  const rows = await write.run<StoredPerson>({
    name: 'groupable',
    text: `select id, name, person, active, roles from member
      where organisation = $1 and id = any($2::uuid[]) and type = 'person'`,
    values: [write.organisation, [...new Set(ids)]],
  });
  return new Map(
    rows
      .filter((row) => !isErasedName(row))
      .map(({ id, roles }) => [id, !roles.includes('external-auditor')]),
  );
}

async function setGroup(
  write: Write,
  act: 'group.changed' | 'group.removed',
  group: Group,
  removedAt: Date | null,
): Promise<void> {
  const salt = newSalt();
  await write.db
    .updateTable('member_group')
    .set({ name: group.name, roles: [...group.roles], salt, removed_at: removedAt })
    .where('organisation', '=', write.organisation)
    .where('id', '=', group.id)
    .execute();
  logGroup(write, act, group, salt);
}

function logGroup(
  write: Write,
  act: 'group.created' | 'group.changed' | 'group.removed',
  { id, name, roles }: Group,
  salt: Buffer,
): void {
  write.log({ act, group: id, roles, digest: groupName(salt, name) });
}

/** Under which name entries speak of a membership: a row of two ids. */
export const membershipKey = (group: string, member: string): string => `${group} ${member}`;

function logMembership(
  write: Write,
  act: 'membership.begun' | 'membership.ended',
  group: string,
  member: string,
): void {
  write.log({ act, membership: membershipKey(group, member), group, member });
}
