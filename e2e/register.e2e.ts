import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from './lib/axe.ts';
import { calm, closeContexts, openBrowser } from './lib/browser.ts';
import { setUp } from './lib/first-run.ts';
import { type RunningServer, removeData, startServer } from './lib/server.ts';
import { type Watched, watch } from './lib/watch.ts';

let server: RunningServer;
let browser: Browser;
let page: Page;
let watched: Watched;

const send = async (method: 'post' | 'patch', path: string, data: unknown, version?: number) => {
  const match = version === undefined ? {} : { 'if-match': `"${version}"` };
  const headers = { 'x-throughline': '1', ...match };
  const answer = await page.request[method](`${server.address}/api/v1${path}`, { headers, data });
  expect(answer.ok(), await answer.text()).toBe(true);
  return answer.json();
};
const read = async (path: string) => (await page.request.get(`${server.address}/api/v1${path}`)).json();
const open = async (path: string): Promise<void> => {
  await page.goto(`${server.address}${path}`);
  await page.getByRole('grid').waitFor();
};
const cell = (ref: string, column: number) =>
  page
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell', { name: ref, exact: true }) })
    .locator(`[data-cell$=":${column}"]`);

beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  watched = await watch(page, server.address, ['412']);
  await setUp(page.context(), server.signInLink);
  await send('post', '/models', { fields: { name: 'Ranking model' }, links: {} });
  for (let n = 1; n <= 40; n += 1)
    await send('post', '/systems', {
      fields: { name: `System ${n}`, unit: n <= 30 ? 'Claims, motor' : 'Legal' },
      links: {},
    });
}, 240_000);

afterAll(async () => {
  await closeContexts();
  await server?.stop();
  if (server) await removeData(server);
});

test('groups tell rows and gaps, stick while their rows scroll, and fold by key and by hand', async () => {
  await open('/systems?group=unit');
  const claims = page.getByRole('gridcell', { name: /^Claims, motor 30 rows · \d+ gaps/ });
  await claims.waitFor();
  await page.getByRole('grid').evaluate((grid) => {
    grid.scrollTop = 400;
  });
  const [head, body] = [await claims.boundingBox(), await page.getByRole('grid').boundingBox()];
  expect((head?.y ?? 0) - (body?.y ?? 0)).toBeLessThan(60);
  await claims.focus();
  await page.keyboard.press('ArrowLeft');
  await page.getByText('System 31').waitFor();
  expect(await claims.getAttribute('aria-expanded')).toBe('false');
  expect(await page.getByRole('gridcell', { name: 'System 12', exact: true }).count()).toBe(0);
  await page.getByRole('button', { name: /^Claims, motor/ }).click();
  await page.getByRole('gridcell', { name: 'System 12', exact: true }).waitFor();
  expect(await violations(page)).toEqual([]);
});

test('at 1280 px the usual columns fit; of many, those out of view are not drawn and the name stays put', async () => {
  await open('/systems');
  await page.getByText('System 1', { exact: true }).waitFor();
  const over = () => page.getByRole('grid').evaluate((grid) => grid.scrollWidth - grid.clientWidth);
  expect(await over()).toBe(0);
  // What a visible scrollbar of 15 px takes, the browser of the tests takes from the window instead.
  await page.setViewportSize({ width: 1265, height: 800 });
  await expect.poll(over).toBe(0);
  await page.setViewportSize({ width: 1280, height: 800 });
  const kinds = await read('/kinds');
  const system = kinds.items.find((kind: { name: string }) => kind.name === 'system');
  const columns = ['state', ...Object.keys(system.fields).filter((name) => name !== 'name')].slice(0, 30);
  await open(`/systems?cols=${columns.join(',')}`);
  await page.getByText('System 1', { exact: true }).waitFor();
  expect(await over()).toBeGreaterThan(500);
  expect(await page.getByRole('columnheader').count()).toBeLessThan(columns.length);
  const name = page.getByRole('gridcell', { name: 'System 1', exact: true });
  const before = await name.boundingBox();
  await page.getByRole('grid').evaluate((grid) => {
    grid.scrollLeft = grid.scrollWidth;
  });
  await page.getByRole('columnheader', { name: system.fields[columns.at(-1) ?? '']?.label }).waitFor();
  expect((await name.boundingBox())?.x).toBe(before?.x);
});

