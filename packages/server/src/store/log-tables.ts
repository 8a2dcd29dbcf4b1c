import type { Json } from '@throughline/domain/json.ts';
import type { ColumnType, Generated } from 'kysely';

/** Rows of the log, as PostgreSQL holds them. */
type Moment = ColumnType<Date, Date, Date>;
type Whole = ColumnType<string, number, number>;

export interface EntryTable {
  organisation: string;
  id: string;
  seq: Generated<string>;
  act: string;
  record: string | null;
  actor_type: string;
  actor_id: string;
  at: Moment;
  body: Buffer;
}
export interface EntryPendingTable {
  organisation: string;
  seq: string;
  entry: string;
}
export interface LogLeafTable {
  organisation: string;
  index: Whole;
  entry: string;
  hash: Buffer;
  at: Moment;
}
export interface LogHeadTable {
  organisation: string;
  size: Whole;
  root: Buffer | null;
}
export interface LogTileTable {
  organisation: string;
  level: number;
  index: Whole;
  /** 256 hashes. */
  bytes: Buffer;
  /** The hash over them: one hash of the level above. */
  root: Buffer;
}
export interface LogOriginTable {
  organisation: string;
  number: number;
  origin: string;
  at: Moment;
}
export interface LogKeyTable {
  number: number;
  public: Buffer;
  lost: boolean;
  at: Moment;
}
export interface LogCheckpointTable {
  organisation: string;
  origin: string;
  size: Whole;
  root: Buffer;
  key: number;
  note: string;
  at: Moment;
}
export interface LogRefusalTable {
  organisation: string;
  reason: string;
  message: string;
  at: Moment;
}
export interface LogVerificationTable {
  organisation: string;
  at: Moment;
  size: Whole;
  holds: boolean;
  report: ColumnType<Json, string, string>;
}
export interface LogTables {
  entry: EntryTable;
  entry_pending: EntryPendingTable;
  log_leaf: LogLeafTable;
  log_head: LogHeadTable;
  log_tile: LogTileTable;
  log_origin: LogOriginTable;
  log_key: LogKeyTable;
  log_key_entry: { organisation: string; key: number; entry: string };
  log_checkpoint: LogCheckpointTable;
  log_refusal: LogRefusalTable;
  log_verification: LogVerificationTable;
}
