import type { Json } from '@throughline/domain/json.ts';
import type { ColumnType, Generated } from 'kysely';

/** Rows about who may what, as PostgreSQL holds them. */
type Moment = ColumnType<Date, Date, Date>;
type MomentOrNull = ColumnType<Date | null, Date | null, Date | null>;

export interface RecordPartyTable {
  organisation: string;
  record: string;
  /** Through which record: itself, or the one that it belongs to. */
  via: string;
  member: string;
}
export interface MemberGroupTable {
  organisation: string;
  id: string;
  name: string;
  roles: string[];
  salt: Buffer;
  created_at: Moment;
  removed_at: Generated<Date | null>;
}
export interface GroupMemberTable {
  organisation: string;
  member_group: string;
  member: string;
}
export interface DeputyTable {
  organisation: string;
  id: string;
  absent: string;
  member: string;
  first_day: string;
  last_day: string;
  created_at: Moment;
  ended_at: MomentOrNull;
  /** What the absence is; gone with the salt of its digest where either name was erased. */
  why: string | null;
  salt: Buffer | null;
}

/** What an identity provider says of a member or a group, by their id; nothing once it was erased. */
export interface ProvisionedTable {
  organisation: string;
  id: string;
  type: string;
  name_key: string | null;
  external_id: string | null;
  content: ColumnType<Json, string, string | null>;
  salt: Buffer | null;
  created_at: Moment;
  changed_at: Moment;
  ended_at: MomentOrNull;
}

export interface PeopleTables {
  record_party: RecordPartyTable;
  member_group: MemberGroupTable;
  group_member: GroupMemberTable;
  deputy: DeputyTable;
  provisioned: ProvisionedTable;
}
