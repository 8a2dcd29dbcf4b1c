import { isGenerated, read } from './sources.mjs';

/** @typedef {import('./sources.mjs').Problem} Problem */

/**
 * Lines of tests to lines of source: `aim` is the house limit, the pure packages need most, for they decide. `least` is
 * how far a package has come; it is only ever raised, until it reaches the aim.
 * @type {Record<string, { least: number, aim: number }>}
 */
const RATIOS = {
  server: { least: 0.52, aim: 0.8 },
  domain: { least: 0.88, aim: 1.5 },
  tlog: { least: 1.5, aim: 1.5 },
};

/**
 * @param {string[]} files
 * @returns {{ problems: Problem[], report: string }}
 */
export function checkRatios(files) {
  /** @type {Problem[]} */
  const problems = [];
  const parts = Object.entries(RATIOS).flatMap(([name, { least, aim }]) => {
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
    return [`${name} ${ratio.toFixed(2)}${ratio < aim ? `, short of ${aim}` : ''}`];
  });
  return { problems, report: `tests to source: ${parts.join('; ')}` };
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
