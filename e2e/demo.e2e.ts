import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from './lib/axe.ts';
import { openBrowser } from './lib/browser.ts';
import { setUp } from './lib/first-run.ts';
import { type RunningServer, removeData, startServer } from './lib/server.ts';
import { type Watched, watch } from './lib/watch.ts';

/** The demo organisation from the first run to its removal, in order; a walk of one of its systems in between. */
let server: RunningServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let watched: Watched;

const short = { timeout: 25_000 };
const long = { timeout: 60_000 };

beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser();
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, timezoneId: 'Europe/Dublin' });
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
  watched = await watch(page, server.address);
});

afterAll(async () => {
  await browser?.close();
  if (!server) return;
  await server.stop();
  removeData(server);
});

const go = (path: string) => page.goto(`${server.address}${path}`);
const heading = (name: string | RegExp) => page.getByRole('heading', { name });
const button = (name: string | RegExp) => page.getByRole('button', { name });
const demoState = async (): Promise<string> =>
  (await (await context.request.get(`${server.address}/api/v1/demo`)).json()).standing;

test('the second door of the first run loads it, and an empty register led there too', async () => {
  await setUp(page, server.signInLink);
  await go('/risks');
  await button('Load a demo example').click();
  await heading('Demo organisation').waitFor(short);
  await go('/welcome');
  await button(/Load the demo organisation/).click();
  await page.waitForURL('**/jobs');
  await expect.poll(demoState, long).toBe('loaded');
});

test('home has something to do in each group, and says how many systems are demo', async () => {
  await go('/');
  await heading(/things need you/).waitFor(short);
  for (const group of ['Overdue', 'To approve', 'To confirm', 'This week'])
    await heading(new RegExp(`^${group}`)).waitFor(short);
  await page.getByText('Includes 12 demo systems.').waitFor(short);
  await expect
    .poll(async () => page.getByText(/of 9 running systems have gaps/).innerText(), long)
    .toBe('7 of 9 running systems have gaps');
  expect(await violations(page)).toEqual([]);
});

test('an owner answers for a document where the need stands', async () => {
  await button('Answer').click();
  await heading('Can you explain version 1 to an auditor?').waitFor(short);
  await button('Yes, I can').click();
  await page.getByRole('heading', { name: /^To confirm/ }).waitFor({ state: 'detached', ...short });
});

test('a line holds, and another says what its change reopened', async () => {
  await go('/systems');
  await page
    .getByRole('row', { name: /Claims triage assistant/ })
    .getByText('demo', { exact: true })
    .waitFor(short);
  await go('/systems/SYS-1');
  await heading(/This line holds/).waitFor(long);
  await go('/systems/SYS-2');
  await heading('3 gaps stop this line').waitFor(short);
  await page.getByText('lost approval when material content changed.').waitFor(short);
});

test('the mandatory set is exported as an index, and names whose answer is missing', async () => {
  await go('/readiness');
  await heading(/of 15 mandatory items hold/).waitFor(short);
  await button('Export index').click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'CSV' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^mandatory-set-\d{4}-\d\d-\d\d\.csv$/);
  await page.getByText('Its owner answers').first().waitFor(short);
  expect(await violations(page)).toEqual([]);
});

test('a walk goes on after a reload: place, mark, note and the time that was walked', async () => {
  await go('/walks/draw');
  await button('Draw').click();
  await heading(/was drawn from 12 systems/).waitFor(short);
  await button('Start the walk').click();
  await heading('1 Scope').waitFor(short);
  await page.keyboard.press('ArrowRight');
  await heading('2 Policy').waitFor(short);
  await page.keyboard.press('g');
  await heading('3 Ownership').waitFor(short);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('n');
  await page.keyboard.type('Asked the owner.');
  await page.waitForTimeout(1_200);
  await page.reload();
  await heading('2 Policy').waitFor(short);
  await page.getByText('The walk goes on where it was left.').waitFor(short);
  expect(await page.getByLabel('Note').inputValue()).toBe('Asked the owner.');
  expect(await violations(page)).toEqual([]);
  await button('End').click();
  await heading(/You saw 1 gap\./).waitFor(short);
  await page.getByLabel('Conclusion').fill('One of two was shown.');
  await button('Record this walk').click();
  await page.waitForURL('**/walks/WLK-*');
  await page.getByText('One of two was shown.').first().waitFor(short);
  // What is recorded leaves nothing to go on with.
  expect(
    await page.evaluate(
      `Object.entries(localStorage).filter(([name, value]) => name.includes('.walk.') && value !== '').length`,
    ),
  ).toBe(0);
});

test('removing takes it out of registers and counts, and says what stays', async () => {
  await go('/demo');
  await button('Remove the demo organisation').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/Versions, files and log entries stay\./).waitFor(short);
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Remove the demo organisation' }).click();
  await expect.poll(demoState, long).toBe('none');
  await go('/');
  await page.getByText('No AI system is registered yet.').waitFor(short);
  const log = await (
    await context.request.get(`${server.address}/api/v1/log?act=record.archived&limit=1`)
  ).json();
  expect(log.items).toHaveLength(1);
  expect(watched.troubles).toEqual([]);
});
