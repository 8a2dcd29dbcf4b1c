import { leftBehind } from '@throughline/domain/import/left-behind.ts';
import type { Mapping } from '@throughline/domain/import/mapping.ts';
import type { KindFit } from '@throughline/domain/import/recognise.ts';
import type { PlanCounts } from '@throughline/domain/import/report.ts';
import type { Selectable } from 'kysely';
import { asWritten } from './as-written.ts';
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
  /** What was found out about a column of refs: these rows are records of the organisation. */
  readonly own?: { readonly why: string };
  /** The kinds that fit best, the best first. Absent in imports that were read before kinds were recognised. */
  readonly fits?: readonly KindFit[];
  /** Missing records that archiving left as they are when it was applied, and why. Absent where it was not asked to. */
  readonly stayed?: readonly { readonly record: string; readonly why: string }[];
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

function storedImport(row: Selectable<ImportTable>): StoredImport {
  return {
    id: row.id,
    kind: row.kind,
    source: row.source,
    fileName: row.file_name,
    fileDigest: row.file_digest,
    analysis: asWritten<Analysis>(row.analysis),
    state: row.state === 'applied' || row.state === 'undone' ? row.state : 'analysed',
    counts: row.counts === null ? null : { stays: 0, ...asWritten<Omit<PlanCounts, 'stays'>>(row.counts) },
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
      touched_at: made.createdAt,
      applied_at: null,
      undone_at: null,
    })
    .execute();
  write.made(made.id);
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
      touched_at: write.ctx.at,
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

type KeyRow = { readonly key: string; readonly record: string };
type RecordNow = Omit<KnownRecord, 'key' | 'base_fields' | 'base_links' | 'base_state'>;
type Written = {
  readonly record: string;
  readonly act: string;
  readonly changed: readonly string[];
  readonly fields: FieldsColumn;
  readonly links: LinksColumn;
  readonly state: string;
};

/** Keys under which an origin brought its rows in, with the records that stand behind them. */
export async function keysOfSource(reader: Reader, source: string): Promise<KeyRow[]> {
  return reader.run<KeyRow>({
    name: 'keys-of-source',
    text: 'select key, record from external_id where organisation = $1 and source = $2',
    values: [reader.organisation, source],
  });
}

/**
 * Records that imports of a source made, by key, each with what those imports left behind, part by part: a part that
 * differs from it now was changed by a person since. Imports that were undone left nothing behind. Four statements on one
 * table each: right after an import the planner has no statistics, and a join of them was measured to take seconds.
 */
export async function recordsOfSource(
  reader: Reader,
  source: string,
  origin: string,
): Promise<KnownRecord[]> {
  const keys = await keysOfSource(reader, source);
  if (keys.length === 0) return [];
  const ids = keys.map((row) => row.record);
  const imports = await reader.run<{ id: string }>({
    name: 'imports-of-source',
    text: `select id from import where organisation = $1 and source = $2 and state = 'applied'`,
    values: [reader.organisation, origin],
  });
  const records = await reader.run<RecordNow>({
    name: 'records-known',
    text: `select id, kind, number, title, state, version, system, archived_at is not null as archived, fields, links
      from record where organisation = $1 and id = any($2::uuid[])`,
    values: [reader.organisation, ids],
  });
  const written = await reader.run<Written>({
    name: 'left-by-imports',
    text: `select record, act, changed, fields, links, state from revision
      where organisation = $1 and record = any($2::uuid[]) and because = any($3::text[])
        and fields is not null and links is not null order by record, version`,
    values: [reader.organisation, ids, imports.map((row) => row.id)],
  });
  const recordOf = new Map(records.map((row) => [row.id, row]));
  const writtenOf = Map.groupBy(written, (row) => row.record);
  return keys.flatMap((row): KnownRecord[] => {
    const record = recordOf.get(row.record);
    const versions = writtenOf.get(row.record) ?? [];
    const base = leftBehind(
      versions.map(({ fields, links, ...rest }) => ({ ...rest, content: { fields, links } })),
    );
    if (!record) return [];
    return [
      {
        ...record,
        key: row.key,
        base_fields: base?.content.fields ?? null,
        base_links: base?.content.links ?? null,
        base_state: base?.state ?? null,
      },
    ];
  });
}

/** The raw cells from which records last came, with the headings of their file. */
export async function latestCells(
  reader: Reader,
  source: string,
  records: readonly string[],
): Promise<{ record: string; cells: Record<string, string> }[]> {
  if (records.length === 0) return [];
  const imports = await reader.run<{ id: string; headers: readonly string[] }>({
    name: 'import-headers',
    text: `select id, analysis->'headers' as headers from import
      where organisation = $1 and source = $2 and state = 'applied' order by applied_at`,
    values: [reader.organisation, source],
  });
  const rows = await reader.run<{ record: string; raw: readonly string[]; import: string }>({
    name: 'latest-cells',
    text: `select record, raw, import from import_row
      where organisation = $1 and record = any($2::uuid[]) and import = any($3::uuid[]) and raw is not null`,
    values: [reader.organisation, records, imports.map((row) => row.id)],
  });
  const byImport = Map.groupBy(rows, (row) => row.import);
  const latest = new Map<string, Record<string, string>>();
  for (const { id, headers } of imports)
    for (const row of byImport.get(id) ?? [])
      latest.set(
        row.record,
        Object.fromEntries(headers.map((header, index) => [header, row.raw[index] ?? ''])),
      );
  return [...latest].map(([record, cells]) => ({ record, cells }));
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

/** Takes an import that was never applied away, with its raw rows. Nothing stands on them, and the log never named it. */
export async function deleteImport(write: Write, id: string): Promise<void> {
  await write.db
    .deleteFrom('import_row')
    .where('organisation', '=', write.organisation)
    .where('import', '=', id)
    .execute();
  await write.db
    .deleteFrom('import')
    .where('organisation', '=', write.organisation)
    .where('id', '=', id)
    .execute();
}
