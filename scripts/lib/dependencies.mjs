import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './child.mjs';
import { alone } from './lock.mjs';
import { errorCode, root, stop } from './root.mjs';

const lock = join(root, 'package-lock.json');
const modules = join(root, 'node_modules');
const stamp = join(modules, '.throughline-installed');

/** Installs what the lock file names where it is missing or older than the lock. Runs no package's scripts. */
export async function ensureDependencies() {
  const wanted = createHash('sha256')
    .update(readFileSync(lock))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex');
  if (isInstalled(wanted)) return;
  if (installedByHand()) return writeStamp(wanted);
  mustWrite();
  // Beside what an install empties, and looked at again once it is ours: the other one may have done it.
  await alone(join(root, '.throughline-installing'), async () => {
    if (!isInstalled(wanted)) await install(wanted);
  });
}

/** @param {string} wanted */
const isInstalled = (wanted) => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;

/** @param {string} wanted */
async function install(wanted) {
  console.error('Installing the dependencies, once');
  const code = await npm(
    ['ci', '--ignore-scripts', '--include=dev', '--loglevel=error', '--no-audit', '--no-fund'],
    {
      quiet: true,
    },
  );
  if (code !== 0) {
    stop(
      'The dependencies could not be installed. Check the connection to the npm registry and start again.',
    );
  }
  writeStamp(wanted);
}

/** npm writes this file at the end of every install. */
function installedByHand() {
  const written = join(modules, '.package-lock.json');
  return !existsSync(stamp) && existsSync(written) && statSync(written).mtimeMs >= statSync(lock).mtimeMs;
}

/** @param {string} wanted */
function writeStamp(wanted) {
  try {
    writeFileSync(stamp, wanted);
  } catch (error) {
    // Without the stamp the next start looks again; nothing else is lost in a directory that cannot be written.
    if (!['EACCES', 'EROFS'].includes(errorCode(error))) throw error;
  }
}

function mustWrite() {
  try {
    accessSync(root, constants.W_OK);
  } catch (error) {
    stop(
      `The dependencies are missing and ${root} cannot be written (${errorCode(error)}). Run npm start once as its owner.`,
    );
  }
}
