import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A sample file beside the checkout: in `THROUGHLINE_SHARED`, else in `../shared`. */
export function sample(path: string): string {
  const shared =
    process.env.THROUGHLINE_SHARED || fileURLToPath(new URL('../../../../shared', import.meta.url));
  return `${shared}/samples/${path}`;
}

/** The US federal inventory of 2024; what needs it is skipped where it is not, and `npm test` says so at its end. */
export const inventory = sample('inventories/us-federal-2024.csv');
export const withoutInventory = !existsSync(inventory);
