import { faultSentence, type LogFaultFound } from '@throughline/domain/log-faults.ts';
import type { LogFaultWire } from '@throughline/domain/wire-log.ts';
import type { Reader } from '../../store/reader.ts';
import { actorNames } from '../../store/records.ts';

type Kept = Omit<LogFaultFound, 'known'> & { readonly known?: LogFaultFound['known'] };

/** Names of those who made what faults speak of, as they stand now: no fault is kept with a name. */
export function namesInFaults(reader: Reader, faults: readonly Kept[]): Promise<ReadonlyMap<string, string>> {
  return actorNames(
    reader,
    faults.flatMap(({ known }) => (known ? [known.by.id] : [])),
  );
}

/** Faults in words. What an earlier release kept tells of nothing that the log knows. */
export function faultsInWords(
  faults: readonly Kept[],
  names: ReadonlyMap<string, string> = new Map(),
): LogFaultWire[] {
  return faults.map((fault) => {
    const known = fault.known ? { ...fault.known, byName: names.get(fault.known.by.id) ?? null } : null;
    const worded = { ...fault, known };
    return { ...worded, message: faultSentence(worded) };
  });
}
