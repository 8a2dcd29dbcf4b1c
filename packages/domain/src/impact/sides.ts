/** Harm and benefit are two questions of each dimension (A.5.4, A.5.5): which of them an assessment leaves unanswered. */
import { cellText, type Row } from '../trace/read.ts';

export type Side = 'harm' | 'benefit';

const answers: Readonly<Record<Side, readonly string[]>> = {
  harm: ['harmful', 'no-harm'],
  benefit: ['beneficial', 'no-benefit'],
};

/**
 * Sides that the rows of one dimension do not answer. "Neither" answers both where it stands alone; beside an effect, it
 * speaks of other people and says nothing of the side that is missing.
 */
export function sidesOpen(rows: readonly Row[]): Side[] {
  const said = new Set(rows.map((row) => cellText(row, 'polarity')));
  const real = said.has('harmful') || said.has('beneficial');
  if (said.has('none') && !real) return [];
  return (['harm', 'benefit'] as const).filter((side) => !answers[side].some((answer) => said.has(answer)));
}
