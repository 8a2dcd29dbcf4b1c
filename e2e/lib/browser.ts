import { type Browser, chromium } from 'playwright-core';
import { findChromium, HOW_TO_GET_CHROMIUM } from '../../scripts/lib/chromium.mjs';

/** Nothing in the background: no updates, no metrics, no host but the one under test. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * A device that asks for less motion: every menu and dialog that opens and closes is otherwise waited for. The pages of
 * records and registers are walked with motion.
 */
export const calm = { reducedMotion: 'reduce' } as const;

/** The browser of this worker, which its files use one after the other; it ends with the worker. */
let shared: Browser | undefined;

/**
 * A headless Chromium without a context, launched where this worker has none; throws with how to get one where there
 * is none. Close what was opened in it by `closeContexts` in `afterAll`.
 */
export async function openBrowser(): Promise<Browser> {
  if (shared?.isConnected()) return shared;
  const executablePath = await findChromium();
  if (!executablePath) throw new Error(HOW_TO_GET_CHROMIUM);
  shared = await chromium.launch({ executablePath, args: QUIET });
  return shared;
}

/** Closes whatever is open in this worker's browser: cookies, pages and what they keep go with their context. */
export async function closeContexts(): Promise<void> {
  await Promise.all((shared?.contexts() ?? []).map((context) => context.close()));
}
