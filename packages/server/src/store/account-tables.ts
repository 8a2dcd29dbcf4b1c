import type { ColumnType, Generated } from 'kysely';

/** Rows about people and how they sign in, as PostgreSQL holds them. */
type Moment = ColumnType<Date, Date, Date>;
type MomentOrNull = ColumnType<Date | null, Date | null, Date | null>;

export interface PersonTable {
  id: string;
  /** Nothing for whom only a sign-in provider knows. */
  email: string | null;
  password_hash: string | null;
  password_salt: Generated<Buffer | null>;
  /** The organisation whose log tells of the password that stands. */
  password_in: Generated<string | null>;
  password_at: MomentOrNull;
  /** By whose entry there it is told of; `null` where an earlier release named the person. */
  password_member: Generated<string | null>;
  /** The organisation whose log tells of the second factors that stand, by whose entry, and what opens its digest. */
  factors_in: Generated<string | null>;
  factors_member: Generated<string | null>;
  factors_salt: Generated<Buffer | null>;
  created_at: Moment;
  /** The organisation whose log tells that nobody is a member by it any more; address and password are gone. */
  erased_in: Generated<string | null>;
  erased_at: MomentOrNull;
  /** With whose name there it went; `null` where it was erased by itself. */
  erased_member: Generated<string | null>;
}
/** Second factors of people, who belong to no organisation; each is told of in the logs where it was added and ended. */
export interface FactorTable {
  id: string;
  person: string;
  kind: string;
  name: string;
  /** What it is checked against: encrypted, public, or hashed; nothing once it ended. */
  secret: Buffer | null;
  /** Id of a passkey. */
  credential: Buffer | null;
  transports: string[];
  /** Last time step of codes, signature counter, or a bit for each recovery code that was used: nothing is shown twice. */
  counter: string;
  salt: Buffer;
  /** Where it was set. Earlier releases told of each factor there; those of adding and ending have columns of their own. */
  told_in: string;
  added_in: string;
  added_at: Moment;
  used_at: MomentOrNull;
  ended_in: string | null;
  ended_at: MomentOrNull;
}
/** A sign-in, a new factor or a proof that waits for its second half, for some minutes. */
export interface SignInStepTable {
  token_hash: Buffer;
  purpose: string;
  person: string | null;
  organisation: string | null;
  member: string | null;
  content: Buffer | null;
  created_at: Moment;
  expires_at: Moment;
  used_at: MomentOrNull;
}
export interface SessionTable {
  token_hash: Buffer;
  id: string;
  person: string;
  organisation: string;
  member: string;
  created_at: Moment;
  seen_at: Moment;
  expires_at: Moment;
  ended_at: MomentOrNull;
  /** When whoever holds it last showed who they are; `null` in rows of earlier releases: when it began. */
  proved_at: MomentOrNull;
  methods: Generated<string[]>;
  /** The last proof was a credential of the person's own, and not a provider's word. */
  own_proof: Generated<boolean>;
  /** When its person signed in, where it goes on from a session elsewhere. */
  began_at: MomentOrNull;
  /** Hash of what the browser keeps over sessions, so that it is known again. */
  browser: Buffer | null;
  agent: string | null;
  host: string | null;
  /** Opens the digest of how it began; none in rows of earlier releases. */
  salt: Generated<Buffer | null>;
  /** Opens the digest of the last proof. */
  proof_salt: Generated<Buffer | null>;
}
export interface SignInLinkTable {
  token_hash: Buffer;
  purpose: string;
  person: string | null;
  organisation: string | null;
  member: string | null;
  email: string | null;
  reset: string | null;
  created_at: Moment;
  expires_at: Moment;
  used_at: MomentOrNull;
  by_hand: Generated<boolean>;
}
/** What was reset of how a member signs in, told of in the log. It holds no secret. */
export interface AccountResetTable {
  organisation: string;
  id: string;
  member: string;
  kind: string;
  reason: string | null;
  salt: Buffer | null;
  by_type: string;
  by_id: string;
  at: Moment;
  /** Of a link. */
  expires_at: MomentOrNull;
  used_at: MomentOrNull;
  by_hand: Generated<boolean>;
  /** Who proposed it, where another person confirmed it. */
  asked_by: string | null;
  /** When it was known who uses the account since, and by whom but themselves. */
  vouched_at: MomentOrNull;
  vouched_by: string | null;
}

export interface AccountTables {
  person: PersonTable;
  session: SessionTable;
  sign_in_link: SignInLinkTable;
  account_reset: AccountResetTable;
  sign_in_step: SignInStepTable;
  factor: FactorTable;
}
