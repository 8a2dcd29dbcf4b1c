import { type Kept, refresh } from './organisation-records.ts';
import type { Reader } from './reader.ts';

/** Rules that a system has open gaps of, each with the day since when the oldest of them stands. */
export type SystemGaps = {
  readonly id: string;
  readonly rules: readonly { readonly rule: string; readonly since: string | null }[];
};

/**
 * Gaps of every system by rule. Those of `before` whose line has the same digest are taken over, not read again: the
 * digest covers the gaps that are kept of a line, which are replaced where it differs and only there.
 */
export async function keptGaps(reader: Reader, before: Kept<SystemGaps>): Promise<Kept<SystemGaps>> {
  const heads = await reader.run<{ id: string; head: string }>({
    name: 'line-heads',
    text: 'select l.system as id, l.digest as head from system_line l where l.organisation = $1 and l.digest is not null',
    values: [reader.organisation],
  });
  // Few different pairs stand for hundreds of thousands of gaps: each is kept once.
  const pairs = new Map<string, SystemGaps['rules'][number]>();
  return refresh(heads, before, async (ids) => {
    const rows = await reader.run<{ id: string; rule: string; since: string | null }>({
      name: 'line-gaps',
      text: `select g.system as id, g.rule, min(g.since)::text as since from gap g
        where g.organisation = $1 and g.system = any($2::uuid[]) group by g.system, g.rule`,
      values: [reader.organisation, ids],
    });
    const pairOf = ({ rule, since }: (typeof rows)[number]) => {
      const key = `${rule} ${since}`;
      const pair = pairs.get(key) ?? { rule, since };
      pairs.set(key, pair);
      return pair;
    };
    const rules = Map.groupBy(rows, (row) => row.id);
    return ids.map((id) => ({ id, rules: (rules.get(id) ?? []).map(pairOf) }));
  });
}
