import { sameJson } from '@throughline/domain/json.ts';
import type { FoundFault, LogFaultKind } from '@throughline/domain/log-faults.ts';

/** Where something stands; what is not named concerns nothing of that sort. */
export type Place = Partial<Omit<FoundFault, 'fault' | 'expected' | 'found' | 'column'>>;

const nowhere: Omit<FoundFault, 'fault'> = {
  path: null,
  entries: null,
  table: null,
  column: null,
  row: null,
  record: null,
  version: null,
  expected: null,
  found: null,
};

/** One entry as the range that faults name; nothing for one that waits for its place. */
export function oneEntry(index: number): FoundFault['entries'] {
  return index < 0 ? null : { start: index, end: index + 1 };
}

/** Collects faults up to a number and counts the rest. */
export class FaultSink {
  readonly list: FoundFault[] = [];
  count = 0;
  /** What entries written by earlier releases do not bind, by table. */
  readonly unbound: Record<string, number> = {};
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  add(fault: LogFaultKind, place: Place & { readonly column?: string }, differ: Differ = {}): void {
    this.count += 1;
    if (this.list.length >= this.#most) return;
    const { expected = null, found = null } = differ;
    this.list.push({ ...nowhere, ...place, fault, expected, found });
  }

  /** Holds a column against what it must be. Words of people are told apart and never repeated. */
  hold(fault: LogFaultKind, place: Place, column: string, pair: Pair): void {
    const [expected, found] = [plain(pair.expected), plain(pair.found)];
    if (sameJson(expected, found)) return;
    const shown = pair.words
      ? {
          expected: typeof pair.words === 'string' ? `other content in ${pair.words}` : 'other content',
          found: expected === null || found !== null ? 'something else' : 'nothing',
        }
      : { expected: text(expected), found: text(found) };
    this.add(fault, { ...place, column }, shown);
  }

  notBound(table: string): void {
    this.unbound[table] = (this.unbound[table] ?? 0) + 1;
  }
}

type Differ = { readonly expected?: string | null; readonly found?: string | null };
type Pair = {
  readonly expected: unknown;
  readonly found: unknown;
  /** What is held is words of people; as a text, in which parts they differ. */
  readonly words?: boolean | string;
};

/** Moments and bytes as entries write them. */
function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Buffer.isBuffer(value)) return value.toString('hex');
  return value ?? null;
}

function text(value: unknown): string {
  if (value === null) return 'nothing';
  return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 200);
}
