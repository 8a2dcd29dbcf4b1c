import type { Actor } from '@throughline/domain/actor.ts';
import { may } from '@throughline/domain/permissions.ts';
import type { Services } from '../services.ts';
import { findAnyRecord, type RefRow } from '../store/records.ts';
import { type Found, searchRecords } from '../store/search.ts';
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
): Promise<Found> {
  return services.store.read(asked, async (reader) => {
    const named = services.registry.readRef(asked.words)
      ? await findAnyRecord(reader, asked.words)
      : undefined;
    const { kind, limit } = asked;
    const kinds = services.registry.kinds
      .map(({ name }) => name)
      .filter((name) => may(asked.actor, name, 'read') && (kind === null || kind === name));
    const found = await searchRecords(reader, asked.words, { kind, kinds, limit });
    if (!named || !kinds.includes(named.kind)) return found;
    const others = found.rows.filter((row) => row.id !== named.id);
    const { count, more } = found.total;
    const all = others.length === found.rows.length ? count + 1 : count;
    return { rows: [refRow(named), ...others].slice(0, limit), total: { count: all, more } };
  });
}

function refRow(record: StoredRecord): RefRow {
  const { id, kind, number, title, state } = record;
  return { id, kind, number, title, state, archived: record.archivedAt !== null };
}
