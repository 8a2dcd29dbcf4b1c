import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { DomainError } from '@throughline/domain/errors.ts';
import { type Formation, formationOf } from '@throughline/domain/import/formation.ts';
import { ambiguousKeys, identify, type KeyedRow } from '@throughline/domain/import/identity.ts';
import { type Mapping, refTarget } from '@throughline/domain/import/mapping.ts';
import {
  type FileFacts,
  namesInFile,
  type Planned,
  withoutRefused,
} from '@throughline/domain/import/names-in-file.ts';
import {
  type CellReport,
  formsRecords,
  type ParsedRow,
  rowReader,
} from '@throughline/domain/import/parse-row.ts';
import {
  type Existing,
  type Named,
  type PlanFacts,
  type PlannedRecord,
  type PlannedRow,
  planRow,
  rejectedRow,
  titleOf,
} from '@throughline/domain/import/plan.ts';
import {
  countPlan,
  type EqualRow,
  equalRowFinder,
  type PlanCounts,
} from '@throughline/domain/import/report.ts';
import { plainWords } from '@throughline/domain/import/words.ts';
import { emptyContent, type People } from '@throughline/domain/kinds/edit.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import type { Rhythm } from '@throughline/domain/kinds/next-look.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import { comparedFaults } from '../../records/compared.ts';
import { dayFaults, decidedThenFaults, rhythmOf, takenAwayFaults } from '../../records/days-come.ts';
import { foundChanged } from '../../records/found.ts';
import { dependences } from '../../records/independence.ts';
import { unknownItems } from '../../records/items-named.ts';
import { withPlansBefore } from '../../records/plans-before.ts';
import { putOffFaults } from '../../records/put-off.ts';
import { datedTooEarly } from '../../records/rated-since.ts';
import { loweredByFile } from '../../records/rating-lowered.ts';
import { lessFaults } from '../../records/two-hands.ts';
import type { Services } from '../../services.ts';
import { persons } from '../../store/identities.ts';
import { newId } from '../../store/ids.ts';
import { type RawRow, rawRows } from '../../store/import-rows.ts';
import {
  type KnownRecord,
  latestCells,
  recordsNamed,
  recordsOfSource,
  type StoredImport,
} from '../../store/imports.ts';
import type { Reader } from '../../store/reader.ts';
import { type CodesInFile, codesOf } from './codes-in-file.ts';
import { withoutRefusedMoves } from './file-moves.ts';
import type { By } from './missing-records.ts';
import { type OwnRows, ownRows } from './own-rows.ts';

/** Told while long work goes on: how far, of how much, with what. */
export type Progress = (done: number, total: number, message: string) => Promise<void>;
export const silent: Progress = async () => undefined;

export type ParsedImport = {
  readonly kind: Kind;
  readonly formation: Formation | null;
  readonly formedKind: Kind | null;
  readonly mapping: Mapping;
  readonly headers: readonly string[];
  readonly format: StoredImport['analysis']['file']['format'];
  readonly rows: readonly ParsedRow[];
};

export type ImportPlan = {
  readonly rows: readonly PlannedRow[];
  /** Records of the source that the file no longer has. */
  readonly missing: readonly KnownRecord[];
  /** Versions on which the plan was made, by record. */
  readonly versions: ReadonlyMap<string, number>;
  readonly counts: PlanCounts;
  readonly equal: readonly EqualRow[];
  /** Rows that name records by ref, of all; `null` where no column does. */
  readonly own: { readonly records: number; readonly of: number } | null;
};

const atOnce = 250;
export const formedSource = (source: string): string => `${source}#formed`;
export const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 40);

