/** How a run stands to a suggestion. */
export type Considered = 'open' | 'listed' | 'risk' | 'no-risk';

/**
 * Why the word of a run that a finding is no risk does not settle it: the assessment in force, which others approved, says
 * that it is carried into one; or it was approved, or judged to be another, after the run looked at it.
 */
export const leftInVain = ['into-risk', 'anew'] as const;
export type LeftInVain = (typeof leftInVain)[number];

/**
 * Whether a suggestion was carried into a risk, or left with a reason. A risk that names it is an answer, whenever it was
 * made; a finding is a risk by that alone, as on the line (RI2), and left where nothing keeps it from being (`asks`). Pure.
 */
export function isAnswered({
  from,
  considered,
  risks,
  asks,
}: {
  readonly from: string;
  readonly considered: Considered;
  readonly risks: readonly unknown[];
  readonly asks: LeftInVain | null;
}): boolean {
  if (risks.length > 0) return true;
  return (considered === 'risk' && from !== 'impact') || (considered === 'no-risk' && asks === null);
}
