import type { Json } from '@throughline/domain/json.ts';
import { sql } from 'kysely';
import type { Db } from '../connection.ts';

/** A version with its content, and where it is its record's own row, what stands beside that. */
export type VersionRow = {
  readonly record: string;
  readonly version: number;
  readonly entry: string;
  readonly kind: string;
  readonly schema: number;
  readonly state: string;
  readonly fields: Readonly<Record<string, Json>> | null;
  readonly links: Readonly<Record<string, readonly string[]>> | null;
  /** In hexadecimal, as digests are made with it. */
  readonly salt: string | null;
  readonly digest: string;
  /** As `slotsText` writes them. */
  readonly slots: string;
  readonly material: boolean;
  readonly act: string;
  /** Since when it is archived, as PostgreSQL writes it. */
  readonly archived: string | null;
  /** Moments as PostgreSQL writes them, to the microsecond. */
  readonly at: string;
} & (CurrentRow | { readonly found: false });

/** A record's row beside the version that it names. */
export type CurrentRow = {
  readonly found: true;
  /** Kind, schema, state, digest, content, slots and when it was changed and archived are the version's. */
  readonly same: boolean;
  /** What stands in columns beside the content, as `besideText` writes it. */
  readonly beside: string;
  /** Rows of the table of links, each as relation, target and type, in any order. */
  readonly row_links: string | null;
  readonly link_count: number;
};

/** What parts slots, and what stands for one that is not there. */
const [parted, none] = ['\u001f', '\u001d'];
const eight = [1, 2, 3, 4, 5, 6, 7, 8];
const slots = (table: string) => sql.raw(eight.map((n) => `${table}.k${n}`).join(', '));

/** Slots in one text. Nothing where one of them holds what parts them: then they are compared one by one. */
export function slotsText(values: readonly (string | null)[]): string | undefined {
  let text = '';
  for (let at = 0; at < eight.length; at += 1) {
    const value = values[at] ?? null;
    if (value !== null && (value.includes(parted) || value.includes(none))) return undefined;
    text += `${at === 0 ? '' : parted}${value ?? none}`;
  }
  return text;
}

/** What stands in columns of a record beside its content, with moments as PostgreSQL writes them. */
export type Beside = {
  readonly owner: string | null;
  readonly assignee: string | null;
  readonly system: string | null;
  readonly inForce: number | null;
  readonly createdAt: string | null;
  readonly materialAt: string | null;
  readonly title: string;
};

/** The same in one text. Only the last part can hold what parts them, so no two differ and read alike. */
export function besideText({
  owner,
  assignee,
  system,
  inForce,
  createdAt,
  materialAt,
  title,
}: Beside): string {
  const parts = [owner, assignee, system, inForce, createdAt, materialAt].map((part) => part ?? none);
  return [...parts, title].join(parted);
}
const besideColumns = ['owner', 'assignee', 'system', 'in_force', 'created_at', 'material_at'];
const beside = sql.join(
  besideColumns.map((name) => sql`coalesce(r.${sql.ref(name)}::text, ${sql.lit(none)})`),
);

const slotsOr = (table: string) =>
  sql.join(eight.map((n) => sql`coalesce(${sql.raw(`${table}.k${n}`)}, ${sql.lit(none)})`));

/** Every version, in order of records and versions, some at a time. Within a transaction, one after the other. */
export async function* everyVersion(
  db: Db,
  organisation: string,
  atOnce: number,
): AsyncGenerator<readonly VersionRow[]> {
  await sql`declare every_version no scroll cursor for
    select v.record, v.version, v.entry, v.kind, v.schema, v.state, v.fields, v.links, encode(v.salt, 'hex') as salt,
      encode(v.digest, 'hex') as digest, v.material, v.act, v.archived_at::text as archived,
      concat_ws(${sql.lit(parted)}, ${slotsOr('v')}) as slots, v.at::text as at,
      r.id is not null as found, concat_ws(${sql.lit(parted)}, ${beside}, r.title) as beside,
      coalesce(r.kind = v.kind and r.schema = v.schema and r.state = v.state and r.digest = v.digest
        and r.fields = v.fields and r.links = v.links and r.updated_at = v.at
        and r.archived_at is not distinct from v.archived_at
        and row(${slots('r')}) is not distinct from row(${slots('v')}), false) as same,
      coalesce(l.count, 0)::int as link_count, l.rows as row_links
    from revision v
    left join record r on r.organisation = v.organisation and r.id = v.record and r.version = v.version
    left join (select from_record, count(*), string_agg(relation || ' ' || to_record || ' ' || type, ',') as rows from link
      where organisation = ${sql.lit(organisation)} group by from_record) l on l.from_record = r.id
    where v.organisation = ${sql.lit(organisation)} order by v.record, v.version`.execute(db);
  for (;;) {
    const { rows } = await sql<VersionRow>`fetch forward ${sql.lit(atOnce)} from every_version`.execute(db);
    if (rows.length === 0) break;
    yield rows;
  }
  await sql`close every_version`.execute(db);
}

/** Records that have no version at all. */
export async function recordsWithoutVersion(db: Db, organisation: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select r.id from record r where r.organisation = ${organisation}
      and not exists (select from revision v where v.organisation = r.organisation and v.record = r.id)`.execute(
    db,
  );
  return rows.map((row) => row.id);
}