/** Reads the raw rows of an import as its mapping says. Gives way between pieces, so that other requests are answered. */
export async function parseImport(
  reader: Reader,
  stored: StoredImport,
  progress: Progress,
): Promise<ParsedImport> {
  const raw = await rawRows(reader, stored.id);
  const { mapping, headers, file } = stored.analysis;
  const kind = reader.registry.get(stored.kind);
  const formation = formsRecords(kind, mapping) ? (formationOf(kind) ?? null) : null;
  const formedKind = formation ? reader.registry.get(formation.kind) : null;
  const facts = { year: stored.createdAt.getUTCFullYear(), members: await membersByName(reader) };
  const cells = raw.map((row) => row.raw);
  const { read } = rowReader(kind, formedKind ?? undefined, mapping, headers, cells, facts);
  const rows: ParsedRow[] = [];
  await inPieces(
    raw,
    async (row: RawRow) => rows.push(read(row.row, row.raw)),
    (done) => progress(done, raw.length, 'Reading the cells'),
  );
  return { kind, formation, formedKind, mapping, headers, format: file.format, rows };
}

async function peopleOf(reader: Reader): Promise<People> {
  const who = await persons(reader);
  return { same: (one, other) => who.person(one) === who.person(other) };
}

/** Compares the rows with what earlier imports of the source brought in, and decides each of them. Reads, and writes nothing. */
export async function planImport(
  services: Services,
  reader: Reader,
  parsed: ParsedImport,
  progress: Progress,
  by: By,
): Promise<ImportPlan> {
  const { source } = parsed.mapping;
  const known = await recordsOfSource(reader, source, source);
  const formed = parsed.formation ? await recordsOfSource(reader, formedSource(source), source) : [];
  const own = await ownOf(reader, parsed);
  const told = identify(
    own?.rest ?? parsed.rows,
    parsed.mapping,
    parsed.headers,
    await knownRows(reader, parsed, known),
    hash,
  );
  const keyed = [...(own?.keyed ?? []), ...told.rows];
  const refused = [...(own?.refused ?? []), ...told.refused];
  const existing = new Map([...existingByKey(known, reader.registry), ...(own?.existing ?? [])]);
  const formedByKey = existingByKey(formed, reader.registry);
  const inFile: FileFacts = {
    kind: parsed.kind,
    formation: parsed.formation,
    formedKind: parsed.formedKind,
    existing,
    formed: formedByKey,
    idOf: idsOf(existing, formedByKey),
  };
  const rhythm = await rhythmOf(reader, by.at);
  const facts: PlanFacts = {
    ...inFile,
    today: rhythm.today,
    named: await namedBy(reader, parsed.rows, namesInFile({ rows: keyed, refused }, inFile)),
    ...(parsed.kind.apart || parsed.formedKind?.apart ? { people: await peopleOf(reader) } : {}),
    headings: new Map(parsed.mapping.columns.map((rule) => [rule.target ?? '', rule.header])),
  };
  const on = { services, by, facts, rhythm, codes: await codesOf(reader, parsed.kind) };
  const rowsPlanned: Planned[] = [];
  await inPieces(
    keyed,
    async (row) =>
      rowsPlanned.push({ keyed: row, row: await keepableRow(reader, row, planRow(row, facts), on) }),
    (done) => progress(done, keyed.length, 'Comparing with the register'),
  );
  const rows: PlannedRow[] = [
    ...refused.map(({ parsed: row, reason }) =>
      rejectedRow(row, null, titleOf(parsed.kind, row, null), reason),
    ),
    ...withoutRefused(rowsPlanned, facts),
  ].sort((a, b) => a.row - b.row);
  const equal = equalRowFinder();
  await inPieces(
    parsed.rows,
    async (row) => equal.look(row),
    async () => undefined,
  );
  const found = new Set(keyed.map((row) => row.key));
  // An export may be a part of the register: what it leaves out is not missing.
  const missing = (own ? [] : known).filter((record) => !record.archived && !found.has(record.key));
  return {
    rows,
    missing,
    versions: new Map([
      ...[...known, ...formed].map((record): [string, number] => [record.id, record.version]),
      ...(own?.versions ?? []),
    ]),
    counts: countPlan(rows, missing.length),
    equal: equal.found,
    own: own ? { records: own.keyed.length, of: parsed.rows.length } : null,
  };
}

