import type { Json } from '@throughline/domain/json.ts';
import type { ColumnType } from 'kysely';

type Moment = ColumnType<Date, Date, Date>;
type MomentOrNull = ColumnType<Date | null, Date | null, Date | null>;

/** What waits for a second hand, as PostgreSQL holds it. */
export interface ProposalTable {
  organisation: string;
  id: string;
  matter: string;
  what: ColumnType<Json, string, string>;
  about: string | null;
  reason: string | null;
  salt: Buffer | null;
  by_type: string;
  by_id: string;
  on_behalf_of: string | null;
  at: Moment;
  ended_at: MomentOrNull;
  ended_by: string | null;
  ended_as: string | null;
  end_reason: string | null;
  end_salt: Buffer | null;
}
