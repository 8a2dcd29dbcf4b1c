import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { leftOut } from './samples.mjs';

let shared: string;
beforeEach(() => {
  shared = mkdtempSync(join(tmpdir(), 'throughline-samples-'));
});
afterEach(() => rmSync(shared, { recursive: true, force: true }));

const told = () => leftOut({ THROUGHLINE_SHARED: shared });

test('what the tests leave out for want of samples is one line that names each, and where it was looked for', () => {
  const line = told();
  expect(line).toContain(`in ${shared}:`);
  expect(line).toContain('all that imports a real inventory (samples/inventories/us-federal-2024.csv)');
  expect(line).toContain('the test vectors of other transparency logs (samples/tlog/merkle-vectors)');
  expect(line).not.toContain('\n');
});

test('what is there is not named, and where all is there nothing is said', () => {
  mkdirSync(join(shared, 'samples/tlog/merkle-vectors'), { recursive: true });
  expect(told()).toContain('us-federal-2024.csv');
  expect(told()).not.toContain('merkle-vectors');
  mkdirSync(join(shared, 'samples/inventories'));
  writeFileSync(join(shared, 'samples/inventories/us-federal-2024.csv'), 'Name\n');
  expect(told()).toBe('');
});
