import { inForce } from '../approvals.ts';
import type { LeftInVain } from '../risk/answered.ts';
import { runSays } from '../risk/suggestions.ts';
import type { Finding } from './assessments.ts';
import type { TraceRecord } from './inputs.ts';
import { byDay } from './order.ts';
import { cellSentence, cellText, dayOf } from './read.ts';
import { judgedSince } from './unseen-findings.ts';

/** A run as far as its word on findings is asked: what it says, and since when. RFC 3339, UTC. */
export type Run = Pick<TraceRecord, 'fields' | 'materialAt'>;

/** The id by which a row of a run names a finding. */
export const findingId = ({
  assessment,
  number,
}: Pick<Finding, 'number'> & { assessment: { ref: string } }) => `${assessment.ref}/${number}`;

/** Whether the assessment itself says of a finding that it is no risk, and why. */
export const isNoRisk = ({ row }: Pick<Finding, 'row'>): boolean =>
  cellText(row, 'answer') === 'no-risk' && cellSentence(row, 'reason');

/** Why leaving a finding with a reason in this run would not settle it, or did not; nothing where it does (6.1.2, 6.1.4). Pure. */
export function whyNotLeft(run: Run, finding: Finding): LeftInVain | undefined {
  const approval = inForce(finding.assessment.approvals);
  if (cellText(finding.row, 'answer') === 'risk') return 'into-risk';
  const left = runSays(run.fields, findingId(finding)) === 'no-risk';
  return approval && left && judgedSince(run.materialAt, { ...finding, approval }) ? 'anew' : undefined;
}

type Done = Run & Pick<TraceRecord, 'state'>;

/**
 * Whether the newest run that is done and speaks of a finding left it with a reason, and that settles it: a later one that
 * made it a risk is not overruled by an earlier one, whatever became of that risk (8.2). Pure.
 */
export function isLeftIn(runs: readonly Done[], finding: Finding): boolean {
  const speaking = runs.filter(
    ({ state, fields }) =>
      state === 'done' && ['risk', 'no-risk'].includes(runSays(fields, findingId(finding))),
  );
  const newest = speaking.reduce<Done | null>(
    (last, one) => (last === null || heldOrder(one, last) > 0 ? one : last),
    null,
  );
  return (
    newest !== null &&
    runSays(newest.fields, findingId(finding)) === 'no-risk' &&
    whyNotLeft(newest, finding) === undefined
  );
}

/** Which of two runs is the later one: by the day on which it was held, of one day by when it was written. */
function heldOrder(one: Done, other: Done): number {
  const [held, before] = [one, other].map(({ fields }) => dayOf({ fields, links: {} }, 'heldOn'));
  const written = Date.parse(one.materialAt) - Date.parse(other.materialAt);
  return held && before ? byDay(held, before) || written : written;
}
