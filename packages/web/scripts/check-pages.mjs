/**
 * Opens pages with fixture answers in a real Chromium, in both themes and three widths: axe (WCAG 2.2 AA), console,
 * policy, sideways overflow, and a picture of each. Usage: node scripts/check-pages.mjs [pictures] [scene …].
 * Builds into a directory of its own; fixtures never enter the product's bundle.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';
import { findChromium } from '../../../scripts/lib/chromium.mjs';
import { scenes } from '../src/gallery/fixtures/scenes.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pictures = resolve(process.argv[2] ?? mkdtempSync(join(tmpdir(), 'pages-')));
const wanted = process.argv.slice(3);
mkdirSync(pictures, { recursive: true });

const kept = process.env.PAGES_BUILD;
const outDir = kept ?? mkdtempSync(join(tmpdir(), 'pages-build-'));
await build({ root, mode: 'gallery', logLevel: 'warn', build: { outDir, emptyOutDir: true } });
const server = await preview({
  root,
  logLevel: 'warn',
  build: { outDir },
  preview: { port: 0, host: '127.0.0.1' },
});
const address = server.resolvedUrls?.local[0]?.replace(/\/$/, '') ?? '';

const executablePath = await findChromium();
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
  ],
});

/** @type {string[]} */
const problems = [];

/**
 * @param {import('playwright-core').Page} page
 * @param {import('../src/gallery/fixtures/scenes.ts').Scene} scene
 */
const answer = (page, scene) =>
  page.route('**/api/v1/**', (route) => {
    const url = new URL(route.request().url());
    const key = `${route.request().method()} ${url.pathname.replace('/api/v1', '')}`;
    if (key === 'GET /events') return route.abort();
    const body = scene.answers[key];
    if (body !== undefined) return route.fulfill({ json: body, headers: { etag: '"18"' } });
    const problem = {
      type: 'about:blank',
      title: `No fixture: ${key}`,
      status: 404,
      code: 'not-found',
      errors: [],
    };
    return route.fulfill({
      status: 404,
      contentType: 'application/problem+json',
      body: JSON.stringify(problem),
    });
  });

/**
 * @param {import('../src/gallery/fixtures/scenes.ts').Scene} scene
 * @param {'light' | 'dark'} theme
 * @param {number} width
 */
const look = async (scene, theme, width) => {
  const page = await browser.newPage({
    viewport: { width, height: 900 },
    deviceScaleFactor: 1,
    bypassCSP: false,
  });
  const name = `${scene.name}-${theme}-${width}`;
  page.on('console', (message) => {
    if (message.type() !== 'error' || /Failed to load resource|EventSource/.test(message.text())) return;
    problems.push(`${name}: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`${name}: ${error.message}`));
  await page.addInitScript(`localStorage.setItem('throughline.theme', '${theme}')`);
  await answer(page, scene);
  await page.goto(`${address}${scene.path}`);
  await page.waitForSelector(scene.ready ?? 'h1');
  await page.waitForTimeout(300);
  for (const press of scene.press ?? []) {
    await page.getByRole(press.role, { name: press.name }).first().click();
    await page.waitForTimeout(250);
  }
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (overflow > 0) problems.push(`${name}: ${overflow} px wider than the window`);
  // The policy refuses injected scripts, so axe runs outside it, in the same page.
  const found = await page.evaluate(
    `${axe}; axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
  );
  for (const violation of found.violations) {
    const where = violation.nodes
      .slice(0, 3)
      .map((/** @type {{ target: string[] }} */ node) => node.target.join(' '));
    problems.push(`${name}: ${violation.id}: ${violation.help} (${where.join(' | ')})`);
  }
  const main = page.locator('#main');
  if (scene.whole === true && (await main.count()) > 0) {
    const height = await main.evaluate((element) => element.scrollHeight);
    await page.setViewportSize({ width, height: Math.min(4000, height + 60) });
  }
  await page.screenshot({ path: join(pictures, `${name}.png`) });
  await page.close();
};

for (const scene of scenes) {
  if (wanted.length > 0 && !wanted.includes(scene.name)) continue;
  await look(scene, 'light', 1440);
  await look(scene, 'dark', 1440);
  await look(scene, 'light', 720);
  await look(scene, 'dark', 320);
}
await browser.close();
await server.close();
if (kept === undefined) rmSync(outDir, { recursive: true });
for (const problem of problems) console.error(problem);
console.log(`${problems.length} problems; pictures in ${pictures}`);
process.exit(problems.length === 0 ? 0 : 1);
