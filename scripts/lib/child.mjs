import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './root.mjs';

/** @typedef {{ env?: Record<string, string | undefined>, cwd?: string, quiet?: boolean, limitMs?: number }} Options */

/**
 * Runs a program with our terminal and hands it the signals that we are sent, so that the one that does the work
 * ends in order and we end with its exit code.
 * @param {string} program
 * @param {string[]} words
 * @param {Options} [options]
 * @returns {Promise<number>}
 */
export function run(program, words, options = {}) {
  return new Promise((done, fail) => {
    const child = spawn(program, words, {
      cwd: options.cwd ?? root,
      env: options.env ?? process.env,
      stdio: options.quiet ? ['ignore', 'ignore', 'inherit'] : 'inherit',
    });
    /** @type {NodeJS.Signals[]} */
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    const pass = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    for (const signal of signals) process.on(signal, pass);
    const timers = options.limitMs ? endAfter(child, options.limitMs) : [];
    const ended = () => {
      for (const timer of timers) clearTimeout(timer);
      for (const signal of signals) process.off(signal, pass);
    };
    child.on('error', (error) => {
      ended();
      fail(error);
    });
    child.on('exit', (code, signal) => {
      ended();
      done(code ?? 128 + constants.signals[signal ?? 'SIGTERM']);
    });
  });
}

/** How long a program may take to end in order once its time is up. */
const GRACE_MS = 20_000;

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} limitMs
 */
function endAfter(child, limitMs) {
  return [
    setTimeout(() => child.kill('SIGTERM'), limitMs),
    setTimeout(() => child.kill('SIGKILL'), limitMs + GRACE_MS),
  ];
}

/**
 * npm as the running Node can start it: npm names its own program to the commands it runs.
 * @param {string[]} words
 * @param {Options} [options]
 */
export function npm(words, options = {}) {
  const program = process.env.npm_execpath;
  if (program?.endsWith('.js')) return run(process.execPath, [program, ...words], options);
  if (process.platform === 'win32') return run('cmd.exe', ['/d', '/c', 'npm', ...words], options);
  return run('npm', words, options);
}
