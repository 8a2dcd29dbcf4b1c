/** So many refusals cost nothing: a slip of the finger is no attack. */
export const freeRefusals = 5;
const firstWaitMs = 10_000;
const longestWaitMs = 15 * 60_000;
/** After so long without a refusal, counting begins anew. */
export const forgetAfterMs = 60 * 60_000;

/**
 * How long the next attempt waits after so many refusals: nothing for the first, then 10 s, twice as long each time, and
 * never more than 15 minutes. It grows and ends by itself: nobody has to unlock anything.
 */
export function waitAfter(refusals: number, free: number = freeRefusals): number {
  if (refusals < free) return 0;
  return Math.min(firstWaitMs * 2 ** Math.min(refusals - free, 20), longestWaitMs);
}
