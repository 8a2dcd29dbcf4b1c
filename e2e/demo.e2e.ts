import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations, violationsInBothThemes } from './lib/axe.ts';
import { setUp } from './lib/first-run.ts';
import type { RunningServer } from './lib/server.ts';
import { openVisit, type Visit } from './lib/visit.ts';
import type { Watched } from './lib/watch.ts';

/** The demo organisation from the first run to its removal, in order; in between a walk, and what its risks carry (6.1.4, 8.2). */
let visit: Visit;
let server: RunningServer;
let context: BrowserContext;
let page: Page;
let watched: Watched;

const short = { timeout: 30_000 };
const long = { timeout: 100_000 };

beforeAll(async () => {
  visit = await openVisit();
  ({ server, context, page, watched } = visit);
});

afterAll(() => visit?.close());

const demoState = async (): Promise<string> =>
  (await (await context.request.get(`${server.address}/api/v1/demo`)).json()).standing;

test('the second door of the first run loads it, and an empty register led there too', async () => {
  await setUp(context, server.signInLink);
  await visit.go('/risks');
  await visit.button('Load a demo example').click();
  await visit.heading('Demo organisation').waitFor(short);
  await visit.go('/welcome');
  await visit.button(/Load the demo organisation/).click();
  await page.waitForURL('**/jobs');
  await expect.poll(demoState, long).toBe('loaded');
});

test('home has something to do in each group, and says how many systems are demo', async () => {
  await visit.go('/');
  await visit.heading(/things need you/).waitFor(short);
  for (const group of ['Overdue', 'To approve', 'To confirm', 'This week'])
    await visit.heading(new RegExp(`^${group}`)).waitFor(short);
  await page.getByText('Includes 12 demo systems.').waitFor(short);
  await expect
    .poll(async () => page.getByText(/of 9 running systems have gaps/).innerText(), long)
    .toBe('7 of 9 running systems have gaps');
  expect(await violations(page)).toEqual([]);
});

test('an owner answers for a document where the need stands', async () => {
  await visit.button('Answer').click();
  await visit.heading('Can you explain version 1 to an auditor?').waitFor(short);
  await visit.button('Yes, I can').click();
  await page.getByRole('heading', { name: /^To confirm/ }).waitFor({ state: 'detached', ...short });
});

test('a line holds, and another says what its change reopened', async () => {
  await visit.go('/systems');
  await page
    .getByRole('row', { name: /Claims triage assistant/ })
    .getByText('demo', { exact: true })
    .waitFor(short);
  await visit.go('/systems/SYS-1');
  await visit.heading(/This line holds/).waitFor(long);
  await visit.go('/systems/SYS-2');
  await visit.heading('6 gaps stop this line').waitFor(short);
  await page.getByText('lost approval when material content changed.').waitFor(short);
});

test('the mandatory set is exported as an index, and names whose answer is missing', async () => {
  await visit.go('/readiness');
  await visit.heading(/of 15 mandatory items hold/).waitFor(short);
  await visit.button('Export index').click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'CSV' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^mandatory-set-\d{4}-\d\d-\d\d\.csv$/);
  await page.getByText('Its owner answers').first().waitFor(short);
  expect(await violations(page)).toEqual([]);
});

test('the statement says what contradicts what, finds a control, and leads to its one step', async () => {
  await visit.go('/soa');
  await page
    .getByText(/^38 of 38 controls of Annex A are decided\. 1 contradicts itself, 2 not in place/)
    .waitFor(short);
  const row = (id: string) => page.getByRole('row', { name: new RegExp(`^${id.replaceAll('.', '\\.')} `) });
  await row('A.8.4').getByText('names a contract as reason, and no such record calls for it.').waitFor(short);
  await row('A.6.2.6').getByText('on 8 of 9 systems').waitFor(short);
  await row('A.6.2.6').getByRole('link', { name: 'and 3 more' }).first().waitFor(short);
  expect(await violationsInBothThemes(page)).toEqual([]);
  await page.getByRole('radio', { name: 'Excluded' }).check({ force: true });
  await page.getByText('2 controls', { exact: true }).waitFor(short);
  await page.getByRole('radio', { name: 'All' }).check({ force: true });
  await page.getByText('38 controls', { exact: true }).waitFor(short);
  await page.keyboard.press('n');
  await expect.poll(() => page.evaluate('document.activeElement?.dataset.row ?? null')).toBe('A.2.3');
  await row('A.8.4').getByRole('button', { name: 'Correct the reasons' }).click();
  await page.waitForURL('**/applicability/APL-*');
});

test('the matrix names every unit over its systems, one of a single system too', async () => {
  await visit.go('/soa/matrix');
  await page.getByRole('button', { name: 'Sales, 1 system' }).getByText('Sales').waitFor(short);
  expect(await violations(page)).toEqual([]);
});

/** The walks under way that this browser keeps, as it keeps them. */
const kept = (): Promise<string[]> =>
  page.evaluate(
    `Object.entries(localStorage).flatMap(([name, value]) => (name.includes('.walk.') && value !== '' ? [value] : []))`,
  );

