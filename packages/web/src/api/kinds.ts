import { queryOptions, useQuery } from '@tanstack/react-query';
import type { KindWire, ListWire } from '@throughline/domain/wire.ts';
import { useMemo } from 'react';
import { get } from './client.ts';

/** The declarations of every register. They change with the server's version alone, so one answer serves the whole visit. */
export const kindsQuery = queryOptions({
  queryKey: ['kinds'],
  queryFn: async ({ signal }) => (await get<ListWire<KindWire>>('/api/v1/kinds', { signal })).items,
  staleTime: Number.POSITIVE_INFINITY,
});

export type Kinds = {
  all: readonly KindWire[];
  byName: (name: string) => KindWire | undefined;
  byCollection: (collection: string) => KindWire | undefined;
  /** Address of a record's page; where its kind is unknown yet, a search for its ref. */
  href: (record: { kind: string; ref: string }) => string;
  /** The kind that a ref belongs to, by its prefix: `SYS-42`. */
  ofRef: (ref: string) => KindWire | undefined;
};

export const lookups = (all: readonly KindWire[]): Kinds => {
  const names = new Map(all.map((kind) => [kind.name, kind]));
  const prefixes = new Map(all.map((kind) => [kind.prefix, kind]));
  const collections = new Map(all.map((kind) => [kind.collection, kind]));
  return {
    all,
    byName: (name) => names.get(name),
    byCollection: (collection) => collections.get(collection),
    href: ({ kind, ref }) => {
      const found = names.get(kind);
      return found === undefined ? `/search?q=${encodeURIComponent(ref)}` : `/${found.collection}/${ref}`;
    },
    ofRef: (ref) => prefixes.get(ref.slice(0, ref.lastIndexOf('-'))),
  };
};

const none = lookups([]);

/** The declarations with look-ups; empty until they have arrived. */
export const useKinds = (): Kinds => {
  const { data } = useQuery(kindsQuery);
  return useMemo(() => (data === undefined ? none : lookups(data)), [data]);
};
