import type { ColumnType, Generated } from 'kysely';

/** Rows about who may what, as PostgreSQL holds them. */
type Moment = ColumnType<Date, Date, Date>;
type MomentOrNull = ColumnType<Date | null, Date | null, Date | null>;

export interface RecordPartyTable {
  organisation: string;
  record: string;
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

export interface PeopleTables {
  record_party: RecordPartyTable;
  member_group: MemberGroupTable;
  group_member: GroupMemberTable;
  deputy: DeputyTable;
}
