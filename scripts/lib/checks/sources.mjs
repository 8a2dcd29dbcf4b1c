import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from '../root.mjs';

/**
 * What a check finds. `file` is relative to the repository.
 * @typedef {{ file: string, line: number, message: string }} Problem
 */

/** Every file of the repository, tracked or new, relative and in one order. What git ignores is not looked at. */
export function repositoryFiles() {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return [...new Set(listed.split('\0'))]
    .filter((file) => file !== '' && existsSync(join(root, file)))
    .sort();
}

/** @param {string} file */
export function read(file) {
  return readFileSync(join(root, file), 'utf8');
}

/** @param {string} file */
export function isCode(file) {
  return /\.(ts|tsx|mjs|cjs|js)$/.test(file);
}

/**
 * Tests, what tests share, and the programs that only tests run.
 * @param {string} file
 */
export function isTest(file) {
  return (
    /\.(test|e2e)\.tsx?$/.test(file) || /^packages\/[^/]+\/test\//.test(file) || /^(e2e|bench)\//.test(file)
  );
}

/**
 * Written by a program and checked there; nobody reads it for its shape.
 * @param {string} file
 */
export function isGenerated(file) {
  return /^generated\.|\.generated\./.test(basename(file)) || file.includes('/generated/');
}
