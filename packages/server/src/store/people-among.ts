import type { Reader } from './reader.ts';

/** Which of the ids are people of the organisation; a service account is nobody. */
export async function peopleAmong(reader: Reader, ids: readonly string[]): Promise<Set<string>> {
  const rows = await reader.run<{ id: string }>({
    name: 'people-among',
    text: `select id from member where organisation = $1 and id = any($2::uuid[]) and type = 'person'`,
    values: [reader.organisation, [...new Set(ids)]],
  });
  return new Set(rows.map((row) => row.id));
}
