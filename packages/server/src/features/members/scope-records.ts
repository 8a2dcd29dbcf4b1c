import type { StoredMember } from '../../store/members.ts';
import type { Reader } from '../../store/reader.ts';
import { type RefRow, refsById } from '../../store/records.ts';

/** The systems and audits that scopes of external auditors name, by id: what their ids are called. */
export async function scopeRecords(
  reader: Reader,
  members: readonly StoredMember[],
): Promise<ReadonlyMap<string, RefRow>> {
  const ids = members.flatMap(({ scope }) =>
    scope ? [...(scope.systems === 'all' ? [] : scope.systems), ...scope.audits] : [],
  );
  return ids.length === 0 ? new Map() : refsById(reader, [...new Set(ids)]);
}
