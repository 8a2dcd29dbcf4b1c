import { Readable } from 'node:stream';
import type { Actor } from '@throughline/domain/actor.ts';
import { inForce } from '@throughline/domain/approvals.ts';
import { dayIn } from '@throughline/domain/day.ts';
import { unprocessable } from '@throughline/domain/errors.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { byteOrderMark, csvLine } from '../exports/csv.ts';
import { columnsOf, type GivenApproval } from '../exports/table.ts';
import { xlsxStream } from '../exports/xlsx.ts';
import type { Services } from '../services.ts';
import { approvalsOf } from '../store/approvals.ts';
import { dutyWaivers } from '../store/duty-waivers.ts';
import { type ListRow, listRecords } from '../store/list.ts';
import { atPlace } from '../store/list-filter.ts';
import type { ListQuery } from '../store/list-query.ts';
import { organisationSettings } from '../store/organisations.ts';
import type { Reader } from '../store/reader.ts';
import type { Asker } from '../store/reading.ts';
import { memberNames } from '../store/records.ts';
import { refsAsOf } from '../store/records-as-of.ts';
import { placeAt } from './list-records.ts';
import { ensureMay } from './load.ts';
import { ownAmong } from './own-work.ts';
import { readListQuery } from './read-list-query.ts';
import { resolveQuery } from './resolve-refs.ts';
import { staleAmong } from './standings.ts';
import type { When } from './systems-made.ts';

export const exportFormats = ['csv', 'xlsx', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

const media: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
};

export type Export = { readonly media: string; readonly fileName: string; readonly body: Readable };

type ResolvedList = { readonly query: ListQuery; readonly asOf: Date | null };

const pageSize = 500;

/**
 * Every row that matches, with every column, as a stream: pages are read as the reader of the file takes them, each at
 * its own moment, always in the order of refs: a row that changes in between is neither left out nor doubled. With `asOf`
 * all of them are of that moment.
 */
export async function exportRecords(
  services: Services,
  asked: {
    readonly organisation: string;
    readonly actor: Actor;
    readonly kind: Kind;
    readonly query: Readonly<Record<string, string>>;
  },
): Promise<Export> {
  const { kind, actor } = asked;
  ensureMay(actor, kind, 'export');
  const { format = 'csv', ...rest } = asked.query;
  const known = exportFormats.find((name) => name === format);
  if (!known) throw unprocessable([{ at: 'format', message: `One of: ${exportFormats.join(', ')}.` }]);
  const read = readListQuery(kind, rest, actor);
  // Looked up before the file begins: what is refused is refused whole.
  const resolved = await services.store.read(asked, (reader) => resolveQuery(reader, read.query, actor));
  const query: ListQuery = { ...resolved, limit: pageSize, sort: { by: 'ref', descending: false } };
  const day = (at: Date) => at.toISOString().slice(0, 10);
  const of = read.asOf ? `as-of-${day(read.asOf)}` : day(services.clock());
  const body = bodyOf(services, asked, { query, asOf: read.asOf }, known);
  return { media: media[known], fileName: `${kind.collection}-${of}.${known}`, body };
}

function bodyOf(services: Services, who: Asker, asked: ResolvedList, format: ExportFormat): Readable {
  const { kind } = asked.query;
  const header = columnsOf(kind).map((column) => column.header);
  if (format === 'json') return Readable.from(jsonLines(services, who, asked));
  const rows = cells(services, who, asked);
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
  who: Asker,
  asked: ResolvedList,
): AsyncGenerator<(string | number | null)[]> {
  const { kind } = asked.query;
  const columns = columnsOf(kind);
  for await (const { rows, ...names } of pages(services, who, asked)) {
    for (const row of rows) yield columns.map((column) => column.cell(row, names));
  }
}

/** A JSON array, one record a line: content exactly as it is kept, links as refs. */
async function* jsonLines(services: Services, who: Asker, asked: ResolvedList): AsyncGenerator<string> {
  const { kind } = asked.query;
  let first = true;
  yield '[\n';
  for await (const { rows, refs, approvals } of pages(services, who, asked)) {
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
        ...(kind.approvable ? { approval: approvals.get(row.id) ?? null } : {}),
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
  approvals: ReadonlyMap<string, GivenApproval>;
};

async function* pages(services: Services, who: Asker, asked: ResolvedList): AsyncGenerator<PageOfRows> {
  const { query, asOf } = asked;
  let { cursor } = query;
  // One place in the log for the whole file.
  let index: number | null = null;
  for (;;) {
    const page = await services.store.read(who, async (reader) => {
      if (asOf && index === null) ({ index } = await placeAt(reader, asOf, services.clock()));
      const { rows, next } = await listRecords(reader, await atPlace(reader, { ...query, cursor }, index));
      const linked = await refsAsOf(
        reader,
        rows.flatMap((row) => Object.values(row.content.links).flat()),
        index,
      );
      const refs = [...linked.values()].map(
        (ref) => [ref.id, `${services.registry.get(ref.kind).prefix}-${ref.number}`] as const,
      );
      const approvals = await givenApprovals(reader, query.kind, rows, {
        ...{ at: asOf ?? services.clock(), index },
      });
      const approvers = [...approvals.values()].flatMap(({ by, onBehalfOf }) =>
        [by, onBehalfOf ?? []].flat(),
      );
      return {
        rows,
        next,
        refs: new Map(refs),
        members: await memberNames(reader, [...membersOf(query.kind, rows), ...approvers]),
        approvals,
      };
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

/** The approvals in force, as they were at the place of the log where one is named. */
async function givenApprovals(
  reader: Reader,
  kind: Kind,
  rows: readonly ListRow[],
  when: When,
): Promise<Map<string, GivenApproval>> {
  const given = new Map<string, GivenApproval>();
  if (!kind.approvable || rows.length === 0) return given;
  const { timeZone } = await organisationSettings(reader);
  const acts = await approvalsOf(
    reader,
    rows.map(({ id }) => id),
    when.index,
  );
  const stale = await staleAmong(reader, rows, acts, when);
  const own = when.index === null ? await ownAmong(reader, kind, acts, when.at) : null;
  const waivers = new Map((await dutyWaivers(reader)).map((waiver) => [waiver.id, waiver.at]));
  for (const [record, all] of acts) {
    const force = inForce(all);
    if (!force) continue;
    const { by, onBehalfOf, at, waived } = force;
    const since = waivers.get(waived?.waiver ?? '');
    const waiver = waived ? (since ? dayIn(new Date(since), timeZone) : '') : null;
    given.set(record, {
      ...{ by, onBehalfOf, at, waiver },
      ...{ stale: stale.has(record), own: own?.has(record) ?? null },
    });
  }
  return given;
}
