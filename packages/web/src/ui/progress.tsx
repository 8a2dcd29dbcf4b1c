import { formatNumber } from '../text/t.ts';
import css from './progress.module.css';

export type ProgressProps = {
  /** What is being done, in words. */
  label: string;
  done: number;
  /** Null while nobody knows how much there is. */
  total: number | null;
  /** What stands in the place of the numbers. */
  words?: string;
};

/** Long work as a bar and its numbers. */
export const Progress = ({ label, done, total, words }: ProgressProps) => (
  <div className={css.progress}>
    <span className={css.label}>{label}</span>
    <span className={css.count}>
      {words ?? (total === null ? formatNumber(done) : `${formatNumber(done)} / ${formatNumber(total)}`)}
    </span>
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total ?? undefined}
      aria-valuenow={total === null ? undefined : done}
      className={css.track}
    >
      <span
        className={css.bar}
        style={{ width: total === null || total === 0 ? '100%' : `${Math.min(100, (done / total) * 100)}%` }}
        data-open={total === null || undefined}
      />
    </div>
  </div>
);
