import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Chunk = {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
};
type Manifest = Readonly<Record<string, Chunk>>;

/** Pages that most visits begin with, by the path that shows them, and where the build knows them from. */
const firstPages = {
  '/': 'src/features/home/home-page.tsx',
  '/sign-in': 'src/features/sign-in/sign-in-page.tsx',
} as const;

/**
 * `Link` headers (RFC 8288) of first pages, by path: what the frame would find out to need only once its own script runs
 * is fetched beside it. Empty where the build left no manifest.
 */
export function pageLinks(root: string): ReadonlyMap<string, string> {
  const path = join(root, '.vite', 'manifest.json');
  if (!existsSync(path)) return new Map();
  const manifest: Manifest = JSON.parse(readFileSync(path, 'utf8'));
  // The document names these itself.
  const framed = filesOf(manifest, 'index.html');
  return new Map(
    Object.entries(firstPages).map(([page, source]) => [
      page,
      [...filesOf(manifest, source)]
        .filter((file) => !framed.has(file))
        .map(linkTo)
        .join(', '),
    ]),
  );
}

/** Scripts and styles of a chunk and of all that it imports. */
function filesOf(manifest: Manifest, key: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[key];
  if (!chunk || found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const style of chunk.css ?? []) found.add(style);
  for (const next of chunk.imports ?? []) filesOf(manifest, next, found);
  return found;
}

function linkTo(file: string): string {
  const how = file.endsWith('.css') ? 'rel=preload; as=style' : 'rel=modulepreload';
  return `</${file}>; ${how}; crossorigin`;
}
