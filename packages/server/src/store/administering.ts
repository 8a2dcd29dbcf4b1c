import type { Administering } from '@throughline/domain/administrators.ts';
import { knownRoles } from '@throughline/domain/permissions.ts';
import { listGroups } from './groups.ts';
import type { Reader } from './reader.ts';

/** Who administers and by which groups, and those named as well: what a change of them is held against. */
export async function administering(reader: Reader, named: readonly string[] = []): Promise<Administering> {
  const members = await reader.run<{
    id: string;
    active: boolean;
    until: string | null;
    roles: readonly string[];
  }>({
    name: 'administering',
    text: `select m.id, m.active, m.left_on::text as until, m.roles from member m
      where m.organisation = $1 and m.type = 'person' and ('admin' = any(m.roles) or m.id::text = any($2::text[]) or exists (
        select from group_member b join member_group g on g.organisation = b.organisation and g.id = b.member_group
        where b.organisation = m.organisation and b.member = m.id and 'admin' = any(g.roles) and g.removed_at is null))`,
    values: [reader.organisation, [...new Set(named)]],
  });
  const groups = await listGroups(reader);
  return {
    members: members.map(({ roles, ...one }) => ({ ...one, roles: knownRoles(roles) })),
    groups: groups.map(({ id, roles, members: people }) => ({
      id,
      roles,
      members: people.map((one) => one.id),
    })),
  };
}
