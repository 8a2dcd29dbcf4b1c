import { inForce, approvalActs as knownActs } from '@throughline/domain/approvals.ts';
import { sameJson } from '@throughline/domain/json.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import { homeOf, parentsOf } from '../../records/home.ts';
import { approvalOf } from '../../store/approvals.ts';
import type { Db } from '../../store/connection.ts';
import { recordFacts, slotsRow } from '../../store/record-row.ts';
import {
  type Archival,
  archivals,
  type CheckedRecord,
  checkedRecords,
  homesOf,
  linksWithoutRecord,
  recordsGone,
  revisionsWithoutEntry,
} from '../../store/verify/records.ts';
import { approvalActs, type CheckedRow } from '../../store/verify/tables.ts';
import { slotNames } from './check-revisions.ts';
import type { FaultSink } from './fault-sink.ts';

export type RecordCheck = {
  readonly db: Db;
  readonly organisation: string;
  readonly registry: Registry;
  readonly faults: FaultSink;
  readonly erased: { has(record: string): boolean };
};

const atOnce = 1_000;
const mostUnlogged = 1_000;

/** Holds the records that are named against their newest versions, and looks for what no entry speaks of. */
export async function checkRecords(check: RecordCheck, named: readonly string[]): Promise<void> {
  const { db, organisation, faults } = check;
  for (let from = 0; from < named.length; from += atOnce)
    await holdRecords(
      check,
      await checkedRecords(db, organisation, { ids: named.slice(from, from + atOnce) }),
    );
  for (const { record, version } of await revisionsWithoutEntry(db, organisation, mostUnlogged))
    faults.add('row-unlogged', { table: 'revision', record, version });
  const gone = new Set(await recordsGone(db, organisation, mostUnlogged));
  for (const record of gone) faults.add('row-gone', { table: 'record', record });
  // Links that a record left behind when its row was removed say nothing more.
  for (const link of await linksWithoutRecord(db, organisation, mostUnlogged))
    if (!gone.has(link.from_record))
      faults.add('link-unlogged', {
        table: 'link',
        record: link.from_record,
        row: `${link.relation} ${link.to_record}`,
      });
}

/** Holds records against their newest versions with the functions that wrote them. */
export async function holdRecords(check: RecordCheck, records: readonly CheckedRecord[]): Promise<void> {
  const { db, organisation, registry } = check;
  const ids = records.map(({ row }) => row.id);
  const parents = records.flatMap(({ newest }) => {
    const kind = newest && registry.find(newest.kind);
    return kind && newest.fields && newest.links
      ? parentsOf(kind, { fields: newest.fields, links: newest.links })
      : [];
  });
  const homes = await homesOf(db, organisation, parents);
  const acts = await approvalActs(db, organisation, ids);
  holdArchivals(check, await archivals(db, organisation, ids));
  for (const record of records) {
    holdVersions(check, record);
    if (!record.newest) continue;
    if (check.erased.has(record.row.id)) holdErased(check, record);
    else holdRecord(check, record, homes);
    holdForce(check, record, acts.get(record.row.id) ?? []);
  }
}

/**
 * Archiving and restoring alone change since when a record is archived; every other version carries it on. Otherwise one
 * column would take a record out of its register, of now or of then.
 */
function holdArchivals({ faults }: RecordCheck, versions: readonly Archival[]): void {
  const since = new Map<string, Date | null>();
  for (const { record, version, act, at, archived_at: found } of versions) {
    const before = since.get(record) ?? null;
    const expected = act === 'archived' ? at : act === 'restored' ? null : before;
    since.set(record, expected);
    // What an act itself says is held beside its entry.
    if (act === 'archived' || act === 'restored') continue;
    faults.hold('row-differs', { table: 'revision', record, version }, 'archived_at', { expected, found });
  }
}

const place = ({ row }: CheckedRecord) => ({ table: 'record', record: row.id, version: row.version });

function holdVersions({ faults }: RecordCheck, record: CheckedRecord): void {
  const { row, versions, newest } = record;
  if (!newest) {
    faults.add('row-unlogged', { ...place(record), version: null });
    return;
  }
  faults.hold('record-differs', place(record), 'version', { expected: newest.version, found: row.version });
  if (versions === newest.version) return;
  const differ = { expected: `${newest.version} versions`, found: `${versions}` };
  faults.add('version-gone', { table: 'revision', record: row.id }, differ);
}

type Homes = Parameters<typeof homeOf>[2];

