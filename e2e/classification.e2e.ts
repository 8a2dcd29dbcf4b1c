import { mkdirSync } from 'node:fs';
import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownRules } from '../packages/server/test/own-rules.ts';
import { type Api, apiOf } from './lib/api.ts';
import { violationsInBothThemes } from './lib/axe.ts';
import { setUp } from './lib/first-run.ts';
import { openVisit, type Visit } from './lib/visit.ts';

/** The interview as people live it: questions one after the other, an outcome that waits for the last, a lost race. */
let visit: Visit;
let api: Api;
let classification: { ref: string; id: string };
const shots = process.env.SHOTS;

async function shot(name: string): Promise<void> {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  await visit.page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
}
const question = (ask: string) =>
  visit.page.getByRole('listitem').filter({ has: visit.page.getByRole('heading', { name: ask }) });
const yesNo = (ask: string, answer: 'Yes' | 'No' | 'Not known yet') =>
  question(ask).getByRole('radio', { name: answer, exact: true }).check({ force: true });
const tick = (ask: string, value: string) => question(ask).getByRole('checkbox', { name: value }).check();
const outcome = () => visit.page.getByRole('region', { name: 'Outcome' });

beforeAll(async () => {
  visit = await openVisit();
  await setUp(visit.context, visit.server.signInLink);
  api = apiOf(visit.context, visit.server.address);
  const system = await api.make('systems', { name: 'Claims triage' });
  const useCase = await api.make(
    'use-cases',
    { name: 'Sorting of claims' },
    { system: { set: [system.id] } },
  );
  classification = await api.make(
    'classifications',
    { name: 'Sorting of claims under the EU AI Act', scheme: 'eu-ai-act' },
    { useCase: { set: [useCase.id] } },
  );
}, 240_000);
afterAll(async () => {
  await visit?.close();
});

test('the interview asks what still matters, and no class stands before the last answer', async () => {
  const { page } = visit;
  await visit.go(`/classifications/${classification.ref}`);
  await visit.button('Interview').click();
  await visit.heading('Sorting of claims under the EU AI Act').waitFor();
  await outcome().getByText('0 answered, 0 not known yet, 1 left to ask').waitFor();
  await shot('interview-empty');
  await yesNo('Does the software infer', 'Not known yet');
  await outcome().getByText('0 answered, 1 not known yet, 0 left to ask').waitFor();
  await yesNo('Does the software infer', 'Yes');
  await tick('Which Union link exists?', 'Used by somebody in the Union');
  await tick('Does an exclusion hold in full?', 'None of these');
  await tick('Which roles does the organisation hold', 'Deployer');
  await tick('Does any prohibited practice', 'None of these');
  await question('Which listed product law').getByRole('combobox').click();
  await page.getByRole('option', { name: 'None of these' }).click();
  await tick('Which points fit the intended purpose?', '5.b Creditworthiness');
  await outcome().getByText('Undetermined').waitFor();
  await outcome().getByText('Certain already').waitFor({ state: 'hidden' });
  await yesNo('Does it profile natural persons', 'Yes');
  await outcome().getByText('High-risk, Annex III').waitFor();
  await yesNo('Is it emotion recognition', 'Not known yet');
  await page.getByRole('region', { name: 'Not known yet' }).getByRole('link').waitFor();
  await shot('interview-half');
  expect(await violationsInBothThemes(page)).toEqual([]);
}, 120_000);

test('answers not kept yet are there again after a reload; kept ones stand with what is open', async () => {
  const { page } = visit;
  await page.reload();
  await page.getByText('9 answers from before this page was closed are here again').waitFor();
  await outcome().getByText('High-risk, Annex III').waitFor();
  await page.getByText(/\d+ answers not kept yet/).waitFor();
  await visit.button('Keep answers').click();
  await page.getByText('All answers are kept').waitFor();
  await page.reload();
  await outcome().getByText('High-risk, Annex III').waitFor();
  const record = await (await api.get(`/classifications/${classification.ref}`)).json();
  expect(record.fields).toMatchObject({ outcomes: ['undetermined'], lawRoles: ['deployer'] });
  expect(record.fields.certain).toEqual(['High-risk, Annex III']);
}, 60_000);

test('two people who answer at once: the second sees what the first kept, and loses nothing', async () => {
  const { page } = visit;
  const other = await visit.context.newPage();
  await other.goto(page.url());
  const theirs = other
    .getByRole('listitem')
    .filter({ has: other.getByRole('heading', { name: 'Does it directly converse' }) });
  await theirs.getByRole('radio', { name: 'No', exact: true }).check({ force: true });
  await other.getByRole('button', { name: 'Keep answers' }).click();
  await other.getByText('All answers are kept').waitFor();
  await other.close();
  await yesNo('Is it emotion recognition', 'No');
  await visit.button('Keep answers').click();
  await page.getByText('Somebody else changed 1 answer meanwhile.').waitFor();
  await shot('interview-race');
  expect(
    await question('Does it directly converse').getByRole('radio', { name: 'No', exact: true }).isChecked(),
  ).toBe(true);
  expect(
    await question('Is it emotion recognition').getByRole('radio', { name: 'No', exact: true }).isChecked(),
  ).toBe(true);
  await visit.button('Keep answers').click();
  await page.getByText('All answers are kept').waitFor();
  // The lost race is answered with 412, which Chromium writes to the console.
  expect(visit.watched.troubles.filter((trouble) => !trouble.includes('412'))).toEqual([]);
}, 60_000);

