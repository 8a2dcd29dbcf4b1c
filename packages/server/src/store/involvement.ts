import type { Look } from '@throughline/domain/independence.ts';
import { officeKinds, ownedKinds } from '@throughline/domain/independence.ts';
import type { DoneVersion } from '@throughline/domain/kinds/doers.ts';
import type { Reader } from './reader.ts';

/** A part that somebody had in a record: the first that is found of each kind of part. */
export type Part = {
  readonly how: 'wrote' | 'moved' | 'approved' | 'owned';
  readonly record: string;
  /** Member or token. */
  readonly by: string;
};

const atMost = 20;

/**
 * What members and tokens wrote, moved on, approved or owned of what is judged, in the period: from versions and approvals, which
 * the log binds. An owner counts whose version stood in the period, whenever it was written.
 */
export async function partsOf(
  reader: Reader,
  ids: readonly string[],
  { over, period, by }: Pick<Look, 'over' | 'period' | 'by'>,
): Promise<Part[]> {
  if (ids.length === 0) return [];
  const owners = reader.registry.kinds.flatMap(({ name, owner }) => (owner ? [{ name, owner }] : []));
  return reader.run<Part>({
    name: 'parts-of',
    text: `with judged as (
        select id, kind from record where organisation = $1 and kind <> all($2::text[])
          and ($3::uuid[] is null or id = any($3) or system = any($3))
          and ($4::uuid[] is null or id = any($4) or (kind = 'implementation' and ($11::uuid is null or system is null or system = $11)
            and id in (select from_record from link where organisation = $1 and to_record = any($13::uuid[]) and relation = 'control'))
            or (kind = any($14::text[]) and system = $11))
          and ($5::text[] is null or kind = any($5))
      ), owning as (select * from unnest($6::text[], $7::text[]) as o(kind, field))
      (select distinct 'owned' as how, v.record, v.fields ->> o.field as by from revision v
        join judged j on j.id = v.record join owning o on o.kind = j.kind
        where v.organisation = $1 and ($15::text[] is null or 'owned' = any($15)) and v.fields ->> o.field = any($8::text[]) and v.at < $10::date + 1
          and not exists (select from revision n where n.organisation = v.organisation and n.record = v.record
            and n.version > v.version and n.at < $9::date))
      union all
      (select distinct case v.act when 'moved' then 'moved' else 'wrote' end, v.record, v.actor_id from revision v join judged j on j.id = v.record
        where v.organisation = $1 and j.kind <> all($12::text[]) and (v.actor_id = any($8::text[]) or v.on_behalf_of::text = any($8::text[]))
          and v.act in ('created', 'edited', 'moved')
          and ($15::text[] is null or case v.act when 'moved' then 'moved' else 'wrote' end = any($15)) and v.at >= $9::date and v.at < $10::date + 1)
      union all
      (select distinct 'approved', a.record, a.by_id from approval a join judged j on j.id = a.record
        where a.organisation = $1 and (a.by_id = any($8::text[]) or a.on_behalf_of::text = any($8::text[]))
          and a.act in ('approve', 'restore') and ($15::text[] is null or 'approved' = any($15)) and a.at >= $9::date and a.at < $10::date + 1)
      limit ${atMost}`,
    values: [
      reader.organisation,
      [...officeKinds],
      'systems' in over ? [...over.systems] : null,
      'records' in over ? [...over.records] : null,
      'kinds' in over ? [...over.kinds] : null,
      owners.map(({ name }) => name),
      owners.map(({ owner }) => owner),
      [...ids],
      period.from,
      period.to,
      'records' in over ? over.system : null,
      [...ownedKinds],
      'records' in over ? [...over.implementationsOf] : [],
      'records' in over ? [...(over.kindsThere ?? [])] : [],
      by ? [...by] : null,
    ],
  });
}

/**
 * The versions of a record and of those that belong to its work: records of the kinds that link to it, and what links to
 * those. A link that was taken away again counts no more.
 */
export async function workVersions(
  reader: Reader,
  record: string,
  kinds: readonly string[],
): Promise<DoneVersion[]> {
  const rows = await reader.run<
    Omit<DoneVersion, 'by'> & { actor_type: string; actor_id: string; on_behalf_of: string | null }
  >({
    name: 'work-versions',
    text: `with direct as (
        select r.id from link l join record r on r.organisation = $1 and r.id = l.from_record
        where l.organisation = $1 and l.to_record = $2 and r.kind = any($3::text[])
      ), work as (
        select $2::uuid as id union select id from direct
        union select r.id from direct d join link l on l.organisation = $1 and l.to_record = d.id
          join record r on r.organisation = $1 and r.id = l.from_record and r.kind = any($3::text[])
      )
      select v.record, v.kind, v.version, v.act, v.state, v.changed, v.fields, to_json(v.at) #>> '{}' as at,
        v.actor_type, v.actor_id, v.on_behalf_of
      from work w join revision v on v.organisation = $1 and v.record = w.id`,
    values: [reader.organisation, record, [...kinds]],
  });
  return rows.map(({ actor_type: type, actor_id: id, on_behalf_of: onBehalfOf, at, ...version }) => ({
    ...version,
    at: new Date(at).toISOString(),
    by: { type, id, onBehalfOf },
  }));
}
