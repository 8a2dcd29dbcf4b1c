import { readFileSync } from 'node:fs';
import { CatalogueError } from './errors.ts';
import { dataDirectory, generatedFile, readGenerated } from './generated.ts';
import type { Catalogue } from './types.ts';

let cached: Catalogue | undefined;

/**
 * The catalogue, deeply frozen; read once per process, synchronously.
 * @throws {CatalogueError} when the generated file is missing, altered or cut off.
 */
export function loadCatalogue(): Catalogue {
  cached ??= loadFrom(dataDirectory);
  return cached;
}

/** Reads the generated file of a directory, uncached. */
export function loadFrom(directory: string): Catalogue {
  return readGenerated(readText(`${directory}${generatedFile}`), generatedFile);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new CatalogueError([{ file: generatedFile, path: '', message }]);
  }
}
