import type { Registry } from '../registry.ts';
import { plainWords, trimmed } from './words.ts';

const searched = 30;

/**
 * The row that holds the headings (0-based): the first among the first 30 that fills as many columns as the widest of
 * them, with differing short texts. Titles above a table and empty rows fill fewer. A first row of nothing but names of
 * parts (`known`, in plain words) wins, however wide the rows below it are.
 */
export function findHeaderRow(
  rows: readonly (readonly string[])[],
  known: ReadonlySet<string> = new Set(),
): number {
  const head = rows.slice(0, searched);
  const filled = head.map((row) => row.filter((cell) => trimmed(cell) !== ''));
  const first = filled.findIndex((cells) => cells.length > 0);
  const labels = filled[first] ?? [];
  // One such cell alone may be the title of a table.
  if (labels.length > 1 && labels.every((cell) => known.has(plainWords(cell)))) return first;
  const widest = Math.max(0, ...filled.map((cells) => cells.length));
  const found = filled.findIndex(
    (cells) =>
      cells.length >= Math.max(1, Math.ceil(widest * 0.6)) &&
      cells.every((cell) => cell.length <= 400 && !/^[\d\s.,/-]+$/.test(cell)),
  );
  return found >= 0 ? found : Math.max(0, first);
}

/** Names of every part of every kind, in plain words: what a row of headings is known by. */
export function partNames({ kinds }: Pick<Registry, 'kinds'>): ReadonlySet<string> {
  return new Set(
    kinds.flatMap(({ fields, relations }) =>
      [
        ...Object.values(fields).flatMap(({ label, alsoCalled = [] }) => [label, ...alsoCalled]),
        ...Object.values(relations).map(({ label }) => label),
      ].map(plainWords),
    ),
  );
}

/**
 * One name per column. A heading that repeats ("If Other, please explain.") belongs to the column before it and is
 * named by it; a column without a heading is named by its place.
 */
export function uniqueHeaders(cells: readonly string[]): string[] {
  const names = cells.map((cell) => trimmed(cell).replace(/\s+/g, ' '));
  const count = new Map<string, number>();
  for (const name of names) count.set(name, (count.get(name) ?? 0) + 1);
  const taken = new Set<string>();
  let owner = '';
  return names.map((name, index) => {
    const repeated = name !== '' && (count.get(name) ?? 0) > 1;
    const base = name === '' ? `Column ${index + 1}` : repeated && owner !== '' ? `${name} (${owner})` : name;
    if (name !== '' && !repeated) owner = name;
    let unique = base;
    for (let n = 2; taken.has(unique); n += 1) unique = `${base} ${n}`;
    taken.add(unique);
    return unique;
  });
}
