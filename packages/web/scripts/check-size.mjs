/**
 * Fails the build when the first page asks for more JavaScript than its budget (UX i: 250 KB compressed):
 * the entry chunk, all it imports statically, and the home page.
 */
import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const budget = 250 * 1024;
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));
const home = 'src/features/home/home-page.tsx';

/** @type {Set<string>} */
const wanted = new Set();
/** @param {string} key */
const take = (key) => {
  const chunk = manifest[key];
  if (chunk === undefined || wanted.has(chunk.file)) return;
  wanted.add(chunk.file);
  for (const next of chunk.imports ?? []) take(next);
};
take('index.html');
take(home);

let total = 0;
for (const file of wanted) {
  const path = new URL(file, dist);
  if (!existsSync(path)) throw new Error(`The manifest names ${file}, which the build did not write.`);
  total += gzipSync(readFileSync(path), { level: 9 }).length;
}
const figure = `${(total / 1024).toFixed(1)} KB of ${budget / 1024} KB in ${wanted.size} files`;
if (total > budget) {
  console.error(`The first page asks for too much JavaScript: ${figure}, compressed.`);
  process.exit(1);
}
console.log(`First page: ${figure}, compressed.`);
