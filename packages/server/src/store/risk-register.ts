import type { Point } from '@throughline/domain/risk/rate.ts';
import { type RatedFor, ratedField } from '@throughline/domain/risk/rated-filter.ts';
import type { LevelMove, RatedCount } from '@throughline/domain/risk/register-matrix.ts';
import type { Reader } from './reader.ts';

/** Of open risks, of one system or of all: what stands of one point and bearer, counted. */
export async function ratedCounts(
  reader: Reader,
  point: Point,
  bearer: RatedFor,
  system: string | null,
): Promise<RatedCount[]> {
  return reader.run<RatedCount>({
    name: 'rated-counts',
    text: `select x.likelihood, x.consequence, nullif(r.fields ->> $4, '') as level, coalesce(x.criteria, r.fields ->> 'criteriaVersion') as criteria, count(*)::int as risks
      from record r left join lateral (
        select e ->> 'likelihood' as likelihood, e ->> 'consequence' as consequence, e ->> 'criteria' as criteria
        from jsonb_array_elements(case jsonb_typeof(r.fields -> 'rated') when 'array' then r.fields -> 'rated' else '[]' end) e
        where e ->> 'point' = $2 and e ->> 'bearer' = $3 limit 1) x on true
      where r.organisation = $1 and r.kind = 'risk' and r.archived_at is null and r.state <> 'closed' and ($5::uuid is null or r.system = $5)
      group by 1, 2, 3, 4`,
    values: [reader.organisation, point, bearer, ratedField(point, bearer), system],
  });
}

/** The same of several fields that hold levels at once, by the field. */
export async function levelCounts(
  reader: Reader,
  fields: readonly string[],
  system: string | null,
): Promise<{ field: string; level: string | null; risks: number }[]> {
  return reader.run<{ field: string; level: string | null; risks: number }>({
    name: 'level-counts',
    text: `select f as field, nullif(r.fields ->> f, '') as level, count(*)::int as risks
      from record r cross join unnest($2::text[]) f
      where r.organisation = $1 and r.kind = 'risk' and r.archived_at is null and r.state <> 'closed' and ($3::uuid is null or r.system = $3)
      group by 1, 2`,
    values: [reader.organisation, [...fields], system],
  });
}

/**
 * How open risks came to levels and left them, by day in the organisation's time zone, from their versions: the last one
 * of a day counts. A risk that is closed, archived or erased stands at no level any more.
 */
export async function levelMoves(
  reader: Reader,
  field: string,
  timeZone: string,
  system: string | null,
): Promise<LevelMove[]> {
  return reader.run<LevelMove>({
    name: 'level-moves',
    text: `with ends as (
        select distinct on (v.record, (v.at at time zone $3)::date) v.record, (v.at at time zone $3)::date as day,
          v.state <> 'closed' and v.archived_at is null and v.fields is not null as open, coalesce(nullif(v.fields ->> $2, ''), '') as level
        from revision v where v.organisation = $1 and v.kind = 'risk'
          and ($4::uuid is null or v.record in (select id from record where organisation = $1 and kind = 'risk' and system = $4))
        order by v.record, (v.at at time zone $3)::date, v.version desc
      ), moves as (
        select day, open, level, lag(open) over w as was_open, lag(level) over w as before from ends window w as (partition by record order by day)
      )
      select day::text as day, nullif(level, '') as level, sum(n)::int as risks from (
        select day, level, 1 as n from moves where open
        union all select day, before, -1 from moves where was_open
      ) m group by day, level having sum(n) <> 0 order by day`,
    values: [reader.organisation, field, timeZone, system],
  });
}
