import css from './rail.module.css';
import { useTurned } from './use-turned.ts';
import type { Verdict } from './verdict.ts';
import { VerdictMark } from './verdict-mark.tsx';

export type RailProps = {
  verdict: Verdict;
  /** The first has no thread above, the last none below. */
  first?: boolean;
  last?: boolean;
};

/**
 * The line down a page: the piece beside one station, 44 px wide and as tall as its row. Lay it out as the first
 * column of a two-column grid; the mark sits 10 px from the row's top. The word stands in the row, so the rail is silent.
 */
export const Rail = ({ verdict, first = false, last = false }: RailProps) => {
  const turned = useTurned(verdict);
  return (
    <div className={css.rail} data-verdict={verdict} data-turned={turned || undefined} aria-hidden="true">
      {first ? null : <span className={css.above} />}
      <span className={css.mark}>
        <VerdictMark verdict={verdict} />
      </span>
      {last ? null : <span className={css.below} />}
    </div>
  );
};
