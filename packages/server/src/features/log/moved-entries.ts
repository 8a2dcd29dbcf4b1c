import type { LogFaultKind } from '@throughline/domain/log-faults.ts';
import type { LogFault } from '@throughline/tlog/log-fault.ts';

/** A fault of the tree, or many that have one cause. */
export type TreeFault = Omit<LogFault, 'code' | 'path'> & {
  readonly code: LogFaultKind;
  /** Nothing where it goes through many tiles. */
  readonly path: string | null;
};

/** Fewer entries may have changed places with each other; so many in a row, each its neighbour, were moved. */
const leastMoved = 3;

/**
 * Where an entry was taken out of the middle or put in, and the others were moved up, every one behind it differs from
 * what the tree vouches for: it is its neighbour. Said as one fault, which names the place where it begins.
 */
export function movedEntries(faults: readonly LogFault[]): TreeFault[] {
  const told: TreeFault[] = [];
  for (let at = 0; at < faults.length; ) {
    const early = runOf(faults, at, (one, next) => one.found === next.expected);
    const late = runOf(faults, at, (one, next) => one.expected === next.found);
    const length = Math.max(early, late);
    const run = faults.slice(at, at + length);
    const [first] = run;
    const last = run.at(-1);
    if (length >= leastMoved && first?.entries && last?.entries) {
      const entries = { start: first.entries.start, end: last.entries.end };
      const { expected, found } = first;
      told.push({
        code: early >= late ? 'entries-early' : 'entries-late',
        path: null,
        entries,
        expected,
        found,
      });
    } else told.push(...run);
    at += length;
  }
  return told;
}

/** How many faults from here on are of one entry each, in places that follow each other, each the next one's neighbour. */
function runOf(
  faults: readonly LogFault[],
  from: number,
  follows: (one: LogFault, next: LogFault) => boolean,
): number {
  let length = 1;
  for (; ; length += 1) {
    const [one, next] = [faults[from + length - 1], faults[from + length]];
    if (one?.code !== 'entry-differs' || next?.code !== 'entry-differs') return length;
    if (!isOne(one) || !isOne(next) || one.entries?.end !== next.entries?.start) return length;
    if (!follows(one, next)) return length;
  }
}

const isOne = ({ entries }: LogFault): boolean => entries !== null && entries.end - entries.start === 1;
