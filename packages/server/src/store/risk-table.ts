import type { ColumnType } from 'kysely';

type Moment = ColumnType<Date, Date, Date>;
type MomentOrNull = ColumnType<Date | null, Date | null, Date | null>;

/** Ratings that people gave risks apart from each other. */
export interface RiskOpinionTable {
  organisation: string;
  id: string;
  record: string;
  member: string;
  said: unknown;
  reason: string | null;
  at: Moment;
  salt: Buffer | null;
  ended_at: MomentOrNull;
  ended_as: string | null;
  ended_by: string | null;
  settled_in: number | null;
  end_reason: string | null;
  end_salt: Buffer | null;
}
