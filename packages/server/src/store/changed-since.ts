import type { Kind } from '@throughline/domain/kinds/kind.ts';
import type { Reader } from './reader.ts';

/** The most entries behind a place in the log that are looked at one by one; beyond, every record of the kind is. */
export const lookedAtBehind = 5_000;

/**
 * Records of a kind that were made or changed after a place in the log, by the entries behind it and those that have no
 * place yet; `null` where those are too many to look at. All others stand now as they stood then.
 */
export async function changedSince(
  reader: Reader,
  kind: Kind,
  index: number,
  most = lookedAtBehind,
): Promise<readonly string[] | null> {
  const rows = await reader.run<{ changed: string[] | null }>({
    name: 'changed-since',
    text: `select case when (select h.size from log_head h where h.organisation = $1) - 1 - $3::bigint <= $4 then array(
        select distinct w.record from (
          select l.entry from log_leaf l where l.organisation = $1 and l.index > $3::bigint
          union all select entry from unplaced_entries() as p(entry)
        ) e join revision w on w.organisation = $1 and w.entry = e.entry
        where w.kind = $2
      ) end as changed`,
    values: [reader.organisation, kind.name, index, most],
  });
  return rows[0]?.changed ?? null;
}
