import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { permissionsPage, permissionsText } from '../permissions-page.mjs';
import { root } from '../root.mjs';
import { read } from './sources.mjs';

/** @typedef {import('./sources.mjs').Problem} Problem */

const page = 'SECURITY.md';
/** Chapters of OWASP ASVS 5. */
const CHAPTERS = 17;
const HEADING = /^### V(\d+) \S/;
const TEST = /`((?:packages|e2e|scripts|bench)\/[\w./-]+\.(?:test\.tsx?|e2e\.ts))`/g;

/**
 * The page of permissions says what the table says, and the page of threats names a test for each.
 * @returns {Problem[]}
 */
export function checkSecurity() {
  return [...checkPermissions(), ...checkThreats(read(page), (path) => existsSync(join(root, path)))];
}

/** @returns {Problem[]} */
function checkPermissions() {
  try {
    if (existsSync(join(root, permissionsPage)) && read(permissionsPage) === permissionsText()) return [];
    return [{ file: permissionsPage, line: 1, message: 'differs from the table: npm run permissions' }];
  } catch (error) {
    return [
      { file: permissionsPage, line: 1, message: error instanceof Error ? error.message : String(error) },
    ];
  }
}

/**
 * Every chapter once and in order; in each a row for each threat, and in each row at least one test that is there. A
 * chapter without a table says in words why.
 * @param {string} text
 * @param {(path: string) => boolean} exists
 * @returns {Problem[]}
 */
export function checkThreats(text, exists) {
  /** @type {Problem[]} */
  const problems = [];
  let chapter = 0;
  let words = 0;
  const report = (/** @type {number} */ line, /** @type {string} */ message) => {
    problems.push({ file: page, line, message });
  };
  const lines = text.split('\n');
  for (const [at, line] of lines.entries()) {
    const found = HEADING.exec(line);
    if (found || (line.startsWith('## ') && chapter > 0)) {
      if (chapter > 0 && words === 0) report(at + 1, `V${chapter} says nothing`);
      if (!found) break;
      if (Number(found[1]) !== chapter + 1) report(at + 1, `V${chapter + 1} is missing before V${found[1]}`);
      [chapter, words] = [Number(found[1]), 0];
    } else if (chapter > 0 && line.startsWith('|')) {
      if (/^\|[-| ]+\|$/.test(line) || line.startsWith('| threat |')) continue;
      words += 1;
      const tests = [...line.matchAll(TEST)].map((match) => match[1] ?? '');
      if (tests.length === 0) report(at + 1, 'names no test');
      for (const path of tests) if (!exists(path)) report(at + 1, `${path} does not exist`);
    } else if (chapter > 0 && line.trim() !== '') words += 1;
  }
  if (chapter !== CHAPTERS) report(lines.length, `has ${chapter} of the ${CHAPTERS} chapters of ASVS 5`);
  return problems;
}
