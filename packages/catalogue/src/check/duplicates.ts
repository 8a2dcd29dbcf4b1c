import type { CatalogueProblem } from '../errors.ts';
import { fileNames } from '../schema/files.ts';
import type { Catalogue } from '../types.ts';

/** Lists whose entries carry an id, found by walking the data: any new list is checked without being named here. */
function* listsWithIds(value: unknown, path: string): Generator<{ path: string; ids: string[] }> {
  if (Array.isArray(value)) {
    const ids = value.flatMap((item) => idOf(item));
    if (ids.length > 0) yield { path, ids };
    for (const [i, item] of value.entries()) yield* listsWithIds(item, `${path}[${idOf(item)[0] ?? i}]`);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) {
      yield* listsWithIds(child, path === '' ? key : `${path}.${key}`);
    }
  }
}

function idOf(item: unknown): string[] {
  if (typeof item !== 'object' || item === null || !('id' in item)) return [];
  return typeof item.id === 'string' ? [item.id] : [];
}

const repeated = (ids: readonly string[]) => new Set(ids.filter((id, i) => ids.indexOf(id) !== i));

const problem = (file: string, path: string) => (id: string) => ({
  file,
  path,
  message: `${id} stands twice`,
});

/** Ids that stand twice in a list, and ids that a reference could take for two different things. */
export function duplicateIds(catalogue: Catalogue): CatalogueProblem[] {
  const inLists = Object.entries(catalogue).flatMap(([key, data]) => {
    const file = new Map<string, string>(Object.entries(fileNames)).get(key) ?? key;
    return [...listsWithIds(data, '')].flatMap(({ path, ids }) =>
      [...repeated(ids)].map(problem(file, path)),
    );
  });
  const { iso42001, documents, stations, euAiAct } = catalogue;
  const shared = [
    iso42001.clauses,
    iso42001.annex_a.topics,
    iso42001.annex_a.topics.flatMap((t) => [...t.objectives, ...(t.subtopics ?? [])]),
    iso42001.annex_a.controls,
    documents.mandatory,
    documents.supporting,
    documents.additional,
    stations.stations.flatMap((s) => s.rules),
    euAiAct.obligations,
    euAiAct.carve_outs.items,
    catalogue.sources.sources,
  ].flatMap((list) => list.map((item) => item.id));
  return [...inLists, ...[...repeated(shared)].map(problem('catalogue', 'ids shared by all files'))];
}
