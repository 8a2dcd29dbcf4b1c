import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wholePolicy } from '../packages/server/test/whole.ts';
import { apiOf } from './lib/api.ts';
import { violationsInBothThemes } from './lib/axe.ts';
import { closeContexts, openBrowser } from './lib/browser.ts';
import { setUp } from './lib/first-run.ts';
import { firstRowsOf, inventory, WITHOUT_INVENTORY } from './lib/samples.ts';
import { type RunningServer, removeData, startServer } from './lib/server.ts';
import { type Watched, watch } from './lib/watch.ts';

/** Every page, in both themes: WCAG 2.2 AA by axe, the policy kept, no other host asked, nothing on the console. */
let server: RunningServer;
let browser: Browser;
let context: BrowserContext;
/** Opens one page of the application after the other: what was compiled for one is not compiled for the next. */
let page: Page;
let watched: Watched;
/** Two imports of the inventory: one that was applied, and the same file read again. */
let applied = '';
let again = '';

beforeAll(async () => {
  if (!inventory.present) console.warn(WITHOUT_INVENTORY);
  server = await startServer();
  browser = await openBrowser();
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, timezoneId: 'Europe/Dublin' });
  await setUp(context, server.signInLink);
  page = await context.newPage();
  watched = await watch(page, server.address);
  const api = apiOf(context, server.address);
  if (inventory.present) {
    // Enough for every page to have its rows, its pages and its odd cells; the whole file is walked by the journey.
    const path = join(server.dataDir, 'inventory.csv');
    writeFileSync(path, firstRowsOf(inventory.path, 120));
    applied = await api.read(path, 'use-case');
    await api.apply(applied);
    again = await api.read(path, 'use-case');
  } else {
    const system = await api.make('systems', { name: 'Claims triage assistant' });
    await api.make('use-cases', { name: 'Order new claims' }, { system: { set: [system.id] } });
  }
  await makeOneOfMany(api);
});

afterAll(async () => {
  await closeContexts();
  if (!server) return;
  await server.stop();
  await removeData(server);
});

/** Kinds that differ in what their pages show: text, levels, dates, files, rows. */
async function makeOneOfMany(api: ReturnType<typeof apiOf>): Promise<void> {
  const { id } = await (await api.get('/systems/SYS-1')).json();
  const system = { system: { set: [id] } };
  await api.make('documents', { name: 'AI policy', ...wholePolicy });
  await api.make('models', { name: 'Claims language model' });
  await api.make('suppliers', { name: 'Model provider' });
  await api.make('risks', { name: 'Ranking puts non-native speakers last' }, system);
  await api.make('monitors', { name: 'Share of overruled results' }, system);
  await api.make('incidents', { name: 'Wrong ranking for a day' }, system);
  await api.make('evidence', { name: 'Verification report' });
  await api.make('impact-assessments', { name: 'Assessment of claims triage' }, system);
  await api.make('tasks', { name: 'Read the policy' });
}

const pages: readonly [name: string, path: string][] = [
  ['home', '/'],
  ['readiness', '/readiness'],
  ['readiness: the organisation', '/readiness?tab=organisation'],
  ['readiness: coverage', '/readiness?tab=coverage'],
  ['readiness: gaps', '/readiness?tab=gaps'],
  ['readiness: trend', '/readiness?tab=trend'],
  ['statement of applicability, empty', '/soa'],
  ['controls by systems', '/soa/matrix'],
  ['register of systems', '/systems'],
  ['register, filtered', '/systems?gap=ownership'],
  ['register, rows without a unit', '/systems?unit=None'],
  ['register of use cases', '/use-cases'],
  ['register with one row', '/documents'],
  ['register without rows', '/audits'],
  ['line', '/systems/SYS-1'],
  ['system: details', '/systems/SYS-1?tab=overview'],
  ['system: links', '/systems/SYS-1?tab=links'],
  ['system: history', '/systems/SYS-1?tab=history'],
  ['system: comments', '/systems/SYS-1?tab=comments'],
  ['use case', '/use-cases/UC-1'],
  ['document', '/documents/DOC-1'],
  ['model', '/models/MDL-1'],
  ['supplier', '/suppliers/SUP-1'],
  ['risk', '/risks/RSK-1'],
  ['monitor', '/monitors/MON-1'],
  ['incident', '/incidents/INC-1'],
  ['evidence', '/evidence/EVD-1'],
  ['impact assessment', '/impact-assessments/IA-1'],
  ['form, new', '/risks/new'],
  ['form, edit', '/systems/SYS-1/edit'],
  ['walk', '/systems/SYS-1/walk'],
  ['draw', '/walks/draw'],
  ['search', '/search?q=fraud'],
  ['import', '/import'],
  ['settings', '/settings'],
  ['people', '/members'],
  ['groups', '/groups'],
  ['roles', '/roles'],
  ['deputies', '/deputies'],
  ['tokens', '/tokens'],
  ['provisioning', '/provisioning'],
  ['removals', '/removals'],
  ['authority', '/authority'],
  ['account', '/account'],
  ['preferences', '/preferences'],
  ['jobs', '/jobs'],
  ['log', '/log'],
  ['log: one entry', '/log?entry=3'],
  ['log: filtered', '/log?act=record.created&kind=use-case'],
  ['log: checkpoints', '/log/checkpoints'],
  ['log: verify', '/log/verify'],
  ['welcome', '/welcome'],
];
const importSteps = ['file', 'kind', 'columns', 'preview', 'apply'];

/** Opens a page, waits until it is at rest, and answers what is wrong with it in either theme. */
async function look(path: string, on = page, { troubles }: Watched = watched) {
  const before = troubles.length;
  await on.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await on.goto(server.address + path);
  await on.getByRole('heading', { level: 1 }).first().waitFor({ timeout: 30_000 });
  await expect.poll(() => on.locator('[aria-busy=true]').count()).toBe(0);
  const wide = Number(await on.evaluate('document.documentElement.scrollWidth - innerWidth'));
  const found = await violationsInBothThemes(on);
  return { found, wide: Math.max(wide, 0), troubles: troubles.slice(before) };
}

/** The same on a page of its own, where answers with a status are expected. */
async function lookApart(path: string, expected: string, within: BrowserContext) {
  const apart = await within.newPage();
  try {
    return await look(path, apart, await watch(apart, server.address, [expected]));
  } finally {
    await apart.close();
  }
}

const sound = { found: [], wide: 0, troubles: [] };

test.each(pages)('%s', { timeout: 60_000 }, async (_name, path) => {
  expect(await look(path)).toEqual(sound);
});

test('not there', { timeout: 60_000 }, async () => {
  expect(await lookApart('/nowhere/at-all', '404', context)).toEqual(sound);
});

test.skipIf(!inventory.present).each(importSteps)('import, step %s', { timeout: 60_000 }, async (step) => {
  expect(await look(`/import/${again}?step=${step}`)).toEqual(sound);
});

test.skipIf(!inventory.present)('import that was applied', { timeout: 60_000 }, async () => {
  expect(await look(`/import/${applied}?step=apply`)).toEqual(sound);
});

test('sign-in', { timeout: 60_000 }, async () => {
  const stranger = await browser.newContext();
  expect(await lookApart('/sign-in', '401', stranger)).toEqual(sound);
  await stranger.close();
});
