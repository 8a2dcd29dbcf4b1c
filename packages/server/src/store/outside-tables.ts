import type { ColumnType, Generated } from 'kysely';
import type { FieldsColumn } from './tables.ts';

/** Rows about who outside sources say that members are, as PostgreSQL holds them. */
type Moment = ColumnType<Date, Date, Date>;
type MomentOrNull = ColumnType<Date | null, Date | null | undefined, Date | null>;

export interface OutsideIdentityTable {
  organisation: string;
  id: string;
  member: string;
  kind: string;
  /** The issuer of a provider, or the name of a directory. */
  source: string;
  /** What the source calls them; nothing once it ended. */
  subject: string | null;
  address: string | null;
  /** Roles of the member that came by this source. */
  roles: Generated<string[]>;
  salt: Buffer | null;
  linked_at: Moment;
  /** When the source last spoke of them; bookkeeping, without an entry. */
  seen_at: Moment;
  /** Who set the provider that an address alone linked to a member of before; nothing once it is known that it is theirs. */
  linked_by: Generated<string | null>;
  ended_at: MomentOrNull;
}
export interface SignInProviderTable {
  organisation: string;
  id: string;
  issuer: string;
  client_id: string;
  settings: ColumnType<FieldsColumn, string, string>;
  salt: Buffer;
  /** The person who set the issuer. */
  set_by: Generated<string | null>;
  created_at: Moment;
  changed_at: Moment;
  removed_at: MomentOrNull;
}
/** Encrypted with the key in the data directory, and in no backup. */
export interface ProviderSecretTable {
  organisation: string;
  provider: string;
  secret: Buffer;
  salt: Buffer;
}

/** A mail domain whose people are led to the provider of an organisation. */
export interface MailDomainTable {
  organisation: string;
  id: string;
  domain: string;
  /** Missing where it led here already when an earlier release kept it among the settings: no entry names it. */
  salt: Buffer | null;
  added_at: Moment;
  removed_at: MomentOrNull;
}

export interface OutsideTables {
  outside_identity: OutsideIdentityTable;
  sign_in_provider: SignInProviderTable;
  provider_secret: ProviderSecretTable;
  mail_domain: MailDomainTable;
}
