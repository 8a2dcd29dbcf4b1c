import { type ErrorItem, unprocessable } from '@throughline/domain/errors.ts';
import type { Json } from '@throughline/domain/json.ts';
import { isObject, sameJson } from '@throughline/domain/json.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { blobsAcross, nameableBlobs, releaseBlobs } from '../store/blobs.ts';
import { peopleAmong } from '../store/people-among.ts';
import type { Write } from '../store/write.ts';

type Fields = Readonly<Record<string, Json>>;
type Named = { readonly at: string; readonly label: string; readonly id: string };

/**
 * Refuses a person or a file that the organisation does not have, wherever a change names one anew; another
 * organisation's is not there either. What stood before stays: people leave, and their records still name them.
 * A file that was held for whoever brought it is there for everybody who reads the record from then on, and nobody else
 * names it before. Throws `unprocessable` with one item per field.
 */
export async function ensureNamed(write: Write, kind: Kind, before: Fields, next: Fields): Promise<void> {
  const people = namedAnew(kind, 'member', before, next);
  const files = namedAnew(kind, 'file', before, next);
  const problems: ErrorItem[] = [];
  for (const [named, known, problem] of [
    [people, peopleAmong, 'there is no such person in this organisation.'],
    [files, nameableBlobs, 'there is no such file in this organisation.'],
  ] as const) {
    if (named.length === 0) continue;
    const found = await known(write, idsOf(named), write.ctx.actor);
    for (const { at, label, id } of named)
      if (!found.has(id)) problems.push({ at, message: `${label}: ${problem}` });
  }
  if (problems.length > 0) throw unprocessable(problems);
  if (files.length === 0) return;
  await ensureReadAlike(write, kind, files);
  await releaseBlobs(write, idsOf(files));
}

/**
 * A file is sealed with the record that names it. Named by a sealed record and another one it would be a file that the
 * readers of the other cannot open, so it belongs to one sort alone. Who is told so reads both.
 */
async function ensureReadAlike(write: Write, kind: Kind, files: readonly Named[]): Promise<void> {
  const sealed = kind.sealed !== undefined;
  const across = await blobsAcross(write, idsOf(files), sealed);
  const problems = files.filter(({ id }) => across.has(id));
  if (problems.length === 0) return;
  const problem = sealed
    ? 'another record names this file, and whoever reads that one would no longer open it. Bring it as a file of its own.'
    : 'a sealed record names this file, so nobody but its parties would open it. Bring it as a file of its own.';
  throw unprocessable(problems.map(({ at, label }) => ({ at, message: `${label}: ${problem}` })));
}

const idsOf = (named: readonly Named[]): string[] => named.map(({ id }) => id);

function namedAnew(kind: Kind, type: 'member' | 'file', before: Fields, next: Fields): Named[] {
  return Object.entries(kind.fields).flatMap(([name, field]) => {
    const value = next[name];
    if (value === undefined || sameJson(value, before[name])) return [];
    if (field.type === type)
      return typeof value === 'string' ? [{ at: `fields.${name}`, label: field.label, id: value }] : [];
    if (field.type !== 'rows' || !Array.isArray(value)) return [];
    const columns = Object.entries(field.columns).filter(([, column]) => column.type === type);
    const stood = new Set(
      cells(
        before[name],
        columns.map(([column]) => column),
      ),
    );
    return value.flatMap((row, at) =>
      columns.flatMap(([column, { label }]) =>
        cells([row], [column])
          .filter((id) => !stood.has(id))
          .map((id) => ({ at: `fields.${name}.${at}.${column}`, label: `${field.label}, ${label}`, id })),
      ),
    );
  });
}

function cells(rows: Json | undefined, columns: readonly string[]): string[] {
  if (!Array.isArray(rows)) return [];
  return rows.flatMap((row) =>
    isObject(row) ? columns.map((column) => row[column]).filter((id) => typeof id === 'string') : [],
  );
}
