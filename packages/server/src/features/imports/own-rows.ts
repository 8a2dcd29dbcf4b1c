import { setImmediate } from 'node:timers/promises';
import type { KeyedRow } from '@throughline/domain/import/identity.ts';
import type { ColumnRule } from '@throughline/domain/import/mapping.ts';
import {
  areOurs,
  type Claimed,
  claimsOf,
  markOf,
  numberOf,
  refColumn,
  withoutUnsaid,
} from '@throughline/domain/import/own-register.ts';
import type { ParsedRow } from '@throughline/domain/import/parse-row.ts';
import type { Existing } from '@throughline/domain/import/plan.ts';
import type { Content, Kind } from '@throughline/domain/kinds/kind.ts';
import { type CellNames, partCell } from '../../exports/table.ts';
import { workbookText } from '../../exports/xlsx.ts';
import { type ClaimedRecord, claimedRecords } from '../../store/claimed-records.ts';
import { keysOfSource } from '../../store/imports.ts';
import type { Reader } from '../../store/reader.ts';
import { memberNames, refsById } from '../../store/records.ts';
import type { FileTable } from './read/table.ts';

/**
 * Whether the rows of a file are records of this organisation by their refs, and why. An origin whose keys look like
 * refs keeps them as keys, unless the rows prove from which versions they were exported.
 */
export async function recogniseOwn(
  reader: Reader,
  kind: Kind,
  { headers, rows }: Pick<FileTable, 'headers' | 'rows'>,
  source: string,
): Promise<{ why: string } | undefined> {
  const column = refColumn(kind, headers, rows);
  if (column === undefined) return undefined;
  const claims = claimsOf(kind, headers, rows, column);
  const asked = claims.map(({ number, mark }) => ({ number, version: mark?.version ?? null }));
  const found = await claimedRecords(reader, kind.name, asked);
  const known = new Map<number, Claimed & { written: Map<number, string> }>();
  for (const record of found) {
    const one = known.get(record.number) ?? { title: record.title, written: new Map() };
    if (record.claimed !== null && record.written_at)
      one.written.set(record.claimed, record.written_at.toISOString());
    known.set(record.number, one);
  }
  const ours = areOurs(claims, known);
  if (!ours || (ours === 'alike' && (await areKeys(reader, source, kind, claims)))) return undefined;
  const names = claims.filter(({ number }) => known.has(number)).length;
  return { why: `${names} of ${rows.length} rows name ${kind.plural.toLowerCase()} that stand here.` };
}

async function areKeys(
  reader: Reader,
  source: string,
  kind: Kind,
  claims: readonly { readonly number: number }[],
): Promise<boolean> {
  const keys = new Set((await keysOfSource(reader, source)).map(({ key }) => numberOf(kind, key)));
  return claims.some(({ number }) => keys.has(number));
}

/** Others are answered in between. */
const atOnce = 250;

/** Rows that are records of the organisation, and the rest of the file. */
export type OwnRows = {
  readonly keyed: readonly KeyedRow[];
  readonly existing: ReadonlyMap<string, Existing>;
  readonly versions: ReadonlyMap<string, number>;
  readonly refused: readonly { readonly parsed: ParsedRow; readonly reason: string }[];
  /** Rows without a ref: they are told like those of any other file. */
  readonly rest: readonly ParsedRow[];
};

export type OwnFacts = {
  readonly kind: Kind;
  readonly columns: readonly ColumnRule[];
  readonly headers: readonly string[];
  readonly format: FileTable['format'];
  readonly rows: readonly ParsedRow[];
};

type Claiming = {
  readonly parsed: ParsedRow;
  readonly number: number;
  readonly mark: ReturnType<typeof markOf>;
};

