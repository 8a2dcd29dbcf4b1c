import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, apiOf } from './lib/api.ts';
import { violationsInBothThemes } from './lib/axe.ts';
import { calm, closeContexts, openBrowser } from './lib/browser.ts';
import { throughline } from './lib/command.ts';
import { asOwner } from './lib/database.ts';
import { setUp } from './lib/first-run.ts';
import { type RunningServer, removeData, startServer } from './lib/server.ts';
import { type Watched, watch } from './lib/watch.ts';

/** The log as people check it: in a real browser, against a real server, and after somebody altered its database. */
let server: RunningServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let watched: Watched;
let api: Api;
let risk: { ref: string; id: string };
let system: { ref: string; id: string };

beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser();
  context = await browser.newContext({
    ...calm,
    viewport: { width: 1440, height: 900 },
    timezoneId: 'Europe/Dublin',
    acceptDownloads: true,
  });
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
  watched = await watch(page, server.address, ['404', '409']);
  await setUp(context, server.signInLink);
  api = apiOf(context, server.address);
  system = await api.make('systems', { name: 'Claims triage assistant' });
  risk = await api.make(
    'risks',
    { name: 'Ranking puts non-native speakers last' },
    { system: { set: [system.id] } },
  );
  for (let n = 1; n <= 40; n += 1) await api.make('tasks', { name: `Read the policy, part ${n}` });
});

afterAll(async () => {
  await closeContexts();
  if (!server) return;
  await server.stop();
  await removeData(server);
});

const state = async () => (await api.get('/log/state')).json();
const go = async (path: string): Promise<void> => {
  await page.goto(server.address + path);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
};
const entryOfRisk = async (): Promise<number> =>
  (await (await api.get(`/log?record=${risk.ref}`)).json()).items[0].index;

test('entries are signed soon after they are made', async () => {
  await expect.poll(async () => (await state()).unsigned).toBeNull();
});

test('entries fill the page from the top, and the newest stands first', async () => {
  await go('/log');
  const rows = page.getByRole('row');
  await expect.poll(() => rows.count()).toBeGreaterThan(20);
  const first = await rows.nth(1).boundingBox();
  expect(first?.y).toBeLessThanOrEqual(180);
  expect(first?.height).toBe(32);
  expect(await rows.nth(1).textContent()).toContain('Read the policy, part 40');
});

test('a filter is in the address, and the address brings it back', async () => {
  await go(`/log?record=${risk.ref}`);
  await page.getByRole('row').filter({ hasText: risk.ref }).first().waitFor();
  await expect.poll(() => page.getByRole('row').count()).toBe(2);
  await page.getByRole('button', { name: /Remove .*Record/ }).click();
  await expect.poll(() => page.getByRole('row').count()).toBeGreaterThan(20);
  expect(new URL(page.url()).search).toBe('');
});

test('new entries wait behind their count', async () => {
  await go('/log');
  await page.getByRole('row').filter({ hasText: 'part 40' }).waitFor();
  await api.make('tasks', { name: 'Made while the page was open' });
  await page.getByRole('button', { name: '1 new entry' }).click();
  await page.getByRole('row').filter({ hasText: 'Made while the page was open' }).waitFor();
});

test('an entry is checked in the browser, and its proof and its bytes are files', async () => {
  const index = await entryOfRisk();
  await go(`/log?entry=${index}`);
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('button', { name: 'Show them' }).click();
  await drawer.getByRole('button', { name: 'Check in this browser' }).click();
  await drawer.getByText(/is under the signed checkpoint of .* Checked in this browser/).waitFor();
  const read = async (press: () => Promise<void>): Promise<string> => {
    const [download] = await Promise.all([page.waitForEvent('download'), press()]);
    return readFileSync(await download.path(), 'utf8');
  };
  const proof = await read(() => drawer.getByRole('link', { name: 'Download the proof' }).click());
  expect(proof.startsWith('c2sp.org/tlog-proof@v1\n')).toBe(true);
  const entry = await read(() => drawer.getByRole('button', { name: 'Download the entry' }).click());
  expect(JSON.parse(entry)).toMatchObject({ act: 'record.created', record: risk.id });
});

test('checkpoints show what is signed, and print as a sheet to sign', async () => {
  await go('/log/checkpoints');
  const { origin, checkpoint, keys } = await state();
  const main = page.getByRole('main');
  await main.getByText(keys[0].vkey, { exact: true }).first().waitFor();
  expect(await main.textContent()).toContain(`Fingerprint ${keys[0].id}`);
  await page.emulateMedia({ media: 'print' });
  const sheet = page.getByRole('article', { name: 'Checkpoint of the log' });
  await sheet.waitFor();
  const told = (await sheet.textContent()) ?? '';
  for (const part of [origin, checkpoint.root, 'Signature']) expect(told).toContain(part);
  const note = sheet.locator('pre');
  expect(await note.textContent()).toBe(checkpoint.note);
  // What is typed in from the sheet is the note only where each of its lines stands on one, on landscape and on narrow paper.
  for (const width of [1000, 640]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await note.evaluate((box) => box.scrollWidth - box.clientWidth)).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ media: 'screen' });
  expect(await sheet.isVisible()).toBe(false);
});