test('an answer upstream that ends the matter puts the others aside, in sight', async () => {
  const { page } = visit;
  const no = question('Does the software infer').getByRole('radio', { name: 'No', exact: true });
  await no.click({ force: true });
  // What falls is said first, and nothing has changed yet.
  await page.getByText(/^This changes \d+ later answers/).waitFor();
  await shot('interview-closes');
  expect(await no.isChecked()).toBe(false);
  expect(await violationsInBothThemes(page)).toEqual([]);
  await visit.button('Leave it as it is').click();
  await outcome().getByText('High-risk, Annex III').waitFor();
  await no.click({ force: true });
  await visit.button('Answer No').click();
  await outcome().getByText('Not an AI system').waitFor();
  await visit.button('Undo').click();
  await outcome().getByText('High-risk, Annex III').waitFor();
  await no.click({ force: true });
  await visit.button('Answer No').click();
  await outcome().getByText('Not an AI system').waitFor();
  await page.getByText(/answers that decide nothing now/).click();
  await shot('interview-ended');
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await yesNo('Does the software infer', 'Yes');
  await outcome().getByText('High-risk, Annex III').waitFor();
  await shot('interview-dark');
}, 60_000);

test('before other rules are adopted, the page names each stored result that they change, and how', async () => {
  const { page } = visit;
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
  await visit.go(`/classifications/${classification.ref}/interview`);
  await page.getByText('What follows is written into the register once it is approved').waitFor();
  await outcome().getByRole('link', { name: 'Rules' }).click();
  await visit.heading('Classification rules').waitFor();
  await visit.button('Compare stored results').click();
  await page.getByRole('status').getByText('The 1 stored result stays as it is').waitFor();
  const { euAiAct: law } = loadCatalogue();
  const milder = {
    ...law,
    rules: law.rules.filter(({ set }) => !set.includes('high_risk_annex_iii')),
    facts: law.facts.map((fact) =>
      fact.id === 'post_remote_biometrics_le' ? { ...fact, required: 'always' as const } : fact,
    ),
  };
  await page.getByLabel('Take a file').setInputFiles({
    name: 'eu-ai-act.json',
    mimeType: 'application/json',
    buffer: Buffer.from(ownRules(milder, '2027-01-10.1', new Date().toISOString().slice(0, 10))),
  });
  await visit.button('Compare stored results').click();
  await page.getByText('1 of 1 stored results would change under rule set 2027-01-10.1.').waitFor();
  await page.getByText('A question is asked that nobody answered').waitFor();
  await shot('rules');
  expect(await violationsInBothThemes(page)).toEqual([]);
  // Nobody else is here who could confirm it: so it is done alone, with why, and said.
  await page.getByLabel('Why').fill('Nobody else works here yet');
  await visit.button('Propose rule set 2027-01-10.1').click();
  await page.getByText(/^Interviews follow rule set 2027-01-10\.1, adopted by/).waitFor();
  await visit.heading('Done by one person alone').waitFor();
  await page.getByText('1 of 1 stored results change.').waitFor();
  await shot('rules-adopted');
  expect(await violationsInBothThemes(page)).toEqual([]);
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await shot('rules-dark');
  await page.getByLabel('Why').fill('The rules of the release are those of the law');
  await visit.button('Follow each release again').click();
  await page.getByText(/as this release brings it/).waitFor();
}, 60_000);

test('a gap leads to the interview, over a form that knows the title; the day is asked, and nothing is missing', async () => {
  const { page } = visit;
  const fields = { name: 'Letter drafting', legalOverlay: ['eu-ai-act'] };
  const { record: system } = await (
    await api.post('/systems', { fields, links: {}, state: 'design-development' })
  ).json();
  await api.make('use-cases', { name: 'Drafts of letters' }, { system: { set: [system.id] } });
  await visit.go(`/systems/${system.ref}`);
  await visit.button(/^Classify UC-/).click();
  await visit.heading('New classification').waitFor();
  expect(await page.getByLabel('Title').inputValue()).toBe('Drafts of letters: EU AI Act');
  await shot('classify-form');
  await visit.button('Create classification').click();
  await page.waitForURL('**/interview');
  await visit.button('Back to where you were').waitFor();
  await yesNo('Does the software infer', 'No');
  await outcome().getByText('Not an AI system').waitFor();
  const today = await page.getByLabel('Classified on').inputValue();
  expect(today).not.toBe('');
  await page.getByLabel('Classified on').fill('2026-03-04');
  await visit.button('Keep answers').click();
  await page.getByRole('link', { name: /to make it final$/ }).click();
  await visit.button('Make final').click();
  await page.getByText('Final', { exact: true }).first().waitFor();
  const made = await (await api.get(`/classifications/${page.url().split('/').at(-1)}`)).json();
  expect(made).toMatchObject({ state: 'final', fields: { classifiedOn: '2026-03-04' } });
}, 60_000);
