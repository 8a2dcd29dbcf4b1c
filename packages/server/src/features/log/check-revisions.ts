import { isObject } from '@throughline/domain/json.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import type { Db } from '../../store/connection.ts';
import { revisionDigest } from '../../store/digest.ts';
import { isUuid } from '../../store/ids.ts';
import { slotsRow } from '../../store/record-row.ts';
import { asPlaced, innerUnit, unit } from '../../store/verify/bundles.ts';
import { clocksDiffer, type PlaceRow } from '../../store/verify/places.ts';
import { type RevisionRow, revisionsOfEntries } from '../../store/verify/records.ts';
import type { PlacedText } from './check-places.ts';
import { type FaultSink, oneEntry, type Place } from './fault-sink.ts';
import { readBody, readText, type Said, Told } from './told.ts';

export type EntryCheck = {
  readonly db: Db;
  readonly organisation: string;
  readonly registry: Registry;
  readonly faults: FaultSink;
  readonly told: Told;
  /** Records of which a version has no content, with that version: right only where an entry says it was erased. */
  readonly bare: Map<string, number>;
  /** Keys of the log as its entries tell of them, in order. */
  readonly rotations: Said[];
  /** Entries that were compared part by part. */
  readonly compared: Set<string>;
};

export function entryCheck(
  check: Pick<EntryCheck, 'db' | 'organisation' | 'registry' | 'faults'>,
): EntryCheck {
  return { ...check, told: new Told(), bare: new Map(), rotations: [], compared: new Set() };
}

/** Holds entries against the columns beside them and against the versions that they made, and keeps what else they tell. */
export async function checkEntries(check: EntryCheck, rows: readonly PlaceRow[]): Promise<void> {
  const said: Said[] = [];
  for (const row of rows) {
    const body = readBody(row);
    if (!body) {
      check.faults.add('entry-unreadable', { entries: oneEntry(row.index), table: 'entry', row: row.entry });
      continue;
    }
    holdPromoted(check, row, body);
    const one = { index: row.index, id: row.entry, body };
    said.push(one);
    check.told.keepNumber(body);
    keepSaid(check, one);
  }
  await checkRevisions(check, said);
}

/**
 * Holds entries against lines of columns as `placedBundles` makes them, at once. Keeps what they tell and answers true
 * where nothing differs; else false, with nothing kept.
 */
export function entriesFit(
  check: EntryCheck,
  entries: readonly PlacedText[],
  columns: readonly string[],
): boolean {
  if (entries.length !== columns.length) return false;
  const said: Said[] = [];
  for (const [at, { index, text }] of entries.entries()) {
    const body = readText(text);
    if (body?.organisation !== check.organisation || !isLine(body, columns[at] ?? '')) return false;
    said.push({ index, id: String(body.id), body });
  }
  for (const one of said) {
    if (isUnnumbered(one.body)) check.faults.notBound('record');
    keepSaid(check, one);
  }
  return true;
}

/** An entry of an earlier release names no number: then any stands beside it. */
function isLine(body: Said['body'], columns: string): boolean {
  const line = lineOf(body);
  if (line === undefined || !isUnnumbered(body)) return line === columns;
  return columns.startsWith(`${line}${unit}`) && /^\d+$/.test(columns.slice(line.length + 1));
}

const isUnnumbered = ({ act, number }: Said['body']): boolean =>
  act === 'record.created' && typeof number !== 'number';

/** What the columns beside an entry, and of the version that it made, must be; nothing where its parts are no text. */
function lineOf(body: Said['body']): string | undefined {
  const { id, act, at, actor } = body;
  const record = body.record ?? '';
  if (!isObject(actor) || typeof id !== 'string' || typeof act !== 'string') return undefined;
  const { type, id: actorId } = actor;
  const moment = typeof at === 'string' ? asPlaced(at) : undefined;
  if (typeof record !== 'string' || typeof type !== 'string' || typeof actorId !== 'string') return undefined;
  if (moment === undefined) return undefined;
  const line = `${id}${unit}${act}${unit}${record}${unit}${type}${unit}${actorId}${unit}${moment}`;
  return isVersion(body) ? versionLine(line, body) : line;
}

function versionLine(line: string, body: Said['body']): string | undefined {
  const { act, record, version, kind, digest, state, changed = [], material = false, number } = body;
  const { onBehalfOf = '', because } = body;
  if (typeof version !== 'number' || typeof material !== 'boolean' || !Array.isArray(changed))
    return undefined;
  if (typeof record !== 'string' || typeof kind !== 'string' || typeof digest !== 'string') return undefined;
  if (typeof state !== 'string' || changed.some((name) => typeof name !== 'string')) return undefined;
  if (typeof onBehalfOf !== 'string' || (because !== null && typeof because !== 'string')) return undefined;
  const names = changed.length === 0 ? '' : changed.join(innerUnit);
  const made = `${line}${unit}${version}${unit}${kind}${unit}${digest}${unit}${state}${unit}${names}${unit}${material ? 't' : 'f'}${unit}${onBehalfOf}${unit}${because ?? ''}`;
  return act === 'record.created' && typeof number === 'number' ? `${made}${unit}${number}` : made;
}

function keepSaid(check: EntryCheck, one: Said): void {
  check.told.add(one);
  if (one.body.act === 'log.key-rotated' || one.body.act === 'log.key-registered') check.rotations.push(one);
  // Earlier keys were those of the installation that it was backed up in.
  if (one.body.act === 'log.restored' && one.body.scope === 'organisation') check.rotations.length = 0;
}

