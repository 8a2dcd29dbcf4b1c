import type { Reader } from './reader.ts';

/** Classes under the EU AI Act of these uses that are not withdrawn, by use; of several the first that was made. */
export async function lawClassesOf(reader: Reader, uses: readonly string[]): Promise<Map<string, string>> {
  const rows = await reader.run<{ use: string; id: string }>({
    name: 'law-classes-of',
    text: `select distinct on (l.to_record) l.to_record as use, r.id
      from link l join record r on r.organisation = l.organisation and r.id = l.from_record
      where l.organisation = $1 and l.to_record = any($2::uuid[]) and l.relation = 'useCase'
        and r.kind = 'classification' and r.archived_at is null and r.state <> 'withdrawn'
        and r.fields->>'scheme' = 'eu-ai-act'
      order by l.to_record, r.number`,
    values: [reader.organisation, [...uses]],
  });
  return new Map(rows.map(({ use, id }) => [use, id]));
}
