import type { Range } from './range.ts';

/** Everything that can be wrong with a whole log. */
export const logFaultCodes = [
  'missing', // a path that a log of this size must have is not there
  'superfluous', // a path that a log of this size cannot have
  'malformed', // what is there cannot be read as what its path says
  'unsigned', // the log's signature is not there or does not hold
  'other-log', // the checkpoint names another log
  'entry-differs', // an entry is not the one that its tile vouches for
  'tile-differs', // a tile's hash is not the one of what stands below it
  'root-differs', // the whole tree is not the one that was signed
  'shrunk', // a checkpoint that somebody holds is of more entries
  'forked', // the log does not go on from a checkpoint that somebody holds
] as const;

export type LogFaultCode = (typeof logFaultCodes)[number];

/** One thing that is wrong, and where. */
export type LogFault = {
  readonly code: LogFaultCode;
  /** The resource, below the log's prefix. */
  readonly path: string;
  /** The entries it concerns, as narrow as can be told; nothing where it concerns none. */
  readonly entries: Range | null;
  /** What must be there and what is: hashes in hexadecimal, or a short description. */
  readonly expected: string;
  readonly found: string;
};

/** Collects faults up to a number, and counts the rest: a log that is altered everywhere must not fill the memory. */
export type Faults = {
  readonly list: readonly LogFault[];
  readonly count: () => number;
  /** Whether so much is wrong that looking further tells nothing new; a forged size must not keep us for ever. */
  readonly hopeless: () => boolean;
  readonly add: (fault: LogFault) => void;
};

const hopelessCount = 10_000;

export function collectFaults(most: number): Faults {
  const list: LogFault[] = [];
  let count = 0;
  return {
    list,
    count: () => count,
    hopeless: () => count >= hopelessCount,
    add: (fault) => {
      count += 1;
      if (list.length < most) list.push(fault);
    },
  };
}

/** One line for a person: what, where, and what was expected and found. */
export function describeFault({ code, path, entries, expected, found }: LogFault): string {
  const last = entries && entries.end - 1;
  const which =
    entries === null || last === null
      ? ''
      : entries.start === last
        ? `, entry ${last}`
        : `, entries ${entries.start} to ${last}`;
  return `${code}: ${path}${which}: expected ${expected}, found ${found}`;
}
