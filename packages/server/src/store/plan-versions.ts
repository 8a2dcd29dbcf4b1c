import { dayIn } from '@throughline/domain/day.ts';
import type { PlanVersion } from '@throughline/domain/kinds/plans-before.ts';
import type { Reader } from './reader.ts';
import type { FieldsColumn } from './tables.ts';

/**
 * Versions of every implementation of a control in one place, archived and ended ones too, and of one record whatever it
 * was for, in the order in which they were written. Of what was erased the days are left that outlive it.
 * @param system `null` for the organisation's own
 */
export async function planVersions(
  reader: Reader,
  { control, system, record }: { control: string | null; system: string | null; record: string | null },
  timeZone: string,
): Promise<PlanVersion[]> {
  const rows = await reader.run<{
    record: string;
    number: number;
    at: Date;
    state: string;
    archived: boolean;
    fields: FieldsColumn;
  }>({
    name: system === null ? 'plan-versions' : 'plan-versions-of-system',
    text: `select v.record, r.number, v.at, v.state, v.archived_at is not null as archived, coalesce(v.fields, r.fields) as fields
      from record r join revision v on v.organisation = r.organisation and v.record = r.id
      where r.organisation = $1 and (r.id = $3::uuid
        or (r.kind = 'implementation' and r.links->'control'->>0 = $2 and ${
          system === null ? 'r.system is null and $4::uuid is null' : 'r.system = $4::uuid'
        }))
      order by v.at, v.record, v.version`,
    values: [reader.organisation, control, record, system],
  });
  const { prefix } = reader.registry.get('implementation');
  return rows.map(({ number, at, ...version }) => ({
    ...version,
    ref: `${prefix}-${number}`,
    on: dayIn(at, timeZone),
  }));
}