const isVersion = (body: Said['body']): boolean =>
  String(body.act).startsWith('record.') && body.act !== 'record.erased';

/** Columns that entries are found by. A filter that lies is an entry that hides. */
function holdPromoted({ faults, organisation }: EntryCheck, row: PlaceRow, body: Said['body']): void {
  const about = {
    entries: oneEntry(row.index),
    table: 'entry',
    row: row.entry,
    record: typeof body.record === 'string' ? body.record : null,
  };
  const actor = isObject(body.actor) ? body.actor : {};
  const pairs: [string, unknown, unknown][] = [
    ['id', body.id, row.id],
    ['organisation', body.organisation, organisation],
    ['act', body.act, row.act],
    ['record', body.record, row.record],
    ['actor_type', actor.type, row.actor_type],
    ['actor_id', actor.id, row.actor_id],
    ['at', body.at, row.at],
  ];
  for (const [column, expected, found] of pairs)
    faults.hold('promoted-differs', about, column, { expected, found });
  holdMoment(faults, row);
}

/** A place is given after its entry was made: whoever moves its moment back changes what a past register shows. */
function holdMoment(faults: FaultSink, { index, at, placed_at: placed }: PlaceRow): void {
  if (placed === null || at === null || placed.getTime() + clocksDiffer >= at.getTime()) return;
  const differ = { expected: `not before ${at.toISOString()}`, found: placed.toISOString() };
  faults.add('promoted-differs', { entries: oneEntry(index), table: 'log_leaf', column: 'at' }, differ);
}

async function checkRevisions(check: EntryCheck, said: readonly Said[]): Promise<void> {
  const { db, organisation, faults } = check;
  const rows = await revisionsOfEntries(
    db,
    organisation,
    said.map(({ id }) => id),
  );
  const byEntry = new Map<string, RevisionRow[]>();
  for (const row of rows) byEntry.set(row.entry, [...(byEntry.get(row.entry) ?? []), row]);
  for (const one of said) {
    const { record, version } = one.body;
    const made = byEntry.get(one.id) ?? [];
    const right = isVersion(one.body)
      ? made.find((row) => row.record === record && row.version === version)
      : undefined;
    if (right) holdRevision(check, one, right);
    else if (isVersion(one.body))
      faults.add('row-gone', {
        entries: oneEntry(one.index),
        table: 'revision',
        record: String(record),
        version: Number(version),
      });
    for (const other of made)
      if (other !== right)
        faults.add('row-unlogged', { table: 'revision', record: other.record, version: other.version });
  }
}

function holdRevision(check: EntryCheck, { index, body }: Said, row: RevisionRow): void {
  const about = {
    entries: oneEntry(index),
    table: 'revision',
    record: row.record,
    version: row.version,
  };
  const actor = isObject(body.actor) ? body.actor : {};
  const pairs: [string, unknown, unknown][] = [
    ['act', String(body.act).slice('record.'.length), row.act],
    ['kind', body.kind, row.kind],
    ['digest', body.digest, row.digest],
    ['state', body.state, row.state],
    ['changed', body.changed ?? [], row.changed],
    ['material', body.material ?? false, row.material],
    ['actor_type', actor.type, row.actor_type],
    ['actor_id', actor.id, row.actor_id],
    ['on_behalf_of', body.onBehalfOf ?? null, row.on_behalf_of],
    ['at', body.at, row.at],
    ...becausePair(body, row),
    ...archivedPair(row),
  ];
  for (const [column, expected, found] of pairs)
    check.faults.hold('row-differs', about, column, { expected, found });
  holdContent(check, about, row);
}

/** An id that a change answers is bound by its entry; words of a person are not, and go with erased content. */
function becausePair(body: Said['body'], row: RevisionRow): [string, unknown, unknown][] {
  const named = typeof body.because === 'string' ? body.because : null;
  if (named === null && !(row.because !== null && isUuid(row.because))) return [];
  if (row.because === null && row.fields === null) return [];
  return [['because', named, row.because]];
}

/** What "archived" on a version must be, where its own act says so. */
function archivedPair(row: RevisionRow): [string, unknown, unknown][] {
  if (row.act === 'archived') return [['archived_at', row.at, row.archived_at]];
  if (row.act === 'restored') return [['archived_at', null, row.archived_at]];
  return [];
}

/** Makes the digest again from salt and content, as it was made, and the slots beside it. */
export function holdContent(
  { registry, faults, bare }: Pick<EntryCheck, 'registry' | 'faults' | 'bare'>,
  about: Place,
  row: RevisionRow,
): void {
  const { fields, links, salt, kind: name, schema } = row;
  if (fields === null || links === null || salt === null) {
    bare.set(row.record, row.version);
    return;
  }
  const digest = revisionDigest(salt, { kind: name, schema, fields, links });
  if (!digest.equals(row.digest)) {
    const differ = { expected: row.digest.toString('hex'), found: digest.toString('hex') };
    faults.add('content-differs', { ...about, column: 'fields, links, salt, schema' }, differ);
  }
  const kind = registry.find(name);
  if (!kind) return;
  const slots = slotsRow(kind, { content: { fields, links }, state: row.state });
  for (const column of slotNames)
    faults.hold('row-differs', about, column, {
      expected: slots[column] ?? null,
      found: row[column],
      words: true,
    });
}

export const slotNames = ['k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7', 'k8'] as const;
