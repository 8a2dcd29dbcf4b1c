export type CatalogueProblem = { readonly file: string; readonly path: string; readonly message: string };

/** Thrown when data is refused; the message names every file and path, up to a readable number. */
export class CatalogueError extends Error {
  override name = 'CatalogueError';
  readonly problems: readonly CatalogueProblem[];

  constructor(problems: readonly CatalogueProblem[]) {
    const shown = problems.slice(0, 20).map((p) => `${p.file}: ${p.path || 'whole file'}: ${p.message}`);
    const rest = problems.length > shown.length ? [`and ${problems.length - shown.length} more`] : [];
    super(['The catalogue cannot be used.', ...shown, ...rest].join('\n  '));
    this.problems = problems;
  }
}
