import type { Mapping } from '@throughline/domain/import/mapping.ts';
import type { PlanCounts } from '@throughline/domain/import/report.ts';
import type { Json } from '@throughline/domain/json.ts';
import type { Selectable } from 'kysely';
import type { Reader } from './reader.ts';
import type { FieldsColumn, ImportTable, LinksColumn } from './tables.ts';
import type { Write } from './write.ts';

/** What was found in a file, and how it is to be read: kept as one value, because it is read and written as one. */
export type Analysis = {
  readonly file: {
    readonly size: number;
    readonly format: 'csv' | 'xlsx';
    readonly encoding: string | null;
    readonly delimiter: string | null;
    readonly sheet: string | null;
    readonly sheets: readonly { readonly name: string; readonly rows: number }[];
    readonly headerRow: number;
    readonly rows: number;
    readonly notes: readonly string[];
  };
  readonly headers: readonly string[];
  readonly columns: readonly AnalysedColumn[];
  readonly mapping: Mapping;
};

export type AnalysedColumn = {
  readonly samples: readonly string[];
  readonly filled: number;
  readonly confidence: 'sure' | 'likely' | 'unsure' | 'unused';
  readonly why: string;
  readonly dates: { readonly monthFirst: number; readonly dayFirst: number } | null;
};

export type ImportState = 'analysed' | 'applied' | 'undone';

export type StoredImport = {
  readonly id: string;
  readonly kind: string;
  readonly source: string;
  readonly fileName: string;
  readonly fileDigest: Buffer;
  readonly analysis: Analysis;
  readonly state: ImportState;
  readonly counts: PlanCounts | null;
  readonly by: { readonly type: string; readonly id: string };
  readonly createdAt: Date;
  readonly appliedAt: Date | null;
  readonly undoneAt: Date | null;
};

/** A JSON column holds what this release wrote into it; the one place where that is taken at its word. */
function asWritten<T>(value: Json): T {
  return value as T;
}

function storedImport(row: Selectable<ImportTable>): StoredImport {
  return {
    id: row.id,
    kind: row.kind,
    source: row.source,
    fileName: row.file_name,
    fileDigest: row.file_digest,
    analysis: asWritten<Analysis>(row.analysis),
    state: row.state === 'applied' || row.state === 'undone' ? row.state : 'analysed',
    counts: row.counts === null ? null : asWritten<PlanCounts>(row.counts),
    by: { type: row.by_type, id: row.by_id },
    createdAt: row.created_at,
    appliedAt: row.applied_at,
    undoneAt: row.undone_at,
  };
}

export async function findImport(reader: Reader, id: string): Promise<StoredImport | undefined> {
  const row = await reader.db
    .selectFrom('import')
    .selectAll()
    .where('organisation', '=', reader.organisation)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && storedImport(row);
}

/** Reads an import for update; imports of one source wait for each other, because they decide about the same keys. */
export async function lockImport(write: Write, id: string): Promise<StoredImport | undefined> {
  const row = await write.db
    .selectFrom('import')
    .selectAll()
    .where('organisation', '=', write.organisation)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return undefined;
  await write.run({
    name: 'lock-source',
    text: 'select pg_advisory_xact_lock(hashtextextended($1, 42))',
    values: [`${write.organisation} ${row.source}`],
  });
  return storedImport(row);
}

/** Newest first. */
export async function recentImports(reader: Reader, limit: number): Promise<StoredImport[]> {
  const rows = await reader.db
    .selectFrom('import')
    .selectAll()
    .where('organisation', '=', reader.organisation)
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map(storedImport);
}

export async function insertImport(
  write: Write,
  made: Omit<StoredImport, 'state' | 'counts' | 'appliedAt' | 'undoneAt'>,
): Promise<void> {
  await write.db
    .insertInto('import')
    .values({
      organisation: write.organisation,
      id: made.id,
      kind: made.kind,
      source: made.source,
      file_name: made.fileName,
      file_digest: made.fileDigest,
      analysis: JSON.stringify(made.analysis),
      state: 'analysed',
      counts: null,
      by_type: made.by.type,
      by_id: made.by.id,
      created_at: made.createdAt,
      applied_at: null,
      undone_at: null,
    })
    .execute();
}

export async function updateImport(
  write: Write,
  id: string,
  change: {
    analysis?: Analysis;
    state?: ImportState;
    counts?: PlanCounts;
    appliedAt?: Date;
    undoneAt?: Date;
  },
): Promise<void> {
  await write.db
    .updateTable('import')
    .set({
      ...(change.analysis
        ? { analysis: JSON.stringify(change.analysis), source: change.analysis.mapping.source }
        : {}),
      ...(change.state ? { state: change.state } : {}),
      ...(change.counts ? { counts: JSON.stringify(change.counts) } : {}),
      ...(change.appliedAt ? { applied_at: change.appliedAt } : {}),
      ...(change.undoneAt ? { undone_at: change.undoneAt } : {}),
    })
    .where('organisation', '=', write.organisation)
    .where('id', '=', id)
    .execute();
}

/** Keeps raw rows as they came. COPY is refused under row-level security, so rows go as one JSON value. */
export async function insertRows(
  write: Write,
  id: string,
  rows: readonly { readonly row: number; readonly raw: readonly string[]; readonly digest: string }[],
): Promise<void> {
  await write.run({
    name: 'import-rows',
    text: `insert into import_row (organisation, import, row, raw, digest, record, outcome)
      select $1, $2, r.row, r.raw, r.digest, null, 'read' from jsonb_to_recordset($3) as r(row int, raw jsonb, digest bytea)`,
    values: [write.organisation, id, JSON.stringify(rows)],
  });
}