/**
 * What no door takes is in no file either: whoever had a part in what is judged judges it (9.2.2), or something was done
 * on a day that is still to come, what was to happen on a day that has come is put off, the next look lies beyond the
 * cadence, what is named of a framework it does not have, or two controls share a code. Such a row is rejected.
 */
async function keepableRow(
  reader: Reader,
  { key, parsed }: KeyedRow,
  row: PlannedRow,
  { services, by, facts, rhythm, codes }: Around,
): Promise<PlannedRow> {
  const now = by.at;
  for (const { id, kind, system, before, next, state, changes } of row.records) {
    if (changes.length === 0) continue;
    const judging = { id, kind: kind.name, system, content: next };
    const problems = [
      ...(await dependences(reader, kind, judging, state, now)),
      ...dayFaults(kind, before?.content.fields ?? {}, next.fields, rhythm),
      ...(before ? decidedThenFaults(kind, before.content.fields, next.fields, rhythm.today) : []),
      ...(before ? await takenAwayFaults(reader, kind, before, next.fields, rhythm.today) : []),
      ...(before ? await putOffFaults(reader, kind, before, next) : []),
      ...(before ? await foundChanged(reader, kind, before, next) : []),
      ...(before ? await lessFaults(reader, by, kind, asHeld(before), next) : []),
      ...(await unknownItems(reader, kind, { before: before?.content ?? emptyContent, next }, now)),
      ...(await comparedFaults(reader, kind, before?.content.fields ?? {}, next.fields)),
      ...(await datedTooEarly(reader, kind, { before: before?.content ?? emptyContent, next })),
      ...(before ? await loweredByFile(reader, kind, id, { before: before.content, next }) : []),
      ...(kind.name === 'control' ? codes.faults({ id, next, state }) : []),
    ];
    const [reason] = problems.map(({ message }) => message);
    if (reason !== undefined) return rejectedRow(parsed, key, row.title, reason);
  }
  try {
    const left = await withoutRefusedMoves(services, reader, by, row, facts);
    return { ...left, records: await Promise.all(left.records.map((one) => planned(reader, one, now))) };
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'unprocessable') throw error;
    return rejectedRow(parsed, key, row.title, error.items.map(({ message }) => message).join(' '));
  }
}

/** What a file changes stands in the register until it does, archived or not. */
const asHeld = ({ archived, ...record }: Existing) => ({
  ...record,
  archivedAt: archived ? new Date(0) : null,
});

/** With the dates for which a control was planned here before. */
async function planned(reader: Reader, record: PlannedRecord, at: Date): Promise<PlannedRecord> {
  const { kind, before, next, changed, system, state, changes } = record;
  if (changes.length === 0) return record;
  const material = changed.filter((part) => kind.material.includes(part));
  const edit = await withPlansBefore(
    reader,
    kind,
    { next, changed, material },
    { id: before?.id ?? null, before: before?.content ?? emptyContent, system, state, at },
  );
  return { ...record, next: edit.next, changed: edit.changed, material: edit.material.length > 0 };
}

type Around = {
  readonly services: Services;
  readonly by: By;
  readonly facts: PlanFacts;
  readonly rhythm: Rhythm;
  readonly codes: CodesInFile;
};

/** Rows that name records of this organisation; nothing where no column does. */
async function ownOf(reader: Reader, parsed: ParsedImport): Promise<OwnRows | undefined> {
  const { columns } = parsed.mapping;
  const names = columns.some(({ target, header }) => target === refTarget && parsed.headers.includes(header));
  return names ? ownRows(reader, { ...parsed, columns }) : undefined;
}

/** The cells of an import that are read as something else than they say; what a record said already is none. */
export async function reportsOf(reader: Reader, parsed: ParsedImport): Promise<CellReport[]> {
  const own = await ownOf(reader, parsed);
  const rows = own
    ? [...own.keyed, ...own.refused]
        .map((row) => row.parsed)
        .concat(own.rest)
        .sort((a, b) => a.row - b.row)
    : parsed.rows;
  return rows.flatMap((row) => row.reports);
}

