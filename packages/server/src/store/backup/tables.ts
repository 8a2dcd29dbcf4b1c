/** How the rows of a table get into a backup. */
export type BackupTable = {
  readonly table: string;
  /** `installation`: left out of the backup of one organisation. `organisation`: in that one alone. */
  readonly only?: 'installation' | 'organisation';
  /** Which column names the organisation; none for what belongs to the installation. */
  readonly by: 'organisation' | 'id' | null;
  /** A condition on the rows that are kept at all. */
  readonly where?: string;
  /** In the backup of one organisation, this stands in the place of what the column holds. */
  readonly instead?: Readonly<Record<string, string>>;
};

const own = (table: string, more: Partial<BackupTable> = {}): BackupTable => ({
  table,
  by: 'organisation',
  ...more,
});

/**
 * Every table whose rows a backup holds, in the order in which they are restored: what others refer to comes first.
 * A table of the database stands here or in `leftOut`; a test fails for one that stands in neither.
 */
export const backupTables: readonly BackupTable[] = [
  // Short names are the installation's: elsewhere another one may have it.
  own('organisation', { by: 'id', instead: { slug: 'null::text' } }),
  // People belong to the installation. Password hashes are among what it needs to go on: nobody could enter without.
  { table: 'person', only: 'installation', by: null },
  // Logins are the installation's: a member of an organisation restored elsewhere is invited again.
  own('member', {
    instead: { person: 'null::uuid', tie_salt: 'null::bytea', parted_salt: 'null::bytea' },
  }),
  own('member_group'),
  own('group_member'),
  own('deputy'),
  own('outside_identity'),
  own('sign_in_provider'),
  // Which domain leads where is said by whoever operates the installation: elsewhere another one may have it.
  own('mail_domain', { only: 'installation' }),
  own('provisioned'),
  own('token'),
  own('authority'),
  own('same_person'),
  own('duty_waiver'),
  own('proposal'),
  // Without the links, which stand among what lets somebody in: what was done stays, what it opens does not.
  own('account_reset'),
  own('record'),
  own('counter'),
  own('revision'),
  own('link'),
  own('link_ended'),
  own('record_text'),
  own('record_party'),
  own('approval'),
  own('recusal'),
  own('risk_opinion'),
  own('external_id'),
  own('comment'),
  own('mention'),
  own('mention_seen'),
  own('blob'),
  own('entry'),
  own('entry_pending'),
  own('log_leaf'),
  own('log_head'),
  own('log_tile'),
  own('log_origin'),
  // Numbers of keys mean something in one installation alone.
  own('log_key_entry', { only: 'installation' }),
  own('idempotency'),
  own('import'),
  own('import_row'),
  own('import_profile'),
  // The queue that would go on with a job is not in a backup.
  own('job', { where: 'ended_at is not null' }),
  own('saved_view'),
  own('judgement'),
  own('standing'),
  own('system_line'),
  own('line_mark'),
  own('used_mark'),
  own('facts_changed'),
  own('facts_mark'),
  own('gap'),
  own('organisation_standing'),
  own('trend'),
];

/** Tables whose rows no backup holds, and why. */
export const leftOut: Readonly<Record<string, string>> = {
  session: 'whoever is signed in: they sign in again',
  person_export: 'documents about people that wait a day for whoever asked: they ask again',
  sign_in_link: 'secrets that let somebody in',
  sign_in_step: 'sign-ins that wait for their second half',
  provider_secret:
    'secrets of sign-in providers: their key stays where the server is, so they are entered again',
  sealing_key: 'the name of a key that stays where the server is',
  factor: 'second factors: their key stays where the server is, so they are set up again',
  log_key: 'public keys stand in the head of the file, for an installation alone',
  log_checkpoint: 'stands in the head of the file: a restored log is signed anew, under another name',
  log_refusal: 'about signing where the backup was made',
  log_verification: 'about the database where the backup was made',
  slot_signature: 'stands in the head of the file',
  words_signature: 'stands in the head of the file',
  kysely_migration: 'stands in the head of the file',
  kysely_migration_lock: 'a lock',
};
