import type { OwnScope } from '@throughline/domain/permissions.ts';
import { type RawBuilder, type SqlBool, sql } from 'kysely';

/**
 * Rows of `record` under the name `r` of which any condition of the table of permissions holds; of none, none. Scopes of
 * reading are not among them: the policies hold those against every row, whatever is asked.
 */
export function anyScope(organisation: string, scopes: readonly OwnScope[]): RawBuilder<SqlBool> {
  if (scopes.length === 0) return sql<SqlBool>`false`;
  return sql<SqlBool>`(${sql.join(
    scopes.map((scope) => rowsOf(organisation, scope)),
    sql` or `,
  )})`;
}

function rowsOf(organisation: string, scope: OwnScope): RawBuilder<SqlBool> {
  if ('owner' in scope) return sql<SqlBool>`r.owner = ${scope.owner}`;
  if ('assignee' in scope) return sql<SqlBool>`r.assignee = ${scope.assignee}`;
  // An array is found once and then looked up by the index of systems; `in` with the same words would go through all rows.
  return sql<SqlBool>`r.system = any(array(select s.id from record s
    where s.organisation = ${organisation} and s.kind = 'system' and s.owner = ${scope.systemsOwnedBy}))`;
}
