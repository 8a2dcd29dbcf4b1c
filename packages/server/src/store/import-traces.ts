import type { Reader } from './reader.ts';
import type { FieldsColumn, LinksColumn } from './tables.ts';

/** A record that an import wrote to, and what it was before. */
export type Touched = {
  readonly record: string;
  /** Made by the import; else changed by it. */
  readonly made: boolean;
  /** Content, state and archival before the import; absent for what it made. */
  readonly fields: FieldsColumn | null;
  readonly links: LinksColumn | null;
  readonly state: string | null;
  readonly archived: boolean;
};

/** Everything an import wrote to, by its revisions: they answer to the import's id. */
export async function touchedBy(reader: Reader, importId: string): Promise<Touched[]> {
  return reader.run<Touched>({
    name: 'touched-by-import',
    text: `with own as (
        select record, min(version) as first, bool_or(act = 'created') as made, bool_or(act = 'archived') as archived
        from revision where organisation = $1 and because = $2 group by record
      )
      select o.record, o.made, o.archived, v.fields, v.links, v.state from own o
      left join revision v on v.organisation = $1 and v.record = o.record and v.version = o.first - 1`,
    values: [reader.organisation, importId],
  });
}

/** How many records that an import made stand in one of these states, as `kind:state`, and are not archived. */
export async function madeIn(reader: Reader, importId: string, states: readonly string[]): Promise<number> {
  const [row] = await reader.run<{ n: number }>({
    name: 'made-in-states',
    text: `select count(*)::int as n from revision v join record r on r.organisation = v.organisation and r.id = v.record
      where v.organisation = $1 and v.because = $2 and v.act = 'created' and r.archived_at is null
        and r.kind || ':' || r.state = any($3::text[])`,
    values: [reader.organisation, importId, states],
  });
  return row?.n ?? 0;
}

export type BuiltOn = {
  readonly what: 'revision' | 'approval' | 'link' | 'comment';
  readonly record: string;
  readonly count: number;
};

const named = 20;

/**
 * What people built on an import: changes that still stand and approvals since, links from elsewhere to what it made,
 * comments. A later change that was taken back itself is none. At most 20 records of each, with how many there are in
 * all. While there is any, the import cannot be undone. One table at a time: right after an import the planner has no
 * statistics, and one statement over all of them was measured to take minutes for 40,000 rows.
 */
export async function builtOn(reader: Reader, importId: string, appliedAt: Date): Promise<BuiltOn[]> {
  const own = await reader.run<{ record: string; last: number; made: boolean }>({
    name: 'own-of-import',
    text: `select record, max(version) as last, bool_or(act = 'created') as made
      from revision where organisation = $1 and because = $2 group by record`,
    values: [reader.organisation, importId],
  });
  const ids = own.map((row) => row.record);
  const since = [reader.organisation, ids, appliedAt];
  const approvals = await reader.run<{ record: string }>({
    name: 'approvals-since',
    text: 'select distinct record from approval where organisation = $1 and record = any($2::uuid[]) and at > $3',
    values: since,
  });
  const comments = await reader.run<{ record: string }>({
    name: 'comments-since',
    text: `select distinct record from comment
      where organisation = $1 and record = any($2::uuid[]) and at > $3 and removed_at is null`,
    values: since,
  });
  const found: [BuiltOn['what'], string[]][] = [
    ['revision', await changedSince(reader, own)],
    ['approval', approvals.map((row) => row.record)],
    ['link', await linkedFromElsewhere(reader, own)],
    ['comment', comments.map((row) => row.record)],
  ];
  return found.flatMap(([what, records]) =>
    records
      .sort()
      .slice(0, named)
      .map((record) => ({ what, record, count: records.length })),
  );
}

async function changedSince(
  reader: Reader,
  own: readonly { record: string; last: number }[],
): Promise<string[]> {
  const now = await reader.run<{ id: string; version: number }>({
    name: 'versions-now',
    text: 'select id, version from record where organisation = $1 and id = any($2::uuid[])',
    values: [reader.organisation, own.map((row) => row.record)],
  });
  const versions = new Map(now.map((row) => [row.id, row.version]));
  const later = own.filter((row) => versions.get(row.record) !== row.last);
  const differing = await reader.run<{ record: string }>({
    name: 'differing-since',
    text: `select v.record from jsonb_to_recordset($2) as w(record uuid, last int)
      join revision v on v.organisation = $1 and v.record = w.record and v.version = w.last
      join record r on r.organisation = $1 and r.id = w.record
      where v.fields is distinct from r.fields or v.links is distinct from r.links or v.state is distinct from r.state
        or (v.act = 'archived') is distinct from (r.archived_at is not null)`,
    values: [reader.organisation, JSON.stringify(later.map(({ record, last }) => ({ record, last })))],
  });
  return differing.map((row) => row.record);
}

async function linkedFromElsewhere(
  reader: Reader,
  own: readonly { record: string; made: boolean }[],
): Promise<string[]> {
  const links = await reader.run<{ from_record: string; to_record: string }>({
    name: 'links-to-made',
    text: 'select from_record, to_record from link where organisation = $1 and to_record = any($2::uuid[])',
    values: [reader.organisation, own.filter((row) => row.made).map((row) => row.record)],
  });
  const ours = new Set(own.map((row) => row.record));
  return [...new Set(links.filter((link) => !ours.has(link.from_record)).map((link) => link.to_record))];
}

/**
 * The file that said last in which state a record stood at a version, and when; nothing where a person or a rule did, nor
 * where the import was undone.
 */
export async function stateBroughtIn(
  reader: Reader,
  record: string,
  version: number,
): Promise<{ readonly file: string; readonly at: Date } | undefined> {
  const [found] = await reader.run<{ file: string; at: Date }>({
    name: 'state-brought-in',
    text: `select i.file_name as file, v.at from (
        select because, at from revision where organisation = $1 and record = $2 and version <= $3
          and act in ('created', 'moved') order by version desc limit 1) v
      join import i on i.organisation = $1 and i.id::text = v.because and i.state = 'applied'`,
    values: [reader.organisation, record, version],
  });
  return found;
}

export type WroteRow = {
  readonly import: string;
  readonly file: string;
  readonly row: number;
  readonly at: Date;
  readonly headers: readonly string[];
  readonly raw: readonly string[];
};

/** The rows of files that made or changed a record, the newest first. Imports that were undone and erased cells are not among them. */
export async function rowsBehind(reader: Reader, record: string, limit: number): Promise<WroteRow[]> {
  return reader.run<WroteRow>({
    name: 'rows-behind-record',
    text: `select w.import, i.file_name as file, w.row, i.applied_at as at, i.analysis -> 'headers' as headers, w.raw
      from import_row w join import i on i.organisation = $1 and i.id = w.import
      where w.organisation = $1 and w.record = $2 and w.raw is not null and w.outcome in ('added', 'changed')
        and i.state = 'applied' order by i.applied_at desc, w.row limit $3`,
    values: [reader.organisation, record, limit],
  });
}
