import { appRole } from '../../roles.ts';

/** Tables of the first migration that hold one organisation's rows. */
export const kernelTables = [
  'member',
  'token',
  'authority',
  'record',
  'counter',
  'revision',
  'link',
  'record_text',
  'approval',
  'external_id',
  'comment',
  'blob',
  'entry',
  'entry_pending',
  'log_leaf',
  'log_head',
  'idempotency',
  'import',
  'import_row',
  'import_profile',
  'job',
  'saved_view',
  'judgement',
  'standing',
  'system_line',
  'facts_changed',
  'gap',
  'organisation_standing',
  'trend',
] as const;

const insertOnly = ['entry', 'log_leaf', 'approval'];
const here = `(select nullif(current_setting('app.organisation', true), '')::uuid)`;

/** Row-level security for a table of one organisation, and what the application's role may do with its rows. */
export function secured(table: string, acts: string): string {
  return `alter table ${table} enable row level security;
create policy ${table}_own on ${table} using (organisation = ${here}) with check (organisation = ${here});
grant ${acts} on ${table} to ${appRole};`;
}

export function grants(): string {
  const each = kernelTables.map((table) =>
    secured(table, insertOnly.includes(table) ? 'select, insert' : 'select, insert, update, delete'),
  );
  return `${each.join('\n')}
alter table organisation enable row level security;
create policy organisation_own on organisation using (id = ${here}) with check (id = ${here});
grant select, insert, update on organisation to ${appRole};
alter table session enable row level security;
create policy session_own on session using (organisation = ${here}) with check (organisation = ${here});
grant select, insert, update on session to ${appRole};
grant select on slot_signature to ${appRole};
grant usage on all sequences in schema public to ${appRole};
revoke execute on function search_records, session_of, token_of, person_by_email, memberships_of from public;
grant execute on function search_records, session_of, token_of, person_by_email, memberships_of, refuse_change to ${appRole};`;
}
