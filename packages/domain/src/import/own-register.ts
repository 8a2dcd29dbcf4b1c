import type { Kind } from '../kinds/kind.ts';
import { comesFromCell } from './coerce-rows.ts';
import { type ColumnRule, type ProposedColumn, refTarget } from './mapping.ts';
import type { ParsedRow } from './parse-row.ts';
import { headingWords, plainWords, trimmed } from './words.ts';

/** Columns of an exported register that are no part of its records: which record, which version of it, written when. */
export const registerHeadings = { ref: 'Ref', version: 'Record version', changed: 'Changed' } as const;

/**
 * Of registers whose records are approved: who gave the approval in force, whether what it stood on changed since, and
 * whether whoever gave it turned out to be one person with who made what it covers (5.3).
 */
export const approvalHeadings = [
  'Approved by',
  'In the place of',
  'Approved at',
  'Given by its author under the waiver of',
  'Approval stale',
  'Approval of own work',
] as const;

/** A column of an exported register. Without a target its cells are not brought back. */
export type RegisterColumn = {
  readonly header: string;
  /** Name of the field or relation, `ref` or `state`; `null` for what is no part of the record. */
  readonly part: string | null;
  readonly target: string | null;
};

/** What an exported register says, in the order of its columns, under the labels that people know. */
export function registerColumns(kind: Kind): RegisterColumn[] {
  return [
    { header: registerHeadings.ref, part: refTarget, target: refTarget },
    ...Object.entries(kind.fields).map(([name, field]) => ({
      header: field.label,
      part: name,
      target: comesFromCell(field) ? name : null,
    })),
    { header: kind.lifecycle.label ?? 'State', part: 'state', target: 'state' },
    ...Object.entries(kind.relations).map(([name, { label }]) => ({
      header: label,
      part: name,
      target: name,
    })),
    ...(kind.approvable ? approvalHeadings.map((header) => ({ header, part: null, target: null })) : []),
    { header: registerHeadings.version, part: null, target: null },
    { header: registerHeadings.changed, part: null, target: null },
  ];
}

/** A row that names a record by its ref. */
export type Claim = {
  readonly number: number;
  /** The version that the row was exported from, and when that was written (RFC 3339, UTC); `null` where it does not say. */
  readonly mark: { readonly version: number; readonly at: string } | null;
  /** `null` where the file has no column of titles. */
  readonly title: string | null;
};

/** A record that claims name, with the moments at which the versions that are claimed were written. */
export type Claimed = { readonly title: string; readonly written: ReadonlyMap<number, string> };

/** The column headed as an export writes it, if its cells are refs of this kind or blank. */
export function refColumn(
  kind: Kind,
  headers: readonly string[],
  rows: readonly (readonly string[])[],
): number | undefined {
  const index = headers.findIndex((header) => headingWords(header) === plainWords(registerHeadings.ref));
  const filled = rows.filter((row) => trimmed(row[index] ?? '') !== '');
  const refs = filled.filter((row) => numberOf(kind, row[index] ?? '') !== undefined);
  return index >= 0 && refs.length > 0 && refs.length * 2 >= filled.length ? index : undefined;
}

/** The number in a ref of this kind; nothing for any other text. */
export function numberOf(kind: Kind, cell: string): number | undefined {
  const [, prefix, digits] = /^([A-Z]{2,5})-([1-9]\d{0,8})$/.exec(trimmed(cell).toUpperCase()) ?? [];
  return prefix === kind.prefix ? Number(digits) : undefined;
}

export function claimsOf(
  kind: Kind,
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  column: number,
): Claim[] {
  const title = headers.indexOf(kind.fields[kind.title]?.label ?? '');
  return rows.flatMap((row): Claim[] => {
    const number = numberOf(kind, row[column] ?? '');
    if (number === undefined) return [];
    return [{ number, mark: markOf(headers, row), title: title < 0 ? null : (row[title] ?? '') }];
  });
}

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Which version a row was exported from. A moment that a spreadsheet wrote in another way says nothing any more. */
export function markOf(headers: readonly string[], row: readonly string[]): Claim['mark'] {
  const cell = (header: string) => trimmed(row[headers.indexOf(header)] ?? '');
  const version = cell(registerHeadings.version);
  const at = cell(registerHeadings.changed);
  return /^[1-9]\d{0,8}$/.test(version) && moment.test(at) ? { version: Number(version), at } : null;
}

