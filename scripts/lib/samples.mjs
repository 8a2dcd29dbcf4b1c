import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './root.mjs';

/** Sample files that lie beside the checkout and are no part of it, with what the tests do with them. */
const SAMPLES = [
  { path: 'samples/inventories/us-federal-2024.csv', tests: 'all that imports a real inventory' },
  { path: 'samples/tlog/merkle-vectors', tests: 'the test vectors of other transparency logs' },
];

/**
 * One line on what `npm test` leaves out for want of samples, and where they belong; '' where all are there. They are
 * looked for in the directory that THROUGHLINE_SHARED names, else in `shared` beside the checkout.
 * @param {Readonly<Record<string, string | undefined>>} [environment]
 * @returns {string}
 */
export function leftOut(environment = process.env) {
  const shared = environment.THROUGHLINE_SHARED || join(dirname(root), 'shared');
  const missing = SAMPLES.filter(({ path }) => !existsSync(join(shared, path)));
  if (missing.length === 0) return '';
  const what = missing.map(({ path, tests }) => `${tests} (${path})`).join('; ');
  return `Left out, for want of sample files in ${shared}: ${what}. THROUGHLINE_SHARED names another directory.`;
}
