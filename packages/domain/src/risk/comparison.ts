/**
 * The step of the standard that holds a plan's controls against Annex A, so that no necessary one is left out (6.1.3):
 * each of them is called for by the plan, or somebody said whether it is needed, and why. Pure.
 */
import { cellSentence, cellText, type Readable, rowsOf, textOf } from '../trace/read.ts';
import type { Fields } from './criteria.ts';

export type Compared = {
  readonly control: string;
  /** `called-for`: by the plan itself. `open`: nobody said, or said no without a reason in a sentence. */
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
    const left = said === 'not-needed' && row !== undefined && cellSentence(row, 'reason');
    return { control, answer: left ? 'not-needed' : 'open', reason };
  });
}

/** What the comparison leaves to do: controls that nobody judged, and those judged needed that the plan does not call for. */
export const leftOut = (
  compared: readonly Compared[],
): { readonly open: string[]; readonly needed: string[] } => ({
  open: compared.flatMap(({ control, answer }) => (answer === 'open' ? control : [])),
  needed: compared.flatMap(({ control, answer }) => (answer === 'needed' ? control : [])),
});

/** Items of Annex A that controls stand for: those that are adopted today, since a dropped one does nothing. */
export const itemsOf = (
  controls: Iterable<Readable & { readonly state: string; readonly archived: boolean }>,
): Set<string> => {
  const items = new Set<string>();
  for (const control of controls) {
    const item = control.state === 'adopted' && !control.archived ? textOf(control, 'item') : null;
    if (item !== null) items.add(item);
  }
  return items;
};

/** Why a plan is not held against Annex A as a whole yet, in words; nothing where it is (6.1.3 c). */
export function comparisonLack(compared: readonly Compared[]): string | undefined {
  const { open, needed } = leftOut(compared);
  const unexplained = compared.some(({ answer, reason }) => answer === 'open' && reason !== null);
  const said = [
    open.length === 0
      ? ''
      : `Of ${compared.length} controls of Annex A, ${open.length} ${open.length === 1 ? 'has' : 'have'} no answer: ${firstOf(open)}.`,
    needed.length === 0
      ? ''
      : `Needed, and not called for by the plan: ${firstOf(needed)}. Link ${needed.length === 1 ? 'the control' : 'the controls'} or say why not.`,
    unexplained ? 'What is not needed takes a reason, in a sentence.' : '',
  ].filter((part) => part !== '');
  return said.length === 0
    ? undefined
    : `A plan is approved once it is held against Annex A, so that no necessary control is left out. ${said.join(' ')}`;
}

const firstOf = (ids: readonly string[]): string =>
  ids.length <= 5 ? ids.join(', ') : `${ids.slice(0, 4).join(', ')} and ${ids.length - 4} more`;
