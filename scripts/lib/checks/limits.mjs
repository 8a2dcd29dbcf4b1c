import { isGenerated, isTest } from './sources.mjs';
import { functionName, isFunction, isNode, lineAt, nameOf, walk } from './syntax.mjs';

/** @typedef {import('./syntax.mjs').Syntax} Syntax */
/** @typedef {import('./syntax.mjs').Node} Node */
/** @typedef {import('./sources.mjs').Problem} Problem */

const FILE_LINES = 400;
const TEST_FILE_LINES = 600;
export const FUNCTION_LINES = 60;
export const SHARE_OF_SHORT_FUNCTIONS = 0.9;

/**
 * A cast is trusted only where a reader sees at once that this is what happens: in a named helper of a few lines,
 * in a function called `as…`, `parse…` or `row…`, or in a file called `cast.ts`.
 */
const HELPER_LINES = 8;
const CASTING_FUNCTION = /^(as|parse|row)[A-Z]/;
const CASTING_FILE = /(^|\/)cast\.tsx?$/;

const READS_ENVIRONMENT = /^packages\/server\/src\/config\.ts$|(^|\/)scripts\//;
const MAY_EXPORT_DEFAULT = /\.config\.(ts|mjs)$/;
const HOLDS_SQL = /^packages\/server\/(src\/store|test)\//;
const SQL =
  /^\s*(select\s[\s\S]*\sfrom\s|select\s+[\w.]+\(|insert\s+into\s|update\s+[\w."]+\s+set\s|delete\s+from\s|with\s+\w+\s+as\s*\(|(create|alter|drop)\s+(table|index|function|role|schema|database|policy)\s|truncate\s)/i;
const SQL_PACKAGES = ['pg', 'kysely'];
const ESCAPES = /@ts-(ignore|expect-error|nocheck)|biome-ignore|eslint-disable/;

/**
 * Everything about one file that its syntax tells.
 * @param {Syntax} syntax
 * @returns {Problem[]}
 */
export function checkFile(syntax) {
  /** @type {Problem[]} */
  const problems = [];
  const report = (/** @type {number} */ offset, /** @type {string} */ message) => {
    problems.push({ file: syntax.file, line: lineAt(syntax.text, offset), message });
  };
  const lines = syntax.text.split('\n').length - 1;
  const most = isTest(syntax.file) ? TEST_FILE_LINES : FILE_LINES;
  if (lines > most && !isGenerated(syntax.file)) report(0, `has ${lines} lines, and ${most} is the most`);
  for (const comment of syntax.comments) {
    const found = ESCAPES.exec(comment.value);
    if (found) report(comment.start, `${found[0]} turns a check off`);
  }
  if (isBarrel(syntax)) report(0, 'only re-exports; import from where it is declared');
  walk(syntax.program, (node, ancestors) => {
    const message = checkNode(syntax, node, ancestors);
    if (message) report(node.start, message);
  });
  return problems;
}

/**
 * @param {Syntax} syntax
 * @param {Node} node
 * @param {readonly Node[]} ancestors
 * @returns {string}
 */
function checkNode(syntax, node, ancestors) {
  const { file } = syntax;
  switch (node.type) {
    case 'TSAnyKeyword':
      return '`any` turns the types off';
    case 'TSAsExpression':
    case 'TSTypeAssertion':
      return castIsNamed(syntax, node, ancestors) ? '' : 'casts outside a small named helper';
    case 'ExportDefaultDeclaration':
      return MAY_EXPORT_DEFAULT.test(file) ? '' : 'exports a default; give it a name';
    case 'CatchClause':
      return isEmptyBlock(node.body) ? 'swallows an error' : '';
    case 'CallExpression':
      return swallowsRejection(node) ? 'swallows a rejection' : '';
    case 'MemberExpression':
      return readsEnvironment(node) && !READS_ENVIRONMENT.test(file) && !isTest(file)
        ? 'reads the environment; config.ts does'
        : '';
    case 'ImportDeclaration':
      return importsSql(file, node) ? 'uses the database outside store/' : '';
    case 'Literal':
    case 'TemplateLiteral':
      return holdsSql(file, node) ? 'holds SQL outside store/' : '';
    default:
      return '';
  }
}

/**
 * @param {Syntax} syntax
 * @param {Node} node
 * @param {readonly Node[]} ancestors
 */
function castIsNamed({ file, text }, node, ancestors) {
  const type = node.typeAnnotation;
  if (isNode(type) && nameOf(type.typeName) === 'const') return true;
  if (isTest(file) || CASTING_FILE.test(file)) return true;
  return ancestors.some((ancestor, at) => {
    const name = isFunction(ancestor) ? functionName(ancestor, ancestors.slice(0, at)) : '';
    return name !== '' && (CASTING_FUNCTION.test(name) || linesOf(text, ancestor) <= HELPER_LINES);
  });
}

/**
 * @param {string} text
 * @param {Node} node
 */
function linesOf(text, node) {
  return lineAt(text, node.end) - lineAt(text, node.start) + 1;
}

/** @param {unknown} block */
function isEmptyBlock(block) {
  return isNode(block) && Array.isArray(block.body) && block.body.length === 0;
}

/**
 * `.catch(() => {})` and its like.
 * @param {Node} node
 */
function swallowsRejection(node) {
  const callee = node.callee;
  const words = node.arguments;
  if (!isNode(callee) || nameOf(callee.property) !== 'catch' || !Array.isArray(words)) return false;
  const handler = words[0];
  if (!isNode(handler) || !isFunction(handler)) return false;
  const body = handler.body;
  return isEmptyBlock(body) || nameOf(body) === 'undefined' || (isNode(body) && body.raw === 'null');
}

/** @param {Node} node */
function readsEnvironment(node) {
  return nameOf(node.object) === 'process' && nameOf(node.property) === 'env';
}

/**
 * @param {string} file
 * @param {Node} node
 */
function importsSql(file, node) {
  if (!file.startsWith('packages/server/src/') || isTest(file) || HOLDS_SQL.test(file)) return false;
  const source = node.source;
  return node.importKind !== 'type' && isNode(source) && SQL_PACKAGES.includes(String(source.value));
}

/**
 * @param {string} file
 * @param {Node} node
 */
function holdsSql(file, node) {
  if (!file.startsWith('packages/server/src/') || isTest(file) || HOLDS_SQL.test(file)) return false;
  return SQL.test(textOf(node));
}

/** @param {Node} node */
function textOf(node) {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : '';
  const quasis = Array.isArray(node.quasis) ? node.quasis : [];
  return quasis.map((quasi) => String(quasi.value?.raw ?? '')).join(' x ');
}

/** @param {Syntax} syntax */
function isBarrel(syntax) {
  const statements = syntax.program.body;
  if (!Array.isArray(statements) || statements.length === 0) return false;
  return statements.every(
    (statement) => isNode(statement) && /^Export/.test(statement.type) && statement.source,
  );
}

/**
 * The length in lines of every function with a body of its own.
 * @param {Syntax} syntax
 * @returns {{ file: string, line: number, name: string, lines: number }[]}
 */
export function functionLengths(syntax) {
  /** @type {{ file: string, line: number, name: string, lines: number }[]} */
  const found = [];
  walk(syntax.program, (node, ancestors) => {
    const body = node.body;
    if (!isFunction(node) || !isNode(body) || body.type !== 'BlockStatement') return;
    const line = lineAt(syntax.text, node.start);
    const lines = linesOf(syntax.text, node);
    found.push({ file: syntax.file, line, lines, name: functionName(node, ancestors) });
  });
  return found;
}
