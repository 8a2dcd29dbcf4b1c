import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { npm } from './child.mjs';
import { alone } from './lock.mjs';
import { errorCode, root, stop } from './root.mjs';

const web = join(root, 'packages', 'web');
const stamp = join(web, 'dist', '.built-from');

/** What the build reads: the web application, and the packages whose types and data it may import. */
const SOURCES = [
  'packages/web',
  'packages/domain/src',
  'packages/tlog/src',
  'packages/catalogue/src',
  'packages/sdk/src',
  'package-lock.json',
];
const PASSED_OVER = /(^|\/)(node_modules|dist)(\/|$)|\.test\.tsx?$/;

/** Builds the web application where its sources changed since the last build. */
export async function ensureWebBuild() {
  const wanted = sourcesDigest();
  if (isBuilt(wanted)) return;
  mustWrite();
  await alone(join(root, '.throughline-building'), async () => {
    if (!isBuilt(wanted)) await build(wanted);
  });
}

/** @param {string} wanted */
const isBuilt = (wanted) => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;

/** @param {string} wanted */
async function build(wanted) {
  console.log('Building the web application');
  const code = await npm(['run', 'build', '--silent', '--workspace', '@throughline/web'], {
    quiet: true,
    // Whoever starts it may run in another mode, such as tests: React's development build is larger than the budget.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (code !== 0) stop('The web application could not be built; the lines above say why.');
  writeFileSync(stamp, wanted);
}

function sourcesDigest() {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of filesBelow(join(root, source))) {
      hash
        .update(`${relative(root, file)}\0`)
        .update(readFileSync(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

/**
 * Every file at or below a path, in one order on every machine.
 * @param {string} path
 * @returns {string[]}
 */
function filesBelow(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !PASSED_OVER.test(relative(path, file).replaceAll('\\', '/')))
    .sort();
}

function mustWrite() {
  try {
    accessSync(web, constants.W_OK);
  } catch (error) {
    stop(
      `The web application must be built and ${web} cannot be written (${errorCode(error)}). Run npm start once as its owner.`,
    );
  }
}