function holdRecord(check: RecordCheck, record: CheckedRecord, homes: Homes): void {
  const { row, newest } = record;
  const kind = check.registry.find(newest?.kind ?? '');
  if (!newest || !kind || newest.fields === null || newest.links === null) return;
  const content = { fields: newest.fields, links: newest.links };
  const system = kind.name === 'system' ? row.id : homeOf(kind, content, homes);
  const facts = recordFacts(kind, content, newest.state, system);
  const about = place(record);
  const hold = (column: string, expected: unknown, found: unknown, words: boolean | string = false) =>
    check.faults.hold('record-differs', about, column, { expected, found, words });
  hold('kind', newest.kind, row.kind);
  hold('schema', newest.schema, row.schema);
  hold('state', newest.state, row.state);
  hold('title', facts.title, row.title, true);
  hold('owner', facts.owner, row.owner);
  hold('assignee', facts.assignee, row.assignee);
  // Where the record that it belongs to is gone, that is named there; its home cannot be told from what is left.
  if (parentsOf(kind, content).every((parent) => homes.has(parent))) hold('system', facts.system, row.system);
  hold('digest', newest.digest, row.digest);
  hold('fields', content.fields, row.fields, differingParts(kind.fields, content.fields, row.fields));
  hold('links', content.links, row.links);
  hold('created_at', record.first_at, row.created_at);
  hold('material_at', record.material_at ?? record.first_at, row.material_at);
  hold('updated_at', newest.at, row.updated_at);
  hold('archived_at', newest.archived_at, row.archived_at);
  const slots = slotsRow(kind, { content, state: newest.state });
  for (const name of slotNames) hold(name, slots[name] ?? null, row[name], true);
  holdLinks(check, record, content.links);
}

/** Names of the parts that differ, as the kind declares them; whoever added one that it does not have may call it anything. */
function differingParts(
  declared: Readonly<Record<string, unknown>>,
  expected: Readonly<Record<string, unknown>>,
  found: Readonly<Record<string, unknown>>,
): string {
  const differs = (name: string) => !sameJson(expected[name] ?? null, found[name] ?? null);
  const named = Object.keys(declared).filter(differs);
  const strange = Object.keys(found).some((name) => !Object.hasOwn(declared, name) && differs(name));
  return [...named, ...(strange ? ['a part that the kind does not have'] : [])].join(', ');
}

/** The link table is the newest version's links, each once, of the type that the kind declares. */
function holdLinks(
  { faults, registry }: RecordCheck,
  record: CheckedRecord,
  links: Readonly<Record<string, readonly string[]>>,
): void {
  const kind = registry.find(record.row.kind);
  const wanted = new Map(
    Object.entries(links).flatMap(([relation, targets]) =>
      targets.map((target): [string, string] => [
        `${relation} ${target}`,
        kind?.relations[relation]?.type ?? 'about',
      ]),
    ),
  );
  const about = { table: 'link', record: record.row.id, version: record.row.version };
  for (const { relation, to_record, type } of record.links) {
    const row = `${relation} ${to_record}`;
    const expected = wanted.get(row);
    if (expected === undefined) faults.add('link-unlogged', { ...about, row });
    else faults.hold('record-differs', { ...about, row }, 'type', { expected, found: type });
    wanted.delete(row);
  }
  for (const row of wanted.keys()) faults.add('link-gone', { ...about, row });
}

/** What erasing leaves, and nothing else. */
function holdErased({ faults }: RecordCheck, record: CheckedRecord): void {
  const { row } = record;
  const hold = (column: string, expected: unknown, found: unknown, words = false) =>
    faults.hold('record-differs', place(record), column, { expected, found, words });
  hold('title', 'erased', row.title, true);
  hold('fields', {}, row.fields, true);
  hold('links', {}, row.links);
  hold('digest', record.newest?.digest, row.digest);
  hold('state', record.newest?.state, row.state);
  for (const { relation, to_record } of record.links)
    faults.add('link-unlogged', { table: 'link', record: row.id, row: `${relation} ${to_record}` });
}

/** The version in force is what the acts of approval say, read as everyone reads them. */
function holdForce(
  { faults }: RecordCheck,
  record: CheckedRecord,
  acts: readonly CheckedRow<'approval'>[],
): void {
  const expected = inForce(knownApprovals(acts).map(approvalOf))?.version ?? null;
  faults.hold('record-differs', place(record), 'in_force', { expected, found: record.row.in_force });
}

/** An act that nobody knows is noted where approvals are held against their entries. */
export function knownApprovals(acts: readonly CheckedRow<'approval'>[]): CheckedRow<'approval'>[] {
  return acts.filter(({ act }) => knownActs.some((name) => name === act));
}
