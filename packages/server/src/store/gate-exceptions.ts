import type { Reader } from './reader.ts';
import type { RefRow } from './records.ts';

export type ExceptionRow = RefRow & {
  readonly system: string;
  readonly emergency: boolean;
  readonly reason: string | null;
  readonly missing: string | null;
  readonly missingBy: string | null;
  readonly decidedBy: string | null;
  readonly decidedOn: string | null;
};

/** Releases that were passed as an emergency or admitted afterwards; at most 2,000, the earliest end first. */
export async function exceptionRows(reader: Reader): Promise<ExceptionRow[]> {
  return reader.run<ExceptionRow>({
    name: 'gate-exceptions',
    text: `select g.id, g.kind, g.number, g.title, g.state, false as archived, g.system,
        g.fields->>'emergency' = 'yes' as emergency,
        case when g.fields->>'emergency' = 'yes' then g.fields->>'emergencyReason' else g.fields->>'retrospectiveReason' end as reason,
        g.fields->>'missingItems' as missing, g.fields->>'missingBy' as "missingBy",
        g.fields->>'decidedBy' as "decidedBy", g.fields->>'decidedOn' as "decidedOn"
      from record g
      where g.organisation = $1 and g.kind = 'gate' and g.state = 'passed' and g.archived_at is null
        and g.system is not null and g.fields->>'type' = 'deployment-approval'
        and (g.fields->>'emergency' = 'yes' or g.fields->>'retrospective' = 'yes')
      order by g.fields->>'missingBy', g.number limit 2000`,
    values: [reader.organisation],
  });
}