export async function settleRows(
  write: Write,
  id: string,
  rows: readonly { readonly row: number; readonly record: string | null; readonly outcome: string }[],
): Promise<void> {
  await write.run({
    name: 'import-rows-settled',
    text: `update import_row w set record = r.record, outcome = r.outcome
      from jsonb_to_recordset($3) as r(row int, record uuid, outcome text)
      where w.organisation = $1 and w.import = $2 and w.row = r.row`,
    values: [write.organisation, id, JSON.stringify(rows)],
  });
}

export type RawRow = { readonly row: number; readonly raw: readonly string[] };

export async function rawRows(reader: Reader, id: string): Promise<RawRow[]> {
  return reader.run<RawRow>({
    name: 'import-raw-rows',
    text: 'select row, raw from import_row where organisation = $1 and import = $2 and raw is not null order by row',
    values: [reader.organisation, id],
  });
}

export type KnownRecord = {
  readonly key: string;
  readonly id: string;
  readonly kind: string;
  readonly number: number;
  readonly title: string;
  readonly state: string;
  readonly version: number;
  readonly system: string | null;
  readonly archived: boolean;
  readonly fields: FieldsColumn;
  readonly links: LinksColumn;
  readonly base_fields: FieldsColumn | null;
  readonly base_links: LinksColumn | null;
  readonly base_state: string | null;
};

/**
 * Records that imports of a source made, by key, each with what the latest of those imports left behind: a part that
 * differs from it now was changed by a person since. Imports that were undone left nothing behind.
 */
export async function recordsOfSource(
  reader: Reader,
  source: string,
  origin: string,
): Promise<KnownRecord[]> {
  return reader.run<KnownRecord>({
    name: 'records-of-source',
    text: `with applied as (
        select array_agg(id::text) as ids from import where organisation = $1 and source = $3 and state = 'applied'
      )
      select x.key, r.id, r.kind, r.number, r.title, r.state, r.version, r.system, r.archived_at is not null as archived, r.fields, r.links,
        b.fields as base_fields, b.links as base_links, b.state as base_state
      from external_id x
      join record r on r.organisation = x.organisation and r.id = x.record
      left join lateral (
        select v.fields, v.links, v.state from revision v
        where v.organisation = x.organisation and v.record = x.record and v.because = any((select ids from applied)::text[])
        order by v.version desc limit 1
      ) b on true
      where x.organisation = $1 and x.source = $2`,
    values: [reader.organisation, source, origin],
  });
}

/** The raw cells from which records last came, with the headings of their file. */
export async function latestCells(
  reader: Reader,
  source: string,
  records: readonly string[],
): Promise<{ record: string; cells: Record<string, string> }[]> {
  if (records.length === 0) return [];
  const rows = await reader.run<{ record: string; raw: readonly string[]; import: string }>({
    name: 'latest-cells',
    text: `select distinct on (w.record) w.record, w.raw, w.import
      from import_row w join import i on i.organisation = w.organisation and i.id = w.import
      where w.organisation = $1 and i.source = $2 and i.state = 'applied' and w.record = any($3::uuid[]) and w.raw is not null
      order by w.record, i.applied_at desc`,
    values: [reader.organisation, source, records],
  });
  const imports = [...new Set(rows.map((row) => row.import))];
  const found = await reader.run<{ id: string; headers: readonly string[] }>({
    name: 'import-headers',
    text: `select id, analysis->'headers' as headers from import where organisation = $1 and id = any($2::uuid[])`,
    values: [reader.organisation, imports],
  });
  const headersOf = new Map(found.map((row) => [row.id, row.headers]));
  return rows.map((row) => ({
    record: row.record,
    cells: Object.fromEntries(
      (headersOf.get(row.import) ?? []).map((header, index) => [header, row.raw[index] ?? '']),
    ),
  }));
}

export type NamedRow = {
  readonly key: string;
  readonly id: string;
  readonly kind: string;
  readonly system: string | null;
  readonly archived: boolean;
};

/** Records that answer to an external key of any source, and to a number of a kind. */
export async function recordsNamed(
  reader: Reader,
  keys: readonly string[],
  refs: readonly { readonly kind: string; readonly number: number }[],
): Promise<{ byKey: NamedRow[]; byRef: (NamedRow & { number: number })[] }> {
  const facts = 'r.id, r.kind, r.system, r.archived_at is not null as archived';
  const byKey = await reader.run<NamedRow>({
    name: 'named-by-key',
    text: `select distinct x.key, ${facts} from external_id x join record r on r.organisation = x.organisation and r.id = x.record
      where x.organisation = $1 and x.key = any($2::text[])`,
    values: [reader.organisation, keys],
  });
  const byRef = await reader.run<NamedRow & { number: number }>({
    name: 'named-by-ref',
    text: `select '' as key, r.number, ${facts} from record r
      join jsonb_to_recordset($2) as w(kind text, number int) on w.kind = r.kind and w.number = r.number
      where r.organisation = $1`,
    values: [reader.organisation, JSON.stringify(refs)],
  });
  return { byKey, byRef };
}

/** Lets go of keys, so that the same file can bring its rows in anew. */
export async function releaseKeys(write: Write, records: readonly string[]): Promise<void> {
  await write.run({
    name: 'release-keys',
    text: 'delete from external_id where organisation = $1 and record = any($2::uuid[])',
    values: [write.organisation, records],
  });
}
