import type { Content } from '@throughline/domain/kinds/kind.ts';
import type { Reader } from './reader.ts';
import type { RefRow } from './records.ts';

const ref = `r.id, r.kind, r.number, r.title, r.state, r.archived_at is not null as archived`;

/** A record with the content that counts: of its version in force where there is one, else as it stands. */
export type CountingRow = RefRow & Content;

/** Classifications of these use cases under the EU AI Act, withdrawn ones aside. */
export async function lawClassesOf(reader: Reader, useCases: readonly string[]): Promise<CountingRow[]> {
  if (useCases.length === 0) return [];
  return reader.run<CountingRow>({
    name: 'law-classes',
    text: `select distinct ${ref}, coalesce(v.fields, r.fields) as fields, coalesce(v.links, r.links) as links
      from link l join record r on r.organisation = l.organisation and r.id = l.from_record
      left join revision v on v.organisation = r.organisation and v.record = r.id and v.version = r.in_force
      where l.organisation = $1 and l.to_record = any($2::uuid[]) and l.relation = 'useCase'
        and r.kind = 'classification' and r.archived_at is null and r.state <> 'withdrawn'
        and coalesce(v.fields, r.fields) ->> 'scheme' = 'eu-ai-act' order by r.number`,
    values: [reader.organisation, [...useCases]],
  });
}

/** Assessments with an approval in force of a system, or of those that use a model or data set, by themselves or their versions. */
export async function assessmentsHeldAgainst(
  reader: Reader,
  changed: string,
): Promise<{ readonly id: string; readonly kind: string }[]> {
  return reader.run<{ id: string; kind: string }>({
    name: 'assessments-held-against',
    text: `select a.id, a.kind from record a where a.organisation = $1 and a.kind = 'impact-assessment'
      and a.archived_at is null and a.state <> 'withdrawn' and a.in_force is not null and a.system in (
        select r.system from record r where r.organisation = $1 and r.id = $2
        union select r.system from link l join record r on r.organisation = l.organisation and r.id = l.from_record
          where l.organisation = $1 and l.to_record = $2 and r.kind in ('system', 'system-version') and r.archived_at is null)
      order by a.number`,
    values: [reader.organisation, changed],
  });
}

/** The method of impact assessment in force: the newest approved document of that type that carries MD-05 or SD-03. */
export async function impactMethod(
  reader: Reader,
): Promise<(CountingRow & { in_force: number }) | undefined> {
  const [row] = await reader.run<CountingRow & { in_force: number }>({
    name: 'impact-method',
    text: `select ${ref}, r.in_force, v.fields, v.links from record r
      join revision v on v.organisation = r.organisation and v.record = r.id and v.version = r.in_force
      where r.organisation = $1 and r.kind = 'document' and r.archived_at is null and r.state <> 'withdrawn'
        and v.fields ->> 'type' = 'method' and v.fields -> 'covers' ?| array['MD-05', 'SD-03']
      order by r.updated_at desc, r.id limit 1`,
    values: [reader.organisation],
  });
  return row;
}

const alikeAtMost = 200;

/** Other assessments that hold the same text as this one, word for word, by field. */
export async function sameTexts(
  reader: Reader,
  assessment: string,
  fields: readonly string[],
): Promise<(RefRow & { readonly field: string })[]> {
  return reader.run<RefRow & { field: string }>({
    name: 'same-texts',
    text: `select p.field, ${ref} from record me cross join unnest($3::text[]) p(field)
      join record r on r.organisation = me.organisation and r.kind = me.kind and r.id <> me.id
        and r.archived_at is null and r.state <> 'withdrawn' and r.fields ->> p.field = me.fields ->> p.field
      where me.organisation = $1 and me.id = $2 order by p.field, r.number limit ${alikeAtMost}`,
    values: [reader.organisation, assessment, [...fields]],
  });
}

/** Texts that stand word for word in several assessments: how many, and the first of them. Those shared most come first. */
export async function textsShared(
  reader: Reader,
  fields: readonly string[],
): Promise<{ field: string; count: number; ids: string[] }[]> {
  return reader.run<{ field: string; count: number; ids: string[] }>({
    name: 'texts-shared',
    text: `select p.field, count(*)::int as count, (array_agg(r.id order by r.number))[1:10] as ids
      from record r cross join unnest($2::text[]) p(field)
      where r.organisation = $1 and r.kind = 'impact-assessment' and r.archived_at is null and r.state <> 'withdrawn'
        and r.fields ->> p.field is not null
      group by p.field, md5(r.fields ->> p.field) having count(*) > 1
      order by count(*) desc, p.field, min(r.number) limit 50`,
    values: [reader.organisation, [...fields]],
  });
}

/** How many assessments name each version of each method; withdrawn and archived ones aside. */
export async function methodVersions(
  reader: Reader,
): Promise<{ method: string | null; version: number | null; count: number }[]> {
  return reader.run<{ method: string | null; version: number | null; count: number }>({
    name: 'method-versions',
    text: `select r.links -> 'method' ->> 0 as method, (r.fields ->> 'methodVersion')::int as version, count(*)::int as count
      from record r where r.organisation = $1 and r.kind = 'impact-assessment' and r.archived_at is null
        and r.state <> 'withdrawn' group by 1, 2`,
    values: [reader.organisation],
  });
}

/** Assessments that do not name this version of this method, at most `limit`. */
export async function onOtherVersions(
  reader: Reader,
  now: { readonly method: string | null; readonly version: number | null },
  limit: number,
): Promise<(RefRow & { method: string | null; version: number | null })[]> {
  return reader.run<RefRow & { method: string | null; version: number | null }>({
    name: 'on-other-versions',
    text: `select ${ref}, r.links -> 'method' ->> 0 as method, (r.fields ->> 'methodVersion')::int as version
      from record r where r.organisation = $1 and r.kind = 'impact-assessment' and r.archived_at is null
        and r.state <> 'withdrawn'
        and ($2::text is null or r.links -> 'method' ->> 0 is distinct from $2 or r.fields ->> 'methodVersion' is distinct from $3::text)
      order by r.number limit $4`,
    values: [reader.organisation, now.method, now.version === null ? null : String(now.version), limit],
  });
}
