import type { Option } from '../kinds/fields.ts';
import { impactLevels, impactScales, polarities } from '../kinds/vocabulary/impact.ts';
import { cellText, type Row } from '../trace/read.ts';

/** What is judged of an effect, in the order in which a change of it weighs: the word for it, and its steps. */
const judged: readonly (readonly [column: string, word: string, steps: readonly Option[]])[] = [
  ['polarity', 'effect', polarities],
  ['severity', 'severity', impactScales.severity],
  ['likelihood', 'likelihood', impactScales.likelihood],
  ['reach', 'reach', impactScales.reach],
  ['reversibility', 'reversibility', impactScales.reversibility],
  ['remaining', 'what remains', impactScales.severity],
  ['level', 'borne by', impactLevels],
];

/**
 * What an assessment says of an effect otherwise than it did, so that a risk that carries it is rated anew (6.1.4, 8.2);
 * nothing where only basis, measures or layout moved. One that is not there any more, or was not, says so. Pure.
 */
export function effectChanges(before: Row | undefined, now: Row | undefined): string[] {
  if (now === undefined) return before === undefined ? [] : ['it is no longer named'];
  if (before === undefined) return ['it was not named then'];
  const moved = judged.flatMap(([column, word, steps]) => {
    const [then, today] = [cellText(before, column), cellText(now, column)];
    if (then === today) return [];
    return [`${word} ${stepWord(steps, today)} instead of ${stepWord(steps, then)}`];
  });
  return plain(before) === plain(now) ? moved : [...moved, 'it is described otherwise'];
}

function stepWord(steps: readonly Option[], id: string | null): string {
  if (id === null) return 'nothing';
  return (steps.find((step) => step.id === id)?.label ?? id).toLowerCase();
}

/** The words of an effect without how they are set: a space more is no other harm. */
const plain = (row: Row): string => (cellText(row, 'effect') ?? '').replace(/\s+/g, ' ').trim().toLowerCase();
