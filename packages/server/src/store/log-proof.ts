import { sql } from 'kysely';
import type { Db } from './connection.ts';
import type { RevisionContent } from './digest.ts';
import type { Reader } from './reader.ts';

/** The entries placed from `index` on, in order: fewer than `count` where the log ends. */
export async function entriesFrom(
  db: Db,
  organisation: string,
  index: number,
  count: number,
): Promise<Buffer[]> {
  const { rows } = await sql<{ body: Buffer }>`
    select e.body from log_leaf f join entry e on e.organisation = f.organisation and e.id = f.entry
    where f.organisation = ${organisation} and f.index >= ${index} and f.index < ${index + count}
    order by f.index`.execute(db);
  return rows.map((row) => row.body);
}

const nothing = Buffer.alloc(0);

/**
 * The same as served to whoever reads: empty in the place of each entry that policies take away from them. Where nothing
 * is taken away, an entry that is not there is missing.
 */
export async function entriesServed(
  { db, organisation, view }: Pick<Reader, 'db' | 'organisation' | 'view'>,
  index: number,
  count: number,
): Promise<Buffer[]> {
  if (view === 'whole') return entriesFrom(db, organisation, index, count);
  const { rows } = await sql<{ body: Buffer | null }>`
    select e.body from log_leaf f left join entry e on e.organisation = f.organisation and e.id = f.entry
    where f.organisation = ${organisation} and f.index >= ${index} and f.index < ${index + count}
    order by f.index`.execute(db);
  return rows.map(({ body }) => body ?? nothing);
}

/** What a version's digest is over, and under which index its entry stands. `content` is gone once it was erased. */
export type VersionEvidence = {
  readonly version: number;
  readonly digest: Buffer;
  readonly index: number | null;
  readonly content: (RevisionContent & { readonly salt: Buffer }) | null;
};

export async function versionEvidence(
  reader: Reader,
  record: string,
  version: number,
): Promise<VersionEvidence | undefined> {
  const row = await reader.db
    .selectFrom('revision as v')
    .leftJoin('log_leaf as f', (join) =>
      join.onRef('f.organisation', '=', 'v.organisation').onRef('f.entry', '=', 'v.entry'),
    )
    .select(['v.version', 'v.digest', 'v.kind', 'v.schema', 'v.fields', 'v.links', 'v.salt', 'f.index'])
    .where('v.organisation', '=', reader.organisation)
    .where('v.record', '=', record)
    .where('v.version', '=', version)
    .executeTakeFirst();
  if (!row) return undefined;
  const { kind, schema, fields, links, salt } = row;
  return {
    version: row.version,
    digest: row.digest,
    index: row.index === null ? null : Number(row.index),
    content: fields && links && salt ? { kind, schema, fields, links, salt } : null,
  };
}

/** When an entry got its place; nothing beyond the log. */
export async function placedAt(reader: Reader, index: number): Promise<Date | null> {
  const row = await reader.db
    .selectFrom('log_leaf')
    .select('at')
    .where('organisation', '=', reader.organisation)
    .where('index', '=', String(index))
    .executeTakeFirst();
  return row?.at ?? null;
}
