import type { RecordAct } from '@throughline/domain/entry.ts';
import type { Content, Kind } from '@throughline/domain/kinds/kind.ts';
import { slotsOf } from '@throughline/domain/kinds/slots.ts';
import type { LinkRow, RecordRowIn, RevisionRow } from './batch.ts';
import type { StoredRecord } from './stored-record.ts';
import { searchText, wordsOf } from './words.ts';

type Facts = Pick<
  StoredRecord,
  'kind' | 'title' | 'state' | 'owner' | 'assignee' | 'system' | 'schema' | 'content'
>;

/** What stands beside a record's content in columns of its own, worked out from it. */
export function recordFacts(kind: Kind, content: Content, state: string, system: string | null): Facts {
  const member = (name: string | undefined) => {
    const value = name ? content.fields[name] : undefined;
    return typeof value === 'string' ? value : null;
  };
  return {
    kind: kind.name,
    title: String(content.fields[kind.title] ?? kind.label).slice(0, 300),
    state,
    owner: member(kind.owner),
    assignee: member('assignee' in kind.fields ? 'assignee' : undefined),
    system,
    schema: kind.schema,
    content,
  };
}

/** A record as it is handed to PostgreSQL, with its slots and the words that search looks at. */
export function recordRow(kind: Kind, record: StoredRecord, importId: string | null): RecordRowIn {
  return {
    id: record.id,
    kind: record.kind,
    title: record.title,
    state: record.state,
    owner: record.owner,
    assignee: record.assignee,
    system: record.system,
    version: record.version,
    schema: record.schema,
    fields: record.content.fields,
    links: record.content.links,
    digest: hex(record.digest),
    material_at: record.materialAt.toISOString(),
    archived_at: record.archivedAt?.toISOString() ?? null,
    import: importId,
    head: searchText(record.title),
    words: wordsOf(kind, record.content),
    ...slotsRow(kind, record),
  };
}

/** The slots of a record or of one of its versions, by the names of their columns. */
export function slotsRow(
  kind: Kind,
  record: Pick<StoredRecord, 'content' | 'state'>,
): Readonly<Record<string, string | null>> {
  const slots = slotsOf(kind, record.content, { state: record.state });
  return Object.fromEntries(slots.map((slot, position) => [`k${position + 1}`, slot]));
}

/** Bytes as PostgreSQL reads them out of JSON. */
export function hex(bytes: Buffer): string {
  return `\\x${bytes.toString('hex')}`;
}

/** A version as it is handed to PostgreSQL: what a change made of the record, and the entry that says so. */
export function revisionRow(
  kind: Kind,
  record: StoredRecord & { readonly salt: Buffer },
  told: {
    readonly act: RecordAct;
    /** Names of parts of the declaration. */
    readonly changed: readonly string[];
    readonly material: boolean;
    readonly entry: string;
    readonly onBehalfOf: string | null;
  },
): RevisionRow {
  return {
    record: record.id,
    version: record.version,
    act: told.act.slice('record.'.length),
    kind: kind.name,
    schema: record.schema,
    state: record.state,
    fields: record.content.fields,
    links: record.content.links,
    salt: hex(record.salt),
    digest: hex(record.digest),
    changed: told.changed,
    material: told.material,
    entry: told.entry,
    on_behalf_of: told.onBehalfOf,
    archived_at: record.archivedAt?.toISOString() ?? null,
    ...slotsRow(kind, record),
  };
}

/** The links that content names, as rows. */
export function linkRows(kind: Kind, id: string, content: Content): LinkRow[] {
  return Object.entries(content.links).flatMap(([relation, targets]) => {
    const type = kind.relations[relation]?.type ?? 'about';
    return targets.map((target) => ({ from_record: id, relation, type, to_record: target }));
  });
}
