import type { LogFaultWire, LogVerificationWire } from '@throughline/domain/wire-log.ts';

/** One thing that the last verification found, and where. */
export type Fault = LogFaultWire;

/** The faults of a stored verification, in its order; none where it holds. */
export const faultsOf = (verification: LogVerificationWire | null | undefined): readonly Fault[] =>
  verification?.report.faults ?? [];

/** The entry that a fault leads to: the one way to the exact place. */
export const entryOf = ({ entries }: Fault): number | null => entries?.start ?? null;

/** Where a fault is best looked at. */
export const faultHref = (fault: Fault): string => {
  const entry = entryOf(fault);
  return entry === null ? '/log/verify' : `/log?entry=${entry}`;
};

/** The fault of one version; one that names no version speaks of the newest, whose columns it is about. */
export const faultOfVersion = (
  faults: readonly Fault[],
  version: number,
  newest: number,
): Fault | undefined => faults.find((fault) => (fault.version ?? newest) === version);
