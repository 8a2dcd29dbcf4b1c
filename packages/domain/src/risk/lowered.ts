/** Levels rated below those that somebody last decided on: who accepted them, or approved the plan (6.1.3, 8.3). Pure. */
import { rank } from '../authority.ts';
import { levels } from '../kinds/vocabulary/scales.ts';
import { textOf } from '../trace/read.ts';
import { bearers, bearerWords, type Fields } from './criteria.ts';
import { levelField } from './rate.ts';

/** The points of a rating that such a decision looks at. */
export const decidedPoints = ['current', 'residual'] as const;
export type DecidedPoint = (typeof decidedPoints)[number];

/** How a risk was rated as somebody last accepted it, or approved a plan for it, whether or not that still stands. */
export type DecidedRating = {
  readonly as: 'accepted' | 'planned';
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly fields: Fields;
};

/**
 * Whether a level comes out below the one decided on. One that was taken away counts as the lowest; what lay below it
 * already and goes up, or stays, is not lowered.
 */
export function isLowered(decided: string | null, before: string | null, next: string | null): boolean {
  if (decided === null || next === before) return false;
  if (next === null) return true;
  return rank(next) < rank(decided) && (before === null || rank(next) < rank(before));
}

/** The level that a change lowers so, in words; nothing where it lowers none. */
export function loweredWords(
  decided: DecidedRating,
  { before, next }: { readonly before: Fields; readonly next: Fields },
): string | undefined {
  for (const point of decidedPoints)
    for (const bearer of bearers) {
      const at = (fields: Fields) => textOf({ fields, links: {} }, levelField(point, bearer));
      const [was, is] = [at(decided.fields), at(next)];
      if (was === null || !isLowered(was, at(before), is)) continue;
      const falls = is === null ? 'is taken away' : `falls to “${labelOf(is)}”`;
      const given = decided.as === 'accepted' ? 'it was accepted' : 'its plan was approved';
      return `Its ${point} level for ${bearerWords[bearer]} ${falls}, and ${given} at “${labelOf(was)}”.`;
    }
  return undefined;
}

const labelOf = (level: string): string => levels.find(({ id }) => id === level)?.label ?? level;
