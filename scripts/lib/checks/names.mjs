import { basename } from 'node:path';
import { isCode, read } from './sources.mjs';

/** @typedef {import('./sources.mjs').Problem} Problem */

const KEBAB_FILE = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
const TEXT = /\.(ts|tsx|mjs|js|css|html|md|json|ya?ml|sh|svg|txt)$|(^|\/)(\.npmrc|\.gitignore|run)$/;

/**
 * What a machine, not the product, would leave in a text: somebody's directories, the host of a registry.
 * Written so that this file does not match itself.
 */
const TRACES = [
  { pattern: /(?<![\w./-])\/(?:work|root|home)\/[\w.]/, message: 'names a directory of one machine' },
  { pattern: /\bregistry\.[a-z]+\.(?:org|com|io)\b/, message: 'names the host of a registry' },
];

/**
 * File names in kebab case, and no trace of a machine in any text.
 * @param {string[]} files
 * @returns {Problem[]}
 */
export function checkNames(files) {
  const traced = files.filter((file) => TEXT.test(file)).flatMap((file) => checkTraces(file, read(file)));
  return [...files.flatMap(checkName), ...traced];
}

/**
 * @param {string} file
 * @returns {Problem[]}
 */
export function checkName(file) {
  const fits = !isCode(file) || KEBAB_FILE.test(basename(file));
  return fits ? [] : [{ file, line: 1, message: 'is not named in kebab case' }];
}

/**
 * @param {string} file
 * @param {string} text
 * @returns {Problem[]}
 */
export function checkTraces(file, text) {
  return text.split('\n').flatMap((line, at) =>
    TRACES.filter(({ pattern }) => pattern.test(line)).map(({ message }) => ({
      file,
      line: at + 1,
      message,
    })),
  );
}
