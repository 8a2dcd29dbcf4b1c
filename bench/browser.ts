import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { findChromium, HOW_TO_GET_CHROMIUM } from '../scripts/lib/chromium.mjs';

/** Where the web application is built. */
export const built = fileURLToPath(new URL('../packages/web/dist', import.meta.url));
export const notBuilt = 'the web application is not built; npm start builds it';

/** A Chromium that asks nobody anything, or why pages cannot be measured. */
export async function openChromium(): Promise<Browser | string> {
  if (!existsSync(`${built}/index.html`)) return notBuilt;
  const executablePath = await findChromium();
  if (executablePath === undefined) return HOW_TO_GET_CHROMIUM;
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-component-update',
  ];
  return chromium.launch({ executablePath, args });
}
