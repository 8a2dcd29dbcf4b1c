import type { Reader } from './reader.ts';
import type { RefRow } from './records.ts';
import type { FieldsColumn } from './tables.ts';

/** A signed-off class with the days that say when it is looked at again. */
export type DueClass = RefRow & {
  readonly owner: string | null;
  readonly scheme: string | null;
  readonly days: FieldsColumn;
};

/** Every signed-off class that is not withdrawn. Days alone are read of each: there are ten thousand of them. */
export async function dueClasses(reader: Reader): Promise<DueClass[]> {
  return reader.run<DueClass>({
    name: 'due-classes',
    text: `select r.id, r.kind, r.number, r.title, r.state, false as archived, r.owner,
        r.fields->>'scheme' as scheme,
        jsonb_strip_nulls(jsonb_build_object('validatedOn', r.fields->'validatedOn',
          'classifiedOn', r.fields->'classifiedOn', 'nextValidation', r.fields->'nextValidation')) as days
      from record r
      where r.organisation = $1 and r.kind = 'classification' and r.archived_at is null
        and r.in_force is not null and r.state <> 'withdrawn'`,
    values: [reader.organisation],
  });
}
