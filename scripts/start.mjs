import module from 'node:module';
import { join } from 'node:path';
import { makeReady } from './lib/ready.mjs';
import { root, stop } from './lib/root.mjs';

/** `npm start`: everything that a fresh clone needs, then the server, in this process so that signals reach it. */
const words = process.argv.slice(2);
if (words.length > 0)
  stop(
    `npm start takes no words, and was given ${words.join(' ')}. Settings come from the environment (PORT, DATA_DIR and others: README.md, "Settings"). For commands see npx throughline --help.`,
  );
await makeReady({ web: true });
// What was compiled once is kept, which halves a later start. Without a place to write it starts all the same.
module.enableCompileCache(join(root, '.runtime', 'compiled'));
// Relative paths, DATA_DIR's among them, are taken from the repository wherever the command was called.
process.chdir(root);
await import('../packages/server/src/main.ts');
