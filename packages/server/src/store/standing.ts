import { sql } from 'kysely';
import { factsMarksOf } from './marks.ts';
import type { Reader } from './reader.ts';
import type { Write } from './write.ts';

/** What is kept of one computed line: rows that lists, filters and readiness are counted from. */
export type LineRow = {
  readonly system: string;
  readonly strip: string;
  readonly gaps: number;
  readonly holds_until: string | null;
  readonly recheck_at: string | null;
  /** Marks of the system and of the organisation's facts as they were read: newer ones leave the line stale. */
  readonly marks: string;
  readonly facts: string;
  /** Of `stations` and `found`: while it stays the same, their rows are left alone. */
  readonly digest: string;
  readonly stations: readonly {
    readonly station: string;
    readonly verdict: string;
    readonly holds_until: string | null;
  }[];
  readonly found: readonly GapRowIn[];
};

export type GapRowIn = {
  readonly station: string;
  readonly rule: string;
  readonly source: string;
  readonly weight: string;
  readonly records: readonly string[];
  readonly refs: readonly string[];
  readonly owner: string | null;
  readonly since: string | null;
  readonly caused_by: string | null;
};

const keepText = `
with lines as (
  select * from jsonb_to_recordset($2) as l(system uuid, strip text, gaps int, holds_until date, recheck_at timestamptz,
    marks bigint, facts bigint, digest text, stations jsonb, found jsonb)
), newer as materialized (
  select l.system from lines l left join system_line s on s.organisation = $1 and s.system = l.system
  where s.system is null or (s.settled <= l.marks and s.facts <= l.facts)
), folded as (
  delete from line_mark k using newer n where k.organisation = $1 and k.system = n.system returning k.system
), kept as (
  insert into system_line as s (organisation, system, strip, gaps, holds_until, recheck_at, marks, settled, facts, computed_at, digest)
  select $1, system, strip, gaps, holds_until, recheck_at, marks, marks, facts, $3, digest from lines order by system
  on conflict (organisation, system) do update set strip = excluded.strip, gaps = excluded.gaps, holds_until = excluded.holds_until,
    recheck_at = excluded.recheck_at, marks = s.marks + (select count(*) from folded f where f.system = s.system), settled = excluded.settled, facts = excluded.facts, computed_at = excluded.computed_at,
    digest = excluded.digest, digest_before = s.digest
    where s.settled <= excluded.settled and s.facts <= excluded.facts
  returning s.system, s.digest is distinct from s.digest_before as turned
), turned as (
  select system from kept where turned
), stood as (
  insert into standing as t (organisation, system, station, verdict, holds_until)
  select $1, l.system, x.station, x.verdict, x.holds_until
  from lines l join turned k using (system), jsonb_to_recordset(l.stations) as x(station text, verdict text, holds_until date)
  on conflict (organisation, system, station) do update set verdict = excluded.verdict, holds_until = excluded.holds_until
  where t.verdict <> excluded.verdict or t.holds_until is distinct from excluded.holds_until
), gone as (
  delete from gap g using turned k where g.organisation = $1 and g.system = k.system
)
insert into gap (organisation, system, station, rule, source, weight, records, refs, owner, since, caused_by)
select $1, l.system, x.station, x.rule, x.source, x.weight,
  array(select jsonb_array_elements_text(x.records))::uuid[], array(select jsonb_array_elements_text(x.refs)), x.owner, x.since, x.caused_by
from lines l join turned k using (system), jsonb_to_recordset(l.found) as x(station text, rule text, source text, weight text,
  records jsonb, refs jsonb, owner uuid, since date, caused_by text)`;

/**
 * Keeps computed lines and folds their marks in: one that was set meanwhile counts too, and leaves its line stale. An
 * older result never overwrites a newer one, and one that found the same writes one row. Derived rows; they have no
 * entries of their own. The rows are locked first, against other computations alone: a change of records only adds marks.
 * The commit does not wait for the disk, which writers wait for: what a crash takes away it takes with the folding of
 * the marks, and is computed again.
 */
export async function keepLines(write: Write, lines: readonly LineRow[]): Promise<void> {
  await write.run({
    name: 'hold-lines',
    text: `select set_config('synchronous_commit', 'off', true) from system_line
      where organisation = $1 and system = any($2::uuid[]) order by system for update`,
    values: [write.organisation, lines.map((line) => line.system)],
  });
  await write.run({
    name: 'keep-lines',
    text: keepText,
    values: [write.organisation, JSON.stringify(lines), write.ctx.at],
  });
}

/**
 * Marks the lines of those who use what changed, looked up once more now that the change is committed. A change marks
 * the users that it sees; one who comes to use the record in a change still under way is seen by neither of the two
 * that cross: its own mark may be settled before the other is committed. Here it either shows, or its own change ends
 * after what it uses and marks it by itself.
 */
export async function markUsers(write: Write): Promise<void> {
  await write.run({
    name: 'mark-users',
    text: `with changed as (
        delete from used_mark where organisation = $1 returning record
      ), users as (
        select distinct (select f.system from record f where f.organisation = $1 and f.id = l.from_record) as system
        from (select distinct record from changed) c cross join lateral (
          select k.from_record from link k where k.organisation = $1 and k.to_record = c.record and k.type = 'uses' offset 0
        ) l
      )
      insert into line_mark (organisation, system) select $1, system from users where system is not null`,
    values: [write.organisation],
  });
}

/** Whether records changed whose users have not been looked up again since. */
export async function usersToMark(reader: Reader): Promise<boolean> {
  const rows = await reader.run({
    name: 'users-to-mark',
    text: 'select 1 from used_mark where organisation = $1 limit 1',
    values: [reader.organisation],
  });
  return rows.length > 0;
}

