import { inForce } from '@throughline/domain/approvals.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { slotsOf } from '@throughline/domain/kinds/slots.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import { homeOf, parentsOf } from '../../records/home.ts';
import { approvalOf } from '../../store/approvals.ts';
import type { Db } from '../../store/connection.ts';
import { revisionDigestHex } from '../../store/digest.ts';
import { recordFacts } from '../../store/record-row.ts';
import { homesOf } from '../../store/verify/records.ts';
import { approvalActs, type CheckedRow } from '../../store/verify/tables.ts';
import {
  besideText,
  type CurrentRow,
  everyVersion,
  recordsWithoutVersion,
  slotsText,
  type VersionRow,
} from '../../store/verify/versions.ts';
import { knownApprovals } from './check-records.ts';

/** What must be compared part by part, because comparing it at once did not show that it is right. */
export type Suspects = {
  /** Entries of versions whose content, digest or slots do not fit. */
  readonly entries: readonly string[];
  readonly records: readonly string[];
  /** Versions without content, by record: right where it was erased. */
  readonly bare: ReadonlyMap<string, number>;
  /** How many records were looked at. */
  readonly count: number;
};

type Asked = { readonly db: Db; readonly organisation: string; readonly registry: Registry };

const atOnce = 1_000;

/**
 * Goes once through every version and its record: makes each digest again from salt and content, the slots, and of the
 * newest version all that stands in columns and links of the record. Names whatever does not fit; what is named is then
 * compared part by part, so a doubt too many costs time and says nothing wrong.
 */
export async function findSuspects(asked: Asked, progress: (done: number) => void): Promise<Suspects> {
  const { db, organisation, registry } = asked;
  const entries: string[] = [];
  const records = await recordsWithoutVersion(db, organisation);
  const bare = new Map<string, number>();
  let count = records.length;
  let open: OneRecord | undefined;
  for await (const rows of everyVersion(db, organisation, atOnce)) {
    const ended: OneRecord[] = [];
    for (const row of rows) {
      if (row.fields === null || row.links === null || row.salt === null) bare.set(row.record, row.version);
      else if (!contentFits(registry, row)) entries.push(row.entry);
      if (open?.newest.record === row.record) open = goOn(open, row);
      else {
        if (open) ended.push(open);
        open = beginWith(row);
      }
    }
    records.push(...(await misfits(asked, ended)));
    count += ended.length;
    progress(count);
  }
  if (open) records.push(...(await misfits(asked, [open])));
  return { entries, records, bare, count: count + (open ? 1 : 0) };
}

function contentFits(registry: Registry, { fields, links, salt, ...row }: VersionRow): boolean {
  const kind = registry.find(row.kind);
  if (fields === null || links === null || salt === null || !kind) return false;
  if (revisionDigestHex(salt, { kind: row.kind, schema: row.schema, fields, links }) !== row.digest)
    return false;
  return slotsText(slotsOf(kind, { fields, links }, { state: row.state })) === row.slots;
}

/** What the versions of one record come to. */
type OneRecord = {
  readonly newest: VersionRow;
  readonly versions: number;
  readonly createdAt: string | null;
  readonly materialAt: string | null;
  /** Since when it is archived by its acts, and whether each version says so. */
  readonly archived: string | null;
  readonly archivedFits: boolean;
};

function beginWith(row: VersionRow): OneRecord {
  const at = row.version === 1 ? row.at : null;
  const archived = archivedBy(null, row);
  const archivedFits = archived === row.archived;
  return {
    ...{ newest: row, versions: 1, createdAt: at, materialAt: row.material ? row.at : at },
    ...{ archived, archivedFits },
  };
}

function goOn(before: OneRecord, row: VersionRow): OneRecord {
  const archived = archivedBy(before.archived, row);
  return {
    ...before,
    newest: row,
    versions: before.versions + 1,
    materialAt: row.material ? row.at : before.materialAt,
    archived,
    archivedFits: before.archivedFits && archived === row.archived,
  };
}

/** Archiving and restoring alone change it: every other version carries it on. */
function archivedBy(before: string | null, { act, at }: VersionRow): string | null {
  if (act === 'archived') return at;
  return act === 'restored' ? null : before;
}

/** Records whose own row is not shown to be what their newest version says. */
async function misfits(
  { db, organisation, registry }: Asked,
  ended: readonly OneRecord[],
): Promise<string[]> {
  const parents = ended.flatMap(({ newest: { kind: name, fields, links } }) => {
    const kind = registry.find(name);
    return kind && fields && links ? parentsOf(kind, { fields, links }) : [];
  });
  const homes = parents.length === 0 ? new Map() : await homesOf(db, organisation, parents);
  const ids = ended.map(({ newest }) => newest.record);
  const acts = ids.length === 0 ? new Map() : await approvalActs(db, organisation, ids);
  return ids.filter((id, at) => {
    const one = ended[at];
    const kind = one && registry.find(one.newest.kind);
    return !(one && kind && recordFits(kind, one, homes, forceOf(acts.get(id) ?? [])));
  });
}

function recordFits(
  kind: Kind,
  one: OneRecord,
  homes: Parameters<typeof homeOf>[2],
  inForce: number | null,
): boolean {
  const { newest } = one;
  if (!newest.found || !newest.same || newest.fields === null || newest.links === null) return false;
  if (one.versions !== newest.version || !one.archivedFits) return false;
  const { record, fields, links, state } = newest;
  const content = { fields, links };
  const facts = recordFacts(
    kind,
    content,
    state,
    kind.name === 'system' ? record : homeOf(kind, content, homes),
  );
  const beside = besideText({ ...facts, inForce, createdAt: one.createdAt, materialAt: one.materialAt });
  return beside === newest.beside && linksFit(kind, links, newest);
}

function linksFit(
  kind: Kind,
  links: NonNullable<VersionRow['links']>,
  { row_links, link_count }: CurrentRow,
): boolean {
  const wanted = new Set<string>();
  for (const relation of Object.keys(links))
    for (const target of links[relation] ?? [])
      wanted.add(`${relation} ${target} ${kind.relations[relation]?.type ?? 'about'}`);
  // As many rows as parts: no row then holds what parts them.
  const found = row_links === null ? [] : row_links.split(',');
  return (
    found.length === link_count && link_count === wanted.size && found.every((link) => wanted.delete(link))
  );
}

function forceOf(acts: readonly CheckedRow<'approval'>[]): number | null {
  return acts.length === 0 ? null : (inForce(knownApprovals(acts).map(approvalOf))?.version ?? null);
}
