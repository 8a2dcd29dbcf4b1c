import { type Selectable, sql } from 'kysely';
import type { ImportRowFacts } from '../bound.ts';
import type { Db } from '../connection.ts';
import type { Tables } from '../tables.ts';

/** Tables whose rows are held against entries by their ids. */
export const checkedTables = [
  'approval',
  'comment',
  'blob',
  'session',
  'member',
  'token',
  'judgement',
  'import',
  'same_person',
  'account_reset',
  'recusal',
  'risk_opinion',
  'member_group',
  'deputy',
  'provisioned',
  'duty_waiver',
  'proposal',
  'mail_domain',
] as const;
export type CheckedTable = (typeof checkedTables)[number];

/** A row; of a file the digest of its bytes (`stored`) instead of them, worked out by PostgreSQL. */
export type CheckedRow<T extends CheckedTable> = Omit<Selectable<Tables[T]>, 'bytes'> & {
  readonly id: string;
  readonly stored?: Buffer | null;
};

/** Rows after an id, in order of ids. */
export async function tableRows<T extends CheckedTable>(
  db: Db,
  organisation: string,
  table: T,
  after: string | null,
  count: number,
): Promise<CheckedRow<T>[]> {
  const columns =
    table === 'blob'
      ? sql`organisation, id, name, media, size, digest, created_at, sha256(bytes) as stored`
      : sql`*`;
  const { rows } = await sql<CheckedRow<T>>`
    select ${columns} from ${sql.table(table)} where organisation = ${organisation}
      and (${after}::uuid is null or id > ${after}::uuid) order by id limit ${count}`.execute(db);
  return rows;
}

/** Who is in which group: rows without an id of their own. */
export async function membershipRows(
  db: Db,
  organisation: string,
): Promise<{ readonly group: string; readonly member: string }[]> {
  return db
    .selectFrom('group_member')
    .select(['member_group as group', 'member'])
    .where('organisation', '=', organisation)
    .orderBy('member_group')
    .orderBy('member')
    .execute();
}

/** Approvals of the records given, oldest first. */
export async function approvalActs(
  db: Db,
  organisation: string,
  records: readonly string[],
): Promise<Map<string, CheckedRow<'approval'>[]>> {
  const { rows } = await sql<CheckedRow<'approval'>>`
    select * from approval where organisation = ${organisation} and record = any(${records}::uuid[]) order by at, id`.execute(
    db,
  );
  const acts = new Map<string, CheckedRow<'approval'>[]>();
  for (const row of rows) acts.set(row.record, [...(acts.get(row.record) ?? []), row]);
  return acts;
}

export type ImportRow = ImportRowFacts & {
  /** `null` once what came of it was erased, with the salt. */
  readonly raw: readonly string[] | null;
  readonly salt: Buffer | null;
};

/** Rows of an import after a number, in their order. */
export async function importRows(
  db: Db,
  organisation: string,
  id: string,
  after: number,
  count: number,
): Promise<ImportRow[]> {
  const { rows } = await sql<ImportRow>`
    select row, raw, salt, digest, outcome, record from import_row
    where organisation = ${organisation} and import = ${id} and row > ${after} order by row limit ${count}`.execute(
    db,
  );
  return rows;
}

/** The organisation's own row, as its entries bind it. */
export async function organisationRow(
  db: Db,
  organisation: string,
): Promise<
  | { name: string; timeZone: string; settings: unknown; slug: string | null; archivedAt: Date | null }
  | undefined
> {
  return db
    .selectFrom('organisation')
    .select(['name', 'time_zone as timeZone', 'settings', 'slug', 'archived_at as archivedAt'])
    .where('id', '=', organisation)
    .executeTakeFirst();
}
