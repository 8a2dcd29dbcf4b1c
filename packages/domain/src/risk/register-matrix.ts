/** All open risks on one matrix, and how their levels went day by day. Pure: what is counted is an argument. */
import { sameStep } from '../grid.ts';
import { levels } from '../kinds/vocabulary/scales.ts';
import { type Bearer, type BearerScale, type Criteria, levelOf } from './criteria.ts';

/** So many risks say the same of one point and bearer: their steps, their level, and the criteria they name. */
export type RatedCount = {
  readonly likelihood: string | null;
  readonly consequence: string | null;
  readonly level: string | null;
  readonly criteria: string | null;
  readonly risks: number;
};

export type MatrixCell = {
  readonly likelihood: string;
  readonly consequence: string;
  /** What the criteria give this pair. */
  readonly level: string;
  readonly risks: number;
};

export type RegisterMatrix = {
  readonly cells: readonly MatrixCell[];
  /** Of the risks that are rated by these criteria, those without a place on the matrix: a step is missing, or is none of theirs. */
  readonly unplaced: number;
  /** Rated by others, or by none that is named, with how many each. */
  readonly others: readonly { readonly criteria: string | null; readonly risks: number }[];
  /** Without any level. */
  readonly unrated: number;
  readonly total: number;
};

/** Counts as a matrix of the criteria named: one cell for each pair, those without a risk too. */
export function matrixOf(
  criteria: Criteria,
  bearer: Bearer,
  name: string,
  counts: readonly RatedCount[],
): RegisterMatrix {
  const scale = criteria.scales[bearer];
  const rated = counts.filter(({ level }) => level !== null);
  const here = rated.filter((count) => count.criteria === name);
  const cells = cellsOf(criteria, scale, bearer, here);
  const others = Map.groupBy(
    rated.filter((count) => count.criteria !== name),
    (count) => count.criteria,
  );
  return {
    cells,
    unplaced: sum(here) - sum(cells),
    others: [...others]
      .map(([of, among]) => ({ criteria: of, risks: sum(among) }))
      .sort((a, b) => b.risks - a.risks || (a.criteria ?? '').localeCompare(b.criteria ?? '')),
    unrated: sum(counts) - sum(rated),
    total: sum(counts),
  };
}

const sum = (counts: readonly { readonly risks: number }[]): number =>
  counts.reduce((all, { risks }) => all + risks, 0);

const cellsOf = (
  criteria: Criteria,
  scale: BearerScale,
  bearer: Bearer,
  counts: readonly RatedCount[],
): MatrixCell[] =>
  criteria.likelihoods.flatMap((likelihood) =>
    scale.consequences.map((consequence) => ({
      likelihood,
      consequence,
      level: levelOf(criteria, bearer, { likelihood, consequence }) ?? '',
      risks: sum(
        counts.filter(
          (count) =>
            count.likelihood !== null &&
            count.consequence !== null &&
            sameStep(count.likelihood, likelihood) &&
            sameStep(count.consequence, consequence),
        ),
      ),
    })),
  );

/** On a day so many risks came to a level (or left it: less than 0). `null` is no level yet. */
export type LevelMove = { readonly day: string; readonly level: string | null; readonly risks: number };

export type LevelDay = {
  readonly day: string;
  /** Open risks at each level at the end of the day; `none` has no level. */
  readonly levels: Readonly<Record<string, number>>;
  readonly total: number;
};

/**
 * How many open risks stood at each level at the end of each of the days given, in their order. Moves of before the
 * first day are where it begins.
 */
export function levelTrend(moves: readonly LevelMove[], days: readonly string[]): LevelDay[] {
  const sorted = [...moves].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const now = new Map<string, number>([...levels.map(({ id }) => id), 'none'].map((id) => [id, 0]));
  let next = 0;
  return days.map((day) => {
    for (; next < sorted.length; next += 1) {
      const move = sorted[next];
      if (!move || move.day > day) break;
      const level = move.level ?? 'none';
      now.set(level, (now.get(level) ?? 0) + move.risks);
    }
    return { day, levels: Object.fromEntries(now), total: [...now.values()].reduce((a, b) => a + b, 0) };
  });
}