/**
 * Systems whose line is to be computed: marked ones first (`marked` says that there are such), then those whose time has
 * come, then older facts. Of each, whoever waits longest comes first, so that none waits for ever. `more`: these may not
 * be all.
 */
export async function dueSystems(
  reader: Reader,
  now: Date,
  most: number,
): Promise<{ systems: string[]; marked: boolean; more: boolean }> {
  const rows = await reader.run<{ system: string; rank: number }>({
    name: 'due-systems',
    text: `(select k.system, 0 as rank, min(k.id) as place from line_mark k where k.organisation = $1 group by k.system
        order by 3 limit $3)
      union all
      (select m.system, 0, 0 from system_line m where m.organisation = $1 and m.marks <> m.settled limit $3)
      union all
      (select m.system, 1, 0 from system_line m where m.organisation = $1 and m.recheck_at <= $2 and m.marks = m.settled
        order by m.recheck_at limit $3)
      union all
      (select m.system, 2, 0 from system_line m where m.organisation = $1 and m.marks = m.settled and m.facts < ${factsMarksOf('$1')}
        order by m.facts limit $3)
      order by rank, place limit $3`,
    values: [reader.organisation, now, most],
  });
  const systems = [...new Set(rows.map((row) => row.system))];
  return { systems, marked: rows[0]?.rank === 0, more: rows.length === most };
}

/** Systems that were changed last, the newest first: what somebody waits for behind the thousands of an import. */
export async function newestMarked(reader: Reader, most: number): Promise<string[]> {
  const rows = await reader.run<{ system: string }>({
    name: 'newest-marked',
    text: 'select system from line_mark where organisation = $1 group by system order by max(id) desc limit $2',
    values: [reader.organisation, most],
  });
  return rows.map((row) => row.system);
}

/** How many lines are outstanding, of how many. */
export async function outstanding(reader: Reader): Promise<{ count: number; of: number }> {
  const rows = await reader.run<{ count: number; total: number }>({
    name: 'outstanding',
    text: `select count(*) filter (where m.marks <> m.settled or k.system is not null or m.facts < ${factsMarksOf('$1')})::int as count,
        count(*)::int as total
      from system_line m left join (select distinct system from line_mark where organisation = $1) k on k.system = m.system
      where m.organisation = $1`,
    values: [reader.organisation],
  });
  return { count: rows[0]?.count ?? 0, of: rows[0]?.total ?? 0 };
}

/** Says that every line is to be computed again: a new release judges by new rules. */
export async function markAllLines(write: Write): Promise<void> {
  await write.db
    .updateTable('system_line')
    .set({ marks: sql<string>`marks + 1` })
    .where('organisation', '=', write.organisation)
    .execute();
}

export type OrganisationLineRow = {
  readonly item: string;
  readonly verdict: string;
  readonly gaps: readonly GapRowIn[];
};

/**
 * Keeps the organisation's own line: verdicts by clause and control, and its gaps with no system. Folds the marks of its
 * facts in, so that counting them stays cheap. One at a time: two that replace the gaps beside each other would leave
 * those of both.
 */
export async function keepOrganisationLine(
  write: Write,
  rows: readonly OrganisationLineRow[],
): Promise<void> {
  await write.run({
    name: 'hold-organisation',
    text: "select pg_advisory_xact_lock(hashtextextended('organisation line ' || $1, 0))",
    values: [write.organisation],
  });
  await write.run({
    name: 'fold-facts',
    text: `with gone as (delete from facts_mark where organisation = $1 returning 1)
      insert into facts_changed (organisation, marks) select $1, count(*) from gone having count(*) > 0
      on conflict (organisation) do update set marks = facts_changed.marks + excluded.marks`,
    values: [write.organisation],
  });
  await write.run({
    name: 'keep-organisation',
    text: `with rows as (select * from jsonb_to_recordset($2) as r(item text, verdict text, gaps jsonb)), gone as (
        delete from gap where organisation = $1 and system is null
      ), kept as (
        insert into organisation_standing (organisation, item, verdict, computed_at) select $1, item, verdict, $3 from rows
        on conflict (organisation, item) do update set verdict = excluded.verdict, computed_at = excluded.computed_at)
      insert into gap (organisation, system, station, rule, source, weight, records, refs, owner, since, caused_by)
      select $1, null, x.station, x.rule, x.source, x.weight, array(select jsonb_array_elements_text(x.records))::uuid[],
        array(select jsonb_array_elements_text(x.refs)), x.owner, x.since, x.caused_by
      from rows r, jsonb_to_recordset(r.gaps) as x(station text, rule text, source text, weight text, records jsonb, refs jsonb,
        owner uuid, since date, caused_by text)`,
    values: [write.organisation, JSON.stringify(rows), write.ctx.at],
  });
}

/** Keeps today's row of the trend, once a day and again when the day's figures move. */
export async function keepTrend(write: Write, day: string): Promise<void> {
  await write.run({
    name: 'keep-trend',
    text: `insert into trend (organisation, day, systems, with_gaps, gaps, verdicts)
      select $1, $2, count(*), count(*) filter (where l.gaps > 0), coalesce(sum(l.gaps), 0),
        coalesce((select json_object_agg(v.verdict, v.n) from (select s.verdict, count(*) as n from standing s
          join record q on q.organisation = s.organisation and q.id = s.system and q.archived_at is null
          where s.organisation = $1 group by s.verdict) v), '{}')
      from system_line l join record r on r.organisation = l.organisation and r.id = l.system and r.archived_at is null
      where l.organisation = $1 and l.strip is not null
      on conflict (organisation, day) do update set systems = excluded.systems, with_gaps = excluded.with_gaps, gaps = excluded.gaps,
        verdicts = excluded.verdicts`,
    values: [write.organisation, day],
  });
}
