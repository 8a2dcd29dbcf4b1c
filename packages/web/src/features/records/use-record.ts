import { useQuery } from '@tanstack/react-query';
import type { RecordWire } from '@throughline/domain/wire.ts';
import { readRecord } from '../../api/records.ts';

/** The key names the ref, so that the event stream makes it old; the moment comes last. */
export const recordKey = (ref: string, asOf: string | undefined) => ['record', ref, asOf ?? ''] as const;

export const useRecord = (collection: string, ref: string, asOf: string | undefined) =>
  useQuery<RecordWire>({
    queryKey: recordKey(ref, asOf),
    queryFn: ({ signal }) => readRecord(collection, ref, asOf, signal),
  });
