import type { Reader } from './reader.ts';

/** A unit as systems name it: `unit`, its short name, its sub-unit, and how many systems say so. */
export type UnitRow = {
  readonly unit: string | null;
  readonly code: string | null;
  readonly sub_unit: string | null;
  readonly systems: number;
};

/** Units that registered systems name, archived ones left out, as the reader may see them. */
export async function unitRows(reader: Reader): Promise<UnitRow[]> {
  return reader.run<UnitRow>({
    name: 'units',
    text: `select nullif(fields ->> 'unit', '') as unit, nullif(fields ->> 'unitCode', '') as code,
        nullif(fields ->> 'subUnit', '') as sub_unit, count(*)::int as systems
      from record where organisation = $1 and kind = 'system' and archived_at is null
      group by 1, 2, 3 order by 1, 3, 2`,
    values: [reader.organisation],
  });
}
