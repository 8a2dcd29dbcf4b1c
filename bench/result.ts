import { percentile, type Sample } from './sample.ts';
import type { World } from './world.ts';

/** One line of the table. A figure taken once has no percentiles: it stands in `max`. */
export type Result = {
  readonly name: string;
  /** Connections or clients side by side. */
  readonly concurrency: number;
  readonly unit: 'µs' | 'ms' | 's' | 'KB' | 'MB' | 'per s' | '%';
  readonly p50: number | null;
  readonly p95: number | null;
  readonly max: number;
  readonly count: number;
  readonly target: Target | null;
  readonly met: boolean | null;
  /** What else is needed to read the figure. */
  readonly note: string;
};

/** A figure that was to be taken and was not. A run that leaves one out has failed: it shows less than it promises. */
export type LeftOut = { readonly name: string; readonly leftOut: string };

/** What a figure is held to: no more than it may take, or no less than it must do. */
export type Target =
  | { readonly of: 'p95' | 'max'; readonly atMost: number }
  | { readonly of: 'max'; readonly atLeast: number };

export type Tools = { readonly say: (line: string) => void; readonly quick: boolean };

/** A group of figures that are taken together. `world` is the generated organisation. */
export type Measure = {
  readonly name: string;
  readonly run: (world: World, tools: Tools) => Promise<readonly (Result | LeftOut)[]>;
};

/** Why there is no figure of memory. */
export const noMemory = 'this system does not say how much memory a process holds';

export const isLeftOut = (line: Result | LeftOut): line is LeftOut => 'leftOut' in line;

type Named = { name: string; concurrency: number; target?: Target | null; note?: string };

/** Durations as a line. A failure misses the target, whatever the time. */
export function timed(
  { name, concurrency, target = null, note = '' }: Named,
  taken: Omit<Sample, 'rounds'>,
): Result {
  const p95 = percentile(taken.sorted, 0.95);
  const max = percentile(taken.sorted, 1);
  const failed = taken.failures.length;
  return {
    name,
    concurrency,
    unit: 'ms',
    p50: percentile(taken.sorted, 0.5),
    p95,
    max,
    count: taken.sorted.length,
    target,
    met: target ? failed === 0 && holds(target, target.of === 'p95' ? p95 : max) : failed === 0 && null,
    note: [note, failed > 0 ? `${failed} failed: ${taken.failures[0]}` : ''].filter(Boolean).join('; '),
  };
}

/** A figure taken once. */
export function single(
  { name, concurrency, target = null, note = '' }: Named,
  unit: Result['unit'],
  value: number,
): Result {
  const met = target ? holds(target, value) : null;
  return { name, concurrency, unit, p50: null, p95: null, max: value, count: 1, target, met, note };
}

function holds(target: Target, value: number): boolean {
  return 'atLeast' in target ? value >= target.atLeast : value <= target.atMost;
}