/** Finds the records that rows are, and takes from each row what the record said already when it was exported. */
export async function ownRows(reader: Reader, facts: OwnFacts): Promise<OwnRows> {
  const { kind, headers, columns, format } = facts;
  const { claiming, refused, rest } = claimingRows(facts);
  const asked = claiming.map(({ number, mark }) => ({ number, version: mark?.version ?? null }));
  const found = await claimedRecords(reader, kind.name, asked);
  const byNumber = Map.groupBy(found, (record) => record.number);
  const names = await namesOf(reader, kind, found);
  const existing = new Map<string, Existing>();
  const keyed: KeyedRow[] = [];
  const first = new Map<number, number>();
  for (const [at, { parsed, number, mark }] of claiming.entries()) {
    if (at % atOnce === atOnce - 1) await setImmediate();
    const ref = `${kind.prefix}-${number}`;
    const versions = byNumber.get(number) ?? [];
    const record = versions.find((one) => one.claimed === (mark?.version ?? null)) ?? versions[0];
    const before = first.get(number);
    if (!record)
      refused.push({ parsed, reason: `${ref} names no record here. Without a ref the row is a new one.` });
    else if (before !== undefined)
      refused.push({ parsed, reason: `Row ${before} is the same record, ${ref}.` });
    else {
      first.set(number, parsed.row);
      const stands = existingOf(ref, record, mark);
      existing.set(ref, stands);
      const written = new Map(
        columns.flatMap(({ target }): [string, string][] => {
          if (target === null || !isPart(kind, target)) return [];
          const was = stands.base ?? stands;
          const cell = String(partCell(kind, target, was, names) ?? '');
          return [[target, format === 'xlsx' ? workbookText(cell) : cell]];
        }),
      );
      keyed.push({ key: ref, parsed: withoutUnsaid(parsed, columns, headers, written) });
    }
  }
  return {
    keyed,
    existing,
    versions: new Map(found.map((record) => [record.id, record.version])),
    refused,
    rest,
  };
}

const isPart = (kind: Kind, target: string): boolean =>
  target === 'state' || Object.hasOwn(kind.fields, target) || Object.hasOwn(kind.relations, target);

function claimingRows({ kind, headers, rows }: OwnFacts) {
  const claiming: Claiming[] = [];
  const refused: { parsed: ParsedRow; reason: string }[] = [];
  const rest: ParsedRow[] = [];
  for (const parsed of rows) {
    const number = numberOf(kind, parsed.ref ?? '');
    if (parsed.ref === undefined) rest.push(parsed);
    else if (number === undefined)
      refused.push({
        parsed,
        reason: `"${parsed.ref.slice(0, 60)}" is no ref of ${kind.plural.toLowerCase()}.`,
      });
    else claiming.push({ parsed, number, mark: markOf(headers, parsed.cells) });
  }
  return { claiming, refused, rest };
}

/** What a row states is held against the version that it was exported from: what people changed since, stays. */
function existingOf(ref: string, record: ClaimedRecord, mark: Claiming['mark']): Existing {
  const { id, title, state, archived, system, fields, links } = record;
  const attested = mark !== null && record.written_at?.toISOString() === mark.at;
  const was: Content | null =
    attested && record.was_fields && record.was_links
      ? { fields: record.was_fields, links: record.was_links }
      : null;
  return {
    id,
    ref,
    title,
    state,
    archived,
    system,
    content: { fields, links },
    base: was && record.was_state !== null ? { content: was, state: record.was_state } : null,
  };
}

async function namesOf(reader: Reader, kind: Kind, found: readonly ClaimedRecord[]): Promise<CellNames> {
  const both = found.flatMap((record) => [
    { fields: record.fields, links: record.links },
    ...(record.was_fields && record.was_links
      ? [{ fields: record.was_fields, links: record.was_links }]
      : []),
  ]);
  const holders = Object.keys(kind.fields).filter((name) => kind.fields[name]?.type === 'member');
  const members = both.flatMap(({ fields }) =>
    holders.map((name) => fields[name]).filter((id) => typeof id === 'string'),
  );
  const linked = both.flatMap(({ links }) => Object.values(links).flat());
  const refs = await refsById(reader, linked);
  return {
    members: await memberNames(reader, members),
    refs: new Map(
      [...refs.values()].map((ref) => [ref.id, `${reader.registry.get(ref.kind).prefix}-${ref.number}`]),
    ),
  };
}
