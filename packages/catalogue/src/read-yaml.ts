import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { CatalogueError } from './errors.ts';
import { fileNames } from './schema/files.ts';

/**
 * Reads the YAML files of a directory, unchecked. Slow (about 0.4 s): the server loads the generated JSON instead.
 * @throws {CatalogueError} naming the file that is missing or is no YAML.
 */
export function readYamlFiles(directory: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fileNames).map(([key, file]) => [key, readYamlFile(directory, file)]),
  );
}

/** Reads one of them. */
export function readYamlFile(directory: string, file: string): unknown {
  try {
    return parse(readFileSync(join(directory, file), 'utf8'), { uniqueKeys: true });
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new CatalogueError([{ file, path: '', message }]);
  }
}
