/**
 * The step of the standard that holds a plan's controls against Annex A, so that no necessary one is left out (6.1.3):
 * each of them is called for by the plan, or somebody said whether it is needed, and why. Pure.
 */
import { cellText, rowsOf } from '../trace/read.ts';
import type { Fields } from './criteria.ts';

export type Compared = {
  readonly control: string;
  /** `called-for`: by the plan itself. `open`: nobody said, or said no without a reason. */
  readonly answer: 'called-for' | 'needed' | 'not-needed' | 'open';
  readonly reason: string | null;
};

/** Each control of Annex A, in the order given, with what the plan says of it. `calledFor` are items that its controls stand for. */
export function comparisonOf(
  plan: Fields,
  annexA: readonly string[],
  calledFor: ReadonlySet<string>,
): Compared[] {
  const rows = new Map(
    rowsOf({ fields: plan, links: {} }, 'compared').map((row) => [cellText(row, 'control') ?? '', row]),
  );
  return annexA.map((control) => {
    const row = rows.get(control);
    const reason = row ? cellText(row, 'reason') : null;
    if (calledFor.has(control)) return { control, answer: 'called-for', reason };
    const said = row ? cellText(row, 'answer') : null;
    if (said === 'needed') return { control, answer: 'needed', reason };
    return { control, answer: said === 'not-needed' && reason !== null ? 'not-needed' : 'open', reason };
  });
}

/** What the comparison leaves to do: controls that nobody judged, and those judged needed that the plan does not call for. */
export const leftOut = (
  compared: readonly Compared[],
): { readonly open: string[]; readonly needed: string[] } => ({
  open: compared.flatMap(({ control, answer }) => (answer === 'open' ? control : [])),
  needed: compared.flatMap(({ control, answer }) => (answer === 'needed' ? control : [])),
});
