import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTestConfig } from '../../packages/server/src/config.ts';

const path = join(readTestConfig().shared, 'samples/inventories/us-federal-2024.csv');

/** The US federal inventory of 2024: 2,133 real use cases. It lies beside the checkout and is no part of it. */
export const inventory = { path, rows: 2133, present: existsSync(path) };

/** A CSV file's heading and as many rows as asked for; a line end within quotes ends no row (RFC 4180 §2.6). */
export function firstRowsOf(path: string, rows: number): string {
  const text = readFileSync(path, 'utf8');
  let quoted = false;
  let ended = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') quoted = !quoted;
    if (text[at] !== '\n' || quoted) continue;
    ended += 1;
    if (ended > rows) return text.slice(0, at + 1);
  }
  return text;
}

export const WITHOUT_INVENTORY = `No inventory at ${path}: what needs it was left out. Set THROUGHLINE_SHARED to the directory that has samples/.`;
