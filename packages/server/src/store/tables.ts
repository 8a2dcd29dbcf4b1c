import type { ChosenScope } from '@throughline/domain/acting.ts';
import type { Json } from '@throughline/domain/json.ts';
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { AccountTables } from './account-tables.ts';
import type { LogTables } from './log-tables.ts';
import type { OutsideTables } from './outside-tables.ts';
import type { PeopleTables } from './people-tables.ts';
import type { ProposalTable } from './proposal-table.ts';
import type { RiskOpinionTable } from './risk-table.ts';
import type { TokenTable } from './token-table.ts';

/** Rows as PostgreSQL holds them. They never cross the wire; readers turn them into what the domain speaks of. */
type Moment = ColumnType<Date, Date, Date>;
type MomentOrNull = ColumnType<Date | null, Date | null, Date | null>;
type JsonColumn<T = Json> = ColumnType<T, string, string>;
type JsonOrNull<T = Json> = ColumnType<T | null, string | null, string | null>;

export type FieldsColumn = Readonly<Record<string, Json>>;
export type LinksColumn = Readonly<Record<string, readonly string[]>>;

type Slots = { [K in 'k1' | 'k2' | 'k3' | 'k4' | 'k5' | 'k6' | 'k7' | 'k8']: string | null };

export interface OrganisationTable {
  id: string;
  name: string;
  time_zone: string;
  settings: JsonColumn<FieldsColumn>;
  created_at: Moment;
  /** Its short name, which commands take; missing where it came from the backup of another installation. */
  slug: string | null;
  archived_at: MomentOrNull;
}
export interface MemberTable {
  organisation: string;
  id: string;
  person: string | null;
  name: string;
  roles: string[];
  active: Generated<boolean>;
  left_on: string | null;
  /** What an external auditor may read; missing for everything. */
  scope: ColumnType<ChosenScope | null, string | null | undefined, string | null>;
  preferences: JsonColumn<FieldsColumn>;
  salt: Generated<Buffer | null>;
  /** Opens the digest of the entry that ties a login to the member; none where an earlier release tied it. */
  tie_salt: Generated<Buffer | null>;
  /** Opens the digest of the entry that parted them: whether the login was erased. */
  parted_salt: Generated<Buffer | null>;
  created_at: Moment;
  type: Generated<string>;
  owner: string | null;
}
export interface AuthorityTable {
  organisation: string;
  id: string;
  dimension: string;
  level: string;
  member: string | null;
  role: string | null;
  delegate: string | null;
  valid_from: string;
  valid_to: string | null;
  created_at: Moment;
}
export interface SamePersonTable {
  organisation: string;
  id: string;
  member: string;
  other: string;
  at: Moment;
  ended_at: MomentOrNull;
}
export interface RecusalTable {
  organisation: string;
  id: string;
  record: string;
  member: string;
  reason: string | null;
  at: Moment;
  salt: Buffer | null;
  ended_at: MomentOrNull;
  ended_by: string | null;
  end_reason: string | null;
  end_salt: Buffer | null;
}
export interface DutyWaiverTable {
  organisation: string;
  id: string;
  reason: string;
  by_member: string;
  on_behalf_of: string | null;
  /** Who asked for what `by_member` confirmed. */
  asked_by: string | null;
  at: Moment;
  /** YYYY-MM-DD. */
  last_day: string;
  salt: Buffer;
  ended_at: MomentOrNull;
  ended_by: string | null;
  end_reason: string | null;
  end_salt: Buffer | null;
}
export interface RecordTable extends Slots {
  organisation: string;
  id: string;
  kind: string;
  number: number;
  title: string;
  state: string;
  owner: string | null;
  assignee: string | null;
  system: string | null;
  version: number;
  schema: number;
  fields: JsonColumn<FieldsColumn>;
  links: JsonColumn<LinksColumn>;
  digest: Buffer;
  in_force: number | null;
  material_at: Moment;
  created_at: Moment;
  updated_at: Moment;
  archived_at: MomentOrNull;
  import: string | null;
}
export interface RevisionTable extends Slots {
  organisation: string;
  record: string;
  version: number;
  act: string;
  kind: string;
  schema: number;
  state: string;
  fields: JsonOrNull<FieldsColumn>;
  links: JsonOrNull<LinksColumn>;
  salt: Buffer | null;
  digest: Buffer;
  changed: string[];
  material: boolean;
  entry: string;
  actor_type: string;
  actor_id: string;
  on_behalf_of: Generated<string | null>;
  because: string | null;
  at: Moment;
  archived_at: MomentOrNull;
}
export interface LinkTable {
  organisation: string;
  from_record: string;
  relation: string;
  type: string;
  to_record: string;
}
export interface ApprovalTable {
  organisation: string;
  id: string;
  record: string;
  version: number;
  digest: Buffer;
  act: string;
  basis: JsonColumn<readonly { record: string; digest: string }[]>;
  frozen: JsonOrNull;
  reason: string | null;
  by_type: string;
  by_id: string;
  on_behalf_of: string | null;
  entry: string;
  at: Moment;
  salt: Generated<Buffer | null>;
}
export interface ExternalIdTable {
  organisation: string;
  source: string;
  key: string;
  record: string;
}
export interface CommentTable {
  organisation: string;
  id: string;
  record: string;
  field: string | null;
  text: string | null;
  digest: Buffer;
  by_type: string;
  by_id: string;
  at: Moment;
  edited_at: MomentOrNull;
  removed_at: MomentOrNull;
  salt: Generated<Buffer | null>;
}
export interface MentionTable {
  organisation: string;
  /** Id of a member, or a role. */
  target: string;
  at: Moment;
  comment: string;
}
export interface MentionSeenTable {
  organisation: string;
  member: string;
  comment: string;
  at: Moment;
}
export interface BlobTable {
  organisation: string;
  id: string;
  name: string;
  media: string;
  size: ColumnType<string, number, number>;
  digest: Buffer;
  bytes: Buffer | null;
  created_at: Moment;
  /** Who brought it, as `type:id`, until a record names it. */
  held_by: string | null;
}
export interface IdempotencyTable {
  organisation: string;
  actor: string;
  key: string;
  digest: Buffer;
  status: number | null;
  subject: JsonOrNull;
  at: Moment;
}
export interface ImportTable {
  organisation: string;
  id: string;
  kind: string;
  source: string;
  file_name: string;
  file_digest: Buffer;
  analysis: JsonColumn;
  state: string;
  counts: JsonOrNull;
  by_type: string;
  by_id: string;
  created_at: Moment;
  touched_at: Moment;
  applied_at: MomentOrNull;
  undone_at: MomentOrNull;
}
export interface ImportRowTable {
  organisation: string;
  import: string;
  row: number;
  raw: JsonOrNull;
  salt: Buffer | null;
  digest: Buffer;
  record: string | null;
  outcome: string;
  rejections: JsonOrNull;
}
export interface ImportProfileTable {
  organisation: string;
  id: string;
  name: string;
  kind: string;
  mapping: JsonColumn;
  created_at: Moment;
}
export interface JobTable {
  organisation: string;
  id: string;
  type: string;
  state: string;
  input: JsonColumn;
  done: Generated<number>;
  total: number | null;
  message: Generated<string>;
  result: JsonOrNull;
  by_type: string;
  by_id: string;
  created_at: Moment;
  started_at: MomentOrNull;
  ended_at: MomentOrNull;
  cancel_at: MomentOrNull;
}
export interface SavedViewTable {
  organisation: string;
  id: string;
  member: string;
  collection: string;
  name: string;
  query: string;
  shared: boolean;
  created_at: Moment;
}
export interface JudgementTable {
  organisation: string;
  id: string;
  item: string;
  answer: string;
  version: number | null;
  note: string | null;
  by_member: string;
  at: Moment;
  salt: Generated<Buffer | null>;
}
export interface StandingTable {
  organisation: string;
  system: string;
  station: string;
  verdict: string;
  holds_until: string | null;
}
export interface SystemLineTable {
  organisation: string;
  system: string;
  strip: string | null;
  gaps: Generated<number>;
  holds_until: string | null;
  recheck_at: MomentOrNull;
  /** Changes that may have turned the line, without those whose mark still stands in `line_mark`. Equal to `settled` when nothing is outstanding. */
  marks: Generated<string>;
  settled: Generated<string>;
  /** Marks of the organisation's facts that the line was computed with. */
  facts: Generated<string>;
  computed_at: MomentOrNull;
  /** Of what was found, now and the time before: while both are the same, the rows of stations and gaps are left alone. */
  digest: string | null;
  digest_before: string | null;
}
export interface GapTable {
  organisation: string;
  id: Generated<string>;
  system: string | null;
  station: string;
  rule: string;
  source: string;
  weight: string;
  records: string[];
  refs: string[];
  owner: string | null;
  since: string | null;
  caused_by: string | null;
  /** What gaps are paged by: the worst first, then the oldest. */
  rank: GeneratedAlways<number>;
  age: GeneratedAlways<string>;
}
export interface OrganisationStandingTable {
  organisation: string;
  item: string;
  verdict: string;
  computed_at: Moment;
}
export interface TrendTable {
  organisation: string;
  day: string;
  systems: number;
  with_gaps: number;
  gaps: number;
  verdicts: JsonColumn;
}

