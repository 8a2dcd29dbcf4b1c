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
  /** The title and all text of the record, as they are searched. */
  readonly head: string;
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
  /** The member for whom a deputy wrote it. */
  readonly on_behalf_of: string | null;
  /** Since when it is archived, where it is. */
  readonly archived_at: string | null;
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
  readonly salt: string;
};

export type EntryRowIn = {
  readonly id: string;
  readonly act: string;
  readonly record: string | null;
  body: string;
};

export type LinkRow = {
  readonly from_record: string;
  readonly relation: string;
  readonly type: string;
  readonly to_record: string;
};

/**
 * What is written at the very end of a change, however often it spilled before: new records, because the counter of
 * their kind is then held for the shortest time, and what changes rows that may be among them.
 */
export type Late = {
  /** Numbers that were taken before the rows are written, by record: the entries of their creation name them. */
  readonly numbers: Map<string, number>;
  readonly created: Map<string, RecordRowIn>;
  /** Versions that come into force, by record; `null` ends what was in force. */
  readonly forced: Map<string, number | null>;
  readonly rehomed: { readonly record: string; readonly system: string | null }[];
  /** Sealed records that are read by people of the one they belong to, and changed records that hold such. */
  readonly heirs: Set<string>;
  readonly holders: Set<string>;
  /** Controls that were written: none of them ends with a code that another one has. */
  readonly controls: Set<string>;
};

export type Batch = {
  /** Rows by record id, each as it stands last in this change. */
  readonly created: Map<string, RecordRowIn>;
  readonly updated: Map<string, RecordRowIn>;
  readonly revisions: RevisionRow[];
  /** Records whose links are replaced, each with its new ones. */
  readonly relinked: Map<string, readonly LinkRow[]>;
  readonly externals: { readonly source: string; readonly key: string; readonly record: string }[];
  readonly approvals: ApprovalRowIn[];
  readonly entries: EntryRowIn[];
  /** Entries of creations, by record, with what they say: their number is still to come. */
  readonly births: Map<string, { readonly entry: EntryRowIn; readonly said: object }>;
  /** Systems whose standing the change may turn. */
  readonly homes: Set<string>;
  /** Changed records: systems that use one of them may turn, whether it belongs to a system itself or not. */
  readonly used: Set<string>;
  /** Changed records that belong to no system: the organisation's facts may turn. */
  readonly shared: Set<string>;
  /** Facts of the whole organisation changed beside its records. */
  facts: boolean;
};

export function emptyBatch(): Batch {
  return {
    created: new Map(),
    updated: new Map(),
    revisions: [],
    relinked: new Map(),
    externals: [],
    approvals: [],
    entries: [],
    births: new Map(),
    homes: new Set(),
    used: new Set(),
    shared: new Set(),
    facts: false,
  };
}

export function emptyLate(): Late {
  return {
    created: new Map(),
    numbers: new Map(),
    forced: new Map(),
    rehomed: [],
    heirs: new Set(),
    holders: new Set(),
    controls: new Set(),
  };
}

/** Nothing is to be written any more. */
export const isIdle = (batch: Batch, late: Late): boolean =>
  batch.entries.length === 0 && late.created.size + late.forced.size + late.rehomed.length === 0;