test('the browser remembers what it saw, and the log goes on from it and from what a person holds', async () => {
  const { checkpoint } = await state();
  await go('/log/verify');
  await page
    .getByRole('button', { name: /remember it|goes on from it/ })
    .first()
    .click();
  await page
    .getByText(/The log goes on: the first/)
    .first()
    .waitFor();
  await api.make('tasks', { name: 'One more entry' });
  await expect.poll(async () => (await state()).checkpoint.size).toBeGreaterThan(checkpoint.size);
  await go('/log/verify');
  await page.getByRole('button', { name: 'Check that the log goes on from it' }).first().click();
  await page.getByText(/The log goes on: the first/).waitFor();
  const held = page.getByRole('region', { name: 'A checkpoint that you hold' });
  await held.getByLabel('Checkpoint', { exact: true }).fill(checkpoint.note);
  await held.getByRole('button', { name: 'Check that' }).click();
  await held.getByText(`The log goes on: the first ${checkpoint.size} of its`).waitFor();
  const altered = checkpoint.note.replace(`\n${checkpoint.size}\n`, `\n${checkpoint.size - 1}\n`);
  await held.getByLabel('Checkpoint', { exact: true }).fill(altered);
  await held.getByRole('button', { name: 'Check that' }).click();
  await held.getByText('The checkpoint is not signed by the key of this log.').waitFor();
});

test('every version is checked in the panel and in the history', async () => {
  await go(`/risks/${risk.ref}`);
  const panel = page.getByRole('complementary');
  await panel.getByRole('button', { name: 'Check in this browser' }).click();
  await panel.getByText(/Checked in this browser/).waitFor();
  await page.getByRole('tab', { name: 'History' }).click();
  const row = page.getByRole('tabpanel').getByRole('listitem').first();
  await row.getByRole('button', { name: 'Proof' }).click();
  await row.getByRole('button', { name: 'Check in this browser' }).click();
  await row.getByText(/Checked in this browser/).waitFor();
});

test('the foot of every page says what is signed', async () => {
  await go('/');
  await page.getByRole('link', { name: /entries signed/ }).waitFor();
});

test('the pages of the log are accessible in both themes', async () => {
  for (const path of ['/log', `/log?entry=${await entryOfRisk()}`, '/log/checkpoints', '/log/verify']) {
    await go(path);
    await expect.poll(() => page.locator('[aria-busy=true]').count()).toBe(0);
    expect([path, await violationsInBothThemes(page)]).toEqual([path, []]);
  }
});

test('no page broke a rule on the way', () => {
  expect(watched.troubles).toEqual([]);
});

test('content that was changed in the database does not match the log, and the page names the entry', async () => {
  const changed = await asOwner(
    server,
    `update revision set fields = jsonb_set(fields, '{name}', '"Nothing to worry about"') where record = $1`,
    [risk.id],
  );
  expect(changed).toBe(1);
  await go(`/risks/${risk.ref}`);
  const panel = page.getByRole('complementary');
  await panel
    .getByText(/does not have the digest that its entry names/)
    .first()
    .waitFor();
  await panel.getByRole('button', { name: 'Check in this browser' }).click();
  await panel.getByText(/The content is not what was logged/).waitFor();
});

test('what a verification finds turns the foot red on every page, and one click leads to the entry', async () => {
  const index = await entryOfRisk();
  const renamed = `update revision set fields = jsonb_set(fields, '{name}', '"Another name"') where record = $1`;
  expect(await asOwner(server, renamed, [system.id])).toBe(1);
  const verified = await throughline(server, 'log', 'verify');
  expect([verified.code, verified.out]).toEqual([12, expect.stringContaining(`${risk.ref} version 1`)]);
  // The foot names what the verification found first.
  const [first] = (await state()).verification.report.faults;
  for (const path of ['/', '/systems', '/log/checkpoints']) {
    await go(path);
    const foot = page.getByRole('link', { name: /The log does not verify/ });
    expect(await foot.textContent()).toContain(`${first.ref} version 1, entry ${first.entries.start}`);
  }
  await page.getByRole('link', { name: /The log does not verify/ }).click();
  await page.getByRole('dialog', { name: `Entry ${first.entries.start}` }).waitFor();
  await page
    .getByRole('dialog')
    .getByText(/does not have the digest/)
    .waitFor();
  for (const path of [`/log?entry=${index}`, '/log/verify', `/risks/${risk.ref}?tab=history`]) {
    await go(path);
    await page
      .getByText(/does not (match the log|have the digest)/)
      .first()
      .waitFor();
    expect([path, await violationsInBothThemes(page)]).toEqual([path, []]);
  }
});

test('the station that was judged on the record shows a gap that leads to the entry', async () => {
  await go('/systems/SYS-1');
  await page
    .getByText(/was changed outside Throughline: it does not match the log/)
    .first()
    .waitFor();
  await page
    .getByRole('link', { name: /^Open entry/ })
    .first()
    .click();
  await page.getByRole('dialog', { name: /^Entry/ }).waitFor();
});

test('a record whose row was removed has a page that says what the log knows of it; one that never was has none', async () => {
  const { id, ref } = await api.make('risks', { name: 'Removed past the application' });
  await expect.poll(async () => (await state()).unsigned).toBeNull();
  expect(await asOwner(server, 'delete from record where id = $1', [id])).toBe(1);
  await go(`/risks/${ref}`);
  await page.getByRole('heading', { level: 1, name: `${ref} is missing` }).waitFor();
  const known = page.getByRole('region', { name: 'What the log knows of it' });
  expect(await known.textContent()).toContain('Version 1');
  await page
    .getByText(`${ref}, record is named by an entry and is not there. The log knows it: risk`)
    .waitFor();
  expect(await violationsInBothThemes(page)).toEqual([]);
  await known.getByRole('link', { name: /^Entry/ }).click();
  await page.getByRole('dialog', { name: /^Entry/ }).waitFor();
  expect((await throughline(server, 'log', 'verify')).out).toMatch(
    new RegExp(`${ref}, record is named by an entry .* The log knows it: risk, version 1, created by `),
  );
  await go('/risks/RSK-999');
  await page.getByRole('heading', { level: 1, name: 'Not here' }).waitFor();
});