/**
 * Whether refs in a file are those of this organisation. Every organisation has a `SYS-1`: a row that says from which
 * version it was exported is ours exactly when that version was written at that moment. Rows that do not say so are
 * ours where they carry the titles of our records, or no titles at all. At least half must be.
 */
export function areOurs(
  claims: readonly Claim[],
  known: ReadonlyMap<number, Claimed>,
): 'attested' | 'alike' | undefined {
  const standing = claims.flatMap((claim) => {
    const record = known.get(claim.number);
    return record ? [{ claim, record }] : [];
  });
  const marked = standing.flatMap(({ claim: { mark }, record }) => (mark ? [{ mark, record }] : []));
  const attested = marked.filter(({ mark, record }) => record.written.get(mark.version) === mark.at);
  if (marked.length > 0) return attested.length * 2 >= marked.length ? 'attested' : undefined;
  const alike = standing.filter(
    ({ claim, record }) => claim.title === null || plainWords(claim.title) === plainWords(record.title),
  );
  return standing.length > 0 && alike.length * 2 >= standing.length ? 'alike' : undefined;
}

/** Gives the columns of a register that was exported here the places that they came from. */
export function ownColumns(
  kind: Kind,
  columns: readonly ProposedColumn[],
  why: string,
): readonly ProposedColumn[] {
  const places = new Map(registerColumns(kind).map(({ header, target }) => [header.toLowerCase(), target]));
  const headed = new Set(columns.map(({ rule }) => places.get(rule.header.toLowerCase())));
  return columns.map((column): ProposedColumn => {
    const { header } = column.rule;
    const target = places.get(header.toLowerCase());
    if (target === undefined) {
      const taken = headed.has(column.rule.target);
      return taken
        ? {
            rule: { header, target: null },
            confidence: 'unused',
            why: 'Another column fits its place better.',
          }
        : column;
    }
    if (target === null)
      return { rule: { header, target }, confidence: 'unused', why: 'It is not brought back from a cell.' };
    const known = target === refTarget ? why : 'An exported register has this heading.';
    // What else the proposal found out about the column still holds where it goes to the same place.
    const rule = column.rule.target === target ? column.rule : { header, target };
    return { rule, confidence: 'sure', why: known };
  });
}

/**
 * The row without what it does not say: a cell that is written as the export writes what stood in the record says
 * nothing, however it would be read. So what a cell cannot carry whole (white space, a list with commas, a name that
 * two people share) changes nothing and is not reported.
 */
export function withoutUnsaid(
  parsed: ParsedRow,
  columns: readonly ColumnRule[],
  headers: readonly string[],
  written: ReadonlyMap<string, string>,
): ParsedRow {
  const unsaid = columns.filter(({ header, target }) => {
    const text = target === null ? undefined : written.get(target);
    return text !== undefined && asOneLine(parsed.cells[headers.indexOf(header)] ?? '') === asOneLine(text);
  });
  const targets = new Set(unsaid.map(({ target }) => target));
  const quiet = new Set(unsaid.map(({ header }) => header));
  const kept = <V>(said: Readonly<Record<string, V>>) =>
    Object.fromEntries(Object.entries(said).filter(([name]) => !targets.has(name)));
  const { state, ...rest } = parsed;
  return {
    ...rest,
    ...(state === undefined || targets.has('state') ? {} : { state }),
    fields: kept(parsed.fields),
    links: kept(parsed.links),
    reports: parsed.reports.filter(({ column }) => !quiet.has(column)),
  };
}

/** Spreadsheets write line ends in their own way. */
const asOneLine = (cell: string): string => trimmed(cell.replace(/\r\n?/g, '\n'));
