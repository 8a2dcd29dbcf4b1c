import type { KindWire, RecordWire, RefWire } from '@throughline/domain/wire.ts';
import { searchRecords } from '../../api/records.ts';

const nameOf = (ref: Pick<RefWire, 'ref' | 'title'>): string => `${ref.ref} ${ref.title}`;

/**
 * Refs and titles of records that a version links to, by id: those the page knows already, then those the search finds.
 * What was erased, or may not be seen, keeps its id.
 */
export const nameTargets = async (
  kind: KindWire,
  record: RecordWire,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> => {
  const known = Object.values(record.links)
    .flat()
    .map((ref): [string, string] => [ref.id, nameOf(ref)]);
  const names: Record<string, string> = Object.fromEntries(known);
  const missing = [...new Set(ids)].filter((id) => names[id] === undefined).slice(0, 20);
  const kinds = [...new Set(Object.values(kind.relations).flatMap((relation) => relation.to))].join(',');
  const answers = await Promise.allSettled(
    missing.map((id) => searchRecords({ q: id, kind: kinds, limit: 1 }, signal)),
  );
  for (const answer of answers) {
    if (answer.status === 'rejected') continue;
    for (const group of answer.value) for (const ref of group.items) names[ref.id] = nameOf(ref);
  }
  return names;
};
