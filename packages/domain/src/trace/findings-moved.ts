import { inForce } from '../approvals.ts';
import { firstDay } from '../day.ts';
import { effectChanges } from '../impact/effect-changes.ts';
import { versionName } from '../risk/rate.ts';
import type { Approved } from './approved.ts';
import { assessmentsInForce, effectsOf, isHarmful, isSignificant, numbered } from './assessments.ts';
import { approvedOf, type Context, ownOf } from './context.ts';
import type { TraceRecord } from './inputs.ts';
import { dayOf, listOf, type Row, rowsOf, textOf } from './read.ts';
import { carries } from './risks.ts';

/** A finding that the assessment in force judges otherwise than the version on which a risk that carries it was rated. */
export type MovedFinding = {
  readonly risk: TraceRecord;
  readonly assessment: TraceRecord;
  readonly number: number;
  readonly changes: readonly string[];
  /** Day on which the version in force was approved. */
  readonly since: string;
};

/**
 * Findings that moved under the risks that carry them. Only what an effect is judged to be counts: a new version of the
 * assessment that leaves it as it was asks nothing of the risk. A risk that was closed stays closed unless nothing else
 * carries the finding and it is significant.
 */
export function movedFindings(c: Context): MovedFinding[] {
  return assessmentsInForce(c).flatMap((assessment) => {
    const approved = approvedOf(c, assessment);
    if (!approved || (assessment.earlier ?? []).length === 0) return [];
    const now = byNumber(effectsOf(c, assessment));
    return ownOf(c, 'risk').flatMap((risk) => movedFor(c, risk, { assessment, approved, now }));
  });
}

type Ground = {
  readonly assessment: TraceRecord;
  readonly approved: Approved;
  readonly now: ReadonlyMap<number, Row>;
};

function movedFor(c: Context, risk: TraceRecord, { assessment, approved, now }: Ground): MovedFinding[] {
  const seen = isRated(risk) ? versionSeen(c, risk, assessment) : 0;
  const version = (assessment.earlier ?? []).find((one) => one.version === seen);
  // Rated before any version was approved: what the draft said then is not known, and is held against nobody.
  if (!version || seen === approved.version) return [];
  const then = byNumber(rowsOf({ fields: version.fields, links: {} }, 'effects'));
  const cited = [...new Set([...then.keys(), ...now.keys()])].filter((number) =>
    carries(risk, assessment.id, number),
  );
  return cited.flatMap((number) => {
    const row = now.get(number);
    if (risk.state === 'closed' && !(weighs(row) && isAlone(c, risk, assessment, number))) return [];
    const changes = effectChanges(then.get(number), row);
    if (changes.length === 0) return [];
    const since = c.organisation.zone.dayOf(approved.at);
    return [{ risk, assessment, number, changes, since }];
  });
}

const byNumber = (rows: readonly Row[]): ReadonlyMap<number, Row> =>
  new Map(numbered(rows).map(({ number, row }) => [number, row]));
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
function versionSeen(c: Context, risk: TraceRecord, assessment: TraceRecord): number {
  const stated = assessment.approvals
    .filter(({ act, version }) => act === 'approve' && isUsed(risk, assessment, version))
    .map(({ version }) => version);
  const { zone } = c.organisation;
  const assessed = dayOf(risk, 'assessedOn');
  const until = Math.max(Date.parse(ratedAt(risk)), Date.parse(approvedOf(c, risk)?.at ?? risk.materialAt));
  const before = assessment.approvals.filter(({ at }) => {
    if (Date.parse(at) <= until) return true;
    const onRecord = Date.parse(at) <= Date.parse(risk.updatedAt);
    return assessed !== null && c.clock.reached(assessed) && onRecord && zone.dayOf(at) < firstDay(assessed);
  });
  return Math.max(0, inForce(before)?.version ?? 0, ...stated);
}

const isUsed = (risk: TraceRecord, { ref }: TraceRecord, version: number): boolean =>
  listOf(risk, 'findingsUsed').includes(versionName(ref, version));
/** A closed risk was last looked at when it was closed. */
const ratedAt = (risk: TraceRecord): string => (risk.state === 'closed' ? risk.updatedAt : risk.materialAt);
