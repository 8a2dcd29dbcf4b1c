import { aboveCriteria, type Bearer, bearers, type Criteria } from '../risk/criteria.ts';
import { criteriaToday, versionsApproved } from '../risk/in-force.ts';
import { differing, levelField, type Point, pointsByOthers, versionName } from '../risk/rate.ts';
import type { Approved } from './approved.ts';
import type { Clock } from './clock.ts';
import type { TraceRecord } from './inputs.ts';
import type { OrganisationFacts } from './organisation-facts.ts';
import { textOf } from './read.ts';
import { aboveThreshold } from './risks.ts';

/** The criteria by which risks are rated today, and how risks name them. */
export type CriteriaNow = {
  readonly record: TraceRecord;
  /** The version that rates; a newer one that becomes valid later is not meant. */
  readonly approved: Pick<Approved, 'version' | 'fields' | 'links' | 'at'>;
  readonly criteria: Criteria;
  readonly name: string;
};

/** The criteria that rate risks today; `null` where none are approved, kept up, valid and whole. */
export function criteriaInForce(o: {
  readonly organisation: OrganisationFacts;
  readonly clock: Clock;
}): CriteriaNow | null {
  const all = o.organisation.byKind.get('risk-criteria') ?? [];
  const approved = all.flatMap((record) => {
    const number = Number(record.ref.slice(record.ref.lastIndexOf('-') + 1));
    return versionsOf(o.organisation, record).map((one) => ({
      ...{ ref: record.ref, number, record, approved: one },
      ...{ version: one.version, fields: one.fields },
    }));
  });
  const today = criteriaToday(approved, (day) => o.clock.reached(day));
  return today && { ...today, name: versionName(today.ref, today.version) };
}

/** The versions of criteria that were approved and whose approval was not taken back, the newest first. */
function versionsOf(organisation: OrganisationFacts, record: TraceRecord): CriteriaNow['approved'][] {
  const force = record.state === 'withdrawn' ? null : organisation.approved(record);
  if (!force) return [];
  const before = new Map(record.earlier?.map(({ version, fields }) => [version, fields]));
  return versionsApproved(record.approvals).flatMap((version) => {
    if (version === force.version) return [force];
    const fields = before.get(version);
    const at = record.approvals.findLast((act) => act.act === 'approve' && act.version === version)?.at;
    return fields && at !== undefined ? [{ version, fields, links: {}, at }] : [];
  });
}

/** Whether a risk was last rated by these very criteria. */
const lastRatedBy = (now: CriteriaNow, risk: TraceRecord): boolean =>
  textOf(risk, 'criteriaVersion') === now.name;

/** Points of a risk, last rated by these criteria, whose steps were read from others. */
export const olderPoints = (now: CriteriaNow, risk: TraceRecord): readonly Point[] =>
  lastRatedBy(now, risk) ? pointsByOthers(risk.fields, now.name) : [];

/** Whether all levels of a risk were read from these very criteria. */
export const ratedBy = (now: CriteriaNow, risk: TraceRecord): boolean =>
  lastRatedBy(now, risk) && olderPoints(now, risk).length === 0;

/** Rated by these criteria, with a level that they do not give the steps beside it. */
export function ratedOtherwise(now: CriteriaNow, risk: TraceRecord): boolean {
  const older = olderPoints(now, risk);
  return (
    lastRatedBy(now, risk) && differing(risk.fields, now.criteria).some(({ point }) => !older.includes(point))
  );
}

/**
 * Whether a risk stands above what is borne without treatment (6.1.2): above the threshold of the criteria in force for
 * one bearer, or above a stricter target of its own. A target asks for more than the criteria, and never for less.
 * `null` where neither says.
 */
export function needsTreatment(now: CriteriaNow | null, risk: TraceRecord): boolean | null {
  const said = [now && aboveCriteria(now.criteria, levelsAt(risk, 'current')), aboveThreshold(risk)];
  return said.includes(true) ? true : said.includes(false) ? false : null;
}

/** Whether the target of a risk lies above what the criteria in force bear: it would leave open what they do not. */
export function targetBeyond(now: CriteriaNow, risk: TraceRecord): boolean {
  const target = textOf(risk, 'targetLevel');
  const levels = levelsAt(risk, 'target');
  const own = bearers.some((bearer) => levels[bearer] !== null);
  const all = Object.fromEntries(bearers.map((bearer) => [bearer, target]));
  return aboveCriteria(now.criteria, own ? levels : all) === true;
}

const levelsAt = (risk: TraceRecord, point: Point): Record<Bearer, string | null> => {
  const level = (bearer: Bearer) => textOf(risk, levelField(point, bearer));
  return {
    organisation: level('organisation'),
    individuals: level('individuals'),
    society: level('society'),
  };
};
