import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('.', import.meta.url));
const sources = globSync('*.ts', { cwd: folder }).filter((file) => !file.endsWith('.test.ts'));

/** What only Node has, or only a browser: a file that names it does not run in the other. */
const foreign =
  /\b(Buffer|process|require|globalThis|window|document|crypto\.|fetch|setTimeout|Date|Math\.random)\b/;

test.each(sources)('%s imports its neighbours alone, and runs in a browser as in Node', (file) => {
  const source = readFileSync(`${folder}/${file}`, 'utf8');
  const imported = Array.from(source.matchAll(/from '([^'\n]+)';/g), ([, path]) => path);
  expect(imported.filter((path) => !path?.startsWith('./'))).toEqual([]);
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*|'[^'\n]*'|`[^`]*`/g, '');
  expect(foreign.exec(code)?.[0]).toBeUndefined();
});

test('there are files to look at', () => {
  expect(sources.length).toBeGreaterThan(20);
});
