/**
 * Draws every component in a real browser under the product's content security policy, in both themes:
 * no axe violation, no policy violation, no page error. Writes the pictures to the directory given.
 *
 *   npm run gallery -w @throughline/web -- ./pictures
 */
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';
import { findChromium, HOW_TO_GET_CHROMIUM } from '../../../scripts/lib/chromium.mjs';

const pictures = process.argv[2] ?? 'dist-gallery/pictures';
const root = fileURLToPath(new URL('..', import.meta.url));
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const executablePath = await findChromium();
if (executablePath === undefined) throw new Error(HOW_TO_GET_CHROMIUM);

await mkdir(pictures, { recursive: true });
await build({ root, mode: 'gallery', logLevel: 'warn', build: { outDir: 'dist-gallery' } });
const server = await preview({
  root,
  mode: 'gallery',
  build: { outDir: 'dist-gallery' },
  preview: { port: 0, host: '127.0.0.1' },
});
const address = server.resolvedUrls?.local[0];
const browser = await chromium.launch({
  executablePath,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});

/** @type {string[]} */
const faults = [];

/** What a test does to the page before it is looked at. @type {[string, (page: import('playwright-core').Page) => Promise<unknown>][]} */
const scenes = [
  ['marks', async () => undefined],
  ['parts', async (page) => page.getByRole('tab', { name: /^Parts/ }).click()],
  ['fields', async (page) => page.getByRole('tab', { name: 'Fields' }).click()],
  [
    'choice',
    async (page) => {
      await page.getByRole('tab', { name: 'Fields' }).click();
      await page.getByRole('combobox', { name: 'Stage' }).click();
    },
  ],
  [
    'menu',
    async (page) => {
      await page.getByRole('tab', { name: /^Parts/ }).click();
      await page.getByRole('button', { name: 'Actions' }).click();
    },
  ],
  [
    'dialog',
    async (page) => {
      await page.getByRole('tab', { name: /^Parts/ }).click();
      await page.getByRole('button', { name: 'Dialog' }).click();
    },
  ],
  [
    'drawer',
    async (page) => {
      await page.getByRole('tab', { name: /^Parts/ }).click();
      await page.getByRole('button', { name: 'Drawer' }).click();
    },
  ],
  [
    'notice',
    async (page) => {
      await page.getByRole('tab', { name: /^Parts/ }).click();
      await page.getByRole('button', { name: 'Notice' }).click();
    },
  ],
  [
    'filter',
    async (page) => {
      await page.getByRole('button', { name: /^Filter/ }).click();
      await page.getByRole('menuitem', { name: 'Stage' }).click();
      await page.getByLabel('Live', { exact: true }).check();
    },
  ],
  [
    'edit',
    async (page) => {
      await page.locator('[data-cell="6:3"]').dblclick();
      await page.keyboard.type('inv');
    },
  ],
  [
    'keys',
    async (page) => {
      await page.locator('h1').click();
      await page.keyboard.press('?');
    },
  ],
  [
    'palette',
    async (page) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('t');
      await page.waitForTimeout(250);
    },
  ],
  ['plain', async (page) => page.getByRole('button', { name: 'Show as plain table' }).click()],
];

/** @param {'light' | 'dark'} theme @param {number} width */
const look = async (theme, width) => {
  for (const [name, prepare] of scenes) {
    // Narrow, the grid is a plain table already.
    if (width < 560 && (name === 'edit' || name === 'plain')) continue;
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme: theme,
      deviceScaleFactor: 1.5,
    });
    const page = await context.newPage();
    page.on('pageerror', (error) => faults.push(`${theme} ${name}: ${error.message}`));
    page.on('console', (message) => {
      if (/Content Security Policy|Refused to/.test(message.text()))
        faults.push(`${theme} ${name}: ${message.text()}`);
    });
    // The frame asks for the person and the kinds; without a server it stands without them.
    await page.route('**/api/v1/**', (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: '{"title":"away","code":"unavailable","status":503,"errors":[]}',
      }),
    );
    await page.goto(`${address}_gallery`);
    await page.getByRole('heading', { name: 'Gallery' }).waitFor();
    await prepare(page);
    await page.waitForTimeout(300);
    await page.evaluate(axe);
    const violations = await page.evaluate(async () => {
      const run = Reflect.get(window, 'axe').run;
      const result = await run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      });
      return result.violations.map(
        (/** @type {{ id: string, nodes: { html: string, failureSummary: string }[] }} */ violation) =>
          `${violation.id} (${violation.nodes.length}): ${violation.nodes[0]?.html.slice(0, 200)} ${violation.nodes[0]?.failureSummary}`,
      );
    });
    faults.push(...violations.map((/** @type {string} */ text) => `${theme} ${name} ${width}: ${text}`));
    await page.screenshot({ path: `${pictures}/${name}-${theme}-${width}.png` });
    if (name === 'marks' || name === 'parts' || name === 'fields') {
      const height = await page.evaluate(() => document.querySelector('main')?.scrollHeight ?? 900);
      await page.setViewportSize({ width, height: Math.min(4000, height + 20) });
      await page.waitForTimeout(150);
      await page.screenshot({ path: `${pictures}/${name}-whole-${theme}-${width}.png` });
    }
    await context.close();
  }
};

try {
  await look('light', 1440);
  await look('dark', 1440);
  await look('light', 400);
} finally {
  await browser.close();
  await new Promise((resolve) => server.httpServer.close(resolve));
}
for (const fault of faults) console.error(fault);
console.log(
  faults.length === 0
    ? `No violation in ${scenes.length} scenes, light, dark and narrow.`
    : `${faults.length} faults.`,
);
process.exit(faults.length === 0 ? 0 : 1);
