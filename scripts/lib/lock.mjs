import { closeSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { errorCode, stop } from './root.mjs';

const lookAgainMs = 500;
/** An install takes minutes at most: a lock that is older than this, or whose process is gone, holds nobody up. */
const staleMs = 30 * 60_000;

/**
 * Does something while no other process of this machine does it in the same checkout: two that install at once take the
 * other's files away. Waits, and says for whom. A directory that cannot be written has no lock, and nothing to do.
 * @template T
 * @param {string} path a file beside what is changed, not inside it
 * @param {() => Promise<T>} work
 * @param {{ say?: (text: string) => void, wait?: (ms: number) => Promise<void> }} [around]
 * @returns {Promise<T>}
 */
export async function alone(path, work, { say = console.error, wait = later } = {}) {
  let told = false;
  while (!take(path)) {
    if (!told)
      say(`Another start prepares this checkout (process ${holder(path) ?? 'unknown'}). Waiting for it.`);
    told = true;
    await wait(lookAgainMs);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

/** @param {number} ms @returns {Promise<void>} */
const later = (ms) => new Promise((go) => setTimeout(go, ms));

/** @param {string} path */
function take(path) {
  try {
    const file = openSync(path, 'wx');
    writeFileSync(file, `${process.pid}\n`);
    closeSync(file);
    return true;
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') {
      stop(
        `${path} cannot be written (${errorCode(error)}). Run npm start once as the owner of this directory.`,
      );
    }
  }
  if (isLeft(path)) rmSync(path, { force: true });
  return false;
}

/** Whoever made it is gone, killed perhaps. @param {string} path */
function isLeft(path) {
  const pid = holder(path);
  try {
    // A file that has no number yet is being written.
    if (pid === undefined) return Date.now() - statSync(path).mtimeMs > staleMs;
    process.kill(pid, 0);
    return Date.now() - statSync(path).mtimeMs > staleMs;
  } catch (error) {
    return errorCode(error) === 'ESRCH';
  }
}

/** @param {string} path */
function holder(path) {
  try {
    const pid = Number(readFileSync(path, 'utf8').trim());
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch (error) {
    // It ended in between; the next look takes it.
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
