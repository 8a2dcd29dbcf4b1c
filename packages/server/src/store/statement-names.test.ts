import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const named = /name: '([a-z0-9-]+)',\s+text:\s*('(?:[^'\\]|\\.)*'|`[^`]*`)/g;

test('no two texts go by one name: the second would fail on a connection that knows the first', () => {
  const texts = new Map<string, Set<string>>();
  for (const file of globSync('**/*.ts', { cwd: root }).filter((one) => !one.endsWith('.test.ts')))
    for (const [, name = '', text = ''] of readFileSync(join(root, file), 'utf8').matchAll(named))
      texts.set(name, (texts.get(name) ?? new Set()).add(text));
  expect(texts.size).toBeGreaterThan(50);
  expect([...texts].filter(([, all]) => all.size > 1).map(([name]) => name)).toEqual([]);
});
