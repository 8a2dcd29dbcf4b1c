import type { Mapping } from './mapping.ts';
import type { ParsedRow } from './parse-row.ts';
import { plainWords, trimmed } from './words.ts';

/** A record that an earlier file of the same source brought in. `cells` are those of its latest row, by column. */
export type KnownRow = { readonly key: string; readonly cells: Readonly<Record<string, string>> };

export type KeyedRow = { readonly parsed: ParsedRow; readonly key: string };
export type Identified = {
  readonly rows: readonly KeyedRow[];
  /** Rows that cannot be told from another one of the file, with why. */
  readonly refused: readonly { readonly parsed: ParsedRow; readonly reason: string }[];
};

const mostPairs = 40_000;
const leastLikeness = 0.6;

/**
 * Gives every row its external key. With a column that is a key, that is the key. Without one, a row is named by the
 * digest of its identity columns and a number that is given once and kept: `digest#1`, `digest#2`. Which of several
 * rows of one name is which known record is told by their cells: all equal, then the columns that tell apart, then
 * what is most alike. A row inserted between them takes a new number and moves nobody.
 */
export function identify(
  rows: readonly ParsedRow[],
  mapping: Mapping,
  headers: readonly string[],
  known: readonly KnownRow[],
  hash: (text: string) => string,
): Identified {
  if (mapping.columns.some((rule) => rule.target === 'key')) return byKey(rows);
  const columns = mapping.identity.map((header) => headers.indexOf(header)).filter((index) => index >= 0);
  const groups = new Map<string, ParsedRow[]>();
  for (const row of rows) {
    const base = baseOf(
      columns.map((index) => row.cells[index] ?? ''),
      hash,
    );
    const group = groups.get(base);
    if (group) group.push(row);
    else groups.set(base, [row]);
  }
  const knownBy = Map.groupBy(known, (row) => row.key.slice(0, row.key.lastIndexOf('#')));
  const keyed: KeyedRow[] = [];
  for (const [base, group] of groups) {
    keyed.push(...keysOfGroup(base, group, knownBy.get(base) ?? [], headers, mapping.tellApart));
  }
  return { rows: keyed.sort((a, b) => a.parsed.row - b.parsed.row), refused: [] };
}

/** Keys of known records that share their name with others, or whose name several rows have: their cells must be compared. */
export function ambiguousKeys(
  rows: readonly ParsedRow[],
  mapping: Mapping,
  headers: readonly string[],
  keys: readonly string[],
  hash: (text: string) => string,
): string[] {
  if (mapping.columns.some((rule) => rule.target === 'key')) return [];
  const columns = mapping.identity.map((header) => headers.indexOf(header)).filter((index) => index >= 0);
  const count = new Map<string, number>();
  const base = (key: string) => key.slice(0, key.lastIndexOf('#'));
  const add = (name: string) => count.set(name, (count.get(name) ?? 0) + 1);
  for (const row of rows)
    add(
      baseOf(
        columns.map((index) => row.cells[index] ?? ''),
        hash,
      ),
    );
  for (const key of keys) add(base(key));
  return keys.filter((key) => (count.get(base(key)) ?? 0) > 2);
}

/** Names that belong together, whatever their case, punctuation and white space. */
export function baseOf(cells: readonly string[], hash: (text: string) => string): string {
  return hash(JSON.stringify(cells.map(plainWords)));
}

function byKey(rows: readonly ParsedRow[]): Identified {
  const first = new Map<string, number>();
  const keyed: KeyedRow[] = [];
  const refused: { parsed: ParsedRow; reason: string }[] = [];
  for (const parsed of rows) {
    const { key } = parsed;
    const before = key === undefined ? undefined : first.get(key);
    if (key === undefined) refused.push({ parsed, reason: 'The row has no key.' });
    else if (before !== undefined) refused.push({ parsed, reason: `Row ${before} has the same key.` });
    else {
      first.set(key, parsed.row);
      keyed.push({ parsed, key });
    }
  }
  return { rows: keyed, refused };
}

function keysOfGroup(
  base: string,
  rows: readonly ParsedRow[],
  known: readonly KnownRow[],
  headers: readonly string[],
  tellApart: readonly string[],
): KeyedRow[] {
  const keys = new Map<ParsedRow, string>();
  const [row, member] = [rows[0], known[0]];
  if (rows.length === 1 && known.length === 1 && row && member) keys.set(row, member.key);
  else if (known.length > 0) matchGroup(rows, known, headers, tellApart, keys);
  let next = 1 + Math.max(0, ...known.map((one) => Number(one.key.slice(base.length + 1))));
  return rows.map((parsed) => ({ parsed, key: keys.get(parsed) ?? `${base}#${next++}` }));
}

function matchGroup(
  rows: readonly ParsedRow[],
  known: readonly KnownRow[],
  headers: readonly string[],
  tellApart: readonly string[],
  keys: Map<ParsedRow, string>,
): void {
  const open = new Set(known);
  for (const names of [headers, tellApart]) {
    const places = names.map((name) => headers.indexOf(name)).filter((index) => index >= 0);
    if (places.length === 0) continue;
    const print = (cell: (index: number) => string) =>
      JSON.stringify(places.map((index) => trimmed(cell(index))));
    const byPrint = Map.groupBy(open, (one) => print((index) => one.cells[headers[index] ?? ''] ?? ''));
    for (const row of rows) {
      if (keys.has(row)) continue;
      const member = byPrint.get(print((index) => row.cells[index] ?? ''))?.shift();
      if (!member) continue;
      keys.set(row, member.key);
      open.delete(member);
    }
  }
  const left = rows.filter((row) => !keys.has(row));
  if (left.length * open.size <= mostPairs) matchAlike(left, open, headers, keys);
}

/** Pairs what is left by how many cells are equal, the most alike first. Less than 60 % alike is another thing of the same name. */
function matchAlike(
  rows: readonly ParsedRow[],
  open: Set<KnownRow>,
  headers: readonly string[],
  keys: Map<ParsedRow, string>,
): void {
  const pairs = rows.flatMap((row) =>
    [...open].map((one) => ({ row, one, alike: likeness(row, one, headers) })),
  );
  for (const { row, one, alike } of pairs.sort((a, b) => b.alike - a.alike)) {
    if (alike < leastLikeness || keys.has(row) || !open.has(one)) continue;
    keys.set(row, one.key);
    open.delete(one);
  }
}

function likeness(row: ParsedRow, one: KnownRow, headers: readonly string[]): number {
  let filled = 0;
  let equal = 0;
  for (const [index, header] of headers.entries()) {
    const a = trimmed(row.cells[index] ?? '');
    const b = trimmed(one.cells[header] ?? '');
    if (a === '' && b === '') continue;
    filled += 1;
    if (a === b) equal += 1;
  }
  return filled === 0 ? 0 : equal / filled;
}
