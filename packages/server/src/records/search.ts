import type { Actor } from '@throughline/domain/actor.ts';
import { may } from '@throughline/domain/permissions.ts';
import type { Services } from '../services.ts';
import { findAnyRecord, type RefRow } from '../store/records.ts';
import { searchRecords } from '../store/search.ts';
import type { StoredRecord } from '../store/stored-record.ts';

/** Records by words or by ref, best first; a ref that is typed whole comes before everything. */
export async function search(
  services: Services,
  asked: {
    readonly organisation: string;
    readonly actor: Actor;
    readonly words: string;
    readonly kind: string | null;
    readonly limit: number;
  },
): Promise<RefRow[]> {
  return services.store.read(asked.organisation, async (reader) => {
    const named = services.registry.readRef(asked.words)
      ? await findAnyRecord(reader, asked.words)
      : undefined;
    const found = await searchRecords(reader, asked.words, { kind: asked.kind, limit: asked.limit });
    const all = named ? [refRow(named), ...found.filter((row) => row.id !== named.id)] : found;
    return all
      .filter((row) => may(asked.actor, row.kind, 'read') && (asked.kind === null || row.kind === asked.kind))
      .slice(0, asked.limit);
  });
}

function refRow(record: StoredRecord): RefRow {
  const { id, kind, number, title, state } = record;
  return { id, kind, number, title, state, archived: record.archivedAt !== null };
}
