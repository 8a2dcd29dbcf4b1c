import type { Basis } from '@throughline/domain/approvals.ts';
import type { FieldsColumn, LinksColumn } from './tables.ts';

/** Rows of one change, as they are handed to PostgreSQL in JSON. Bytes are written `\x…`, moments RFC 3339. */
export type RecordRowIn = {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly state: string;
  readonly owner: string | null;
  readonly assignee: string | null;
  readonly system: string | null;
  readonly version: number;
  readonly schema: number;
  readonly fields: FieldsColumn;
  readonly links: LinksColumn;
  readonly digest: string;
  readonly material_at: string;
  readonly archived_at: string | null;
  readonly import: string | null;
  readonly words: string;
};

export type RevisionRow = {
  readonly record: string;
  readonly version: number;
  readonly act: string;
  readonly kind: string;
  readonly schema: number;
  readonly state: string;
  readonly fields: FieldsColumn;
  readonly links: LinksColumn;
  readonly salt: string;
  readonly digest: string;
  readonly changed: readonly string[];
  readonly material: boolean;
  readonly entry: string;
};

export type ApprovalRowIn = {
  readonly id: string;
  readonly record: string;
  readonly version: number;
  readonly digest: string;
  readonly act: string;
  readonly basis: readonly Basis[];
  readonly frozen: unknown;
  readonly reason: string | null;
  readonly by_type: string;
  readonly by_id: string;
  readonly on_behalf_of: string | null;
  readonly entry: string;
  readonly in_force: number | null;
  readonly changes_force: boolean;
};

export type Batch = {
  readonly created: RecordRowIn[];
  readonly updated: RecordRowIn[];
  readonly revisions: RevisionRow[];
  /** Records whose links are replaced by those in `links`. */
  readonly relinked: string[];
  readonly links: {
    readonly from_record: string;
    readonly relation: string;
    readonly type: string;
    readonly to_record: string;
  }[];
  readonly rehomed: { readonly record: string; readonly system: string | null }[];
  readonly externals: { readonly source: string; readonly key: string; readonly record: string }[];
  readonly approvals: ApprovalRowIn[];
  readonly entries: {
    readonly id: string;
    readonly act: string;
    readonly record: string | null;
    readonly body: string;
  }[];
  /** Systems whose standing the change may turn. */
  readonly homes: Set<string>;
  /** Changed records that belong to no system: those that use them, and the organisation's facts, may turn. */
  readonly shared: Set<string>;
  /** Facts of the whole organisation changed beside its records. */
  facts: boolean;
};

export function emptyBatch(): Batch {
  return {
    created: [],
    updated: [],
    revisions: [],
    relinked: [],
    links: [],
    rehomed: [],
    externals: [],
    approvals: [],
    entries: [],
    homes: new Set(),
    shared: new Set(),
    facts: false,
  };
}
