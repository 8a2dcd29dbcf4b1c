import { keepPreviousData, replaceEqualDeep, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { readValues, writeValues } from '@throughline/domain/value-list.ts';
import type { CountWire, KindWire, RegisterWire, RowWire } from '@throughline/domain/wire.ts';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useFilterCatalogues } from '../../api/catalogue.ts';
import { type Names, useMemberNames } from '../../api/members.ts';
import { countRecords, type FacetWire, listRecords, readFacets, recordQuery } from '../../api/records.ts';
import { t } from '../../text/t.ts';
import type { Filter, FilterField } from '../../ui/filter/filter-state.ts';
import { isComplete, readFilters, writeFilters } from '../../ui/filter/filter-state.ts';
import { type SearchState, useSearchState } from '../../ui/navigate.ts';
import { usePreference } from '../../ui/preferences.ts';
import { allFolded } from './grouping.ts';
import { shownColumns, wireColumns, writeColumns } from './register-columns.ts';
import { type Place, placeOf, turned } from './register-place.ts';
import {
  apiFilters,
  filterFieldsOf,
  pastColumns,
  pastKind,
  pastSearch,
  ratedWords,
  readSort,
  type SortKey,
  settleFilters,
} from './register-state.ts';
import { type Folded, useFolded } from './use-folded.ts';

/** Rows of one page: enough for a tall screen and the next turn of the wheel (UX i). */
const pageSize = '100';

export type Register = {
  kind: KindWire;
  search: SearchState;
  change: (changes: Readonly<Record<string, string | undefined>>, options?: { push?: boolean }) => void;
  /** Shows these columns, now and on the next visit; undefined the usual ones. */
  setColumns: (cols: string | undefined) => void;
  names: Names;
  fields: readonly FilterField[];
  filters: readonly Filter[];
  setFilters: (filters: readonly Filter[]) => void;
  /** What the API is asked for: these rows and no others. */
  narrowed: Readonly<Record<string, string>>;
  /** The moment that the address asks for; now where it names none. */
  asOf: string | undefined;
  /** The same with the moment: what every answer of this page is of. */
  asked: Readonly<Record<string, string>>;
  sort: readonly SortKey[];
  columns: readonly string[];
  group: string | undefined;
  place: Place;
  /** How many rows stand in each group, and of systems how many gaps. */
  facets: readonly FacetWire[] | undefined;
  folds: Folded;
  rows: readonly RowWire[];
  /** How many match; nothing while it is being counted. */
  count: CountWire | undefined;
  list: ReturnType<typeof useList>;
};

/** Where a page begins, and which groups it leaves out because they were folded when it was asked for. */
type PageParam = { cursor: string; without: string };
const firstPage: PageParam = { cursor: '', without: '' };
const isPageParam = (param: unknown): param is PageParam =>
  typeof param === 'object' && param !== null && 'without' in param;

type ListOptions = {
  kind: KindWire;
  query: Readonly<Record<string, string>>;
  /** The parameter that leaves out folded groups; '' where the register has none. */
  leaveOut: string;
  folded: ReadonlySet<string>;
  /** Every group is folded: no row is missed. */
  enough: boolean;
};

const useList = ({ kind, query, leaveOut, folded, enough }: ListOptions) =>
  useInfiniteQuery({
    queryKey: ['list', kind.name, query],
    queryFn: ({ pageParam: { cursor, without }, signal }) =>
      listRecords(
        kind.collection,
        {
          ...query,
          ...(cursor === '' ? {} : { cursor }),
          ...(without === '' ? {} : { [leaveOut]: without }),
        },
        signal,
      ),
    initialPageParam: firstPage,
    getNextPageParam: (page: RegisterWire): PageParam | undefined =>
      page.next === undefined || enough
        ? undefined
        : { cursor: page.next, without: leaveOut === '' ? '' : writeValues([...folded].sort()) },
    placeholderData: keepPreviousData,
  });

/** Rows that were left out while their group was folded are asked for when it opens. */
const useUnfolding = (list: ReturnType<typeof useList>, folded: ReadonlySet<string>): void => {
  const { data, refetch } = list;
  const left = data?.pageParams.filter(isPageParam).flatMap((param) => valuesOf(param.without)) ?? [];
  const missing = left.some((key) => !folded.has(key));
  useEffect(() => {
    if (missing) void refetch();
  }, [missing, refetch]);
};

const valuesOf = (text: string): readonly string[] => {
  const read = readValues(text);
  return text === '' || 'problem' in read ? [] : read.values;
};

/** Counted beside the page and kept under the filters alone, so that a new order counts nothing again. */
const useCount = (kind: KindWire, query: Readonly<Record<string, string>>, asked = true) =>
  useQuery({
    queryKey: ['list', kind.name, 'count', query],
    queryFn: ({ signal }) => countRecords(kind.collection, query, signal),
    enabled: asked,
  }).data;

/** What an address narrows to beside the fields, so that its chip has a name and not an id. */
const useNarrowing = (search: SearchState): readonly FilterField[] => {
  const id = search.system ?? '';
  const { data } = useQuery({ ...recordQuery('systems', id, undefined), enabled: id !== '' });
  const rated = search.rated ?? '';
  return useMemo(() => {
    const by = (field: string, label: string, value: string, words: string) =>
      value === ''
        ? []
        : [
            {
              id: field,
              label,
              input: 'choice' as const,
              operators: ['is'] as const,
              options: [{ value, label: words }],
            },
          ];
    const system = data === undefined ? id : `${data.ref} ${data.title}`;
    return [
      ...by('system', t('register.of-system'), id, system),
      ...by('rated', t('register.rated'), rated, ratedWords(rated)),
    ];
  }, [id, data, rated]);
};

