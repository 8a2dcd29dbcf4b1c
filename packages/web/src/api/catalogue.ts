import { queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import type { CatalogueField } from '@throughline/domain/kinds/fields.ts';
import type { KindWire, ListWire } from '@throughline/domain/wire.ts';
import type { CatalogueItemWire } from '@throughline/domain/wire-pages.ts';
import { get } from './client.ts';

export type CatalogueSort = CatalogueField['of'];

/** What a field of the catalogue can point at. It changes with the server's version alone. */
export const catalogueQuery = (of: CatalogueSort) =>
  queryOptions({
    queryKey: ['catalogue', of],
    queryFn: async ({ signal }) =>
      (await get<ListWire<CatalogueItemWire>>('/api/v1/catalogue', { query: { of }, signal })).items,
    staleTime: Number.POSITIVE_INFINITY,
  });

const none: readonly CatalogueItemWire[] = [];

/** Empty until it has arrived. */
export const useCatalogue = (
  of: CatalogueSort,
): { items: readonly CatalogueItemWire[]; loading: boolean } => {
  const { data, isPending } = useQuery(catalogueQuery(of));
  return { items: data ?? none, loading: isPending };
};

export type Catalogues = Readonly<Partial<Record<CatalogueSort, readonly CatalogueItemWire[]>>>;

/** The parts of the catalogue that a kind's filters offer; asked for only where a kind has such a filter. */
export const useFilterCatalogues = (kind: KindWire): Catalogues => {
  const sorts = kind.index.flatMap((part): CatalogueSort[] => {
    const field = kind.fields[part];
    return field?.type === 'catalogue' ? [field.of] : [];
  });
  return useQueries({
    queries: [...new Set(sorts)].map(catalogueQuery),
    combine: (answers) =>
      Object.fromEntries([...new Set(sorts)].map((sort, index) => [sort, answers[index]?.data ?? none])),
  });
};
