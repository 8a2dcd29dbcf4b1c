import { inForce } from '../approvals.ts';
import type { LeftInVain } from '../risk/answered.ts';
import { runSays } from '../risk/suggestions.ts';
import type { Finding } from './assessments.ts';
import type { TraceRecord } from './inputs.ts';
import { cellSentence, cellText } from './read.ts';
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

/** Whether a run that is done left a finding with a reason, and that settles it. Pure. */
export const isLeftIn = (run: Run & Pick<TraceRecord, 'state'>, finding: Finding): boolean =>
  run.state === 'done' &&
  runSays(run.fields, findingId(finding)) === 'no-risk' &&
  whyNotLeft(run, finding) === undefined;