test('a walk goes on after a reload: place, mark, note and the time that was walked', async () => {
  await visit.go('/walks/draw');
  await visit.button('Draw').click();
  await visit.heading(/was drawn from 12 systems/).waitFor(short);
  await visit.button('Start the walk').click();
  await visit.heading('1 Scope').waitFor(short);
  await page.keyboard.press('ArrowRight');
  await visit.heading('2 Policy').waitFor(short);
  await page.keyboard.press('g');
  await visit.heading('3 Ownership').waitFor(short);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('n');
  await page.keyboard.type('Asked the owner.');
  await expect.poll(async () => (await kept()).some((walk) => walk.includes('Asked the owner.'))).toBe(true);
  await page.reload();
  await visit.heading('2 Policy').waitFor(short);
  await page.getByText('The walk goes on where it was left.').waitFor(short);
  await expect.poll(() => page.getByLabel('Note').inputValue()).toBe('Asked the owner.');
  expect(await violations(page)).toEqual([]);
  await visit.button('End').click();
  await visit.heading(/You saw 1 gap\./).waitFor(short);
  await page.getByLabel('Conclusion').fill('One of two was shown.');
  await visit.button('Record this walk').click();
  await page.waitForURL('**/walks/WLK-*');
  await page.getByText('One of two was shown.').first().waitFor(short);
  // What is recorded leaves nothing to go on with.
  await expect.poll(kept).toEqual([]);
});

/** The first risk that carries effects of an assessment. */
async function carryingRisk(): Promise<string> {
  const at = `${server.address}/api/v1/risks`;
  const { items } = await (await context.request.get(`${at}?limit=50`)).json();
  for (const { ref } of items)
    if ((await (await context.request.get(`${at}/${ref}/rating`)).json()).carried.length > 0) return ref;
  throw new Error('No risk of the demo carries an effect.');
}

test('a risk says in words what it carries, and each effect leads to its place in the assessment', async () => {
  await visit.go(`/risks/${await carryingRisk()}`);
  const finding = page.getByRole('link', { name: /^Effect 1, / });
  await finding.waitFor(long);
  await page
    .getByRole('table', { name: 'Rating' })
    .getByRole('row', { name: /^Residual/ })
    .waitFor(short);
  const dimension = (await finding.innerText()).replace('Effect 1, ', '');
  expect(await violationsInBothThemes(page)).toEqual([]);
  await finding.click();
  await page.waitForURL(/\/impact-assessments\/IA-\d+\/sheet\?part=/);
  await visit.heading(dimension).waitFor(short);
});

test('where the assessment has moved on, the page of the risk says what changed and leads to the rating', async () => {
  const risk = await carryingRisk();
  // A second person would have to approve the version: the answer is changed on its way to the page instead.
  await page.route(`**/api/v1/risks/${risk}/rating`, async (route) => {
    const response = await route.fetch();
    const rating = await response.json();
    const [first, ...others] = rating.carried;
    const carried = [{ ...first, changes: ['severity severe instead of serious'] }, ...others];
    await route.fulfill({ response, json: { ...rating, ratedBy: 'RCR-1 v0', carried } });
  });
  await visit.go(`/risks/${risk}`);
  const said = /judged effect 1 anew since this risk was rated: severity severe instead of serious/;
  await page.getByText(said).waitFor(short);
  await page.getByText(/Rated by RCR-1 v0;/).waitFor(short);
  expect(await violationsInBothThemes(page)).toEqual([]);
  await page.getByRole('link', { name: 'Rate it again' }).click();
  await page.waitForURL(`**/risks/${risk}/rating`);
  await page.getByText(said).waitFor(short);
  await page.unrouteAll({ behavior: 'wait' });
});

test('a risk is rated by the criteria in force: steps in, levels out, and the risk says by which version', async () => {
  const listed = await context.request.get(
    `${server.address}/api/v1/risks?q=${encodeURIComponent('second language')}&limit=1`,
  );
  const { ref } = (await listed.json()).items[0];
  await visit.go(`/risks/${ref}`);
  await page.getByRole('button', { name: 'Rate', exact: true }).click();
  await page.getByText(/The levels are read from Risk criteria for AI/).waitFor(short);
  const rate = (part: string, step: string) =>
    page.getByRole('region', { name: part }).getByRole('radio', { name: step }).check();
  await page.getByRole('radio', { name: /^Likely/ }).check();
  await rate('For the organisation', 'Minor');
  await rate('For individuals', 'Serious');
  await rate('For society', 'Negligible');
  const individuals = page.getByRole('region', { name: 'For individuals' });
  await individuals.getByText('Above its target, Moderate.').waitFor(short);
  await individuals.locator('[aria-current]').getByText('High').waitFor(short);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/rating.png`, fullPage: true });
  expect(await violationsInBothThemes(page)).toEqual([]);
  await visit.button('Keep the rating').click();
  await page.getByText('This rating is kept').waitFor(short);
  const risk = await (await context.request.get(`${server.address}/api/v1/risks/${ref}`)).json();
  expect(risk.fields).toMatchObject({
    currentOrganisation: 'moderate',
    currentIndividuals: 'high',
    currentSociety: 'low',
    criteriaVersion: expect.stringMatching(/^RCR-\d+ v1$/),
  });
});

test('removing takes it out of registers and counts, and says what stays', async () => {
  await visit.go('/demo');
  await visit.button('Remove the demo organisation').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/Versions, files and log entries stay\./).waitFor(short);
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Remove the demo organisation' }).click();
  await expect.poll(demoState, long).toBe('none');
  await visit.go('/');
  await page.getByText('No AI system is registered yet.').waitFor(short);
  // An entry is listed once it has its place, which it gets after the change.
  const archived = `${server.address}/api/v1/log?act=record.archived&limit=1`;
  await expect.poll(async () => (await (await context.request.get(archived)).json()).items.length).toBe(1);
  expect(watched.troubles).toEqual([]);
});