async function inPieces<T>(
  items: readonly T[],
  each: (item: T) => Promise<unknown>,
  tell: (done: number) => Promise<void>,
): Promise<void> {
  for (const [index, item] of items.entries()) {
    await each(item);
    if ((index + 1) % atOnce !== 0 && index + 1 !== items.length) continue;
    await tell(index + 1);
    await setImmediate();
  }
}

/** Members by name in plain words; a name that several members share names nobody. */
export async function membersByName(reader: Reader): Promise<Map<string, string>> {
  const members = await reader.db
    .selectFrom('member')
    .select(['id', 'name'])
    .where('organisation', '=', reader.organisation)
    .where('active', '=', true)
    .where('type', '=', 'person')
    .execute();
  const byName = Map.groupBy(members, (member) => plainWords(member.name));
  return new Map(
    [...byName].flatMap(([name, same]) => (same.length === 1 && same[0] ? [[name, same[0].id]] : [])),
  );
}

async function knownRows(reader: Reader, parsed: ParsedImport, known: readonly KnownRecord[]) {
  const keys = known.map((record) => record.key);
  const unclear = new Set(ambiguousKeys(parsed.rows, parsed.mapping, parsed.headers, keys, hash));
  const compared = known.filter((record) => unclear.has(record.key)).map((record) => record.id);
  const cells = new Map(
    (await latestCells(reader, parsed.mapping.source, compared)).map((row) => [row.record, row.cells]),
  );
  return known.map((record) => ({ key: record.key, cells: cells.get(record.id) ?? {} }));
}

/** The ids of what stands already, and new ones for the rest: the same one each time a key is asked for. */
function idsOf(
  existing: ReadonlyMap<string, Existing>,
  formed: ReadonlyMap<string, Existing>,
): PlanFacts['idOf'] {
  const made = { own: new Map<string, string>(), formed: new Map<string, string>() };
  return (key, what) => {
    const stands = (what === 'own' ? existing : formed).get(key)?.id;
    if (stands !== undefined) return stands;
    const id = made[what].get(key) ?? newId();
    made[what].set(key, id);
    return id;
  };
}

function existingByKey(known: readonly KnownRecord[], registry: Registry): Map<string, Existing> {
  return new Map(
    known.map((record) => [
      record.key,
      {
        id: record.id,
        ref: `${registry.get(record.kind).prefix}-${record.number}`,
        title: record.title,
        state: record.state,
        archived: record.archived,
        system: record.system,
        content: { fields: record.fields, links: record.links },
        base:
          record.base_fields && record.base_links && record.base_state !== null
            ? { content: { fields: record.base_fields, links: record.base_links }, state: record.base_state }
            : null,
      },
    ]),
  );
}

/** Looks up everything that cells of relations name: refs, keys from outside, and rows of the file by key or title. */
async function namedBy(
  reader: Reader,
  rows: readonly ParsedRow[],
  inFile: (text: string) => readonly Named[],
): Promise<Map<string, Named[]>> {
  const texts = [...new Set(rows.flatMap((row) => Object.values(row.links).flat()))];
  const named = new Map<string, Named[]>();
  if (texts.length === 0) return named;
  const refs = texts.flatMap((text) => {
    const ref = reader.registry.readRef(text);
    return ref ? [{ text, kind: ref.kind.name, number: ref.number }] : [];
  });
  const { byKey, byRef } = await recordsNamed(reader, texts, refs);
  const add = (text: string, record: Named) => {
    const others = named.get(text) ?? [];
    if (!others.some((one) => one.id === record.id)) named.set(text, [...others, record]);
  };
  for (const text of texts) for (const record of inFile(text)) add(text, record);
  for (const { key, ...record } of byKey) add(key, record);
  for (const { kind, number, ...record } of byRef)
    for (const ref of refs)
      if (ref.kind === kind && ref.number === number) add(ref.text, { ...record, kind });
  return named;
}
