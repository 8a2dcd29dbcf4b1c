import { Readable } from 'node:stream';
import type { Actor } from '@throughline/domain/actor.ts';
import { unprocessable } from '@throughline/domain/errors.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { byteOrderMark, csvLine } from '../exports/csv.ts';
import { columnsOf } from '../exports/table.ts';
import { xlsxStream } from '../exports/xlsx.ts';
import type { Services } from '../services.ts';
import { type ListRow, listRecords } from '../store/list.ts';
import type { ListQuery } from '../store/list-query.ts';
import { memberNames, refsById } from '../store/records.ts';
import { ensureMay } from './load.ts';
import { readListQuery } from './read-list-query.ts';

export const exportFormats = ['csv', 'xlsx', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

const media: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
};

export type Export = { readonly media: string; readonly fileName: string; readonly body: Readable };

const pageSize = 500;

/**
 * Every row that matches, with every column, as a stream: pages are read as the reader of the file takes them, each at
 * its own moment, always in the order of refs: a row that changes in between is neither left out nor doubled.
 */
export function exportRecords(
  services: Services,
  asked: {
    readonly organisation: string;
    readonly actor: Actor;
    readonly kind: Kind;
    readonly query: Readonly<Record<string, string>>;
  },
): Export {
  const { kind, actor } = asked;
  ensureMay(actor, kind, 'export');
  const { format = 'csv', ...rest } = asked.query;
  const known = exportFormats.find((name) => name === format);
  if (!known) throw unprocessable([{ at: 'format', message: `One of: ${exportFormats.join(', ')}.` }]);
  const query: ListQuery = {
    ...readListQuery(kind, rest, actor),
    limit: pageSize,
    sort: { by: 'ref', descending: false },
  };
  const fileName = `${kind.collection}-${services.clock().toISOString().slice(0, 10)}.${known}`;
  return { media: media[known], fileName, body: bodyOf(services, asked.organisation, kind, query, known) };
}

function bodyOf(
  services: Services,
  organisation: string,
  kind: Kind,
  query: ListQuery,
  format: ExportFormat,
): Readable {
  const header = columnsOf(kind).map((column) => column.header);
  if (format === 'json') return Readable.from(jsonLines(services, organisation, kind, query));
  const rows = cells(services, organisation, kind, query);
  if (format === 'xlsx') return Readable.fromWeb(xlsxStream(kind.plural, header, rows));
  return Readable.from(csvLines(header, rows));
}

async function* csvLines(
  header: readonly string[],
  rows: AsyncIterable<readonly (string | number | null)[]>,
): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(header);
  for await (const row of rows) yield csvLine(row);
}

async function* cells(
  services: Services,
  organisation: string,
  kind: Kind,
  query: ListQuery,
): AsyncGenerator<(string | number | null)[]> {
  const columns = columnsOf(kind);
  for await (const { rows, members, refs } of pages(services, organisation, kind, query)) {
    for (const row of rows) yield columns.map((column) => column.cell(row, { members, refs }));
  }
}

/** A JSON array, one record a line: content exactly as it is kept, links as refs. */
async function* jsonLines(
  services: Services,
  organisation: string,
  kind: Kind,
  query: ListQuery,
): AsyncGenerator<string> {
  let first = true;
  yield '[\n';
  for await (const { rows, refs } of pages(services, organisation, kind, query)) {
    for (const row of rows) {
      const links = Object.fromEntries(
        Object.entries(row.content.links).map(([relation, ids]) => [
          relation,
          ids.map((id) => refs.get(id) ?? id),
        ]),
      );
      const record = {
        ref: `${kind.prefix}-${row.number}`,
        id: row.id,
        state: row.state,
        version: row.version,
        fields: row.content.fields,
        links,
        createdAt: row.createdAt.toISOString(),
        updatedAt: row.updatedAt.toISOString(),
        digest: row.digest.toString('hex'),
      };
      yield `${first ? '' : ',\n'}${JSON.stringify(record)}`;
      first = false;
    }
  }
  yield '\n]\n';
}

type PageOfRows = {
  rows: ListRow[];
  members: ReadonlyMap<string, string>;
  refs: ReadonlyMap<string, string>;
};

async function* pages(
  services: Services,
  organisation: string,
  kind: Kind,
  query: ListQuery,
): AsyncGenerator<PageOfRows> {
  let cursor = query.cursor;
  for (;;) {
    const page = await services.store.read(organisation, async (reader) => {
      const { rows, next } = await listRecords(reader, { ...query, cursor });
      const linked = await refsById(
        reader,
        rows.flatMap((row) => Object.values(row.content.links).flat()),
      );
      const refs = [...linked.values()].map(
        (ref) => [ref.id, `${services.registry.get(ref.kind).prefix}-${ref.number}`] as const,
      );
      return { rows, next, refs: new Map(refs), members: await memberNames(reader, membersOf(kind, rows)) };
    });
    yield page;
    if (!page.next) return;
    cursor = page.next;
  }
}

function membersOf(kind: Kind, rows: readonly ListRow[]): string[] {
  const names = Object.keys(kind.fields).filter((name) => kind.fields[name]?.type === 'member');
  return rows
    .flatMap((row) => names.map((name) => row.content.fields[name]))
    .filter((id) => typeof id === 'string');
}
