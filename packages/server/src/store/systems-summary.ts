import type { Kind } from '@throughline/domain/kinds/kind.ts';
import type { SystemsSummary } from '@throughline/domain/trace/organisation/context.ts';
import type { SystemGaps } from './kept-gaps.ts';
import type { Kept, RegisteredSystem } from './organisation-records.ts';
import type { Reader } from './reader.ts';

const namedAtMost = 5;
const countedAtMost = 1_000;

/** What kept lines add up to, without archived and retired systems: gaps by rule with some of the systems that have one. */
export function summarise(
  { lifecycle: { states } }: Kind,
  systems: Kept<RegisteredSystem>,
  gaps: Kept<SystemGaps>,
): Omit<SystemsSummary, 'records'> {
  const found = new Map<string, { systems: string[]; count: number; since: string | null }>();
  let [registered, live] = [0, 0];
  // In the order of ids, which is that of their making: the first few are named.
  for (const id of [...systems.keys()].sort()) {
    const state = states[systems.get(id)?.item.state ?? ''];
    if (state?.ended) continue;
    registered += 1;
    if (state?.live) live += 1;
    for (const { rule, since } of gaps.get(id)?.item.rules ?? []) {
      const gap = found.get(rule);
      if (!gap) found.set(rule, { systems: [id], count: 1, since });
      else {
        gap.count += 1;
        if (gap.systems.length < namedAtMost) gap.systems.push(id);
        if (since !== null && (gap.since === null || since < gap.since)) gap.since = since;
      }
    }
  }
  return { systems: registered, live, gaps: found };
}

/** How many records of each kind hang on systems, counted up to a thousand: an empty register is what matters. */
export async function recordsOfSystems(reader: Reader): Promise<SystemsSummary['records']> {
  const kinds = await reader.run<{ kind: string; count: number }>({
    name: 'summary-kinds',
    text: `select k.kind, (select count(*)::int from (select from record r where r.organisation = $1 and r.kind = k.kind
        and r.system is not null and r.archived_at is null limit ${countedAtMost}) x) as count
      from unnest($2::text[]) as k(kind)`,
    values: [reader.organisation, reader.registry.kinds.map((kind) => kind.name)],
  });
  return new Map(kinds.filter((row) => row.count > 0).map((row) => [row.kind, row.count]));
}
