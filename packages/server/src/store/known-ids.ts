import type { Reader } from './reader.ts';

/** Which of the ids are people or files of the organisation; a service account is nobody. */
export async function knownIds(
  reader: Reader,
  table: 'member' | 'blob',
  ids: readonly string[],
): Promise<Set<string>> {
  const rows = await reader.run<{ id: string }>({
    name: `known-${table}`,
    text: `select id from ${table} where organisation = $1 and id = any($2::uuid[])${table === 'member' ? " and type = 'person'" : ''}`,
    values: [reader.organisation, [...new Set(ids)]],
  });
  return new Set(rows.map((row) => row.id));
}
