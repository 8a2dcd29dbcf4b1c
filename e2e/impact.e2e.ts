import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, apiOf } from './lib/api.ts';
import { violationsInBothThemes } from './lib/axe.ts';
import { setUp } from './lib/first-run.ts';
import { openVisit, type Visit } from './lib/visit.ts';

/** An impact assessment as people fill it in: from what is known, by key, two at once, and with too much text. */
let visit: Visit;
let api: Api;
let assessment: { ref: string; id: string };
const shots = process.env.SHOTS;

async function shot(name: string, page = visit.page): Promise<void> {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/${name}.png` });
}
const saved = (page: Page) => page.getByRole('status').filter({ hasText: 'Everything is saved' }).waitFor();
const part = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Parts' }).getByRole('button', { name });
const field = (page: Page, name: string) => page.getByRole('textbox', { name });
const fieldsOf = async () => (await (await api.get(`/impact-assessments/${assessment.ref}`)).json()).fields;

beforeAll(async () => {
  visit = await openVisit();
  await setUp(visit.context, visit.server.signInLink);
  api = apiOf(visit.context, visit.server.address);
  const system = await api.make('systems', { name: 'Claims triage', markets: ['Ireland', 'Germany'] });
  const inSystem = { system: { set: [system.id] } };
  const useCase = await api.make(
    'use-cases',
    {
      name: 'Order of claims',
      purpose: 'Sort claims by urgency, so that people in need are called back first.',
      context: 'Front office of claims; a handler sees the order and may change it.',
      affectedPersons: 'Claimants; handlers of claims',
      foreseeableMisuse: 'The order is taken for a judgement on whether a claim is honest.',
      humanOversight: 'A handler confirms each order.',
      personalData: 'no',
    },
    inSystem,
  );
  assessment = await api.make(
    'impact-assessments',
    { name: 'Impact of the order of claims' },
    { ...inSystem, covers: { set: [useCase.id] } },
  );
}, 240_000);
afterAll(async () => {
  await visit?.close();
});

test('an empty assessment says what is blank; what is known is filled in and confirmed field by field', async () => {
  const { page } = visit;
  await visit.go(`/impact-assessments/${assessment.ref}`);
  await visit.button('Fill in').click();
  await page.getByText(/things are blank/).waitFor();
  await shot('impact-empty');
  await page.getByRole('button', { name: /^Fill in \d+ fields from what is known$/ }).click();
  await page.getByText('Filled in from elsewhere, to be confirmed').first().waitFor();
  await shot('impact-filled');
  const before = await page.getByRole('button', { name: 'Confirm' }).count();
  await page.getByRole('button', { name: 'Confirm' }).first().click();
  await saved(page);
  await expect.poll(() => page.getByRole('button', { name: 'Confirm' }).count()).toBe(before - 1);
  await field(page, 'Intended use').fill('Sort claims by need, and by nothing else.');
  await saved(page);
  expect((await fieldsOf()).toConfirm).not.toContain('intended-use');
  expect(await violationsInBothThemes(page)).toEqual([]);
}, 120_000);

test('a dimension is judged by key: question, effect, steps, and on to the next', async () => {
  const { page } = visit;
  await part(page, 'Fairness').click();
  await page.getByText('Who could be treated worse, and why?').waitFor();
  await page.getByRole('button', { name: 'Add a harm' }).focus();
  await page.keyboard.press('Enter');
  await field(page, 'Effect').fill('Claims of people who write little wait longer');
  await page.getByRole('group', { name: 'Severity', exact: true }).getByRole('radio').first().focus();
  for (let n = 0; n < 3; n += 1) await page.keyboard.press('ArrowDown');
  await field(page, 'Basis').fill('Test on 4,000 claims of last year');
  await saved(page);
  await shot('impact-dimension');
  expect((await fieldsOf()).effects).toEqual([
    expect.objectContaining({
      number: 1,
      dimension: 'fairness',
      level: 'individuals',
      polarity: 'harmful',
      severity: 'serious',
      basis: 'Test on 4,000 claims of last year',
    }),
  ]);
  // All of it in sight: what the bar at the foot half covers cannot be pressed there, and would be measured so.
  await page.setViewportSize({ width: 1440, height: 2400 });
  expect(await violationsInBothThemes(page)).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByText('Still asked: does it also do good here?').waitFor();
  await page.getByRole('button', { name: 'No benefit, because …' }).click();
  await page.getByRole('textbox', { name: 'Because' }).fill('Nobody is treated better than by hand.');
  await saved(page);
  expect(await page.getByText('Still asked').count()).toBe(0);
  await field(page, 'Basis').press('ControlOrMeta+Enter');
  await page.getByRole('heading', { name: 'Accountability', level: 2 }).waitFor();
}, 120_000);

test('two people at once: different places go together, the same place is chosen, nothing is lost', async () => {
  const { page } = visit;
  const other = await visit.context.newPage();
  await other.goto(`${visit.server.address}/impact-assessments/${assessment.ref}/sheet`);
  await field(other, 'Foreseeable misuse').waitFor();
  // The other person's page hears nothing of what happens here: they write on what they read.
  await other.route('**/api/v1/events*', (route) => route.abort());
  await part(page, 'Context and use').click();
  await field(page, 'Context').fill('Written here first.');
  await saved(page);
  await field(other, 'Foreseeable misuse').fill('Written there at the same time.');
  await saved(other);
  expect(await fieldsOf()).toMatchObject({
    context: 'Written here first.',
    misuse: 'Written there at the same time.',
  });
  // Neither is saved before both have written.
  const { promise: bothWrote, resolve: go } = Promise.withResolvers<void>();
  for (const one of [page, other])
    await one.route('**/sheet', async (route) => {
      await bothWrote;
      await route.fallback();
    });
  await field(page, 'When it fails').fill('Mine');
  await field(other, 'When it fails').fill('Theirs');
  go();
  const clash = (on: Page) => on.getByRole('heading', { name: 'Two people wrote here' });
  const lost = await Promise.race([
    clash(page)
      .waitFor()
      .then(() => page),
    clash(other)
      .waitFor()
      .then(() => other),
  ]);
  const here = lost.getByRole('region', { name: /^.+ wrote, and it is saved$/ });
  await here.getByText('Mine', { exact: true }).waitFor();
  await here.getByText('Theirs', { exact: true }).waitFor();
  // While that choice is open, what is written elsewhere is saved; a page closed meanwhile keeps the choice.
  await field(lost, 'What led to it').fill('A yearly look');
  await lost.getByText('1 place waits for your choice; the rest is saved').waitFor();
  expect((await fieldsOf()).trigger).toBe('A yearly look');
  await shot('impact-clash', lost);
  expect(await violationsInBothThemes(lost)).toEqual([]);
  await lost.reload();
  await clash(lost).waitFor();
  await here.getByRole('button', { name: 'Keep mine' }).click();
  await saved(lost);
  expect((await fieldsOf()).failureEffects).toBe(lost === page ? 'Mine' : 'Theirs');
  await other.close();
}, 120_000);

test('100,000 characters are kept here and refused by name, the rest is saved, and a closed tab loses nothing', async () => {
  const { page } = visit;
  await visit.go(`/impact-assessments/${assessment.ref}/sheet`);
  await field(page, 'What led to it').waitFor();
  await field(page, 'Context').fill('x'.repeat(100_000));
  await page.getByText('The text has 100000 characters; 8000 is the most.').first().waitFor();
  await field(page, 'What led to it').fill('New use');
  await expect.poll(async () => (await fieldsOf()).trigger).toBe('New use');
  await page.getByText('1 change was refused and is kept here').waitFor();
  await shot('impact-long');
  await visit.go(`/impact-assessments/${assessment.ref}/sheet`);
  await page.getByText('1 change came back from before this page was closed.').waitFor();
  expect(await field(page, 'Context').inputValue()).toHaveLength(100_000);
  await field(page, 'Context').fill('Front office of claims.');
  await saved(page);
}, 120_000);

test('the end lists what is blank with a way to it, and what a reader will notice', async () => {
  const { page } = visit;
  await part(page, 'Conclusion').click();
  await page.getByRole('heading', { name: 'Still blank' }).waitFor();
  await shot('impact-conclusion');
  await page.getByRole('button', { name: 'Accountability is not judged.' }).click();
  await page.getByRole('heading', { name: 'Accountability', level: 2 }).waitFor();
  await part(page, 'Fundamental rights').click();
  await page.getByText('Whether an assessment under Article 27 is due is open.').waitFor();
  expect(await violationsInBothThemes(page)).toEqual([]);
  if (!shots) return;
  await part(page, 'Fairness').click();
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 1024, height: 800 });
  await shot('impact-1024-dark');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'light' });
  await shot('impact-390');
  await page.getByRole('group', { name: 'Severity', exact: true }).scrollIntoViewIfNeeded();
  await shot('impact-390-part');
}, 120_000);
