/**
 * A quick simulation of one risk from ranges that people name: how often in a year, how bad each time. It says what the
 * ranges mean when they meet, and nothing more: it knows no data, no link between risks, and no worse case than the
 * ranges allow. Seeded and pure: the same ranges and seed give the same numbers everywhere.
 */

/** Nine times in ten it lies between the two. Neither below 0. */
export type Range = { readonly low: number; readonly high: number };

export type Simulation = {
  /** Of the loss in a year, by percent of years that stay at or below it. */
  readonly percentiles: readonly { readonly percent: number; readonly loss: number }[];
  readonly mean: number;
  /** Share of years in which nothing happens, 0 to 1. */
  readonly quiet: number;
  /** Share of years with a loss above each amount, falling. */
  readonly exceedance: readonly { readonly loss: number; readonly share: number }[];
};

export const simulatedYears = 10_000;
/** More events in a year than this are no single risk any more. */
export const mostEvents = 365;
const percents = [5, 25, 50, 75, 90, 95, 99] as const;
const curvePoints = 50;

/** Why ranges cannot be simulated; nothing where they can. */
export function rangeFault(events: Range, loss: Range): string | undefined {
  const all = [events.low, events.high, loss.low, loss.high];
  if (!all.every((one) => Number.isFinite(one) && one >= 0)) return 'Each of the four is a number from 0 on.';
  if (events.low > events.high) return 'It happens at least more often than at most. Exchange the two.';
  if (loss.low > loss.high) return 'The least loss is above the most. Exchange the two.';
  return events.high > mostEvents
    ? `More than ${mostEvents} times a year is no single risk any more.`
    : undefined;
}

/** Simulates years of one risk. Throws `RangeError` on ranges that `rangeFault` names. */
export function simulate(
  { events, loss }: { readonly events: Range; readonly loss: Range },
  seed: number,
  years = simulatedYears,
): Simulation {
  const fault = rangeFault(events, loss);
  if (fault !== undefined) throw new RangeError(fault);
  const random = generator(seed);
  const [rate, amount] = [drawsFrom(events, random), drawsFrom(loss, random)];
  const losses: number[] = [];
  for (let year = 0; year < years; year += 1) {
    let sum = 0;
    for (let left = eventsIn(rate(), random); left > 0; left -= 1) sum += amount();
    losses.push(sum);
  }
  losses.sort((a, b) => a - b);
  const at = (percent: number) => losses[Math.min(years - 1, Math.ceil((percent / 100) * years) - 1)] ?? 0;
  return {
    percentiles: percents.map((percent) => ({ percent, loss: at(percent) })),
    mean: losses.reduce((sum, one) => sum + one, 0) / years,
    quiet: losses.filter((one) => one === 0).length / years,
    exceedance: exceedanceOf(losses, at(99)),
  };
}

function exceedanceOf(sorted: readonly number[], most: number): Simulation['exceedance'] {
  let below = 0;
  return Array.from({ length: curvePoints + 1 }, (_, point) => {
    const loss = (most * point) / curvePoints;
    while (below < sorted.length && (sorted[below] ?? 0) <= loss) below += 1;
    return { loss, share: (sorted.length - below) / sorted.length };
  });
}

/** A number from any text, such as a record's id, to seed with. FNV-1a. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const sign of text) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

/** mulberry32: 32 bits of state, even over 0 to 1, which is plenty for ten thousand years. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How many standard deviations lie between the middle and the ends of nine tenths. */
const ninetyPercent = 1.6448536269514722;

/** Log-normal, nine tenths within the range; even where the range begins at 0; always the same where it has no width. */
function drawsFrom({ low, high }: Range, random: () => number): () => number {
  if (low === high) return () => low;
  if (low === 0) return () => random() * high;
  const middle = (Math.log(low) + Math.log(high)) / 2;
  const spread = (Math.log(high) - Math.log(low)) / (2 * ninetyPercent);
  return () => Math.exp(middle + spread * normal(random));
}

/** Box–Muller; 0 is kept out of the logarithm. */
const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Poisson: by products of even draws while few are expected (Knuth), by its normal neighbour where many are. */
function eventsIn(rate: number, random: () => number): number {
  if (rate > 30)
    return Math.min(mostEvents * 2, Math.max(0, Math.round(rate + Math.sqrt(rate) * normal(random))));
  const end = Math.exp(-rate);
  let events = 0;
  for (let product = random(); product > end; product *= random()) events += 1;
  return events;
}
