import { actingPerson, type ChosenScope, type Powers } from '@throughline/domain/acting.ts';
import type { Actor } from '@throughline/domain/actor.ts';
import { dayIn } from '@throughline/domain/day.ts';
import type { Reader } from './reader.ts';

/** A row of `powers_of`, under names that stand beside a session's. */
export type PowersRow = {
  readonly scope: ChosenScope | null;
  readonly audited: readonly string[] | null;
  readonly groups: readonly string[];
  readonly stands_for: Powers['standsFor'] | null;
  readonly time_zone: string;
};

export const powersIn = ({ scope, audited, groups, stands_for }: PowersRow): Powers => ({
  scope,
  audited,
  groups,
  standsFor: stands_for ?? [],
});

/** SQL for the roles that a row of `member` has by its groups. */
export const groupRolesOf = (row: string) => `array(select unnest(g.roles) from group_member b
  join member_group g on g.organisation = b.organisation and g.id = b.member_group
  where b.organisation = ${row}.organisation and b.member = ${row}.id and g.removed_at is null)`;

/** The roles of a member, those of their groups among them, also of one who left: what stands for what they decided. */
export async function rolesHeld(reader: Reader, member: string): Promise<readonly string[]> {
  const [row] = await reader.run<{ roles: string[] }>({
    name: 'roles-held',
    text: `select m.roles || ${groupRolesOf('m')} as roles from member m where m.organisation = $1 and m.id::text = $2`,
    values: [reader.organisation, member],
  });
  return row?.roles ?? [];
}

type Acting = PowersRow & {
  readonly id: string;
  readonly roles: readonly string[];
  readonly left_on: string | null;
  readonly opened_by: string | null;
};

/** After their last day, wherever the organisation is, they may nothing. */
function acting(row: Acting, now: Date): Extract<Actor, { type: 'person' }> {
  const { id: member, roles, left_on: until } = row;
  if (until !== null && dayIn(now, 'Etc/GMT+12') > until) return { type: 'person', member, roles: [] };
  const person = actingPerson({ member, roles, until }, powersIn(row), dayIn(now, row.time_zone));
  return row.opened_by === null ? person : { ...person, openedBy: row.opened_by };
}

/** A member as they may act now; one who left may nothing. */
export async function memberActing(
  reader: Reader,
  member: string,
  now: Date,
): Promise<Extract<Actor, { type: 'person' }>> {
  const [row] = await reader.run<Acting>({
    name: 'member-acting',
    text: `select m.id, m.roles, m.left_on::text as left_on, p.scope, p.audited, p.groups, p.stands_for, p.time_zone,
        opened_by(m.organisation, m.id) as opened_by
      from member m cross join lateral powers_of(m.organisation, m.id) p
      where m.organisation = $1 and m.active and m.type = 'person' and m.id = $2`,
    values: [reader.organisation, member],
  });
  return row ? acting(row, now) : { type: 'person', member, roles: [] };
}

/** Active members by name, at most `most`, each as they may act now: with groups, and for whom they stand in. */
export async function membersActing(
  reader: Reader,
  now: Date,
  most: number,
): Promise<
  { readonly id: string; readonly name: string; readonly actor: Extract<Actor, { type: 'person' }> }[]
> {
  const rows = await reader.run<Acting & { name: string }>({
    name: 'members-acting',
    text: `with people as materialized (
        select m.id, m.name, m.roles, m.left_on::text as left_on from member m
        where m.organisation = $1 and m.active and m.type = 'person' order by m.name, m.id limit $2)
      select x.*, p.scope, p.audited, p.groups, p.stands_for, p.time_zone, p.opened_by
      from people x join powers_of_many($1, array(select id from people)) p on p.member = x.id order by x.name, x.id`,
    values: [reader.organisation, most],
  });
  return rows.map((row) => ({ id: row.id, name: row.name, actor: acting(row, now) }));
}
