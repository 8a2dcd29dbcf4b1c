import { peopleNamed } from '@throughline/domain/kinds/people-in.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import type { Batch, Late, RecordRowIn } from './batch.ts';
import type { Statement } from './connection.ts';
import { overEverything } from './over-everything.ts';
import type { Reader } from './reader.ts';
import type { StoredRecord } from './stored-record.ts';
import type { Write } from './write.ts';

const partiesText = `
with named as (
  select p.record, m.id::uuid as member
  from jsonb_to_recordset($2) as p(record uuid, members jsonb) left join lateral jsonb_array_elements_text(p.members) as m(id) on true
), gone as (
  delete from record_party k where k.organisation = $1 and k.via = k.record and k.record in (select record from named)
    and not exists (select from named n where n.record = k.record and n.member = k.member)
)
insert into record_party (organisation, record, via, member)
select distinct $1::uuid, record, record, member from named where member is not null on conflict do nothing`;

/** Of records that belong to others, the people named there: read from the rows as they stand at the end of the change. */
const heirsText = `
with seal as (
  select * from jsonb_to_recordset($4) as s(kind text, relation text, paths jsonb)
), touched as (
  select l.from_record as record, l.to_record as via, s.paths from seal s
  join link l on l.organisation = $1 and l.relation = s.relation and (l.from_record = any($2::uuid[]) or l.to_record = any($3::uuid[]))
  join record r on r.organisation = $1 and r.id = l.from_record and r.kind = s.kind
), named as (
  select distinct t.record, t.via, (v #>> '{}')::uuid as member from touched t
  join record a on a.organisation = $1 and a.id = t.via
  cross join lateral jsonb_array_elements_text(t.paths) as p(path)
  cross join lateral jsonb_path_query(a.fields, p.path::jsonpath) as v
  where v #>> '{}' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
), gone as (
  delete from record_party k where k.organisation = $1 and k.via <> k.record and (k.record = any($2::uuid[]) or k.via = any($3::uuid[]))
    and not exists (select from named n where n.record = k.record and n.via = k.via and n.member = k.member)
)
insert into record_party (organisation, record, via, member) select $1, record, via, member from named on conflict do nothing`;

/** Who is named in records of sealed kinds, where the change wrote any. */
export function partiesStatement({ registry, organisation }: Write, batch: Batch): Statement | undefined {
  const parties = rowsOf(batch).flatMap(({ id, kind, fields }) => {
    const seal = registry.find(kind)?.sealed;
    return seal ? [{ record: id, members: peopleNamed(seal.readBy, fields) }] : [];
  });
  return parties.length === 0
    ? undefined
    : { name: 'parties', text: partiesText, values: [organisation, JSON.stringify(parties)] };
}

/**
 * Keeps what is written at the end of the change: new records, and what has to be looked at again then: sealed records
 * that belong to others, and changed ones that hold such.
 */
export function keepForLast(
  registry: Registry,
  batch: Batch,
  { created, heirs, holders, controls }: Late,
): void {
  for (const [id, row] of batch.created) created.set(id, row);
  for (const { id, kind } of rowsOf(batch)) if (kind === 'control') controls.add(id);
  for (const { id, kind } of rowsOf(batch)) if (registry.find(kind)?.sealed?.andOf) heirs.add(id);
  for (const { id, kind } of batch.updated.values()) if (registry.holdsSealed(kind)) holders.add(id);
}

export function heirsStatement(
  { registry, organisation }: Write,
  { heirs, holders }: Late,
): Statement | undefined {
  if (heirs.size === 0 && holders.size === 0) return undefined;
  const seals = registry.kinds.flatMap(({ name: kind, sealed }) => {
    if (!sealed?.andOf) return [];
    const { relation, readBy } = sealed.andOf;
    return [{ kind, relation, paths: readBy.map(pathOf) }];
  });
  return {
    name: 'heirs',
    text: heirsText,
    values: [organisation, [...heirs], [...holders], JSON.stringify(seals)],
  };
}

/** `lead` as `$."lead"`, `team.person` as `$."team"[*]."person"`. */
const pathOf = (name: string): string =>
  `$.${name
    .split('.')
    .map((part) => `"${part}"`)
    .join('[*].')}`;

const rowsOf = ({ created, updated }: Batch): RecordRowIn[] => [...created.values(), ...updated.values()];

/** Whether records of a sealed kind belong to another record, archived ones too: asked for a rule that says nothing else of them. */
export async function hasSealed(
  write: Write,
  { holder, kind, relation }: { readonly holder: string; readonly kind: string; readonly relation: string },
): Promise<boolean> {
  const rows = await overEverything(write, () =>
    write.run<{ id: string }>({
      name: 'has-sealed',
      text: `select r.id from link l join record r on r.organisation = l.organisation and r.id = l.from_record
        where l.organisation = $1 and l.relation = $2 and l.to_record = $3 and r.kind = $4 limit 1`,
      values: [write.organisation, relation, holder, kind],
    }),
  );
  return rows.length > 0;
}

/** The people who may read a sealed record, of an erased one whoever erased it; `null` where its kind is not sealed. */
export async function partiesOf(
  reader: Reader,
  { id, kind, content }: Pick<StoredRecord, 'kind' | 'content'> & { readonly id?: string },
): Promise<string[] | null> {
  const seal = reader.registry.find(kind)?.sealed;
  if (!seal) return null;
  if (id !== undefined && Object.keys(content.fields).length === 0) return partiesKept(reader, id);
  const own = peopleNamed(seal.readBy, content.fields);
  const holder = seal.andOf && content.links[seal.andOf.relation]?.[0];
  if (!seal.andOf || !holder) return own;
  const found = await reader.db
    .selectFrom('record')
    .select('fields')
    .where('organisation', '=', reader.organisation)
    .where('id', '=', holder)
    .executeTakeFirst();
  return [...own, ...peopleNamed(seal.andOf.readBy, found?.fields ?? {})];
}

/** As far as whoever reads is one of them. */
async function partiesKept(reader: Reader, record: string): Promise<string[]> {
  const rows = await reader.run<{ member: string }>({
    name: 'parties-kept',
    text: 'select distinct member from record_party where organisation = $1 and record = $2',
    values: [reader.organisation, record],
  });
  return rows.map(({ member }) => member);
}
