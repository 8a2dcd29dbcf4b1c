import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, apiOf } from './lib/api.ts';
import { violations } from './lib/axe.ts';
import { setUp, today } from './lib/first-run.ts';
import { invitedOnPage, type Signed } from './lib/people.ts';
import { openVisit, type Visit } from './lib/visit.ts';

/** Who may what, as people see and change it: groups, deputies, roles, and what an external auditor reads. */
let visit: Visit;
let api: Api;
let reader: Signed;
let system: { ref: string; id: string };

const dialog = (page: Page) => page.getByRole('dialog').last();
/** Chooses in a field that offers a list, by typing what is looked for. */
async function choose(page: Page, label: string, text: string): Promise<void> {
  await dialog(page).getByRole('combobox', { name: label }).fill(text);
  await page
    .getByRole('option', { name: new RegExp(`^${text}`) })
    .first()
    .click();
}

beforeAll(async () => {
  visit = await openVisit();
  await setUp(visit.context, visit.server.signInLink);
  api = apiOf(visit.context, visit.server.address);
  const admin = { context: visit.context, address: visit.server.address };
  reader = await invitedOnPage(visit.browser, admin, { name: 'Actuary', roles: ['reader'] });
  system = await api.make('systems', { name: 'Motor tariff' });
}, 240_000);
afterAll(async () => {
  await visit?.close();
});

test('a page says who could, a group made on another lets it be done, and the record says through what', async () => {
  await reader.page.goto(`${visit.server.address}/systems/${system.ref}?tab=overview`);
  const edit = reader.page.getByRole('button', { name: 'Edit' }).first();
  await edit.hover();
  await reader.page
    .getByText(/Your roles do not let you edit this AI system\. .+ can\./)
    .first()
    .waitFor();

  const { page } = visit;
  await visit.go('/groups');
  await page.getByText('No group yet.').waitFor();
  await visit.button('Make a group').click();
  await dialog(page).getByRole('button', { name: 'Make the group' }).click();
  await dialog(page).getByText('This is needed.').waitFor();
  await dialog(page).getByLabel('Name').fill('Pricing board');
  await choose(page, 'Roles', 'AIMS manager');
  await choose(page, 'Members', 'Actuary');
  await dialog(page).getByRole('button', { name: 'Make the group' }).click();
  await page.getByRole('row', { name: /Pricing board.*AIMS manager.*Actuary/ }).waitFor();
  expect(await violations(page)).toEqual([]);

  await reader.page.reload();
  await reader.page.getByText('The group Pricing board gives you the right to change this.').waitFor();
}, 120_000);

test('somebody names their deputy on the page of their account, and the other finds it', async () => {
  const { page } = reader;
  await page.goto(`${visit.server.address}/account`);
  await page.getByRole('heading', { name: 'Your deputy' }).waitFor();
  await page.getByRole('button', { name: 'Name a deputy' }).click();
  await dialog(page).getByRole('combobox', { name: 'Deputy' }).click();
  await page.getByRole('option').first().click();
  await dialog(page).getByLabel('First day').fill(today());
  await dialog(page).getByLabel('Last day').fill('2020-01-01');
  await dialog(page).getByLabel('Why').fill('Leave');
  await dialog(page).getByRole('button', { name: 'Name the deputy' }).click();
  await dialog(page).getByText('The last day is before the first.').waitFor();
  await dialog(page).getByLabel('Last day').fill(today());
  await dialog(page).getByRole('button', { name: 'Name the deputy' }).click();
  await page.getByText(/stands in for you from/).waitFor();
  expect(await violations(page)).toEqual([]);

  await visit.go('/deputies');
  await visit.page.getByRole('row', { name: /Actuary.*today.*Leave/ }).waitFor();
  expect(await violations(visit.page)).toEqual([]);
}, 120_000);

test('the roles say what each may, why, and who holds it through what', async () => {
  const { page } = visit;
  await visit.go('/roles');
  const role = page.getByRole('region', { name: 'AIMS manager' });
  await role.getByText('Runs the management system from day to day.').waitFor();
  await role.getByText('by the group Pricing board').waitFor();
  await role.getByRole('cell', { name: /Somebody answers for the whole management system/ }).waitFor();
  expect(await violations(page)).toEqual([]);
}, 60_000);

test('an external auditor is invited with an end and what they read, and both can be changed', async () => {
  const { page } = visit;
  await visit.go('/members');
  await visit.button('Invite a person').click();
  await dialog(page).getByLabel('Name').fill('Lead auditor');
  await dialog(page).getByLabel('E-mail address').fill('auditor@body.example');
  await choose(page, 'Roles', 'External auditor');
  await dialog(page).getByRole('button', { name: 'Make the invitation' }).click();
  await dialog(page).getByText('An external auditor has access until a day.').waitFor();
  await dialog(page).getByLabel('Last day with access').fill('2999-01-31');
  await dialog(page).getByLabel('Systems').fill('Motor');
  await dialog(page)
    .getByRole('button', { name: /Motor tariff/ })
    .click();
  await choose(page, 'Kinds of records', 'Risks');
  expect(await violations(page)).toEqual([]);
  await dialog(page).getByRole('button', { name: 'Make the invitation' }).click();
  await dialog(page).getByRole('button', { name: 'Done' }).click();
  await page.getByText(`reads ${system.ref} Motor tariff: Risks`).waitFor();
  await visit.button('Change Lead auditor').click();
  await dialog(page).getByRole('button', { name: 'Remove Risks' }).click();
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  await page.getByText(`reads ${system.ref} Motor tariff`, { exact: true }).waitFor();
}, 120_000);
