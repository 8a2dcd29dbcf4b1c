import css from './sparkline.module.css';

export type SparklineProps = {
  /** Oldest first; null is a break, not zero (UX h). */
  values: readonly (number | null)[];
  /** The finding in words, for those who hear it. */
  label: string;
  width?: number;
  height?: number;
};

/** Runs of known values as one path; a single value is a dot. Zero stands at the foot. */
export const sparklinePath = (values: readonly (number | null)[], width: number, height: number): string => {
  const most = Math.max(1, ...values.map((value) => value ?? 0));
  const step = values.length < 2 ? 0 : (width - 4) / (values.length - 1);
  const round = (value: number): number => Math.round(value * 10) / 10;
  let d = '';
  let broken = true;
  values.forEach((value, index) => {
    if (value === null) {
      broken = true;
      return;
    }
    const x = round(2 + index * step);
    const y = round(height - 2 - (value / most) * (height - 4));
    d += `${broken ? 'M' : 'L'}${x} ${y}`;
    if (broken && (values[index + 1] ?? null) === null) d += 'h0.1';
    broken = false;
  });
  return d;
};

/** A trend the size of a word: one line, its last point marked. */
export const Sparkline = ({ values, label, width = 240, height = 40 }: SparklineProps) => (
  <svg
    viewBox={`0 0 ${width} ${height}`}
    width={width}
    height={height}
    role="img"
    aria-label={label}
    className={css.spark}
  >
    <path d={`M2 ${height - 1.5}H${width - 2}`} className={css.foot} />
    <path d={sparklinePath(values, width, height)} className={css.line} />
  </svg>
);
