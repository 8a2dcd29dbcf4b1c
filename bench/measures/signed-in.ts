import { setTimeout as wait } from 'node:timers/promises';
import { outstanding } from '@throughline/server/store/standing.ts';
import type { Browser, Page } from 'playwright-core';
import { openChromium } from '../browser.ts';
import { type LeftOut, type Measure, noMemory, type Result, single, timed } from '../result.ts';
import { residentMegabytes, type Spawned, serverOf } from '../server.ts';
import { sessionOf } from '../session.ts';
import type { World } from '../world.ts';

/** The large organisation in a browser, signed in, against the budgets of its pages; and what its server holds at rest. */
export const signedIn: Measure = {
  name: 'signed-in',
  run: async (world, { quick }) => {
    await using server = await serverOf(world);
    const idle = await atRest(world, server, quick);
    const browser = await openChromium();
    if (typeof browser === 'string') return [idle, ...steps.map(({ name }) => ({ name, leftOut: browser }))];
    try {
      return [idle, ...(await walked(world, server, browser, quick ? 3 : 10))];
    } finally {
      await browser.close();
    }
  },
};

/** A while after the start and after the last line that other measures left open: then nothing is left to do. */
async function atRest(world: World, server: Spawned, quick: boolean): Promise<Result | LeftOut> {
  const { store } = world.services;
  const end = performance.now() + settledWithinMs;
  while ((await store.readWhole(world.organisation, outstanding)).count > 0) {
    if (performance.now() > end) throw new Error(`Lines are still open after ${settledWithinMs / 1000} s`);
    await wait(500);
  }
  await wait(quick ? 6_000 : 20_000);
  const resident = residentMegabytes(server.pid);
  const named = { name: 'idle server of the large organisation', concurrency: 1 };
  if (resident === undefined) return { name: named.name, leftOut: noMemory };
  return single({ ...named, target: { of: 'max', atMost: 200 } }, 'MB', resident);
}

/** Ten thousand lines take half a minute. */
const settledWithinMs = 120_000;

type Do = (page: Page, round: number) => Promise<unknown>;
type Step = { readonly name: string; readonly atMost: number; readonly before: Do; readonly timed: Do };

const units = ['Claims', 'Underwriting', 'Service', 'Technology', 'Finance', 'People', 'Legal', 'Health'];
const unitOf = (round: number) => units[round % units.length] ?? '';
const rows = (page: Page) => page.locator('[role=grid][aria-busy=false] [role=gridcell] >> nth=5').waitFor();
const visit = async (page: Page, path: string) => {
  await page.goto(path);
  await rows(page);
};

/** The register once nothing of another unit stands in it, and something of this one does. */
const rowsOf = (page: Page, unit: string) => {
  const others = new RegExp(`^(${units.filter((other) => other !== unit).join('|')})$`);
  return page
    .locator('[role=grid][aria-busy=false]')
    .filter({ hasNot: page.getByRole('gridcell', { name: others }) })
    .filter({ has: page.getByRole('gridcell', { name: unit, exact: true }) })
    .waitFor();
};

/** What is timed goes from what a person does until what they asked for stands there. */
const steps: readonly Step[] = [
  {
    name: 'Home, files kept by the browser',
    atMost: 1_000,
    before: (page) => page.goto('about:blank'),
    timed: async (page) => {
      await page.goto('/', { waitUntil: 'commit' });
      await page
        .locator('main')
        .getByText(/of [\d,]+ running systems/)
        .first()
        .waitFor();
    },
  },
  {
    name: 'filter to rows',
    atMost: 150,
    before: (page) => visit(page, '/systems'),
    timed: async (page, round) => {
      // A filter changes the address; the frame stays and asks for its rows.
      const unit = unitOf(round);
      await page.evaluate(`history.pushState(null, '', '/systems?unit=${unit}')`);
      await rowsOf(page, unit);
    },
  },
  {
    name: 'palette to results',
    atMost: 100,
    before: async (page) => {
      await visit(page, '/systems');
      await page.keyboard.press('Control+k');
      await page.locator('[role=combobox], dialog input').first().waitFor();
    },
    timed: async (page, round) => {
      await page.keyboard.insertText(`triage ${4_000 + round}`);
      await page
        .getByRole('option', { name: new RegExp(`triage ${4_000 + round}`) })
        .first()
        .waitFor();
    },
  },
  {
    name: 'record page from its register',
    atMost: 200,
    before: (page) => visit(page, '/evidence?sort=-updated'),
    timed: async (page, round) => {
      const link = page.locator('[role=gridcell] a[href^="/evidence/"]').nth(round);
      const title = (await link.textContent()) ?? '';
      await link.click();
      // Its own heading: the register has one too, which stands there already.
      await page.locator('main h1', { hasText: title }).waitFor();
    },
  },
  {
    name: 'matrix of controls by systems, drawn',
    atMost: 1_000,
    before: async (page) => {
      await page.goto('/soa');
      await page.locator('main tr[data-row] >> nth=37').waitFor();
    },
    timed: async (page) => {
      await page.getByRole('link', { name: 'Matrix: controls by systems' }).click();
      await page.locator('main [role=gridcell]').nth(40).waitFor();
    },
  },
];

async function walked(
  world: World,
  { address }: Spawned,
  browser: Browser,
  rounds: number,
): Promise<Result[]> {
  const context = await browser.newContext({ baseURL: address, viewport: { width: 1440, height: 900 } });
  await context.addCookies([
    { name: 'throughline', value: await sessionOf(world, world.member), url: address },
  ]);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const results: Result[] = [];
  for (const { name, atMost, before, timed: step } of steps) {
    const durations: number[] = [];
    // The first is not counted: parts of the application are fetched with it.
    for (let round = 0; round <= rounds; round += 1) {
      await before(page, round);
      const began = performance.now();
      await step(page, round);
      if (round > 0) durations.push(performance.now() - began);
    }
    const taken = { sorted: durations.sort((a, b) => a - b), failures: [] };
    results.push(timed({ name, concurrency: 1, target: { of: 'p95', atMost } }, taken));
  }
  await context.close();
  return results;
}
