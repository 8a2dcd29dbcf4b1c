import { dayText } from '@throughline/domain/day-text.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import type { AsOfWire, RegisterWire, RowWire } from '@throughline/domain/wire.ts';
import { cellOf } from '../../exports/table.ts';
import { columnsOf, registerWire } from '../../http/present/row.ts';
import { countPage, type ListRequest, listPage } from '../../records/list-records.ts';
import { readKind } from '../read-words.ts';
import { grouped } from '../terminal.ts';
import { table } from '../words/table.ts';
import type { Work } from '../work.ts';

export type ListOptions = {
  readonly json?: true;
  readonly words?: string;
  readonly filter?: Readonly<Record<string, string>>;
  readonly sort?: string;
  readonly limit: number;
  readonly asOf?: string;
};

const pageSize = 500;

/** `list KIND`: rows of a register, a page after another up to the limit. */
export async function list(work: Work, word: string, options: ListOptions): Promise<void> {
  const kind = readKind(work.services.registry, word);
  const filters = {
    ...options.filter,
    ...(options.words === undefined ? {} : { q: options.words }),
    ...(options.asOf === undefined ? {} : { asOf: options.asOf }),
  };
  const wire = await readRegister(work, kind, filters, options);
  if (options.json) {
    work.terminal.json(wire);
    return;
  }
  for (const line of listLines(work, kind, wire)) work.terminal.print(line);
  if (wire.asOf) work.terminal.note(asOfText(wire.asOf));
  // Counting costs more than a page: it is done where its answer is printed.
  if (wire.next === undefined) return;
  const { total } = await countPage(work.services, requestOf(work, kind, filters));
  const of = `${grouped(total.count)}${total.more ? ' or more' : ''}`;
  work.terminal.print('');
  work.terminal.print(
    `${grouped(wire.items.length)} of ${of} ${kind.plural.toLowerCase()}; --limit shows more.`,
  );
}

const requestOf = (
  { organisation, actor }: Work,
  kind: Kind,
  query: Readonly<Record<string, string>>,
): ListRequest => ({
  organisation: organisation.id,
  actor,
  kind,
  query,
});

async function readRegister(
  work: Work,
  kind: Kind,
  filters: Readonly<Record<string, string>>,
  options: ListOptions,
): Promise<RegisterWire> {
  const query = { ...filters, ...(options.sort === undefined ? {} : { sort: options.sort }) };
  let whole = await readPage(work, kind, { ...query, limit: String(Math.min(options.limit, pageSize)) });
  while (whole.next !== undefined && whole.items.length < options.limit) {
    const { next, ...before } = whole;
    const limit = String(Math.min(options.limit - before.items.length, pageSize));
    const page = await readPage(work, kind, { ...query, limit, cursor: next });
    work.terminal.progress('Reading', before.items.length + page.items.length, 0);
    whole = {
      ...before,
      items: [...before.items, ...page.items],
      members: { ...before.members, ...page.members },
      ...(page.next === undefined ? {} : { next: page.next }),
    };
  }
  return whole;
}

async function readPage(
  work: Work,
  kind: Kind,
  query: Readonly<Record<string, string>>,
): Promise<RegisterWire> {
  const page = await listPage(work.services, requestOf(work, kind, query));
  return registerWire(work.services.registry, page, columnsOf(kind, undefined));
}

function listLines({ terminal }: Work, kind: Kind, wire: RegisterWire): string[] {
  if (wire.items.length === 0) return [`No ${kind.plural.toLowerCase()} match.`];
  const { fields } = columnsOf(kind, undefined);
  // Lines are kept as they stand now.
  const lines = kind.name === 'system' && wire.asOf === undefined;
  const shown = fields.filter((name) => name !== kind.title);
  const columns = [
    { header: 'Ref' },
    { header: kind.fields[kind.title]?.label ?? 'Title', most: 60 },
    { header: kind.lifecycle.label ?? 'State' },
    ...shown.map((name) => ({ header: kind.fields[name]?.label ?? name, most: 40 })),
    ...(lines ? [{ header: 'Gaps', right: true }] : []),
    ...(kind.approvable ? [{ header: 'Approval' }] : []),
  ];
  const rows = wire.items.map((row) => [
    row.ref,
    row.title,
    kind.lifecycle.states[row.state]?.label ?? row.state,
    ...shown.map((name) => cellText(kind, wire, row, name)),
    ...(lines ? [gapsText(row)] : []),
    ...(kind.approvable ? [row.approval === 'none' ? '' : (row.approval ?? '')] : []),
  ]);
  return table(columns, rows, terminal.width);
}

function asOfText({ at, index }: AsOfWire): string {
  return `As of ${at}, ${index < 0 ? 'before the first entry' : `entry ${grouped(index)}`} of the log.`;
}

function cellText(kind: Kind, wire: RegisterWire, row: RowWire, name: string): string {
  const field = kind.fields[name];
  const value = row.fields[name];
  if (!field) return '';
  if (field.type === 'day' && typeof value === 'string') return dayText(value);
  const members = new Map(Object.entries(wire.members));
  return String(cellOf(field, value, { members, refs: new Map() }) ?? '');
}

/** The count as it was computed last; "…" while a newer one is under way or none was made. */
function gapsText({ line }: RowWire): string {
  if (!line || line.strip === null) return '…';
  return `${grouped(line.gaps)}${line.stale ? '…' : ''}`;
}
