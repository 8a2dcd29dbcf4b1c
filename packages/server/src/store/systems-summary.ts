import type { SystemsSummary } from '@throughline/domain/trace/organisation/context.ts';
import type { Reader } from './reader.ts';

const namedAtMost = 5;
const countedAtMost = 1_000;

/**
 * What the kept lines add up to, without archived and retired systems: gaps by rule with some of the systems that have
 * one, and how many records of each kind hang on systems (counted up to a thousand: an empty register is what matters).
 */
export async function systemsSummary(reader: Reader): Promise<SystemsSummary> {
  const { states } = reader.registry.get('system').lifecycle;
  const live = Object.keys(states).filter((state) => states[state]?.live);
  const ended = Object.keys(states).filter((state) => states[state]?.ended);
  const [counts] = await reader.run<{ systems: number; live: number }>({
    name: 'summary-systems',
    text: `select count(*)::int as systems, count(*) filter (where state = any($2))::int as live from record
      where organisation = $1 and kind = 'system' and archived_at is null and state <> all($3)`,
    values: [reader.organisation, live, ended],
  });
  const gaps = await reader.run<{ rule: string; systems: string[]; count: number; since: string | null }>({
    name: 'summary-gaps',
    text: `with found as (
        select g.rule, g.system, min(g.since) as since from gap g
        join record r on r.organisation = g.organisation and r.id = g.system and r.kind = 'system'
        where g.organisation = $1 and r.archived_at is null and r.state <> all($2) group by g.rule, g.system
      )
      select rule, count(*)::int as count, min(since)::text as since, (array_agg(system order by system))[1:${namedAtMost}] as systems
      from found group by rule`,
    values: [reader.organisation, ended],
  });
  const kinds = await reader.run<{ kind: string; count: number }>({
    name: 'summary-kinds',
    text: `select k.kind, (select count(*)::int from (select from record r where r.organisation = $1 and r.kind = k.kind
        and r.system is not null and r.archived_at is null limit ${countedAtMost}) x) as count
      from unnest($2::text[]) as k(kind)`,
    values: [reader.organisation, reader.registry.kinds.map((kind) => kind.name)],
  });
  return {
    systems: counts?.systems ?? 0,
    live: counts?.live ?? 0,
    gaps: new Map(gaps.map(({ rule, ...gap }) => [rule, gap])),
    records: new Map(kinds.filter((row) => row.count > 0).map((row) => [row.kind, row.count])),
  };
}
