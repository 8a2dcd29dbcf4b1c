import type { Actor } from '@throughline/domain/actor.ts';
import { unprocessable } from '@throughline/domain/errors.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import type { Services } from '../services.ts';
import { logIndexAt } from '../store/history.ts';
import {
  countRecords,
  type Facet,
  facetRecords,
  gapsByStation,
  type ListRow,
  listUnlined,
  withLines,
} from '../store/list.ts';
import { atPlace } from '../store/list-filter.ts';
import { type ListQuery, slotColumn } from '../store/list-query.ts';
import type { Reader } from '../store/reader.ts';
import { ensureMay } from './load.ts';
import { type RowNames, rowNames } from './names.ts';
import { readListQuery, writeCursor } from './read-list-query.ts';
import { resolveQuery } from './resolve-refs.ts';

/** The moment that an answer is of and its place in the log, -1 before the first entry; `null` for now. */
export type AsOf = { readonly at: Date; readonly index: number } | null;

export type Page = {
  readonly rows: readonly ListRow[];
  readonly next: string | null;
  readonly names: RowNames;
  readonly asOf: AsOf;
};

/** How many rows match and, for systems of now, how many of them have a gap at each station. */
export type Count = {
  readonly total: { readonly count: number; readonly more: boolean };
  readonly gapsByStation: ReadonlyMap<string, number> | null;
  readonly asOf: AsOf;
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
  return look(services, request, request.query, async (reader, query, asOf) => {
    const { rows: unlined, next } = await listUnlined(reader, query);
    // Neither waits for the other: what both ask goes out together.
    const [rows, names] = await Promise.all([
      withLines(reader, query, unlined),
      rowNames(reader, request.kind, unlined, {
        ...{ relations, index: query.index },
        at: asOf?.at ?? services.clock(),
      }),
    ]);
    return { rows, next: next ? writeCursor(next) : null, names, asOf };
  });
}

/** How many rows match a register's filters. Order, size and cursor of a page make no difference. */
export async function countPage(services: Services, request: ListRequest): Promise<Count> {
  return look(services, request, request.query, async (reader, query, asOf) => {
    if (query.kind.name !== 'system' || asOf !== null)
      return { total: await countRecords(reader, query), gapsByStation: null, asOf };
    // Systems are counted with their gaps, in one look at their lines.
    const { count, gaps } = await gapsByStation(reader, query);
    const { order } = services.catalogue.stations.meta;
    return {
      total: { count, more: false },
      gapsByStation: new Map(order.map((id, place) => [id, gaps[place] ?? 0])),
      asOf,
    };
  });
}

/** Reads a register as of now or, where the query says so, of an earlier moment: the same places for all parts of an answer. */
async function look<T>(
  services: Services,
  request: ListRequest,
  asked: ListRequest['query'],
  answer: (reader: Reader, query: ListQuery, asOf: AsOf) => Promise<T>,
): Promise<T> {
  const { actor, kind } = request;
  ensureMay(actor, kind, 'read');
  const read = readListQuery(kind, asked, actor);
  return services.store.read(request, async (reader) => {
    const asOf = read.asOf && (await placeAt(reader, read.asOf, services.clock()));
    const query = await resolveQuery(reader, read.query, actor);
    return answer(reader, await atPlace(reader, query, asOf?.index ?? null), asOf);
  });
}

/** Where the log stood at a moment; a moment that has not come is now. */
export async function placeAt(reader: Reader, asked: Date, now: Date): Promise<NonNullable<AsOf>> {
  const at = asked > now ? now : asked;
  return { at, index: (await logIndexAt(reader, at)) ?? -1 };
}

/** Counts by one indexed part under the filters given. */
export async function facets(services: Services, request: ListRequest): Promise<Facet[]> {
  const { by, ...rest } = request.query;
  if (!by || !slotColumn(request.kind, by)) {
    throw unprocessable([{ at: 'by', message: `Count by one of: ${request.kind.index.join(', ')}.` }]);
  }
  return look(services, request, rest, (reader, query) => facetRecords(reader, query, by));
}
