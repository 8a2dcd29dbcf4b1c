import { join } from 'node:path';
import { run } from './lib/child.mjs';
import { findChromium, HOW_TO_GET_CHROMIUM } from './lib/chromium.mjs';
import { makeReady } from './lib/ready.mjs';
import { root, stop } from './lib/root.mjs';
import { leftOut } from './lib/samples.mjs';

/** `npm test`: unit, server, web and browser tests. Words after `--` go to vitest. */
const LIMIT_MS = 25 * 60_000;

await makeReady({ web: true });
const chromium = await findChromium().catch((/** @type {Error} */ error) => stop(error.message));
if (!chromium) console.log(HOW_TO_GET_CHROMIUM);

const words = process.argv.slice(2);
const projects = words.includes('--project') ? [] : ['unit', 'server', 'web', ...(chromium ? ['e2e'] : [])];
const started = Date.now();
const code = await run(
  process.execPath,
  [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--passWithNoTests',
    ...projects.map((project) => `--project=${project}`),
    ...words,
  ],
  { limitMs: LIMIT_MS, env: { ...process.env, ...(chromium ? { CHROMIUM_PATH: chromium } : {}) } },
);
if (Date.now() - started >= LIMIT_MS)
  console.error(`The tests were stopped after ${LIMIT_MS / 60_000} minutes.`);
if (!chromium) console.log(`The browser tests did not run. ${HOW_TO_GET_CHROMIUM}`);
const without = leftOut();
if (without) console.log(without);
process.exitCode = code;
