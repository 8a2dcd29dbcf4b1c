import { type Selectable, sql } from 'kysely';
import type { Db } from '../connection.ts';
import type { TargetFacts } from '../records.ts';
import type { RecordTable, RevisionTable } from '../tables.ts';

export type RevisionRow = Selectable<RevisionTable>;

/** The versions that entries made, by entry. */
export async function revisionsOfEntries(
  db: Db,
  organisation: string,
  entries: readonly string[],
): Promise<RevisionRow[]> {
  if (entries.length === 0) return [];
  return db
    .selectFrom('revision')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('entry', '=', sql<string>`any(${entries}::uuid[])`)
    .execute();
}

export type Unlogged = { readonly record: string; readonly version: number };

/** Versions whose entry is not there; of one record, where it is named. */
export async function revisionsWithoutEntry(
  db: Db,
  organisation: string,
  most: number,
  record: string | null = null,
): Promise<Unlogged[]> {
  const { rows } = await sql<Unlogged>`
    select v.record, v.version from revision v where v.organisation = ${organisation}
      and (${record}::uuid is null or v.record = ${record}::uuid)
      and not exists (select from entry e where e.organisation = v.organisation and e.id = v.entry)
    order by v.record, v.version limit ${most}`.execute(db);
  return rows;
}

/** Records of which versions are there, and which have no row of their own. */
export async function recordsGone(db: Db, organisation: string, most: number): Promise<string[]> {
  const { rows } = await sql<{ record: string }>`
    select distinct v.record from revision v where v.organisation = ${organisation}
      and not exists (select from record r where r.organisation = v.organisation and r.id = v.record)
    limit ${most}`.execute(db);
  return rows.map((row) => row.record);
}

/** Links whose record is not there. */
export async function linksWithoutRecord(
  db: Db,
  organisation: string,
  most: number,
): Promise<{ from_record: string; relation: string; to_record: string }[]> {
  const { rows } = await sql<{ from_record: string; relation: string; to_record: string }>`
    select l.from_record, l.relation, l.to_record from link l where l.organisation = ${organisation}
      and not exists (select from record r where r.organisation = l.organisation and r.id = l.from_record)
    limit ${most}`.execute(db);
  return rows;
}

/** A record with all that stands beside its content, and how many versions there are of it. */
export type CheckedRecord = {
  readonly row: Selectable<RecordTable>;
  readonly versions: number;
  readonly newest: RevisionRow | undefined;
  readonly first_at: Date | null;
  readonly material_at: Date | null;
  readonly links: readonly { readonly relation: string; readonly type: string; readonly to_record: string }[];
};

type Spread = { record: string; versions: number; newest: number; first_at: Date; material_at: Date | null };

/** The records that are named, in order of ids. */
export async function checkedRecords(
  db: Db,
  organisation: string,
  { ids: named }: { readonly ids: readonly string[] },
): Promise<CheckedRecord[]> {
  const rows = await db
    .selectFrom('record')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('id', '=', sql<string>`any(${[...named]}::uuid[])`)
    .orderBy('id')
    .execute();
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return [];
  const { rows: spreads } = await sql<Spread>`
    select record, count(*)::int as versions, max(version) as newest, min(at) filter (where version = 1) as first_at,
      max(at) filter (where material) as material_at
    from revision where organisation = ${organisation} and record = any(${ids}::uuid[]) group by record`.execute(
    db,
  );
  const spreadOf = new Map(spreads.map((spread) => [spread.record, spread]));
  const newest = await newestRevisions(db, organisation, spreads);
  const links = await linksOf(db, organisation, ids);
  return rows.map((row) => {
    const spread = spreadOf.get(row.id);
    return {
      row,
      versions: spread?.versions ?? 0,
      newest: newest.get(row.id),
      first_at: spread?.first_at ?? null,
      material_at: spread?.material_at ?? null,
      links: links.get(row.id) ?? [],
    };
  });
}

async function newestRevisions(
  db: Db,
  organisation: string,
  spreads: readonly Spread[],
): Promise<Map<string, RevisionRow>> {
  const { rows } = await sql<RevisionRow>`
    select v.* from unnest(${spreads.map((spread) => spread.record)}::uuid[], ${spreads.map((spread) => spread.newest)}::int[]) as n(record, version)
    join revision v on v.organisation = ${organisation} and v.record = n.record and v.version = n.version`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.record, row]));
}

export type Archival = Pick<RevisionRow, 'record' | 'version' | 'act' | 'at' | 'archived_at'>;

/** What each version of the records says of being archived, in order of versions. */
export async function archivals(db: Db, organisation: string, ids: readonly string[]): Promise<Archival[]> {
  return db
    .selectFrom('revision')
    .select(['record', 'version', 'act', 'at', 'archived_at'])
    .where('organisation', '=', organisation)
    .where('record', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .orderBy('record')
    .orderBy('version')
    .execute();
}

async function linksOf(db: Db, organisation: string, ids: readonly string[]) {
  const { rows } = await sql<{ from_record: string; relation: string; type: string; to_record: string }>`
    select from_record, relation, type, to_record from link
    where organisation = ${organisation} and from_record = any(${ids}::uuid[])`.execute(db);
  const byRecord = new Map<string, (typeof rows)[number][]>();
  for (const row of rows) byRecord.set(row.from_record, [...(byRecord.get(row.from_record) ?? []), row]);
  return byRecord;
}

/** Home systems of records by id. */
export async function homesOf(
  db: Db,
  organisation: string,
  ids: readonly string[],
): Promise<Map<string, TargetFacts>> {
  const { rows } = await sql<TargetFacts & { id: string }>`
    select r.id, r.system, r.kind, r.archived_at is not null as archived, null as "systemOwner" from record r
    where organisation = ${organisation} and id = any(${[...new Set(ids)]}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Which record has which number, to name it in words. */
export async function numbersOf(
  db: Db,
  organisation: string,
  ids: readonly string[],
): Promise<Map<string, { kind: string; number: number }>> {
  const { rows } = await sql<{ id: string; kind: string; number: number }>`
    select id, kind, number from record where organisation = ${organisation} and id = any(${[...new Set(ids)]}::uuid[])`.execute(
    db,
  );
  return new Map(rows.map(({ id, ...row }) => [id, row]));
}

type WalkVersion = {
  readonly digest: string;
  readonly seed: string;
  readonly size: string;
  readonly population: string;
};

/** What the versions of walks say of how they were drawn, by record. */
export async function walkVersions(
  db: Db,
  organisation: string,
  ids: readonly string[],
): Promise<Map<string, WalkVersion[]>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<WalkVersion & { record: string }>`
    select record, encode(digest, 'hex') as digest, fields ->> 'seed' as seed, fields ->> 'populationSize' as size,
      fields ->> 'populationDigest' as population
    from revision where organisation = ${organisation} and record = any(${[...new Set(ids)]}::uuid[])`.execute(
    db,
  );
  const byRecord = new Map<string, WalkVersion[]>();
  for (const { record, ...version } of rows) byRecord.set(record, [...(byRecord.get(record) ?? []), version]);
  return byRecord;
}
