import type { Reader } from './reader.ts';
import type { RefRow } from './records.ts';

/** Something that happened to a record or around it. `act` is a revision's, an approval's, or a link's coming and going. */
export type AroundRow = RefRow & {
  readonly act: string;
  /** A link's relation, as its own side declares it. */
  readonly relation: string | null;
  /** Where a link went: the relations by which the other side led here nevertheless. */
  readonly still: readonly string[];
  readonly version: number | null;
  readonly changed: readonly string[];
  readonly material: boolean;
  readonly new_state: string | null;
  readonly actor_type: string;
  readonly actor_id: string;
  readonly at: Date;
};

/** Records below a system, or at a shared record, that are looked at: those changed last. */
const neighboursAtMost = 200;

const columns = `r.id, r.kind, r.number, r.title, r.state, r.archived_at is not null as archived`;

/**
 * The last things that happened to a record and next to it: all its own versions and approvals; the significant
 * ones of what it draws on, uses and holds; and links of others that came or went. Newest first, in one statement.
 */
const aroundText = `
with near as (
  select $2::uuid as id
  union select unnest($3::uuid[])
  union (select r.id from link l join record r on r.organisation = l.organisation and r.id = l.from_record
    where l.organisation = $1 and l.to_record = $2 and l.type = 'within' order by r.updated_at desc limit ${neighboursAtMost})
), pointing as (
  select l.from_record, l.relation from link l join record r on r.organisation = l.organisation and r.id = l.from_record
  where l.organisation = $1 and l.to_record = $2 order by r.updated_at desc limit ${neighboursAtMost}
), happened as (
  select n.id, v.act, null::text as relation, '{}'::text[] as still, v.version, v.changed, v.material, v.state as new_state, v.actor_type, v.actor_id, v.at
  from near n cross join lateral (
    select * from revision v where v.organisation = $1 and v.record = n.id
      and ((v.act = 'edited' and (v.material or n.id = $2)) or v.act in ('moved', 'archived', 'restored', 'erased') or (v.act = 'created' and n.id = $2))
    order by v.version desc limit $4) v
  union all
  select n.id, 'approval.' || a.act, null, '{}', a.version, '{}', false, null, a.by_type, a.by_id, a.at
  from near n cross join lateral (
    select * from approval a where a.organisation = $1 and a.record = n.id and (a.act <> 'submit' or n.id = $2)
    order by a.at desc, a.id desc limit $4) a
  union all
  select p.from_record, 'linked', p.relation, '{}', v.version, '{}', false, null, v.actor_type, v.actor_id, v.at
  from pointing p cross join lateral (
    select v.* from revision v where v.organisation = $1 and v.record = p.from_record and v.links -> p.relation ? $2::text
      and v.version > coalesce((select max(o.version) from revision o where o.organisation = $1 and o.record = p.from_record
        and not coalesce(o.links -> p.relation ? $2::text, false)), 0)
    order by v.version limit 1) v
  union all
  select e.from_record, 'unlinked', e.relation,
    array(select held.key from jsonb_each(v.links) held where held.value ? $2::text),
    v.version, '{}', false, null, v.actor_type, v.actor_id, e.at
  from (select * from link_ended where organisation = $1 and to_record = $2 order by at desc limit $4) e
  join lateral (select * from revision v where v.organisation = $1 and v.record = e.from_record and v.at = e.at limit 1) v on true
)
select ${columns}, h.act, h.relation, h.still, h.version, h.changed, h.material, h.new_state, h.actor_type, h.actor_id, h.at
from happened h join record r on r.organisation = $1 and r.id = h.id
order by h.at desc, h.version desc, r.id limit $4`;

export async function around(
  reader: Reader,
  record: string,
  inputs: readonly string[],
  limit: number,
): Promise<AroundRow[]> {
  return reader.run<AroundRow>({
    name: 'around',
    text: aroundText,
    values: [reader.organisation, record, [...inputs], limit],
  });
}
