import { actingPerson, type ChosenScope, type Powers } from '@throughline/domain/acting.ts';
import type { Actor } from '@throughline/domain/actor.ts';
import { dayIn } from '@throughline/domain/day.ts';
import type { Role } from '@throughline/domain/permissions.ts';
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

/** The roles of members, those of their groups among them, also of one who left: what stands for what they decided. */
export async function rolesHeld(
  reader: Reader,
  members: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await reader.run<{ id: string; roles: string[] }>({
    name: 'roles-held',
    text: `select m.id, m.roles || ${groupRolesOf('m')} as roles from member m where m.organisation = $1 and m.id::text = any($2::text[])`,
    values: [reader.organisation, [...new Set(members)]],
  });
  return new Map(rows.map(({ id, roles }) => [id, roles]));
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

/** Which members are asked about. */
export type Asked = {
  /** Only who may have one of these roles: of their own, by a group, or by whom they stand in for. */
  readonly roles?: readonly Role[];
  /** The first of them by name; without it, all. */
  readonly most?: number;
};

/** Active members by name, each as they may act now: with groups, and for whom they stand in. */
export async function membersActing(
  reader: Reader,
  now: Date,
  { roles, most }: Asked,
): Promise<
  { readonly id: string; readonly name: string; readonly actor: Extract<Actor, { type: 'person' }> }[]
> {
  const rows = await reader.run<Acting & { name: string }>({
    name: 'members-acting',
    text: `with bearing as (
        select m.id from member m where m.organisation = $1 and m.roles && $3::text[]
        union select b.member from group_member b
          join member_group g on g.organisation = b.organisation and g.id = b.member_group
          where b.organisation = $1 and g.removed_at is null and g.roles && $3::text[]),
      people as materialized (
        select m.id, m.name, m.roles, m.left_on::text as left_on from member m
        where m.organisation = $1 and m.active and m.type = 'person'
          and ($3::text[] is null or m.id in (select id from bearing)
            or m.id in (select d.member from deputy d join bearing a on a.id = d.absent
              where d.organisation = $1 and d.ended_at is null))
        order by m.name, m.id limit $2)
      select x.*, p.scope, p.audited, p.groups, p.stands_for, p.time_zone, p.opened_by
      from people x join powers_of_many($1, array(select id from people)) p on p.member = x.id order by x.name, x.id`,
    values: [reader.organisation, most ?? null, roles ?? null],
  });
  return rows.map((row) => ({ id: row.id, name: row.name, actor: acting(row, now) }));
}
