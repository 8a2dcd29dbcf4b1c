import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from './lib/axe.ts';
import { throughline } from './lib/command.ts';
import { administrator, setUp } from './lib/first-run.ts';
import { openVisit, type Visit } from './lib/visit.ts';

/** One person in two organisations of one installation: joined, switched, and kept apart. */
let visit: Visit;
/** A tab that was opened in the first organisation and stays where it is. */
let stale: Page;

const inOrganisation = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByText(name, { exact: true }).first().waitFor();
const choose = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('button', { name: /Organisation menu/ }).click();
  await page.getByRole('menuitemradio', { name }).or(page.getByRole('menuitem', { name })).click();
  // It leads to Home, as a document of its own.
  await page.waitForURL((url) => url.pathname === '/');
};
const send = async (method: 'post' | 'get', path: string, data?: object) => {
  const answer = await visit.context.request[method](`${visit.server.address}/api/v1${path}`, {
    headers: { 'x-throughline': '1' },
    ...(data ? { data } : {}),
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  return answer.json();
};

beforeAll(async () => {
  visit = await openVisit();
  await setUp(visit.context, visit.server.signInLink);
  await send('post', '/systems', {
    fields: { name: 'Claims triage', unit: 'Claims', unitCode: 'CL', subUnit: 'Motor' },
  });
}, 240_000);

afterAll(async () => {
  await visit?.close();
});

test('the operator makes another organisation, and its link is taken with the account that is signed in', async () => {
  const { page, server } = visit;
  const made = await throughline(
    server,
    ...['organisation', 'create', 'Harbour Bank', '--trusting', '--administrator', administrator.email],
  );
  expect(made.code).toBe(0);
  const { pathname, hash } = new URL(made.out.trim());
  stale = await visit.context.newPage();
  await stale.goto(`${server.address}/settings`);
  await stale.getByLabel('Name', { exact: true }).first().waitFor();
  await visit.go(`${pathname}${hash}`);
  await page.getByText(`you are signed in as ${administrator.email}`).waitFor();
  expect(await violations(page)).toEqual([]);
  await visit.button('Join').click();
  await inOrganisation(page, 'Harbour Bank');
  const { items } = await send('get', '/systems');
  expect(items).toEqual([]);
}, 120_000);

test('a tab of the first organisation neither reads nor writes in the second, says so, and leads back', async () => {
  const name = stale.getByLabel('Name', { exact: true }).first();
  await name.fill('Written into the wrong one');
  await stale.getByRole('button', { name: 'Save' }).first().click();
  const dialog = stale.getByRole('dialog');
  await dialog.getByText('You went on in another organisation').waitFor();
  expect((await send('get', '/organisation')).name).toBe('Harbour Bank');
  expect(await violations(stale)).toEqual([]);
  await dialog.getByRole('button', { name: `Back to ${administrator.organisation}` }).click();
  await stale.waitForURL((url) => url.pathname === '/');
  await inOrganisation(stale, administrator.organisation);
  const { items } = await send('get', '/systems');
  expect(items.map((one: { title: string }) => one.title)).toEqual(['Claims triage']);
  expect((await send('get', '/organisation')).name).toBe(administrator.organisation);
}, 120_000);

test('the menu leads into the other organisation and back, each with its own', async () => {
  const { server } = visit;
  await stale.goto(`${server.address}/systems`);
  await stale.getByText('Claims triage').first().waitFor();
  await choose(stale, 'Harbour Bank');
  await inOrganisation(stale, 'Harbour Bank');
  await stale.goto(`${server.address}/systems`);
  await inOrganisation(stale, 'Harbour Bank');
  expect(await stale.getByText('Claims triage').count()).toBe(0);
  await choose(stale, administrator.organisation);
  await inOrganisation(stale, administrator.organisation);
}, 120_000);

test('a unit is renamed in every system that names it, and days and what is kept are set', async () => {
  const { server } = visit;
  await stale.goto(`${server.address}/units`);
  await stale.getByRole('rowheader', { name: /Claims/ }).waitFor();
  expect(await violations(stale)).toEqual([]);
  await stale.getByRole('button', { name: 'Rename or merge Claims' }).click();
  await stale.getByRole('dialog').getByLabel('New name').fill('Claims and care');
  await stale.getByRole('dialog').getByRole('button', { name: 'Change 1 system' }).click();
  await stale.getByRole('rowheader', { name: /Claims and care/ }).waitFor();
  await stale.goto(`${server.address}/settings`);
  await stale.getByLabel('Holidays').fill('2026-12-25 Christmas Day\nnot a day');
  const days = stale.getByRole('region', { name: 'Working days' });
  await days.getByRole('button', { name: 'Save' }).click();
  await stale.getByText('“not a day” is no holiday.').waitFor();
  await stale.getByLabel('Holidays').fill('2026-12-25 Christmas Day');
  await days.getByRole('button', { name: 'Save' }).click();
  await stale.getByText(/changed the organisation: working days/).waitFor();
  expect(await violations(stale)).toEqual([]);
  const { calendar } = await send('get', '/organisation');
  expect(calendar.holidays).toEqual([{ day: '2026-12-25', name: 'Christmas Day' }]);
}, 120_000);

test('a person takes out everything that is held about them as a file', async () => {
  await stale.goto(`${visit.server.address}/account`);
  const saved = stale.waitForEvent('download');
  await stale.getByRole('button', { name: 'Take it out' }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toMatch(/^person-.*\.json$/);
  // An entry is listed once it has its place, which it gets after the change.
  await expect.poll(async () => (await send('get', '/log?act=export.made')).items.length).toBe(1);
}, 60_000);
