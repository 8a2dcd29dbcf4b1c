import type { OwnScope } from '@throughline/domain/permissions.ts';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Reader } from './reader.ts';

/**
 * A condition of the table of permissions as a condition on rows of `record` under the name `r`. Scopes of reading are
 * not among them: the policies hold those against every row, whatever is asked.
 */
export type RowScope =
  | Exclude<OwnScope, { readonly systemsOwnedBy: string }>
  | { readonly systems: readonly string[] };

/** The same with the systems that somebody answers for by their ids: a list that looked them up would be planned for twice. */
export async function rowScopes(reader: Reader, scopes: readonly OwnScope[]): Promise<RowScope[]> {
  const owners = scopes.flatMap((scope) => ('systemsOwnedBy' in scope ? [scope.systemsOwnedBy] : []));
  const others = scopes.flatMap((scope) => ('systemsOwnedBy' in scope ? [] : [scope]));
  if (owners.length === 0) return others;
  const systems = await reader.run<{ id: string }>({
    name: 'systems-owned-by',
    text: `select s.id from record s where s.organisation = $1 and s.kind = 'system' and s.owner = any($2::uuid[])`,
    values: [reader.organisation, owners],
  });
  return [...others, { systems: systems.map(({ id }) => id) }];
}

/** Rows of which any of the scopes holds; of no scope, none. */
export function anyScope(scopes: readonly RowScope[]): RawBuilder<SqlBool> {
  if (scopes.length === 0) return sql<SqlBool>`false`;
  return sql<SqlBool>`(${sql.join(scopes.map(rowsOf), sql` or `)})`;
}

function rowsOf(scope: RowScope): RawBuilder<SqlBool> {
  if ('owner' in scope) return sql<SqlBool>`r.owner = ${scope.owner}`;
  if ('assignee' in scope) return sql<SqlBool>`r.assignee = ${scope.assignee}`;
  return sql<SqlBool>`r.system = any(${[...scope.systems]}::uuid[])`;
}
