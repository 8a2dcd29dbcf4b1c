import { memo } from 'react';
import css from './strip.module.css';
import { height, pitch, stripPaths } from './strip-paths.ts';

export type StripProps = {
  /** One letter per station: h holds, s holds but ends soon, g gap, a accepted, u unverifiable, n not started, - does not apply. */
  line: string;
  /** The line as a sentence, for those who hear it. */
  label: string;
};

/** The line in a table cell, 150 × 14 px for fifteen stations; one path per verdict, so that a register stays light. */
export const Strip = memo(({ line, label }: StripProps) => {
  const width = line.length * pitch;
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
      className={css.strip}
    >
      {stripPaths(line).map(({ verdict, d }) => (
        <path key={verdict} d={d} className={css[verdict]} />
      ))}
    </svg>
  );
});

export type StripHistogramProps = {
  /** Gaps at each station among the rows in view. */
  counts: readonly number[];
  /** Says one bar: "6 impact: 12 gaps". */
  label: (index: number, count: number) => string;
  onPick?: (index: number) => void;
};

const Bar = ({ count, most }: { count: number; most: number }) => (
  <span
    className={count === 0 ? css.none : css.bar}
    style={{ height: count === 0 ? 1 : Math.max(2, (count / most) * 14) }}
  />
);

/** Over the strips of a register: at which station the rows have their gaps. A bar sets that filter; keyboards use the filter bar. */
export const StripHistogram = ({ counts, label, onPick }: StripHistogramProps) => {
  const most = Math.max(1, ...counts);
  const columns = counts.map((count, index) => ({ count, index, text: label(index, count) }));
  if (onPick === undefined) {
    return (
      <span className={css.histogram}>
        {columns.map(({ count, text }) => (
          <span key={text} className={css.column} title={text}>
            <Bar count={count} most={most} />
          </span>
        ))}
      </span>
    );
  }
  return (
    <span className={css.histogram}>
      {columns.map(({ count, index, text }) => (
        <button
          key={text}
          type="button"
          tabIndex={-1}
          className={css.column}
          title={text}
          aria-label={text}
          onClick={() => onPick(index)}
        >
          <Bar count={count} most={most} />
        </button>
      ))}
    </span>
  );
};
