/**
 * Tables of an organisation that no entry is held against, and why. Every other one is: a test fails for a table that
 * stands nowhere.
 */
export const unchecked: Readonly<Record<string, string>> = {
  counter: 'numbers that are free; each record has its own',
  record_text: 'words to search by, made from the content',
  external_id: 'under which key an import knows a record; raw cells and content are bound by their versions',
  idempotency: 'requests of the last day',
  import_row: 'raw cells, kept beside the record that came of them',
  import_profile: 'a mapping to begin with',
  job: 'work in the background',
  saved_view: 'filters of a member',
  standing: 'computed from records',
  system_line: 'computed from records',
  facts_changed: 'numbers',
  gap: 'computed from records',
  organisation_standing: 'computed from records',
  trend: 'computed from records',
  line_mark: 'numbers',
  used_mark: 'numbers',
  facts_mark: 'numbers',
  link_ended: 'when a link ended, made from versions',
  mention: 'made from comments',
  mention_seen: 'what somebody has looked at',
  sign_in_link: 'secrets that are used once, hashed',
  log_refusal: 'why the log is not signed',
  log_verification: 'what verifications found',
};

/** Tables that a verification holds against entries, or that hold the log itself. */
export const checked = [
  'organisation',
  'member',
  'session',
  'token',
  'authority',
  'record',
  'revision',
  'link',
  'approval',
  'comment',
  'blob',
  'import',
  'judgement',
  'entry',
  'entry_pending',
  'log_leaf',
  'log_head',
  'log_tile',
  'log_origin',
  'log_checkpoint',
  'log_key_entry',
] as const;
