import type { z } from 'zod';
import { CatalogueError, type CatalogueProblem } from './errors.ts';
import { deepFreeze } from './freeze.ts';
import { catalogueSchema, fileNames } from './schema/files.ts';
import type { Catalogue } from './types.ts';

type Found = { readonly path: readonly PropertyKey[]; readonly message: string };

/** A failed union hides the better message in its branches: take the branch that got furthest. */
function unfold(issue: z.core.$ZodIssue, prefix: readonly PropertyKey[] = []): Found[] {
  const path = [...prefix, ...issue.path];
  if (issue.code === 'invalid_union') {
    const depth = (found: readonly Found[]) => Math.max(0, ...found.map((f) => f.path.length));
    const branches = issue.errors.map((branch) => branch.flatMap((inner) => unfold(inner, path)));
    const best = branches.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length)[0];
    if (best !== undefined && depth(best) > path.length) return best;
  }
  return [{ path, message: issue.message }];
}

/** `['stations', 3, 'rules', 0]` becomes `stations[3].rules[0]`. */
function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((p) => (typeof p === 'number' ? `[${p}]` : `.${String(p)}`))
    .join('')
    .replace(/^\./, '');
}

const fileNameOf = new Map<PropertyKey, string>(Object.entries(fileNames));

function toProblem({ path: [key, ...path], message }: Found): CatalogueProblem {
  const file = key === undefined ? 'catalogue' : (fileNameOf.get(key) ?? String(key));
  return { file, path: pathText(path), message };
}

/**
 * Checks the contents of all files (keys as in `fileNames`) and returns the frozen catalogue.
 * @throws {CatalogueError} naming file and path of everything that does not fit.
 */
export function parseCatalogue(raw: unknown): Catalogue {
  const result = catalogueSchema.safeParse(raw);
  if (!result.success) {
    throw new CatalogueError(result.error.issues.flatMap((issue) => unfold(issue)).map(toProblem));
  }
  return deepFreeze(result.data);
}
