import type { OwnScope } from '@throughline/domain/permissions.ts';
import { type RawBuilder, type SqlBool, sql } from 'kysely';

/**
 * A condition of the table of permissions as a condition on rows of `record` under the name `r`. Scopes of reading are
 * not among them: the policies hold those against every row, whatever is asked.
 */
export function scopeOfRows(organisation: string, scope: OwnScope): RawBuilder<SqlBool> {
  if ('owner' in scope) return sql<SqlBool>`r.owner = ${scope.owner}`;
  if ('assignee' in scope) return sql<SqlBool>`r.assignee = ${scope.assignee}`;
  return sql<SqlBool>`r.system = any(array(select s.id from record s
    where s.organisation = ${organisation} and s.kind = 'system' and s.owner = ${scope.systemsOwnedBy}))`;
}

/** Rows of which any of the scopes holds; of no scope, none. */
export function anyScope(organisation: string, scopes: readonly OwnScope[]): RawBuilder<SqlBool> {
  if (scopes.length === 0) return sql<SqlBool>`false`;
  return sql<SqlBool>`(${sql.join(
    scopes.map((scope) => scopeOfRows(organisation, scope)),
    sql` or `,
  )})`;
}
