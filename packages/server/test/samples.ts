import { fileURLToPath } from 'node:url';

/** A sample file beside the checkout: in `THROUGHLINE_SHARED`, else in `../shared`. */
export function sample(path: string): string {
  const shared =
    process.env.THROUGHLINE_SHARED ?? fileURLToPath(new URL('../../../../shared', import.meta.url));
  return `${shared}/samples/${path}`;
}
