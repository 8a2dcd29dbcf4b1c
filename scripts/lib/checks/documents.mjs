import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../root.mjs';
import { read } from './sources.mjs';

/** @typedef {import('./sources.mjs').Problem} Problem */

/**
 * In every Markdown file: paths of the repository that are in backticks or linked exist, trees of directories
 * are true, and every npm command is one.
 * @param {string[]} files
 * @returns {Problem[]}
 */
export function checkDocuments(files) {
  return files.filter((file) => file.endsWith('.md')).flatMap((file) => checkDocument(file, read(file)));
}

/**
 * @param {string} file
 * @param {string} text
 * @returns {Problem[]}
 */
export function checkDocument(file, text) {
  /** @type {Problem[]} */
  const problems = [];
  let fence = '';
  /** @type {string[]} */
  let parents = [];
  for (const [at, line] of text.split('\n').entries()) {
    const report = (/** @type {string} */ message) => problems.push({ file, line: at + 1, message });
    const marker = /^\s*```(\w*)/.exec(line);
    if (marker) {
      fence = fence ? '' : marker[1] || 'text';
      parents = [];
      continue;
    }
    for (const command of npmCommands(line))
      if (!scripts().includes(command)) report(`npm has no command ${command} here`);
    if (fence === 'tree') parents = checkTreeLine(line, parents, report);
    if (fence) continue;
    for (const path of pathsIn(line)) if (!exists(file, path)) report(`${path} does not exist`);
  }
  return problems;
}

/**
 * A line of a tree: two blanks a level, a name, two blanks or more, a caption. `<noun>` and `*` stand for many.
 * @param {string} line
 * @param {string[]} parents
 * @param {(message: string) => void} report
 * @returns {string[]} the path down to this line
 */
function checkTreeLine(line, parents, report) {
  const found = /^( *)(\S+)/.exec(line);
  if (!found) return parents;
  const path = [...parents.slice(0, (found[1] ?? '').length / 2), (found[2] ?? '').replace(/\/$/, '')];
  const known = path.findIndex((part) => /[<*…]/.test(part));
  const real = known === -1 ? path : path.slice(0, known);
  if (!existsSync(join(root, ...real))) report(`${real.join('/')} does not exist`);
  return path;
}

/**
 * @param {string} line
 * @returns {string[]}
 */
function pathsIn(line) {
  const linked = [...line.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
  const local = linked
    .filter((target) => !/^(#|[a-z]+:)/.test(target))
    .map((target) => target.replace(/#.*$/, ''));
  const quoted = [...line.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '').filter(looksLikePath);
  return [...local, ...quoted].filter((path) => path !== '');
}

/** Things at the top of the repository; a quoted text that begins with one of them is taken for a path. */
const TOP = readdirSync(root).filter((name) => !['node_modules', 'data', '.git'].includes(name));

/** @param {string} text */
function looksLikePath(text) {
  if (!/^[\w.@/-]+$/.test(text)) return false;
  const [first = ''] = text.replace(/^\.\//, '').split('/');
  const known = [...TOP, 'packages', 'docs', 'deploy', 'examples', 'bench', 'e2e'];
  return text.includes('/') ? known.includes(first) : /^[A-Z]+\.md$/.test(text);
}

/**
 * @param {string} file
 * @param {string} path
 */
function exists(file, path) {
  return existsSync(join(root, dirname(file), path)) || existsSync(join(root, path));
}

/**
 * @param {string} line
 * @returns {string[]}
 */
function npmCommands(line) {
  const run = [...line.matchAll(/\bnpm run ([\w:-]+)/g)].map((match) => match[1] ?? '');
  const short = [...line.matchAll(/\bnpm (start|test)\b/g)].map((match) => match[1] ?? '');
  return [...run, ...short];
}

/** @returns {string[]} */
function scripts() {
  return Object.keys(JSON.parse(read('package.json')).scripts);
}
