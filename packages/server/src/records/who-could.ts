import type { Actor } from '@throughline/domain/actor.ts';
import { isDemoMember } from '@throughline/domain/demo-member.ts';
import {
  can,
  groupRolesFor,
  type RecordAct,
  type RecordFacts,
  type Role,
  rightTo,
  whoCan,
} from '@throughline/domain/permissions.ts';
import { listGroups, type StoredGroup } from '../store/groups.ts';
import { membersActing } from '../store/powers.ts';
import type { Reader } from '../store/reader.ts';
import { memberNames } from '../store/records.ts';

export type Named = { readonly id: string; readonly name: string };

/** As many names as a sentence carries. */
export const namesAtMost = 5;

/** As many members as are asked about; where more bear the roles, a refusal names roles alone where none of these could. */
const mostMembers = 500;

/**
 * Members who could do to a record what somebody may not, by act and by name. Programs and external auditors are told
 * roles alone: they have no business with who is here. People of the demo cannot sign in, so that asking them leads
 * nowhere.
 */
export async function whoCould(
  reader: Reader,
  actor: Actor,
  acts: readonly RecordAct[],
  facts: RecordFacts,
  now: Date,
): Promise<ReadonlyMap<RecordAct, readonly Named[]>> {
  if (actor.type !== 'person' || actor.scope) return new Map();
  const refused = acts.filter((act) => !can(actor, act, facts));
  if (refused.length === 0) return new Map();
  const roles = refused.flatMap((act) => whoCan(facts.kind, act));
  const everybody = await membersActing(reader, now, { roles, most: mostMembers });
  const members = everybody.filter(({ id }) => !isDemoMember(id));
  const found = refused.map((act) => [act, members.filter((one) => can(one.actor, act, facts))] as const);
  const all = everybody.length < mostMembers;
  return new Map(
    found
      .filter(([, people]) => all || people.length > 0)
      .map(([act, people]) => [act, people.slice(0, namesAtMost).map(({ id, name }) => ({ id, name }))]),
  );
}

/** Who could do an act on the organisation itself. */
type Administering = {
  /** Nobody without one of these could; without it, anybody is asked about. */
  readonly roles?: readonly Role[];
  readonly could: (actor: Actor) => boolean;
};

/** The same of an act on the organisation itself; nothing where only roles can be named. */
export async function whoAdministersHere(
  reader: Reader,
  actor: Actor,
  { could, ...asked }: Administering,
  now: Date,
): Promise<readonly Named[] | undefined> {
  if (actor.type !== 'person' || actor.scope) return undefined;
  const everybody = await membersActing(reader, now, { ...asked, most: mostMembers });
  const people = everybody.filter((one) => !isDemoMember(one.id) && could(one.actor));
  if (people.length === 0 && everybody.length >= mostMembers) return undefined;
  return people.slice(0, namesAtMost).map(({ id, name }) => ({ id, name }));
}

/** What gives somebody rights beside themselves, by name: whom they stand in for, and their groups. */
export type Through = {
  readonly away: ReadonlyMap<string, string>;
  readonly groups: readonly StoredGroup[];
};

/** `null` for nearly everybody, who act by their own roles alone: nothing is read for them. */
export async function throughOf(reader: Reader, actor: Actor): Promise<Through | null> {
  if (actor.type !== 'person' || (!actor.standsFor && !actor.byGroup)) return null;
  return {
    away: await memberNames(
      reader,
      (actor.standsFor ?? []).map(({ member }) => member),
    ),
    groups: actor.byGroup ? await listGroups(reader, { member: actor.member }) : [],
  };
}

/** For whom somebody does an act that they may do, or through which groups; nothing where it is by their own right. */
export function rightThrough(
  actor: Actor,
  act: RecordAct,
  facts: RecordFacts,
  through: Through,
): { readonly for?: Named; readonly groups?: readonly Named[] } {
  const absent = rightTo(actor, act, facts)?.onBehalfOf ?? null;
  if (absent !== null) return { for: { id: absent, name: through.away.get(absent) ?? '' } };
  const roles = groupRolesFor(actor, act, facts);
  const groups = through.groups.filter((group) => group.roles.some((role) => roles.includes(role)));
  return groups.length === 0 ? {} : { groups: groups.map(({ id, name }) => ({ id, name })) };
}
