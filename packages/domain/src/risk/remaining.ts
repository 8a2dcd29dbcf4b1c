import { rank } from '../authority.ts';
import { levels } from '../kinds/vocabulary/scales.ts';
import { type Readable, textOf } from '../trace/read.ts';
import { bearers } from './criteria.ts';
import { levelField } from './rate.ts';

/** The gravest level that is rated to remain of a risk, over all whom it concerns; `null` while none is rated. */
export function remainingLevel(risk: Readable): string | null {
  const rated = ['residualLevel', ...bearers.map((bearer) => levelField('residual', bearer))].flatMap(
    (field) => textOf(risk, field) ?? [],
  );
  return rated.length === 0 ? null : rated.reduce((worst, one) => (rank(one) > rank(worst) ? one : worst));
}

/** Whether more remains of a risk than a plan expected, to which whoever approved the plan agreed (6.1.3). */
export function remainsAbove(plan: Readable, risk: Readable): boolean {
  const [expected, remains] = [textOf(plan, 'expectedLevel'), remainingLevel(risk)];
  return expected !== null && remains !== null && rank(remains) > rank(expected);
}

const labelOf = (level: string | null): string => levels.find(({ id }) => id === level)?.label ?? '';

/** Why a plan is not approved for less than is rated to remain of its risks; nothing where none says more. */
export function expectsLess(plan: Readable, risks: readonly Readable[]): string | undefined {
  const more = risks.find((risk) => remainsAbove(plan, risk));
  if (!more) return undefined;
  const [remains, expected] = [labelOf(remainingLevel(more)), labelOf(textOf(plan, 'expectedLevel'))];
  return `What remains of “${textOf(more, 'name') ?? ''}” is rated “${remains}”, above the “${expected}” that is expected of this plan. Whoever approves it agrees to what remains: expect that, or plan more.`;
}
