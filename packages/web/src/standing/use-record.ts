import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ChangeWire, RecordWire } from '@throughline/domain/wire.ts';
import { request } from '../api/client.ts';
import { useKinds } from '../api/kinds.ts';

/** The record that a ref names, with the tag that a change of it is made on. */
export const useRecord = (ref: string) => {
  const kinds = useKinds();
  const collection = kinds.ofRef(ref)?.collection;
  const path = `/api/v1/${collection}/${ref}`;
  const query = useQuery({
    queryKey: ['record-version', ref],
    enabled: collection !== undefined,
    staleTime: 0,
    queryFn: ({ signal }) => request<RecordWire>('GET', path, undefined, { signal }),
  });
  return { path, query };
};

/** A change of one record that is waited for; afterwards all that is on the page is asked again. */
export const useRecordChange = (
  path: string,
  etag: string | undefined,
  onDone: (change: ChangeWire) => void,
) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ part, body, key }: { part: string; body: unknown; key: string }) =>
      request<ChangeWire>('POST', `${path}/${part}`, body, {
        idempotencyKey: key,
        ...(etag === undefined ? {} : { ifMatch: etag }),
      }),
    onSuccess: async (answer) => {
      onDone(answer.body);
      await client.invalidateQueries();
    },
  });
};