/** The register as its address says it: which rows, in which order, with which columns. */
export const useRegister = (present: KindWire): Register => {
  const [address, change] = useSearchState();
  const { asOf } = address;
  const kind = useMemo(() => (asOf === undefined ? present : pastKind(present)), [present, asOf]);
  const search = useMemo(() => pastSearch(address), [address]);
  const people = useMemberNames();
  const narrowing = useNarrowing(search);
  const catalogues = useFilterCatalogues(kind);
  const own = useMemo(
    () => filterFieldsOf(kind, people, catalogues).filter(({ id }) => asOf === undefined || id !== 'gap'),
    [kind, people, catalogues, asOf],
  );
  const fields = useMemo(() => [...narrowing, ...own], [narrowing, own]);
  const filters = useMemo(() => readFilters(search, fields).filter(isComplete), [search, fields]);
  const [ownColumns, keepColumns] = usePreference(`columns.${kind.name}`, '');
  const columns = useMemo(() => {
    const shown = shownColumns(kind, search.cols ?? ownColumns);
    return asOf === undefined ? shown : pastColumns(shown);
  }, [kind, search.cols, ownColumns, asOf]);
  const narrowed = useMemo(() => apiFilters(search, own), [search, own]);
  const asked = useMemo(() => (asOf === undefined ? narrowed : { ...narrowed, asOf }), [narrowed, asOf]);
  const group = search.group !== undefined && kind.index.includes(search.group) ? search.group : undefined;
  const order = group === undefined ? search.sort : `${group},ref`;
  const place = useMemo(() => placeOf(search, group), [search, group]);
  const from = place.at === 'from' ? place.value : undefined;
  const asks = place.at === 'last' ? turned(order) : order;
  const cols = writeColumns(kind, columns) === undefined ? undefined : wireColumns(kind, columns);
  const query = useMemo(
    () => ({
      ...asked,
      ...(asks === undefined || asks === '' ? {} : { sort: asks }),
      ...(from === undefined ? {} : { from }),
      ...(cols === undefined ? {} : { cols }),
      limit: pageSize,
    }),
    [asked, asks, from, cols],
  );
  const facets = useFacets({ kind, group, asked });
  const folds = useFolded(group);
  // A filter on the very part that groups has its parameter already: then folding hides rows and leaves none out.
  const taken = group === undefined || Object.keys(narrowed).some((name) => name.split('.')[0] === group);
  const list = useList({
    kind,
    query,
    leaveOut: taken ? '' : `${group}.not`,
    folded: folds.keys,
    enough: group !== undefined && allFolded(facets, folds.keys),
  });
  useUnfolding(list, folds.keys);
  const rows = useMemo(() => {
    const loaded = list.data?.pages.flatMap((page) => page.items) ?? [];
    return place.at === 'last' ? loaded.reverse() : loaded;
  }, [list.data, place]);
  const count = useCount(kind, asked);
  const brought = useNames(people, list.data?.pages);
  const setFilters = useCallback(
    (next: readonly Filter[]) => change(writeFilters(settleFilters(next), fields), { push: true }),
    [change, fields],
  );
  // The address says it to others, the preference to this person's next visit: to that of now, which has all columns.
  const setColumns = (cols: string | undefined): void => {
    if (asOf === undefined) keepColumns(cols ?? '');
    change({ cols });
  };
  return {
    kind,
    search,
    change,
    setColumns,
    names: brought,
    fields,
    filters,
    setFilters,
    narrowed,
    asOf,
    asked,
    sort: readSort(order),
    columns,
    group,
    place,
    facets,
    folds,
    rows,
    count,
    list,
  };
};

/** Everybody's name; the same object while nobody comes or goes, so that more rows do not draw again those that stand. */
const useNames = (people: Names, pages: readonly RegisterWire[] | undefined): Names => {
  const before = useRef<Names>({});
  return useMemo(() => {
    const now: Names = Object.assign({ ...people }, ...(pages?.map((page) => page.members) ?? []));
    before.current = replaceEqualDeep(before.current, now);
    return before.current;
  }, [people, pages]);
};

/** How many rows stand in each group, under the filters that hold. */
const useFacets = ({ kind, group, asked }: Pick<Register, 'kind' | 'group' | 'asked'>) =>
  useQuery({
    queryKey: ['list', kind.name, 'facets', group, asked],
    queryFn: ({ signal }) => readFacets(kind.collection, { ...asked, by: group }, signal),
    enabled: group !== undefined,
  }).data;

/** What the register would hold without its last filter: what an empty answer offers (UX d). */
export const useWithout = (register: Register, gone: Filter | undefined, asked: boolean) => {
  const { kind, search, fields, asOf } = register;
  const without = useMemo(() => {
    const rest = { ...search };
    if (gone !== undefined) delete rest[gone.field];
    const query = apiFilters(rest, fields);
    return asOf === undefined ? query : { ...query, asOf };
  }, [search, gone, fields, asOf]);
  return useCount(kind, without, asked && gone !== undefined)?.total;
};
