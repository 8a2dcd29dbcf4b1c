import { parseSync } from 'vite';
import { read } from './sources.mjs';

/**
 * A node of the ESTree, as loosely as a walk needs it.
 * @typedef {{ type: string, start: number, end: number, [key: string]: unknown }} Node
 */
/** @typedef {{ file: string, text: string, program: Node, comments: { value: string, start: number }[] }} Syntax */

/**
 * The syntax tree of a file, TypeScript included.
 * @param {string} file
 * @param {string} [text] the file's own text where it is not given
 * @returns {Syntax}
 */
export function parseFile(file, text = read(file)) {
  const parsed = parseSync(file, text);
  const program = /** @type {Node} */ (/** @type {unknown} */ (parsed.program));
  return { file, text, program, comments: parsed.comments };
}

/**
 * Visits every node, parents first. `ancestors` ends with the direct parent.
 * @param {Node} node
 * @param {(node: Node, ancestors: readonly Node[]) => void} visit
 * @param {Node[]} [ancestors]
 */
export function walk(node, visit, ancestors = []) {
  visit(node, ancestors);
  ancestors.push(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value])
      if (isNode(child)) walk(child, visit, ancestors);
  }
  ancestors.pop();
}

/**
 * @param {unknown} value
 * @returns {value is Node}
 */
export function isNode(value) {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/**
 * @param {string} text
 * @param {number} offset
 */
export function lineAt(text, offset) {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

const FUNCTIONS = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];

/** @param {Node} node */
export function isFunction(node) {
  return FUNCTIONS.includes(node.type);
}

/**
 * The name a function goes by: its own, or that of the variable, property or method that holds it.
 * @param {Node} node
 * @param {readonly Node[]} ancestors
 * @returns {string}
 */
export function functionName(node, ancestors) {
  const own = nameOf(node.id);
  if (own) return own;
  const parent = ancestors.at(-1);
  return parent ? nameOf(parent.id) || nameOf(parent.key) : '';
}

/** @param {unknown} node */
export function nameOf(node) {
  return isNode(node) && typeof node.name === 'string' ? node.name : '';
}
