import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { makeReady } from './lib/ready.mjs';
import { root } from './lib/root.mjs';

/** `npm run verify`: format, types, boundaries, limits and document paths. No database; seconds. */
const started = Date.now();
await makeReady({ web: false });
const { checkSources } = await import('./lib/checks/all.mjs');

/**
 * Runs a tool of `node_modules` under this Node and answers its exit code and what it printed.
 * @param {string} name
 * @param {string} program
 * @param {string[]} words
 * @returns {Promise<{ name: string, code: number, output: string }>}
 */
function tool(name, program, words) {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', program), ...words], { cwd: root });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', fail);
    child.on('close', (code) => done({ name, code: code ?? 1, output }));
  });
}

const tsc = 'typescript/bin/tsc';
const web = 'packages/web/tsconfig.json';
const running = [
  tool('format and lint', '@biomejs/biome/bin/biome', ['check', '--max-diagnostics=50', '.']),
  tool('types', tsc, ['-p', 'tsconfig.json']),
  ...(existsSync(join(root, 'packages/web/src')) ? [tool('types of the web', tsc, ['-p', web])] : []),
];
const own = checkSources();
let failed = false;
for (const { name, code, output } of await Promise.all(running)) {
  if (code !== 0) console.log(output.trim());
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name}`);
  failed ||= code !== 0;
}
for (const { name, problems, report } of own) {
  for (const { file, line, message } of problems) console.log(`${file}:${line} ${message}`);
  console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${name}${report ? ` (${report})` : ''}`);
  failed ||= problems.length > 0;
}
console.log(`${failed ? 'Not verified' : 'Verified'} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
process.exitCode = failed ? 1 : 0;
