import type { Reader } from './reader.ts';

/** Size of the log and the moment of its last place; 0 while nothing was placed. */
export async function logHead(reader: Reader): Promise<{ size: number; at: string | null }> {
  const rows = await reader.run<{ index: string; at: Date }>({
    name: 'log-head',
    text: 'select index, at from log_leaf where organisation = $1 order by index desc limit 1',
    values: [reader.organisation],
  });
  const last = rows[0];
  return last ? { size: Number(last.index) + 1, at: last.at.toISOString() } : { size: 0, at: null };
}

export type LogFilter = {
  readonly actors?: readonly string[] | undefined;
  readonly kinds?: readonly string[] | undefined;
  /** Place in the log. */
  readonly index?: number | undefined;
  readonly record?: string | undefined;
  readonly acts?: readonly string[] | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  /** Id of the last entry of the page before. */
  readonly before?: string | undefined;
  readonly limit: number;
};

export type LogRow = {
  readonly id: string;
  readonly index: number | null;
  readonly at: Date;
  readonly act: string;
  readonly record: string | null;
  readonly actor_type: string;
  readonly actor_id: string;
  readonly body: Buffer;
};

/** Entries newest first: their ids rise with time (RFC 9562 §5.7), so the primary key gives the order. */
export async function logEntries(reader: Reader, filter: LogFilter): Promise<LogRow[]> {
  const { actors, kinds, index, record, acts, from, to, before } = filter;
  let rows = reader.db
    .selectFrom('entry as e')
    .leftJoin('log_leaf as f', (join) =>
      join.onRef('f.organisation', '=', 'e.organisation').onRef('f.entry', '=', 'e.id'),
    )
    .select(['e.id', 'f.index', 'e.at', 'e.act', 'e.record', 'e.actor_type', 'e.actor_id', 'e.body'])
    .where('e.organisation', '=', reader.organisation)
    .orderBy('e.id', 'desc')
    .limit(filter.limit);
  if (before !== undefined) rows = rows.where('e.id', '<', before);
  if (index !== undefined) rows = rows.where('f.index', '=', String(index));
  if (actors !== undefined) rows = rows.where('e.actor_id', 'in', [...actors]);
  if (record !== undefined) rows = rows.where('e.record', '=', record);
  if (acts !== undefined) rows = rows.where('e.act', 'in', [...acts]);
  if (from !== undefined) rows = rows.where('e.at', '>=', from);
  if (to !== undefined) rows = rows.where('e.at', '<', to);
  if (kinds !== undefined) {
    rows = rows.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('record as r')
          .select('r.id')
          .whereRef('r.organisation', '=', 'e.organisation')
          .whereRef('r.id', '=', 'e.record')
          .where('r.kind', 'in', [...kinds]),
      ),
    );
  }
  const found = await rows.execute();
  return found.map((row) => ({ ...row, index: row.index === null ? null : Number(row.index) }));
}

export type PlacedRow = { readonly index: number; readonly record: string | null };

/** Entries placed after an index, oldest first: what live views follow. */
export async function placedAfter(reader: Reader, index: number, limit: number): Promise<PlacedRow[]> {
  const rows = await reader.run<{ index: string; record: string | null }>({
    name: 'placed-after',
    text: `select f.index, e.record from log_leaf f join entry e on e.organisation = f.organisation and e.id = f.entry
      where f.organisation = $1 and f.index > $2 order by f.index limit $3`,
    values: [reader.organisation, index, limit],
  });
  return rows.map((row) => ({ index: Number(row.index), record: row.record }));
}

export type ComputedRow = { readonly system: string; readonly computed_at: Date };

/** Systems whose line was computed after this one's, oldest first; many are computed in one moment. */
export async function computedAfter(
  reader: Reader,
  after: ComputedRow,
  limit: number,
): Promise<ComputedRow[]> {
  return reader.run<ComputedRow>({
    name: 'computed-after',
    text: `select system, computed_at from system_line where organisation = $1 and (computed_at, system) > ($2, $3)
      order by computed_at, system limit $4`,
    values: [reader.organisation, after.computed_at, after.system, limit],
  });
}
