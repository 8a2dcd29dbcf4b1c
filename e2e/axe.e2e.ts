import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiOf } from './lib/api.ts';
import { violations } from './lib/axe.ts';
import { openBrowser } from './lib/browser.ts';
import { setUp } from './lib/first-run.ts';
import { inventory, WITHOUT_INVENTORY } from './lib/samples.ts';
import { type RunningServer, removeData, startServer } from './lib/server.ts';
import { watch } from './lib/watch.ts';

/** Every page, in both themes: WCAG 2.2 AA by axe, the policy kept, no other host asked, nothing on the console. */
let server: RunningServer;
let browser: Browser;
let context: BrowserContext;
let imported = '';

beforeAll(async () => {
  if (!inventory.present) console.warn(WITHOUT_INVENTORY);
  server = await startServer();
  browser = await openBrowser();
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, timezoneId: 'Europe/Dublin' });
  const page = await context.newPage();
  await setUp(page, server.signInLink);
  await page.close();
  const api = apiOf(context, server.address);
  if (inventory.present) imported = await api.import(inventory.path, 'use-case');
  else {
    const system = await api.make('systems', { name: 'Claims triage assistant' });
    await api.make('use-cases', { name: 'Order new claims' }, { system: { set: [system.id] } });
  }
  await makeOneOfMany(api);
});

afterAll(async () => {
  await browser?.close();
  if (!server) return;
  await server.stop();
  removeData(server);
});

/** Kinds that differ in what their pages show: text, levels, dates, files, rows. */
async function makeOneOfMany(api: ReturnType<typeof apiOf>): Promise<void> {
  const { id } = (await (await api.get('/systems/SYS-1')).json()).record;
  const system = { system: { set: [id] } };
  await api.make('documents', { name: 'AI policy', type: 'policy' });
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
  ['register of systems', '/systems'],
  ['register, filtered', '/systems?gap=ownership'],
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
  ['tokens', '/tokens'],
  ['authority', '/authority'],
  ['preferences', '/preferences'],
  ['jobs', '/jobs'],
  ['log', '/log'],
  ['welcome', '/welcome'],
  ['not there', '/nowhere/at-all'],
];
const importSteps = ['file', 'kind', 'columns', 'preview', 'apply'];

const themes = ['light', 'dark'] as const;

/** Opens a page in a theme, waits until it is at rest, and answers what is wrong with it. */
async function look(path: string, theme: (typeof themes)[number], expected: readonly string[] = []) {
  const page = await context.newPage();
  try {
    await page.addInitScript(`localStorage.setItem('throughline.theme', '${theme}')`);
    const watched = await watch(page, server.address, expected);
    await page.goto(server.address + path);
    await page.getByRole('heading', { level: 1 }).first().waitFor({ timeout: 15_000 });
    await page.waitForFunction("document.querySelector('[aria-busy=true]') === null", null, {
      timeout: 15_000,
    });
    const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    return [
      ...(await violations(page)),
      ...watched.troubles,
      ...(Number(wide) > 0 ? [`${wide} px wider than the window`] : []),
    ];
  } finally {
    await page.close();
  }
}

test.each(pages)('%s', { timeout: 60_000 }, async (_name, path) => {
  const expected = path.startsWith('/nowhere') ? ['404'] : [];
  expect({ light: await look(path, 'light', expected), dark: await look(path, 'dark', expected) }).toEqual({
    light: [],
    dark: [],
  });
});

test.skipIf(!inventory.present).each(importSteps)('import, step %s', { timeout: 60_000 }, async (step) => {
  const path = `/import/${imported}?step=${step}`;
  expect({ light: await look(path, 'light'), dark: await look(path, 'dark') }).toEqual({
    light: [],
    dark: [],
  });
});

test('sign-in', { timeout: 60_000 }, async () => {
  const out = await browser.newContext();
  const signedIn = context;
  try {
    context = out;
    expect(await look('/sign-in', 'light', ['401'])).toEqual([]);
    expect(await look('/sign-in', 'dark', ['401'])).toEqual([]);
  } finally {
    context = signedIn;
    await out.close();
  }
});
