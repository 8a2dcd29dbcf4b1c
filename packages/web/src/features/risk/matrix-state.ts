import type { RiskTrendWire } from '@throughline/domain/wire-risk.ts';

export type Side = 'top' | 'right' | 'bottom' | 'left';

/**
 * Where the line of the threshold runs: for each cell above it, the sides on which the neighbour is not. The edge of
 * the matrix is no threshold, so nothing is drawn there.
 */
export const edgesOf = (above: readonly (readonly boolean[])[]): readonly (readonly (readonly Side[])[])[] =>
  above.map((cells, row) =>
    cells.map((is, column) => {
      if (!is) return [];
      const beside: readonly (readonly [Side, boolean | undefined])[] = [
        ['top', above[row - 1]?.[column]],
        ['right', cells[column + 1]],
        ['bottom', above[row + 1]?.[column]],
        ['left', cells[column - 1]],
      ];
      return beside.flatMap(([side, neighbour]) => (neighbour === false ? [side] : []));
    }),
  );

/** Whether criteria by this name, such as `RCR-1 v1`, are an older version of those by the other. */
export function isEarlier(name: string, than: string): boolean {
  const [of, version] = name.split(' v');
  const [other, newer] = than.split(' v');
  return of === other && Number(version) < Number(newer);
}

type Days = RiskTrendWire['days'];

export type Course = {
  /** Open risks of the levels asked for, at the end of the first day that is counted and of the last. */
  readonly first: number;
  readonly last: number;
  /** The day since which the register holds open risks, where it held none as the days began: no rise from nothing. */
  readonly began: string | null;
  /** The days that are counted. */
  readonly days: Days;
};

/** How levels went over some days, the oldest first. */
export function courseOf(all: Days, levels: readonly { readonly id: string }[]): Course {
  const begins = all.findIndex(({ total }) => total > 0);
  const days = begins > 0 ? all.slice(begins) : all;
  const of = (day: Days[number] | undefined) =>
    levels.reduce((sum, { id }) => sum + (day?.levels[id] ?? 0), 0);
  return {
    ...{ days, first: of(days[0]), last: of(days.at(-1)) },
    began: begins > 0 ? (days[0]?.day ?? null) : null,
  };
}
