import { useQuery } from '@tanstack/react-query';
import { faultsOfRecord } from '@throughline/domain/broken-proofs.ts';
import type { RecordVerificationWire } from '@throughline/domain/wire-log.ts';
import { useMemo } from 'react';
import { get } from '../api/client.ts';
import type { Fault } from './faults.ts';
import { useFaults } from './log-state.ts';

type Verified = { id: string; ref: string };

/** Everything that does not verify of a record: what was found now, else what the last whole verification found. */
export const foundNow = (
  now: RecordVerificationWire | undefined,
  before: readonly Fault[],
): readonly Fault[] =>
  now === undefined
    ? before
    : [
        ...now.versions.flatMap((one) => one.faults.map((fault) => ({ ...fault, version: one.version }))),
        ...now.faults,
      ];

/** Ids and refs of the records that the last whole verification found not to match the log. */
export const useBrokenRecords = (): ReadonlySet<string> => {
  const faults = useFaults();
  return useMemo(
    () => new Set(faults.flatMap(({ record, ref }) => [record ?? [], ref ?? []].flat())),
    [faults],
  );
};

/**
 * What does not verify of a record, held against the log when its page opens: nobody has to wait for the daily
 * verification. Where the caller may not ask, the last verification answers.
 */
export const useRecordFaults = (collection: string, record: Verified): readonly Fault[] => {
  const all = useFaults();
  const { data } = useQuery({
    queryKey: ['verification', record.ref, record.id],
    queryFn: ({ signal }) =>
      get<RecordVerificationWire>(`/api/v1/${collection}/${record.ref}/verification`, { signal }),
    retry: false,
  });
  return useMemo(() => foundNow(data, faultsOfRecord(all, record)), [data, all, record]);
};
