import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { CatalogueError } from './errors.ts';
import { deepFreeze } from './freeze.ts';
import type { Catalogue, FileData } from './types.ts';

/** The directory of the YAML files and of the JSON generated from them. */
export const dataDirectory = fileURLToPath(new URL('../data/', import.meta.url));

/** The generated file: read in 10 ms, where parsing and checking the YAML takes more than half a second. */
export const generatedFile = 'catalogue.json';

const digestOf = (body: string) => createHash('sha256').update(body).digest('hex');

/**
 * Text of the generated file. The first line holds the digest of the rest; each data file is one line, so that a
 * change of one file is a change of two lines.
 */
export function writeGenerated(catalogue: Catalogue): string {
  const lines = Object.entries(catalogue).map(
    ([key, data]) => `${JSON.stringify(key)}:${JSON.stringify(data)}`,
  );
  const body = `${lines.join(',\n')}\n}\n`;
  return `{"digest":"${digestOf(body)}",\n${body}`;
}

/**
 * Reads what `writeGenerated` wrote. The schema is not run again: the digest vouches that these are the very bytes
 * that were checked when they were generated.
 * @throws {CatalogueError} when the text was altered or cut off since.
 */
export function readGenerated(text: string, file: string): Catalogue {
  const end = text.indexOf('\n') + 1;
  const digest = /^\{"digest":"([0-9a-f]{64})",\n$/.exec(text.slice(0, end))?.[1];
  if (digest === undefined || digest !== digestOf(text.slice(end))) {
    const message = 'altered or cut off since it was generated; change the YAML and run generate.ts';
    throw new CatalogueError([{ file, path: '', message }]);
  }
  return deepFreeze(checkedBefore(text));
}

/** The one place where parsed JSON is taken for the catalogue: only after its digest matched. */
function checkedBefore(text: string): FileData {
  const { digest: _, ...data } = JSON.parse(text) as FileData & { digest: string };
  return data;
}