export interface Tables extends AccountTables, LogTables, OutsideTables, PeopleTables {
  organisation: OrganisationTable;
  member: MemberTable;
  token: TokenTable;
  authority: AuthorityTable;
  same_person: SamePersonTable;
  recusal: RecusalTable;
  risk_opinion: RiskOpinionTable;
  duty_waiver: DutyWaiverTable;
  proposal: ProposalTable;
  record: RecordTable;
  counter: { organisation: string; kind: string; next: number };
  slot_signature: { kind: string; signature: string };
  words_signature: { kind: string; signature: string };
  sealing_key: { one: Generated<boolean>; name: Buffer; since: Moment };
  revision: RevisionTable;
  link: LinkTable;
  record_text: { organisation: string; record: string; kind: string; words: string };
  approval: ApprovalTable;
  external_id: ExternalIdTable;
  comment: CommentTable;
  mention: MentionTable;
  mention_seen: MentionSeenTable;
  blob: BlobTable;
  idempotency: IdempotencyTable;
  import: ImportTable;
  import_row: ImportRowTable;
  import_profile: ImportProfileTable;
  job: JobTable;
  saved_view: SavedViewTable;
  judgement: JudgementTable;
  standing: StandingTable;
  system_line: SystemLineTable;
  line_mark: { organisation: string; system: string; id: Generated<string> };
  /** Changed records whose users are to be marked again, now that the change is committed. */
  used_mark: { organisation: string; record: string; id: Generated<string> };
  facts_changed: { organisation: string; marks: string };
  facts_mark: { organisation: string; id: Generated<string> };
  gap: GapTable;
  organisation_standing: OrganisationStandingTable;
  trend: TrendTable;
}