test('a link, a long text and a person are edited in their cells; what a step changes says so', async () => {
  await open('/systems?cols=state,owner,usesModel,purpose');
  await cell('SYS-2', 4).focus();
  await page.keyboard.press('e');
  await page.keyboard.type('Ranking');
  await page.getByRole('button', { name: /Ranking model/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.getByRole('gridcell', { name: 'MDL-1' }).waitFor();
  await cell('SYS-2', 5).focus();
  await page.keyboard.press('e');
  await page.keyboard.type('Ranks claims.');
  await page.getByText(/reopens station/).waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('gridcell', { name: 'Ranks claims.' }).waitFor();
  await cell('SYS-2', 3).focus();
  await page.keyboard.press('e');
  await page.getByRole('option', { name: 'AIMS manager' }).click();
  await page.getByRole('gridcell', { name: 'AIMS manager' }).waitFor();
  await expect
    .poll(async () => (await read('/systems/SYS-2')).fields)
    .toMatchObject({ purpose: 'Ranks claims.', owner: expect.any(String) });
  await cell('SYS-2', 2).focus();
  await page.keyboard.press('e');
  await page
    .getByRole('region', { name: 'Notices' })
    .getByText(/changes by a step/)
    .waitFor();
});

test('in the full form a lost race shows theirs and yours, and each part is chosen', async () => {
  await page.goto(`${server.address}/systems/SYS-3/edit`);
  const unit = page.getByLabel('Unit', { exact: false }).first();
  await unit.waitFor();
  await page.getByRole('textbox', { name: /^Name/ }).fill('Mine');
  await unit.fill('My unit');
  await page
    .getByLabel(/^Purpose/)
    .first()
    .fill('Only I wrote this.');
  await send('patch', '/systems/SYS-3', { fields: { name: 'Theirs', unit: 'Their unit' } }, 1);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Their unit').waitFor();
  await dialog.getByRole('region', { name: 'Name' }).getByText('Use mine').click();
  await dialog.getByRole('region', { name: 'Unit' }).getByText('Keep theirs').click();
  await dialog.getByRole('button', { name: 'Save as chosen' }).click();
  await page.waitForURL('**/systems/SYS-3?tab=overview');
  const { fields } = await read('/systems/SYS-3');
  expect(fields).toMatchObject({ name: 'Mine', unit: 'Their unit', purpose: 'Only I wrote this.' });
});

test('Shift takes a run of rows, by hand from the row clicked last and by key back and forth', async () => {
  await open('/systems');
  await page.getByText('System 1', { exact: true }).waitFor();
  await cell('SYS-4', 2).click();
  await cell('SYS-8', 2).click({ modifiers: ['Shift'] });
  await page.getByRole('toolbar', { name: '5 selected' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+J');
  await page.keyboard.press('Shift+J');
  await page.keyboard.press('Shift+K');
  await page.getByRole('toolbar', { name: '2 selected' }).waitFor();
});

test('settings of the pages follow the person into another browser', async () => {
  await page.goto(`${server.address}/preferences`);
  await page.getByText('Comfortable, 40 px').click();
  await page.getByRole('radiogroup', { name: 'Single-letter keys' }).getByText('Off').click();
  await expect
    .poll(async () => (await read('/session')).preferences)
    .toMatchObject({
      density: '40',
      'single-keys': 'off',
    });
  const other = await browser.newContext({ ...calm, viewport: { width: 1280, height: 800 } });
  await other.addCookies(await page.context().cookies());
  const second = await other.newPage();
  await second.goto(`${server.address}/systems`);
  await second.getByText('System 1', { exact: true }).waitFor();
  const height = () =>
    second
      .getByRole('row')
      .nth(1)
      .evaluate((row) => row.getBoundingClientRect().height);
  await expect.poll(height).toBe(40);
  await second.keyboard.press('c');
  expect(new URL(second.url()).pathname).toBe('/systems');
  await other.close();
});

test('a register begins at a ref, at its last rows, and at its first again', async () => {
  await open('/systems');
  await page.getByText('System 1', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Go to…' }).click();
  await page.getByLabel('Ref', { exact: true }).fill('SYS-20');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByRole('row').nth(1).textContent()).toContain('SYS-20');
  await page.getByRole('button', { name: 'Go to…' }).click();
  await page.getByRole('button', { name: 'Last rows' }).click();
  await page.getByRole('gridcell', { name: 'SYS-40', exact: true }).waitFor();
  await page.getByRole('button', { name: 'First rows' }).first().click();
  await expect.poll(() => page.getByRole('row').nth(1).textContent()).toContain('SYS-1');
  expect(watched.troubles).toEqual([]);
});
