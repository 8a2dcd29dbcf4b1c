import type { Actor } from '@throughline/domain/actor.ts';
import { unprocessable } from '@throughline/domain/errors.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import type { Services } from '../services.ts';
import {
  countRecords,
  type Facet,
  facetRecords,
  gapsByStation,
  type ListRow,
  listRecords,
} from '../store/list.ts';
import { slotColumn } from '../store/list-query.ts';
import { ensureMay } from './load.ts';
import { type RowNames, rowNames } from './names.ts';
import { readListQuery, writeCursor } from './read-list-query.ts';

export type Page = {
  readonly rows: readonly ListRow[];
  readonly next: string | null;
  readonly names: RowNames;
};

/** How many rows match, and for systems how many of them have a gap at each station. */
export type Count = {
  readonly total: { readonly count: number; readonly more: boolean };
  readonly gapsByStation: ReadonlyMap<string, number> | null;
};

export type ListRequest = {
  readonly organisation: string;
  readonly actor: Actor;
  readonly kind: Kind;
  readonly query: Readonly<Record<string, string>>;
};

/**
 * One page of a register with the names that it shows, `relations` being those whose targets are named. Parameters that
 * are not understood are refused by name, never ignored. It is not counted: that costs more than the page.
 */
export async function listPage(
  services: Services,
  request: ListRequest,
  relations: readonly string[] = [],
): Promise<Page> {
  ensureMay(request.actor, request.kind, 'read');
  const query = readListQuery(request.kind, request.query, request.actor);
  return services.store.read(request.organisation, async (reader) => {
    const { rows, next } = await listRecords(reader, query);
    const names = await rowNames(reader, request.kind, rows, relations);
    return { rows, next: next ? writeCursor(next) : null, names };
  });
}

/** How many rows match a register's filters. Order, size and cursor of a page make no difference. */
export async function countPage(services: Services, request: ListRequest): Promise<Count> {
  ensureMay(request.actor, request.kind, 'read');
  const query = readListQuery(request.kind, request.query, request.actor);
  return services.store.read(request.organisation, async (reader) => {
    if (query.kind.name !== 'system')
      return { total: await countRecords(reader, query), gapsByStation: null };
    // Systems are counted with their gaps, in one look at their lines.
    const { count, gaps } = await gapsByStation(reader, query);
    const { order } = services.catalogue.stations.meta;
    return {
      total: { count, more: false },
      gapsByStation: new Map(order.map((id, place) => [id, gaps[place] ?? 0])),
    };
  });
}

/** Counts by one indexed part under the filters given. */
export async function facets(services: Services, request: ListRequest): Promise<Facet[]> {
  ensureMay(request.actor, request.kind, 'read');
  const { by, ...rest } = request.query;
  if (!by || !slotColumn(request.kind, by)) {
    throw unprocessable([{ at: 'by', message: `Count by one of: ${request.kind.index.join(', ')}.` }]);
  }
  const query = readListQuery(request.kind, rest, request.actor);
  return services.store.read(request.organisation, (reader) => facetRecords(reader, query, by));
}
