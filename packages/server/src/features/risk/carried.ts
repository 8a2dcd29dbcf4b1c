import { dayIn } from '@throughline/domain/day.ts';
import { may } from '@throughline/domain/permissions.ts';
import { approvedVersion } from '@throughline/domain/trace/approved.ts';
import { carries, numbered } from '@throughline/domain/trace/assessments.ts';
import { Clock } from '@throughline/domain/trace/clock.ts';
import { type CarriedFinding, carriedFindings } from '@throughline/domain/trace/findings-moved.ts';
import { rowsOf } from '@throughline/domain/trace/read.ts';
import { zoneOf } from '@throughline/domain/trace/zone.ts';
import type { Services } from '../../services.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import { type RefRow, recordsById } from '../../store/records.ts';
import type { StoredRecord } from '../../store/stored-record.ts';
import { traceRows } from '../../store/trace.ts';

/** A finding with the assessment that it stands in, as others point at it. */
export type Carried = Omit<CarriedFinding, 'assessment'> & { readonly assessment: RefRow };

/** The findings that a risk carries, as far as whoever asks may read them; as the line judges them. */
export async function carriedBy(
  { clock }: Services,
  reader: Reader,
  actor: Asker['actor'],
  risk: StoredRecord,
): Promise<Carried[]> {
  const named = risk.content.links.carries ?? [];
  if (named.length === 0 || !may(actor, 'impact-assessment', 'read')) return [];
  const found = [...(await recordsById(reader, named)).values()].filter(
    ({ kind, archivedAt }) => kind === 'impact-assessment' && archivedAt === null,
  );
  const systems = [risk, ...found].flatMap(({ system }) => (system === null ? [] : [system]));
  const { byId } = await traceRows(reader, [...new Set(systems)]);
  const { timeZone } = await organisationSettings(reader);
  const standing = {
    zone: zoneOf(timeZone),
    clock: new Clock(dayIn(clock(), timeZone)),
    approved: (record: Parameters<typeof approvedVersion>[0]) =>
      approvedVersion(record, (id) => byId.get(id)),
  };
  const own = byId.get(risk.id);
  return found.flatMap((record) => {
    const assessment = byId.get(record.id);
    if (!assessment) return [];
    // A risk of the whole organisation stands on no line: what it carries is named, and held against nothing.
    const found = own
      ? carriedFindings(standing, own, assessment)
      : numbered(rowsOf(standing.approved(assessment) ?? assessment, 'effects'))
          .filter(({ number }) => carries(risk.content, record.id, number))
          .map((one) => ({ ...one, changes: [], closedBefore: false }));
    return found.map((one) => ({ ...one, assessment: { ...record, archived: false } }));
  });
}
