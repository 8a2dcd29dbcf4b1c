import { isObject } from '@throughline/domain/json.ts';
import type { LogStateWire } from '@throughline/domain/wire-log.ts';

/** One thing that the last verification found, and where (features/log of the server words and keeps it). */
export type Fault = {
  fault: string;
  /** Places of the entries concerned: from, and up to and without. */
  entries: { start: number; end: number } | null;
  /** Id and ref of the record concerned. */
  record: string | null;
  ref: string | null;
  version: number | null;
  /** Resource of the tree, below the log's address. */
  path: string | null;
  table: string | null;
  column: string | null;
  row: string | null;
  expected: string | null;
  found: string | null;
  /** The sentence of the server's catalogue: command line and page say the same. */
  message: string | null;
};

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const whole = (value: unknown): number | null => (typeof value === 'number' ? value : null);

const rangeOf = (value: unknown): Fault['entries'] => {
  if (!isObject(value)) return null;
  const [start, end] = [whole(value.start), whole(value.end)];
  return start === null || end === null || end <= start ? null : { start, end };
};

const faultOf = (value: unknown): Fault | null => {
  if (!isObject(value)) return null;
  const fault = text(value.fault) ?? text(value.code);
  if (fault === null) return null;
  return {
    fault,
    entries: rangeOf(value.entries),
    record: text(value.record),
    ref: text(value.ref),
    version: whole(value.version),
    path: text(value.path),
    table: text(value.table),
    column: text(value.column),
    row: text(value.row),
    expected: text(value.expected),
    found: text(value.found),
    message: text(value.message),
  };
};

type Verification = LogStateWire['verification'];

/** The faults of a stored verification, in its order; none where it holds or was made by an older release. */
export const faultsOf = (verification: Verification): readonly Fault[] => {
  const report = verification?.report;
  const listed = isObject(report) ? report.faults : null;
  return Array.isArray(listed) ? listed.flatMap((item) => faultOf(item) ?? []) : [];
};

/** The entry that a fault leads to: the one way to the exact place. */
export const entryOf = ({ entries }: Fault): number | null => entries?.start ?? null;

/** Where a fault is best looked at. */
export const faultHref = (fault: Fault): string => {
  const entry = entryOf(fault);
  return entry === null ? '/log/verify' : `/log?entry=${entry}`;
};

/** What does not verify of one record: each fault that names it, by id or by ref. */
export const faultsOfRecord = (
  faults: readonly Fault[],
  { id, ref }: { id: string; ref: string },
): readonly Fault[] => faults.filter((fault) => fault.record === id || fault.ref === ref);

/** The fault of one version; one that names no version speaks of the newest, whose columns it is about. */
export const faultOfVersion = (
  faults: readonly Fault[],
  version: number,
  newest: number,
): Fault | undefined => faults.find((fault) => (fault.version ?? newest) === version);
