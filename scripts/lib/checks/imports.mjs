import { posix } from 'node:path';
import { isNode, lineAt, walk } from './syntax.mjs';

/**
 * One import. `target` is a file of the repository, or the name of a package or of a module of Node.
 * @typedef {{ target: string, inside: boolean, typeOnly: boolean, line: number }} Import
 */

const WITH_SOURCE = [
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
];

/**
 * Every import of a file: static, dynamic, re-exports and types.
 * @param {import('./syntax.mjs').Syntax} syntax
 * @returns {Import[]}
 */
export function importsOf(syntax) {
  /** @type {Import[]} */
  const imports = [];
  walk(syntax.program, (node) => {
    if (!WITH_SOURCE.includes(node.type)) return;
    const source = node.source ?? node.argument;
    const name = isNode(source) ? source.value : undefined;
    if (typeof name !== 'string') return;
    const typeOnly = node.importKind === 'type' || node.exportKind === 'type' || node.type === 'TSImportType';
    imports.push({ ...resolveImport(syntax.file, name), typeOnly, line: lineAt(syntax.text, node.start) });
  });
  return imports;
}

/**
 * @param {string} from
 * @param {string} name
 */
function resolveImport(from, name) {
  const [path = ''] = name.split('?');
  if (path.startsWith('.')) return { target: posix.join(posix.dirname(from), path), inside: true };
  const own = /^@throughline\/([^/]+)\/(.+)$/.exec(path);
  if (own) return { target: `packages/${own[1]}/src/${own[2]}`, inside: true };
  if (path.startsWith('node:')) return { target: path, inside: false };
  const parts = path.split('/');
  return { target: parts.slice(0, path.startsWith('@') ? 2 : 1).join('/'), inside: false };
}
