import { checkBoundaries } from './boundaries.mjs';
import { checkDocuments } from './documents.mjs';
import { importsOf } from './imports.mjs';
import { checkFile, FUNCTION_LINES, functionLengths, SHARE_OF_SHORT_FUNCTIONS } from './limits.mjs';
import { checkNames } from './names.mjs';
import { checkRatios } from './ratio.mjs';
import { checkSecurity } from './security.mjs';
import { isCode, isTest, repositoryFiles } from './sources.mjs';
import { parseFile } from './syntax.mjs';

/** @typedef {import('./sources.mjs').Problem} Problem */
/** @typedef {{ name: string, problems: Problem[], report?: string }} Outcome */

/**
 * Our own checks over the repository's files.
 * @returns {Outcome[]}
 */
export function checkSources() {
  const files = repositoryFiles();
  const syntaxes = files.filter(isCode).map((file) => parseFile(file));
  const graph = new Map(syntaxes.map((syntax) => [syntax.file, importsOf(syntax)]));
  return [
    { name: 'boundaries', problems: checkBoundaries(graph), report: `${graph.size} files` },
    { name: 'limits', problems: syntaxes.flatMap(checkFile) },
    { name: 'length of functions', ...checkLengths(syntaxes) },
    { name: 'names and traces', problems: checkNames(files) },
    { name: 'documents', problems: checkDocuments(files) },
    { name: 'permissions and threats', problems: checkSecurity() },
    { name: 'tests', ...checkRatios(files) },
  ];
}

/** @param {import('./syntax.mjs').Syntax[]} syntaxes */
function checkLengths(syntaxes) {
  const all = syntaxes.filter(({ file }) => !isTest(file)).flatMap(functionLengths);
  const long = all.filter(({ lines }) => lines > FUNCTION_LINES).sort((a, b) => b.lines - a.lines);
  const share = all.length === 0 ? 1 : 1 - long.length / all.length;
  const problems = long.map(({ file, line, name, lines }) => ({
    file,
    line,
    message: `${name || 'a function'} has ${lines} lines`,
  }));
  const enough = share >= SHARE_OF_SHORT_FUNCTIONS;
  const report = `${(share * 100).toFixed(1)} % of ${all.length} within ${FUNCTION_LINES} lines, longest ${long[0]?.lines ?? FUNCTION_LINES}`;
  return { problems: enough ? [] : problems, report };
}
