import { isObject } from '@throughline/domain/json.ts';
import { toHex } from '@throughline/tlog/bytes.ts';
import { leafHash } from '@throughline/tlog/hash.ts';
import type { Services } from '../../services.ts';
import { type LogFilter, type LogRow, logEntries } from '../../store/log-entries.ts';
import type { Asker } from '../../store/reading.ts';
import { actorNames, findAnyRecord, type RefRow, refsById } from '../../store/records.ts';
import { sha256 } from '../../store/sha256.ts';

export type LogPage = {
  readonly entries: readonly (LogRow & { readonly hash: string })[];
  readonly refs: ReadonlyMap<string, RefRow>;
  readonly names: ReadonlyMap<string, string>;
  readonly next: string | null;
};

/** A page of the log, newest first. `record` is a ref or an id; one that is not there has no entries. */
export async function readLog(services: Services, who: Asker, filter: LogFilter): Promise<LogPage> {
  return services.store.read(who, async (reader) => {
    const record = filter.record === undefined ? undefined : await findAnyRecord(reader, filter.record);
    if (filter.record !== undefined && !record)
      return { entries: [], refs: new Map(), names: new Map(), next: null };
    const rows = await logEntries(reader, { ...filter, record: record?.id, limit: filter.limit + 1 });
    const page = rows.slice(0, filter.limit);
    const people = page.flatMap((row) => [row.actor_id, ...placeOf(row)]);
    return {
      entries: page.map((row) => ({ ...row, hash: toHex(leafHash(sha256, row.body)) })),
      refs: await refsById(
        reader,
        page.flatMap((row) => (row.record === null ? [] : [row.record])),
      ),
      names: await actorNames(reader, people),
      next: rows.length > filter.limit ? (page.at(-1)?.id ?? null) : null,
    };
  });
}

/** The members in whose place, and at whose wish, an entry says that somebody acted. */
function placeOf({ body }: LogRow): string[] {
  const said: unknown = JSON.parse(body.toString('utf8'));
  if (!isObject(said)) return [];
  return [said.onBehalfOf, said.askedBy].filter((id) => typeof id === 'string');
}
