import type { Json } from '@throughline/domain/json.ts';
import type { ColumnType, Generated } from 'kysely';

type Moment = ColumnType<Date, Date, Date>;
type MomentOrNull = ColumnType<Date | null, Date | null, Date | null>;

/** API tokens, as PostgreSQL holds them. */
export interface TokenTable {
  organisation: string;
  id: string;
  name: string;
  token_hash: Buffer;
  roles: string[];
  created_by: string;
  created_at: Moment;
  expires_at: MomentOrNull;
  used_at: MomentOrNull;
  revoked_at: MomentOrNull;
  salt: Generated<Buffer | null>;
  scope: ColumnType<Json | null, string | null, string | null>;
  service: string | null;
  behind: Generated<string[]>;
  previous_hash: Buffer | null;
  previous_until: MomentOrNull;
  rotated_at: MomentOrNull;
}
