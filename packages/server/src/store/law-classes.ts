import type { Reader } from './reader.ts';
import type { FieldsColumn } from './tables.ts';

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

/** A class under the EU AI Act as it was signed off, with the system that its use belongs to. */
export type SignedClass = {
  readonly id: string;
  readonly system: string;
  readonly fields: FieldsColumn;
};

/**
 * Signed-off classes under the EU AI Act of systems whose own register holds no duty of law with an item: those to which a
 * duty of the whole organisation matters. Of the systems named, or of all.
 */
export async function signedClassesWithout(
  reader: Reader,
  item: string,
  systems: readonly string[],
): Promise<SignedClass[]> {
  return reader.run<SignedClass>({
    name: 'signed-classes-without',
    text: `select r.id, r.system, v.fields
      from record r join revision v on v.organisation = r.organisation and v.record = r.id and v.version = r.in_force
      where r.organisation = $1 and r.kind = 'classification' and r.archived_at is null and r.state <> 'withdrawn'
        and r.system is not null and v.fields->>'scheme' = 'eu-ai-act'
        and (cardinality($3::uuid[]) = 0 or r.system = any($3::uuid[]))
        and not exists (select from record o where o.organisation = r.organisation and o.kind = 'obligation'
          and o.system = r.system and o.archived_at is null and o.state <> 'ended'
          and o.fields->>'item' = $2 and o.fields->>'source' = 'law')
      order by r.number`,
    values: [reader.organisation, item, [...systems]],
  });
}
