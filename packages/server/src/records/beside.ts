import type { Reader } from '../store/reader.ts';
import { changesUnder } from './system-moved.ts';
import type { When } from './systems-made.ts';
import { assessmentsIn, unseenOf } from './unseen.ts';

/**
 * What the rules of their kinds hold against approvals in force beside what they stood on, by record: ids of assessments
 * with findings that nobody saw who gave them, and of what changed in an assessed system. It makes them stale.
 */
export async function heldBeside(
  reader: Reader,
  records: readonly { readonly id: string; readonly kind: string }[],
  when: When,
): Promise<(record: string) => readonly string[]> {
  const unseen = await unseenOf(reader, records, when.index);
  const changes = await changesUnder(reader, records, when);
  return (id) => [
    ...assessmentsIn(unseen.get(id) ?? []),
    ...(changes.get(id) ?? []).map(({ record }) => record.id),
  ];
}
