import type { Reader } from './reader.ts';

export type JudgedImplementation = {
  readonly number: number;
  /** A day, a month or a year as it was typed; `null` where none is said. */
  readonly since: string | null;
};

/**
 * Implementations that a test judges and that are in place: those it names, else those of its control, for the
 * organisation and for the system that the test belongs to.
 */
export async function implementationsJudged(
  reader: Reader,
  judged: {
    readonly named: readonly string[];
    readonly controls: readonly string[];
    readonly system: string | null;
  },
): Promise<JudgedImplementation[]> {
  return reader.run<JudgedImplementation>({
    name: 'implementations-judged',
    text: `select number::int, fields ->> 'inPlaceSince' as since from record
      where organisation = $1 and kind = 'implementation' and archived_at is null and state in ('in-place', 'partly')
        and case when cardinality($2::uuid[]) > 0 then id = any($2)
          else ($4::uuid is null or system is null or system = $4) and id in
            (select from_record from link where organisation = $1 and to_record = any($3::uuid[]) and relation = 'control') end
      order by number limit 50`,
    values: [reader.organisation, [...judged.named], [...judged.controls], judged.system],
  });
}
