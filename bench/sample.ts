/** Durations in milliseconds, sorted. */
export type Sample = {
  readonly sorted: readonly number[];
  readonly failures: readonly string[];
  /** All rounds, those that were not counted among them. */
  readonly rounds: number;
};

/**
 * Does `work` in `connections` loops side by side, `rounds` times in all and for at most `limitMs`, after a few
 * rounds that are not counted. `work` is handed the round's number. A failure is kept with its message and timed too.
 */
export async function sample(
  options: { connections: number; rounds: number; warmUp?: number; limitMs?: number },
  work: (round: number) => Promise<unknown>,
): Promise<Sample> {
  const { connections, rounds, warmUp = Math.min(50, Math.ceil(rounds / 4)), limitMs = 60_000 } = options;
  const durations: number[] = [];
  const failures: string[] = [];
  const end = performance.now() + limitMs;
  let next = 0;
  let done = 0;
  const loop = async () => {
    for (;;) {
      const round = next;
      next += 1;
      if (round >= rounds + warmUp || performance.now() > end) return;
      const began = performance.now();
      await work(round).catch((error: unknown) => {
        failures.push(error instanceof Error ? error.message : String(error));
      });
      done += 1;
      if (round >= warmUp) durations.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: connections }, loop));
  if (durations.length === 0) throw new Error(`Nothing was measured within ${limitMs} ms`);
  return { sorted: durations.sort((a, b) => a - b), failures, rounds: done };
}

/** The value that `share` of the sample does not exceed (nearest rank). */
export function percentile(sorted: readonly number[], share: number): number {
  const value = sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))];
  if (value === undefined) throw new RangeError('An empty sample has no percentiles');
  return value;
}
