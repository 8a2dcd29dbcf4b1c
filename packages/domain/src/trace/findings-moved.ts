import { inForce } from '../approvals.ts';
import { firstDay } from '../day.ts';
import { effectChanges } from '../impact/effect-changes.ts';
import { versionName } from '../risk/rate.ts';
import type { Approved } from './approved.ts';
import { assessmentsInForce, carries, isHarmful, isSignificant } from './assessments.ts';
import type { Clock } from './clock.ts';
import { approvedOf, type Context, ownOf } from './context.ts';
import type { TraceRecord } from './inputs.ts';
import { dayOf, listOf, type Row, textOf } from './read.ts';
import { effectsByNumber, saidIn } from './unseen-findings.ts';
import type { Zone } from './zone.ts';

/** A finding that a risk carries: as the assessment judges it today, and what changed since the risk was rated on it. */
export type CarriedFinding = {
  readonly assessment: TraceRecord;
  readonly number: number;
  /** Absent where the assessment names it no more. */
  readonly row: Row | undefined;
  readonly changes: readonly string[];
  /** The risk was closed before anybody had approved the assessment: whoever closed it saw a draft at most. */
  readonly closedBefore: boolean;
};
export type MovedFinding = CarriedFinding & {
  readonly risk: TraceRecord;
  /** Day on which the version in force was approved. */
  readonly since: string;
};

/** What is asked beside the records: days, and what stands approved of each. */
type Standing = {
  readonly zone: Pick<Zone, 'dayOf'>;
  readonly clock: Pick<Clock, 'reached'>;
  readonly approved: (record: TraceRecord) => Approved | null;
};

/**
 * Findings that moved under the risks that carry them. Only what an effect is judged to be counts: a new version of the
 * assessment that leaves it as it was asks nothing of the risk. A risk that was closed stays closed unless nothing else
 * carries the finding and it is significant; one that was closed before the assessment was approved at all is named too.
 */
export function movedFindings(c: Context): MovedFinding[] {
  const { zone } = c.organisation;
  const standing: Standing = { zone, clock: c.clock, approved: (record) => approvedOf(c, record) };
  return assessmentsInForce(c).flatMap((assessment) => {
    // What an only version says is no other than it was: a risk that is closed may have been so before it was approved.
    const risks = ownOf(c, 'risk').filter(({ state }) => state === 'closed' || hasEarlier(assessment));
    const since = zone.dayOf(approvedOf(c, assessment)?.at ?? assessment.createdAt);
    return risks.flatMap((risk) =>
      carriedFindings(standing, risk, assessment)
        .filter(({ changes, closedBefore }) => changes.length > 0 || closedBefore)
        .filter(
          ({ number, row }) =>
            risk.state !== 'closed' || (weighs(row) && isAlone(c, risk, assessment, number)),
        )
        .map((finding) => ({ ...finding, risk, since })),
    );
  });
}

/**
 * The findings of an assessment that a risk carries, by the version in force, or as they stand where none is. Held against
 * the version on which the risk was rated; before any was approved nobody knows what the draft said then, and rates on what
 * is found since as long as the risk is open.
 */
export function carriedFindings(
  standing: Standing,
  risk: TraceRecord,
  assessment: TraceRecord,
): CarriedFinding[] {
  const approved = standing.approved(assessment);
  const now = effectsByNumber(approved ?? assessment);
  const closed = risk.state === 'closed';
  const seen = approved && (closed || isRated(risk)) ? versionSeen(standing, risk, assessment) : 0;
  const then = seen === approved?.version ? undefined : saidIn(assessment, seen);
  const closedBefore = closed && approved !== null && seen === 0;
  const cited = [...new Set([...now.keys(), ...(then?.keys() ?? [])])].filter((number) =>
    carries(risk, assessment.id, number),
  );
  return cited.map((number) => {
    const row = now.get(number);
    const changes = then ? effectChanges(then.get(number), row) : [];
    return { assessment, number, row, changes, closedBefore };
  });
}

const hasEarlier = ({ earlier = [] }: TraceRecord): boolean => earlier.length > 0;
const weighs = (row: Row | undefined): boolean => row !== undefined && isHarmful(row) && isSignificant(row);
/** One that nobody rated yet is asked for its levels, and looks at what is found today. */
const isRated = (risk: TraceRecord): boolean =>
  textOf(risk, 'currentLevel') !== null || textOf(risk, 'residualLevel') !== null;
const isAlone = (c: Context, risk: TraceRecord, assessment: TraceRecord, number: number): boolean =>
  !ownOf(c, 'risk').some(
    (other) => other.id !== risk.id && other.state !== 'closed' && carries(other, assessment.id, number),
  );

/**
 * The approved version of an assessment that a risk was last rated or accepted on; 0 where there was none. What the
 * rating says it looked at counts, and so does every version that was in force when ratings or terms last changed, when
 * the risk was accepted, or before the day on which it says that it was assessed.
 */
function versionSeen(
  { zone, clock, approved }: Standing,
  risk: TraceRecord,
  assessment: TraceRecord,
): number {
  const stated = assessment.approvals
    .filter(({ act, version }) => act === 'approve' && isUsed(risk, assessment, version))
    .map(({ version }) => version);
  const assessed = dayOf(risk, 'assessedOn');
  const written = Date.parse(risk.state === 'closed' ? ratedAt(risk) : risk.updatedAt);
  const until = Math.max(Date.parse(ratedAt(risk)), Date.parse(approved(risk)?.at ?? risk.materialAt));
  const before = assessment.approvals.filter(({ at }) => {
    if (Date.parse(at) <= until) return true;
    const onRecord = Date.parse(at) <= written;
    return assessed !== null && clock.reached(assessed) && onRecord && zone.dayOf(at) < firstDay(assessed);
  });
  return Math.max(0, inForce(before)?.version ?? 0, ...stated);
}

const isUsed = (risk: TraceRecord, { ref }: TraceRecord, version: number): boolean =>
  listOf(risk, 'findingsUsed').includes(versionName(ref, version));
/** A closed risk was last looked at when it was closed: what is written on it since looks at no finding. */
const ratedAt = (risk: TraceRecord): string => risk.closedAt ?? risk.materialAt;
