import type { Standing } from '@throughline/domain/approvals.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import type { Services } from '../services.ts';
import type { UnlinedRow } from '../store/list.ts';
import type { Reader } from '../store/reader.ts';
import type { Asker } from '../store/reading.ts';
import { lineOfSystem, memberNames, type RefRow, refsById, type SystemLine } from '../store/records.ts';
import { refsAsOf } from '../store/records-as-of.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { type RecordView, viewOf } from './read-record.ts';
import { standingsOf } from './standings.ts';
import type { When } from './systems-made.ts';

/** What rows of a register need beside themselves to be shown: names, links' targets, how approvals stand. */
export type RowNames = {
  readonly members: ReadonlyMap<string, string>;
  readonly refs: ReadonlyMap<string, RefRow>;
  readonly standings: ReadonlyMap<string, Standing>;
};

export async function rowNames(
  reader: Reader,
  kind: Kind,
  rows: readonly UnlinedRow[],
  shown: When & { readonly relations: readonly string[] },
): Promise<RowNames> {
  const memberFields = Object.keys(kind.fields).filter((name) => kind.fields[name]?.type === 'member');
  const people = rows.flatMap((row) => memberFields.map((name) => row.content.fields[name]));
  const linked = rows.flatMap((row) => shown.relations.flatMap((name) => row.content.links[name] ?? []));
  const [members, refs, standings] = await Promise.all([
    memberNames(reader, people.filter(isText)),
    refsAsOf(reader, linked, shown.index),
    kind.approvable ? standingsOf(reader, rows, shown) : new Map<string, Standing>(),
  ]);
  return { members, refs, standings };
}

/** The view of a record as a dry run made it: it stands nowhere, so nothing but its content is new. */
export async function viewOfUnsaved(
  services: Services,
  who: Asker,
  kind: Kind,
  record: StoredRecord,
): Promise<RecordView> {
  return services.store.read(who, (reader) => viewOf(services, reader, kind, record));
}

/**
 * A sealed record that whoever just wrote it may not read any more, or never could: it was put in for somebody else. They
 * are told what they wrote, once, under its ref. Nothing where they may read it.
 */
export async function handedOn(
  services: Services,
  who: Asker,
  kind: Kind,
  record: StoredRecord,
): Promise<StoredRecord | undefined> {
  if (!kind.sealed || (await readRefs(services, who, [record.id])).has(record.id)) return undefined;
  const rows = await services.store.readWhole(who.organisation, (reader) => refsById(reader, [record.id]));
  return { ...record, number: rows.get(record.id)?.number ?? record.number };
}

/** The line of a system, as a register's row shows it. */
export async function readLine(
  services: Services,
  who: Asker,
  system: string,
): Promise<SystemLine | undefined> {
  return services.store.read(who, (reader) => lineOfSystem(reader, system));
}

/** Names of records by id, whatever their kind: what a change says it reopened. */
export async function readRefs(
  services: Services,
  who: Asker,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RefRow>> {
  if (ids.length === 0) return new Map();
  return services.store.read(who, (reader) => refsById(reader, ids));
}

const isText = (value: unknown): value is string => typeof value === 'string';
