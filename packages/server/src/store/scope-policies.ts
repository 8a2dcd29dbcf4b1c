import { scopedRole } from './roles.ts';

/** Whether a row of `record`, under the name given, lies in the scope of whoever asks and is not sealed from them. */
export const scopeCondition = (r: string): string => `(
  ((select scope_all('kinds')) or ${r}.kind = any((select scope_of('kinds'))::text[]))
  and ((select scope_all('systems')) or case when ${r}.system is null then of_scope(${r}.id)
    else ${r}.system = any((select scope_of('systems'))::uuid[]) end)
  and (${r}.kind <> all((select scope_of('sealed'))::text[]) or ${r}.id in (
    select p.record from record_party p where p.organisation = ${r}.organisation and p.member = (select scope_member()))))`;

/** The record that a column names is one that may be read: the policy of `record` answers that. */
const seen = (table: string, column: string): string =>
  `exists (select from record r where r.organisation = ${table}.organisation and r.id = ${table}.${column})`;
const asked = (column: string): string => `${column} = (select scope_member())`;
const everySystem = `(select scope_all('systems'))`;
/** Nothing but seals takes anything away. */
const everything = `(select scope_all('systems') and scope_all('kinds'))`;
const own = (column: string): string => `${everything} or ${column} = (select scope_member())::text`;

/** Entries of no record that say nothing of a system. */
const ofThePeople = `^(session|member|membership|group|deputy|token|authority|organisation|judgement|waiver|proposal|log)[.]`;
/** A file is read through a record that holds it; `filed` are the kinds that have files. */
const filed = `exists (select from record r where r.organisation = blob.organisation and r.kind = any((select scope_of('filed'))::text[])
  and jsonb_path_exists(r.fields, '$.* ? (@ == $id)', jsonb_build_object('id', blob.id)))`;

/**
 * What whoever reads within a scope sees of each table. A table of an organisation stands here or in `openTables`; a test
 * fails for one that stands in neither.
 */
export const scopedTables: Readonly<Record<string, string>> = {
  record: scopeCondition('record'),
  revision: seen('revision', 'record'),
  link: `${seen('link', 'from_record')} and ${seen('link', 'to_record')}`,
  link_ended: `${seen('link_ended', 'from_record')} and ${seen('link_ended', 'to_record')}`,
  record_text: seen('record_text', 'record'),
  record_party: asked('member'),
  approval: seen('approval', 'record'),
  external_id: seen('external_id', 'record'),
  comment: seen('comment', 'record'),
  mention: `exists (select from comment c where c.organisation = mention.organisation and c.id = mention.comment)`,
  mention_seen: asked('member'),
  blob: `${filed} or (${everything} and not sealed_file(id))`,
  entry: `case when record is null then ${everything} or act ~ '${ofThePeople}' else ${seen('entry', 'record')} end`,
  log_verification: everything,
  // Of a file, the rows are shown that a record came from.
  import: `${own('by_id')} or exists (select from import_row w where w.organisation = import.organisation and w.import = import.id)`,
  import_row: `case when record is null then ${everything} else ${seen('import_row', 'record')} end`,
  import_profile: everything,
  job: own('by_id'),
  person_export: own('by_id'),
  saved_view: `${everything} or ${asked('member')}`,
  standing: seen('standing', 'system'),
  system_line: seen('system_line', 'system'),
  line_mark: seen('line_mark', 'system'),
  used_mark: seen('used_mark', 'record'),
  gap: `system is null or ${seen('gap', 'system')}`,
  trend: everySystem,
  recusal: `${everything} or ${seen('recusal', 'record')}`,
  risk_opinion: seen('risk_opinion', 'record'),
};

/** Tables that say nothing of a record, and why each is open to whoever reads within a scope. */
export const openTables: Readonly<Record<string, string>> = {
  member: 'people of the organisation, whom records name',
  member_group: 'people',
  group_member: 'people',
  deputy: 'people',
  outside_identity: 'people, read by administrators',
  sign_in_provider: 'settings, read by administrators',
  mail_domain: 'mail domains that the operator gave, read by administrators',
  provider_secret: 'encrypted, read to sign people in',
  provisioned: 'people',
  account_reset: 'people, read by administrators and by whom it is about',
  same_person: 'people',
  proposal: 'what waits for a second hand, read by who may confirm it',
  duty_waiver: 'what the organisation waived, which every report shows',
  token: 'read by administrators',
  authority: 'who decides what',
  counter: 'next numbers, taken by changes',
  entry_pending: 'ids of entries, written and never read',
  log_leaf: 'hashes',
  log_head: 'the size and root of the tree',
  log_tile: 'hashes',
  log_origin: 'names of the log',
  log_checkpoint: 'what was signed',
  log_refusal: 'why nothing is signed',
  log_key_entry: 'keys',
  idempotency: 'found by the actor who sent a request',
  judgement: 'answers about the organisation',
  facts_changed: 'a number',
  facts_mark: 'numbers',
  organisation_standing: 'verdicts of the organisation',
};

/** Restrictive policies bind the role that they name and nobody else, so that other reading costs nothing more. */
export function policies(tables: readonly string[]): string {
  return tables
    .map((table) => {
      const condition = scopedTables[table];
      if (condition === undefined) throw new TypeError(`No scope is declared for the table ${table}`);
      return `create policy ${table}_scope on ${table} as restrictive for select to ${scopedRole} using (${condition});`;
    })
    .join('\n');
}
