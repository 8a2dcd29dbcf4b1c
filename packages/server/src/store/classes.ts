import type { Reader } from './reader.ts';
import type { RefRow } from './records.ts';
import type { FieldsColumn } from './tables.ts';

/** A signed-off class with the days that say when it is looked at again. */
export type DueClass = RefRow & {
  readonly owner: string | null;
  readonly scheme: string | null;
  /** As the class is written now. */
  readonly days: FieldsColumn;
  /** As it was signed off. */
  readonly signed: FieldsColumn;
};

const daysIn = (fields: string): string =>
  `jsonb_strip_nulls(jsonb_build_object(${[
    'validatedOn',
    'validatedAt',
    'validatedUntil',
    'classifiedOn',
    'nextValidation',
  ]
    .map((day) => `'${day}', ${fields}->'${day}'`)
    .join(', ')}))`;

/** Every signed-off class that is not withdrawn, or those of one owner. Days alone are read of each: there are ten thousand of them. */
export async function dueClasses(reader: Reader, owner: string | null = null): Promise<DueClass[]> {
  return reader.run<DueClass>({
    name: 'due-classes',
    text: `select r.id, r.kind, r.number, r.title, r.state, false as archived, r.owner,
        r.fields->>'scheme' as scheme,
        ${daysIn('r.fields')} as days, ${daysIn('coalesce(v.fields, r.fields)')} as signed
      from record r
        left join revision v on v.organisation = r.organisation and v.record = r.id and v.version = r.in_force
          and r.in_force <> r.version
      where r.organisation = $1 and r.kind = 'classification' and r.archived_at is null
        and r.in_force is not null and r.state <> 'withdrawn'
        and ($2::uuid is null or r.owner = $2)`,
    values: [reader.organisation, owner],
  });
}
