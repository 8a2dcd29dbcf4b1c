import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readTestConfig } from '../../packages/server/src/config.ts';

const path = join(readTestConfig().shared, 'samples/inventories/us-federal-2024.csv');

/** The US federal inventory of 2024: 2,133 real use cases. It lies beside the checkout and is no part of it. */
export const inventory = { path, rows: 2133, present: existsSync(path) };

export const WITHOUT_INVENTORY = `No inventory at ${path}: what needs it was left out. Set THROUGHLINE_SHARED to the directory that has samples/.`;
