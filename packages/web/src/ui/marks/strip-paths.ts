import { type Verdict, verdictOf } from './verdict.ts';

export type StripShape = { verdict: Verdict | 'soon'; d: string };

/** Width of one station in the strip, and the strip's height, in pixels. */
export const pitch = 10;
export const height = 14;
const middle = height / 2;

const round = (value: number): string => String(Math.round(value * 100) / 100);
const circle = (x: number, r: number): string =>
  `M${round(x - r)} ${middle}a${r} ${r} 0 1 0 ${r * 2} 0a${r} ${r} 0 1 0 ${-r * 2} 0z`;

/** The mark of one station around `x`, without the thread. */
const marks: Readonly<Record<Exclude<Verdict, 'holds'>, (x: number) => string>> = {
  gap: (x) => `M${round(x - 4.38)} ${middle}l4.38 -4.38l4.38 4.38l-4.38 4.38z`,
  accepted: (x) =>
    `M${round(x - 5)} ${middle}h2M${round(x + 3)} ${middle}h2${circle(x, 3)}M${round(x - 1.4)} ${middle}l1.1 1.1l1.8 -2.1`,
  unverifiable: (x) => `M${round(x - 2.6)} ${middle - 2.6}h5.2v5.2h-5.2z`,
  'not-started': (x) => circle(x, 2.7),
  'not-applicable': (x) => `M${round(x - 2)} ${middle}h4`,
};

/** Runs of stations that hold, as one stroke each: the thread is whole where the line is. */
const thread = (line: readonly Verdict[]): string => {
  let d = '';
  for (let start = 0; start < line.length; start += 1) {
    if (line[start] !== 'holds') continue;
    let end = start;
    while (line[end + 1] === 'holds') end += 1;
    d += `M${start * pitch} ${middle}h${(end - start + 1) * pitch}`;
    start = end;
  }
  return d;
};

/**
 * A line as drawing: at most one path per verdict, and one for the small triangles of what ends soon.
 * `letters` is a text such as `hhshhghhghnh-gh`, one letter per station.
 */
export const stripPaths = (letters: string): readonly StripShape[] => {
  const line = [...letters].map(verdictOf);
  const paths = new Map<StripShape['verdict'], string>();
  const add = (verdict: StripShape['verdict'], d: string): void => {
    if (d !== '') paths.set(verdict, (paths.get(verdict) ?? '') + d);
  };
  add('holds', thread(line));
  line.forEach((verdict, index) => {
    const x = index * pitch + pitch / 2;
    if (verdict !== 'holds') add(verdict, marks[verdict](x));
    if (letters[index] === 's') add('soon', `M${round(x - 2.6)} ${round(middle - 6.6)}h5.2l-2.6 3.6z`);
  });
  return [...paths].map(([verdict, d]) => ({ verdict, d }));
};
