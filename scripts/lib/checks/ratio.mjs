import { isGenerated, read } from './sources.mjs';

/** @typedef {import('./sources.mjs').Problem} Problem */

/** Lines of tests to lines of source that a package needs; the pure ones need most, for they decide. */
const LEAST = { server: 0.8, domain: 1.5, tlog: 1.5 };

/**
 * @param {string[]} files
 * @returns {{ problems: Problem[], report: string }}
 */
export function checkRatios(files) {
  /** @type {Problem[]} */
  const problems = [];
  const parts = Object.entries(LEAST).flatMap(([name, least]) => {
    const own = files.filter(
      (file) => file.startsWith(`packages/${name}/`) && /\.tsx?$/.test(file) && !isGenerated(file),
    );
    const tests = own.filter(
      (file) => /\.test\.tsx?$/.test(file) || file.startsWith(`packages/${name}/test/`),
    );
    const source = lines(own.filter((file) => !tests.includes(file)));
    if (source === 0) return [];
    const ratio = lines(tests) / source;
    if (ratio < least) {
      const message = `has ${ratio.toFixed(2)} lines of test to a line of source, and ${least} is the least`;
      problems.push({ file: `packages/${name}`, line: 1, message });
    }
    return [`${name} ${ratio.toFixed(2)}`];
  });
  return { problems, report: `tests to source: ${parts.join(', ')}` };
}

/** @param {string[]} files */
function lines(files) {
  return files.reduce(
    (sum, file) =>
      sum +
      read(file)
        .split('\n')
        .filter((line) => line.trim() !== '').length,
    0,
  );
}
