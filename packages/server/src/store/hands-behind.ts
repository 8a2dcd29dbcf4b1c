import type { ActorRef } from '@throughline/domain/actor.ts';
import type { Reader } from './reader.ts';

/**
 * Members who, by their own hand, let somebody of these in, changed what they may, or put them into a group. What a
 * provider, provisioning, or whoever operates the server did is nobody's hand here.
 */
export async function handsBehind(reader: Reader, members: readonly string[]): Promise<string[]> {
  if (members.length === 0) return [];
  const rows = await reader.run<{ hand: string }>({
    name: 'hands-behind',
    text: `select distinct e.actor_id as hand from entry e
      where e.organisation = $1 and e.act in ('member.joined', 'member.changed', 'membership.begun') and e.actor_type = 'person'
        and convert_from(e.body, 'UTF8')::jsonb ->> 'member' = any($2::text[])`,
    values: [reader.organisation, [...members]],
  });
  return rows.map(({ hand }) => hand).filter((hand) => !members.includes(hand));
}

/** Who let each of these members in, by the entry of it: by an invitation, or by one made anew, which binds no name. */
export async function lettersIn(
  reader: Reader,
  members: readonly string[],
): Promise<{ readonly member: string; readonly by: ActorRef }[]> {
  if (members.length === 0) return [];
  const rows = await reader.run<{ member: string; type: ActorRef['type']; id: string }>({
    name: 'letters-in',
    text: `select convert_from(e.body, 'UTF8')::jsonb ->> 'member' as member, e.actor_type as type, e.actor_id as id
      from entry e where e.organisation = $1 and e.act in ('member.joined', 'member.changed') and e.actor_type in ('person', 'token')
        and convert_from(e.body, 'UTF8')::jsonb ->> 'member' = any($2::text[])
        and (e.act = 'member.joined' or not convert_from(e.body, 'UTF8')::jsonb ? 'digest')`,
    values: [reader.organisation, [...members]],
  });
  return rows.map(({ member, type, id }) => ({ member, by: { type, id } }));
}

/** Who said from outside at which addresses these members are reached, by the entries of it. */
export async function addressesSaidBy(
  reader: Reader,
  members: readonly string[],
): Promise<ReadonlyMap<string, readonly ActorRef[]>> {
  if (members.length === 0) return new Map();
  const rows = await reader.run<{ member: string; type: ActorRef['type']; id: string }>({
    name: 'addresses-said-by',
    text: `select distinct convert_from(e.body, 'UTF8')::jsonb ->> 'provisioning' as member, e.actor_type as type, e.actor_id as id
      from entry e where e.organisation = $1 and e.act = 'provisioning.set'
        and convert_from(e.body, 'UTF8')::jsonb ->> 'provisioning' = any($2::text[])`,
    values: [reader.organisation, [...members]],
  });
  return Map.groupBy(rows, ({ member }) => member);
}

/** Who had the newest link to a member's account in their hands, where it was made anew; the links before it ended. */
export async function linkHolders(reader: Reader, member: string): Promise<ActorRef[]> {
  return reader.run<ActorRef>({
    name: 'link-holders',
    text: `select e.actor_type as type, e.actor_id as id from entry e
      where e.organisation = $1 and e.act = 'member.changed' and e.actor_type in ('person', 'token')
        and convert_from(e.body, 'UTF8')::jsonb ->> 'member' = $2
        and convert_from(e.body, 'UTF8')::jsonb ? 'byHand'
      order by e.id desc limit 1`,
    values: [reader.organisation, member],
  });
}
