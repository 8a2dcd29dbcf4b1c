import { verdictOf } from '@throughline/domain/trace/strip.ts';
import type { Reader } from './reader.ts';

export type StationCount = { readonly station: string; readonly verdict: string; readonly count: number };

/**
 * Verdicts over the register by station, `order` being the stations as strips have them: counted from the kept lines of
 * systems that are not archived. Few different strips stand for thousands of systems. Here and below the kind is named,
 * or PostgreSQL walks every record of the organisation to find the systems.
 */
export async function stationCounts(reader: Reader, order: readonly string[]): Promise<StationCount[]> {
  const rows = await reader.run<{ strip: string; count: number }>({
    name: 'strip-counts',
    text: `select l.strip, count(*)::int as count from system_line l
      join record r on r.organisation = l.organisation and r.id = l.system and r.kind = 'system' and r.archived_at is null
      where l.organisation = $1 and l.strip is not null group by l.strip`,
    values: [reader.organisation],
  });
  const counts = new Map<string, { station: string; verdict: string; count: number }>();
  for (const { strip, count } of rows)
    for (const [place, letter] of [...strip].entries()) {
      const station = order[place];
      if (station === undefined) continue;
      const verdict = verdictOf(letter);
      const counted = counts.get(`${station} ${verdict}`);
      if (counted) counted.count += count;
      else counts.set(`${station} ${verdict}`, { station, verdict, count });
    }
  return [...counts.values()];
}

/** How many systems there are, run, have gaps, and run with gaps. `live` names the states that count as running. */
export async function systemCounts(
  reader: Reader,
  live: readonly string[],
): Promise<{ total: number; running: number; withGaps: number; runningWithGaps: number }> {
  const rows = await reader.run<{ total: number; running: number; with_gaps: number; both: number }>({
    name: 'system-counts',
    text: `select count(*)::int as total, count(*) filter (where r.state = any($2))::int as running,
        count(*) filter (where l.gaps > 0)::int as with_gaps, count(*) filter (where l.gaps > 0 and r.state = any($2))::int as both
      from record r left join system_line l on l.organisation = r.organisation and l.system = r.id
      where r.organisation = $1 and r.kind = 'system' and r.archived_at is null`,
    values: [reader.organisation, live],
  });
  const row = rows[0];
  return {
    total: row?.total ?? 0,
    running: row?.running ?? 0,
    withGaps: row?.with_gaps ?? 0,
    runningWithGaps: row?.both ?? 0,
  };
}

export type CoverageRow = {
  readonly key: string;
  readonly systems: number;
  readonly gaps: number;
  /** Of these, gaps of the organisation itself, on none of its systems. */
  readonly organisation_gaps: number;
  readonly systems_with_gaps: number;
};

/** Gaps by what their rules serve: clauses, controls and other ids of the catalogue. */
export async function coverageByRef(reader: Reader): Promise<CoverageRow[]> {
  return reader.run<CoverageRow>({
    name: 'coverage-ref',
    text: `with found as (
        select g.system, g.refs, count(*) as gaps from gap g
        left join record r on r.organisation = g.organisation and r.id = g.system and r.kind = 'system'
        where g.organisation = $1 and r.archived_at is null group by g.system, g.refs
      ), by_system as (
        select x.ref, f.system, sum(f.gaps) as gaps from found f cross join lateral unnest(f.refs) as x(ref) group by x.ref, f.system
      )
      select ref as key, count(system)::int as systems_with_gaps, sum(gaps)::int as gaps,
        coalesce(sum(gaps) filter (where system is null), 0)::int as organisation_gaps,
        (select count(*)::int from record s where s.organisation = $1 and s.kind = 'system' and s.archived_at is null) as systems
      from by_system group by ref`,
    values: [reader.organisation],
  });
}

/** Systems and their gaps by owner (member id, `''` for none) or by the text of one slot, such as the unit. */
export async function coverageBySystem(reader: Reader, column: 'owner' | 'unit'): Promise<CoverageRow[]> {
  const key = column === 'owner' ? `coalesce(r.owner::text, '')` : `coalesce(r.fields ->> 'unit', '')`;
  return reader.run<CoverageRow>({
    name: `coverage-${column}`,
    text: `select ${key} as key, count(*)::int as systems, coalesce(sum(l.gaps), 0)::int as gaps, 0 as organisation_gaps,
        count(*) filter (where l.gaps > 0)::int as systems_with_gaps
      from record r left join system_line l on l.organisation = r.organisation and l.system = r.id
      where r.organisation = $1 and r.kind = 'system' and r.archived_at is null group by 1 order by 3 desc, 1 limit 1000`,
    values: [reader.organisation],
  });
}

export type GapRow = {
  readonly id: string;
  readonly system: string | null;
  readonly station: string;
  readonly rule: string;
  readonly source: string;
  readonly weight: string;
  readonly records: readonly string[];
  readonly owner: string | null;
  readonly since: string | null;
  readonly caused_by: string | null;
  /** Where it stands among all: weight, age and id, parted by points. */
  readonly place: string;
};

/** Gaps over the register, the worst and oldest first: a page after the place `after`, which is a row's `place`. */
export async function gapPage(
  reader: Reader,
  query: {
    station: string | null;
    rule: string | null;
    source: string | null;
    after: string | null;
    limit: number;
  },
): Promise<GapRow[]> {
  const [rank, age, id] = query.after?.split('.') ?? [-1, '0001-01-01', 0];
  return reader.run<GapRow>({
    name: 'gap-page',
    text: `select g.id, g.system, g.station, g.rule, g.source, g.weight, g.records, g.owner, g.since::text as since, g.caused_by,
        concat_ws('.', g.rank, g.age, g.id) as place
      from gap g left join record r on r.organisation = g.organisation and r.id = g.system and r.kind = 'system'
      where g.organisation = $1 and r.archived_at is null and ($2::text is null or g.station = $2) and ($3::text is null or g.rule = $3)
        and ($4::text is null or g.source = $4) and (g.rank, g.age, g.id) > ($5::smallint, $6::date, $7::bigint)
      order by g.rank, g.age, g.id limit $8`,
    values: [reader.organisation, query.station, query.rule, query.source, rank, age, id, query.limit],
  });
}

/** How many gaps there are under the filters of a page. */
export async function gapCount(
  reader: Reader,
  query: { station: string | null; rule: string | null; source: string | null },
): Promise<number> {
  const rows = await reader.run<{ count: number }>({
    name: 'gap-count',
    text: `select count(*)::int as count from gap g
      left join record r on r.organisation = g.organisation and r.id = g.system and r.kind = 'system'
      where g.organisation = $1 and r.archived_at is null and ($2::text is null or g.station = $2)
        and ($3::text is null or g.rule = $3) and ($4::text is null or g.source = $4)`,
    values: [reader.organisation, query.station, query.rule, query.source],
  });
  return rows[0]?.count ?? 0;
}

export type TrendRow = {
  readonly day: string;
  readonly systems: number;
  readonly with_gaps: number;
  readonly gaps: number;
  readonly verdicts: Readonly<Record<string, number>>;
};

/** The daily trend, oldest first. */
export async function trendRows(reader: Reader, days: number): Promise<TrendRow[]> {
  return reader.run<TrendRow>({
    name: 'trend',
    text: `select day::text as day, systems, with_gaps, gaps, verdicts from trend where organisation = $1
      and day > current_date - $2::int order by day`,
    values: [reader.organisation, days],
  });
}
