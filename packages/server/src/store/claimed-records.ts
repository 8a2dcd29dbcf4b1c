import type { Reader } from './reader.ts';
import type { FieldsColumn, LinksColumn } from './tables.ts';

/** A record that a row of a file names by its number, and the version that the row was exported from. */
export type ClaimedRecord = {
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
  /** The version that was asked for; `null` where there is none, and content `null` where it was erased. */
  readonly claimed: number | null;
  readonly written_at: Date | null;
  readonly was_fields: FieldsColumn | null;
  readonly was_links: LinksColumn | null;
  readonly was_state: string | null;
};

/** Records of a kind by number, each once per version that is asked for. Unknown numbers are left out. */
export async function claimedRecords(
  reader: Reader,
  kind: string,
  claims: readonly { readonly number: number; readonly version: number | null }[],
): Promise<ClaimedRecord[]> {
  if (claims.length === 0) return [];
  return reader.run<ClaimedRecord>({
    name: 'claimed-records',
    text: `select r.id, r.kind, r.number, r.title, r.state, r.version, r.system, r.archived_at is not null as archived,
        r.fields, r.links, v.version as claimed, v.at as written_at, v.fields as was_fields, v.links as was_links,
        v.state as was_state
      from (select distinct number, version from jsonb_to_recordset($3) as c(number int, version int)) c
      join record r on r.organisation = $1 and r.kind = $2 and r.number = c.number
      left join revision v on v.organisation = $1 and v.record = r.id and v.version = c.version`,
    values: [reader.organisation, kind, JSON.stringify(claims)],
  });
}
