import { sealedRole } from './roles.ts';

/** Every list plans these anew: what is asked of a setting of its own costs a planner nothing, where a function's body would. */
const sealedKinds = `(select nullif(current_setting('app.sealed', true), ''))::text[]`;
const sealedKind = (column: string): string => `${column} <> all(${sealedKinds})`;
const mine = (record: string): string => `${record} in (select s from opened_to_me() s)`;
/** Few records are sealed, so those of others are looked up once and every row is held against them. */
const open = (record: string): string => `${record} not in (select s from sealed_from_me() s)`;

/**
 * What is taken away from everybody who reads without a scope: rows of sealed records whose parties they are not. A table
 * of an organisation stands here, in `scopedTables` or in `openTables` as one that says nothing of a sealed record.
 */
export const sealedTables: Readonly<Record<string, string>> = {
  record: `${sealedKind('kind')} or ${mine('id')}`,
  revision: `${sealedKind('kind')} or ${mine('record')}`,
  record_text: `${sealedKind('kind')} or ${mine('record')}`,
  record_party: `member = (select scope_member())`,
  link: `${open('from_record')} and ${open('to_record')}`,
  link_ended: `${open('from_record')} and ${open('to_record')}`,
  approval: open('record'),
  external_id: open('record'),
  comment: open('record'),
  mention: `exists (select from comment c where c.organisation = mention.organisation and c.id = mention.comment)`,
  entry: `record is null or ${open('record')}`,
  import_row: `record is null or ${open('record')}`,
  recusal: open('record'),
  used_mark: open('record'),
  risk_opinion: open('record'),
  blob: `not sealed_file(id) or exists (select from record r where r.organisation = blob.organisation
    and r.kind = any(${sealedKinds}) and jsonb_path_exists(r.fields, '$.* ? (@ == $id)', jsonb_build_object('id', blob.id)))`,
};

/** Tables that a scope narrows and that say nothing of a sealed record, and why. */
export const unsealedTables: Readonly<Record<string, string>> = {
  mention_seen: 'what somebody put away, by the id of a mention',
  log_verification: 'faults, of which those of sealed records are left out when they are read',
  import: 'nothing sealed is imported',
  import_profile: 'nothing sealed is imported',
  job: 'nothing sealed is done as a job that others see',
  person_export: 'made by the reading of whoever asked for it, who alone is given it',
  saved_view: 'words that somebody chose to share',
  standing: 'nothing sealed is judged',
  system_line: 'nothing sealed is judged',
  line_mark: 'nothing sealed is judged',
  gap: 'nothing sealed is judged',
  trend: 'nothing sealed is judged',
};

/** Restrictive policies, for the role that they name alone; those that stood before go. */
export function sealPolicies(): string {
  return Object.entries(sealedTables)
    .map(
      ([table, condition]) =>
        `drop policy if exists ${table}_sealed on ${table};
        create policy ${table}_sealed on ${table} as restrictive for select to ${sealedRole} using (${condition});`,
    )
    .join('\n');
}
