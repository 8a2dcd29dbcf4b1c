import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

export const HOW_TO_GET_CHROMIUM =
  'Browser tests need Chromium: apt-get install chromium-headless-shell (or chromium), or npx playwright-core install chromium, or set CHROMIUM_PATH.';

const PLACES = {
  linux: [
    // The same browser without a window: its bars and menus take a sixth of what the browser tests cost the processor.
    '/usr/bin/chromium-headless-shell',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ],
  win32: ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'],
};

/**
 * The browser for the tests: the one named by CHROMIUM_PATH, which then must be there, else one in the usual
 * places, else the one that Playwright installed; nothing when there is none.
 * @returns {Promise<string | undefined>}
 */
export async function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (isProgram(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, which is not a program.`);
  }
  const { chromium } = await import('playwright-core');
  const platform = process.platform;
  const usual = platform === 'linux' || platform === 'darwin' || platform === 'win32' ? PLACES[platform] : [];
  const onPath = (process.env.PATH ?? '').split(':').map((directory) => join(directory, 'chromium'));
  return [...usual, ...onPath, chromium.executablePath()].find(isProgram);
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Whatever the reason, it cannot be started.
    return false;
  }
}
