import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from './lib/axe.ts';
import { closeContexts, openBrowser } from './lib/browser.ts';
import { setUp } from './lib/first-run.ts';
import { type RunningServer, removeData, startServer } from './lib/server.ts';

let server: RunningServer;
let browser: Browser;
let page: Page;

const change = async (method: 'post' | 'patch', path: string, data: unknown, version?: number) => {
  const headers = {
    'x-throughline': '1',
    ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
  };
  const answer = await page.request[method](`${server.address}/api/v1${path}`, { headers, data });
  expect(answer.ok(), await answer.text()).toBe(true);
  return answer.json();
};

const cell = (row: string, text: string) =>
  page.getByRole('row').filter({ hasText: row }).getByRole('gridcell', { name: text, exact: true });

beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await setUp(page.context(), server.signInLink);
  for (const [name, unit, state] of [
    ['Claims triage', 'Claims', 'deployment'],
    ['Broker chat guide', 'Distribution', 'inception'],
    ['Voice authentication', 'Claims', 'inception'],
  ])
    await change('post', '/systems', { fields: { name, unit }, links: {}, state });
}, 240_000);

afterAll(async () => {
  await closeContexts();
  await server?.stop();
  if (server) await removeData(server);
});

test('a register is its address: filters, a saved view, back and reload give the same rows', async () => {
  await page.goto(`${server.address}/systems?unit=Claims&state=inception`);
  await page.getByText('Voice authentication').waitFor();
  expect(await page.getByText('Broker chat guide').count()).toBe(0);
  await page.getByRole('button', { name: '+ Save as view' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Planned in Claims');
  await page.getByRole('button', { name: 'Save view' }).click();
  await page.getByRole('link', { name: 'Planned in Claims' }).waitFor();
  await page.getByRole('button', { name: /^Remove the filter Unit/ }).click();
  await page.getByText('Broker chat guide').waitFor();
  await page.goBack();
  await page.getByText('Broker chat guide').waitFor({ state: 'detached' });
  await page.reload();
  await page.getByText('Voice authentication').waitFor();
  expect(new URL(page.url()).searchParams.get('unit')).toBe('Claims');
});

test('a cell is edited, undone by a key, and a lost race is a choice', async () => {
  await page.goto(`${server.address}/systems`);
  await cell('Claims triage', 'Claims').click();
  await page.keyboard.press('e');
  await page.getByRole('textbox', { name: 'Unit' }).fill('Service');
  await page.keyboard.press('Enter');
  await cell('Claims triage', 'Service').waitFor();
  await page.keyboard.press('ControlOrMeta+z');
  await cell('Claims triage', 'Claims').waitFor();

  await cell('Broker chat guide', 'Distribution').click();
  await page.keyboard.press('e');
  await change('patch', '/systems/SYS-2', { fields: { unit: 'Legal' } }, 1);
  await page.getByRole('textbox', { name: 'Unit' }).fill('Sales');
  await page.keyboard.press('Enter');
  const choice = page.getByRole('dialog', { name: 'Somebody else changed this' });
  await choice.getByText('Legal', { exact: true }).waitFor();
  await choice.getByRole('button', { name: 'Use mine' }).click();
  await cell('Broker chat guide', 'Sales').waitFor();
});

test('a new record says what is missing, keeps its draft over a reload, and then opens', async () => {
  await page.goto(`${server.address}/documents/new`);
  await page.getByRole('button', { name: 'Create document' }).click();
  await page.getByText('Title is needed.').first().waitFor();
  await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('part-name');
  await page.getByRole('textbox', { name: 'Title' }).fill('AI policy');
  // The policy forbids what waits inside the page, so the wait is here.
  await expect
    .poll(() => page.evaluate("Object.keys(localStorage).some((key) => key.includes('draft.documents.new'))"))
    .toBe(true);
  await page.reload();
  await expect.poll(() => page.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('AI policy');
  await page.getByRole('combobox', { name: 'Type' }).click();
  await page.getByRole('option', { name: 'AI policy' }).click();
  await page.getByRole('button', { name: 'Create document' }).click();
  await page.getByRole('heading', { level: 1, name: 'AI policy' }).waitFor();
});

test('a version is submitted, and who submitted it is told that another person approves it', async () => {
  await page.goto(`${server.address}/documents/DOC-1`);
  await page.getByText('There is nothing to read yet:').waitFor();
  expect(await page.getByRole('button', { name: /^(Approve|Submit) version/ }).count()).toBe(0);
  await page
    .getByRole('list', { name: 'Where it is put right' })
    .getByRole('link', { name: 'Kept elsewhere at' })
    .click();
  await page.getByRole('textbox', { name: 'Kept elsewhere at' }).fill('https://docs.example.org/policy');
  await page.getByRole('textbox', { name: 'Kept elsewhere at' }).press('Enter');
  await page.getByText('There is nothing to read yet:').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Submit version 2' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Submit version 2' }).click();
  // The button keeps its place and its focus; the reason stands beside it, and pressing it opens nothing.
  const approve = page.getByRole('button', { name: 'Approve version 2' }).first();
  await approve.waitFor();
  expect(await approve.getAttribute('aria-disabled')).toBe('true');
  await page
    .getByText(/^You submitted this version, so another person approves it\./)
    .first()
    .waitFor();
  await approve.click({ force: true });
  // The dialog of the submission may still be on its way out; one of an approval would stay.
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
});

test('two versions are compared, and a value is restored as a new change', async () => {
  await page.goto(`${server.address}/systems/SYS-2?tab=history`);
  await page.getByRole('checkbox', { name: 'Select version 1 to compare' }).click();
  await page.getByRole('checkbox', { name: 'Select version 3 to compare' }).click();
  await page.getByRole('button', { name: 'Compare 1 with 3' }).click();
  await page.getByRole('dialog').getByText('Distribution').waitFor();
  await page.getByRole('button', { name: 'Restore this value' }).click();
  await page.getByRole('checkbox', { name: 'Select version 4 to compare' }).waitFor();
});

test('a form says what is missing with a way to it, Save stays pressable, and what was typed survives a reload', async () => {
  await page.goto(`${server.address}/systems/SYS-1/edit`);
  const name = page.getByRole('textbox', { name: 'Name', exact: true }).first();
  await name.fill('');
  const save = page.getByRole('button', { name: 'Save', exact: true });
  expect(await save.getAttribute('aria-disabled')).toBeNull();
  await save.click();
  await page.getByText('Name is needed.').first().waitFor();
  await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('part-name');
  await page.getByRole('alert').getByRole('button', { name: 'Name', exact: true }).click();
  await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('part-name');
  await name.fill('Claims triage, second try');
  await expect
    .poll(() => page.evaluate("Object.values(localStorage).some((kept) => kept.includes('second try'))"))
    .toBe(true);
  await page.reload();
  await page.getByText('Your draft is back').waitFor();
  expect(await name.inputValue()).toBe('Claims triage, second try');
  await page.getByRole('button', { name: 'Start again' }).click();
  await expect.poll(() => name.inputValue()).toBe('Claims triage');
});

test('what is not there and what may not be seen have one page', async () => {
  await page.goto(`${server.address}/systems/SYS-999`);
  await page.getByText('You cannot see this, or it does not exist.').waitFor();
  await page.getByText('If someone sent you here, ask them or your AIMS manager.').waitFor();
});

test('links stand both ways with how each stands; a search is limited to what may be linked; what ended folds away', async () => {
  await change('post', '/models', { fields: { name: 'Ranker' }, links: {} });
  await change('post', '/suppliers', { fields: { name: 'Rankers and partners' }, links: {} });
  const record = await (await page.request.get(`${server.address}/api/v1/systems/SYS-1`)).json();
  const task = await change('post', '/tasks', {
    fields: { name: 'Ask the supplier', result: 'Asked' },
    links: { system: { set: [record.id] } },
  });
  await page.goto(`${server.address}/systems/SYS-1?tab=links`);
  const group = page.getByRole('table', { name: 'Tasks' });
  await group.getByText('Ask the supplier').waitFor();
  await change('post', `/tasks/${task.record.ref}/transitions`, { transition: 'finish' }, 1);
  await page.getByRole('button', { name: '1 past' }).waitFor();
  await expect.poll(() => page.getByText('Ask the supplier').count()).toBe(0);
  await page.getByRole('button', { name: '1 past' }).click();
  await group.getByText('Ask the supplier').waitFor();

  const uses = page.locator('div', { has: page.getByRole('heading', { name: 'Uses model' }) }).last();
  await uses.getByRole('button', { name: 'Link…' }).click();
  const finder = page.getByRole('dialog');
  await finder.getByLabel('Ref or words').fill('Rank');
  await finder.getByText('Ranker', { exact: true }).waitFor();
  expect(await finder.getByText('Rankers and partners').count()).toBe(0);
  await finder.getByText('Ranker', { exact: true }).click();
  await page.getByRole('table', { name: 'Uses model' }).getByText('Ranker').waitFor();
  await page.goto(`${server.address}/models/MDL-1?tab=links`);
  const back = page.getByRole('row').filter({ hasText: 'SYS-1' });
  await back.waitFor();
  await expect.poll(() => back.innerText()).toMatch(/gap/i);
});

test('on paper a record has its owner and moment, absolute dates, and no buttons', async () => {
  await page.goto(`${server.address}/systems/SYS-2?tab=overview`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.emulateMedia({ media: 'print' });
  await page.getByText(/Owner: .+ Printed copy, uncontrolled\. As of /).waitFor();
  const acts = page.getByRole('button', { name: /^(Print|Edit|More|Copy link|As of now|Add .*)$/ });
  expect(await acts.filter({ visible: true }).count()).toBe(0);
  expect(await page.getByText('just now').filter({ visible: true }).count()).toBe(0);
  await page.emulateMedia({ media: null });
});

test('a register turns into an earlier moment: the rows of then, and nothing to change', async () => {
  const before = new Date().toISOString();
  await change('post', '/systems', { fields: { name: 'Registered later', unit: 'Claims' }, links: {} });
  await page.goto(`${server.address}/systems?asOf=${before}`);
  await page.getByText(/^As of .* Nothing can be changed here\./).waitFor();
  await page.getByText('Voice authentication').waitFor();
  expect(await page.getByText('Registered later').count()).toBe(0);
  expect(await page.getByRole('columnheader', { name: 'Line' }).count()).toBe(0);
  await page.getByText(/Lines, gaps and words within records are kept as they are now/).waitFor();
  expect(await page.getByRole('button', { name: 'New AI system' }).getAttribute('aria-disabled')).toBe(
    'true',
  );
  await cell('Voice authentication', 'Claims').click();
  await page.keyboard.press('e');
  expect(await page.getByRole('textbox', { name: 'Unit' }).count()).toBe(0);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('link', { name: 'Voice authentication' }).first().click();
  await page.getByText(/^As of .* Nothing can be changed here\./).waitFor();
  await page.goBack();
  await page.getByRole('button', { name: 'Back to now' }).click();
  await page.getByText('Registered later').waitFor();
  expect(new URL(page.url()).searchParams.get('asOf')).toBeNull();
});

test('a register asks for its page and its count, and for nothing of them twice', async () => {
  const asked: string[] = [];
  const hear = (request: { url(): string }) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/api/v1/systems')) asked.push(pathname.slice('/api/v1'.length));
  };
  // Lines that turn are asked for again, rightly, and are not what is counted here: the stream never begins.
  await page.route('**/api/v1/events*', () => undefined);
  await page.goto(`${server.address}/systems`);
  await page.getByText('Voice authentication').waitFor();
  page.on('request', hear);
  await page.reload();
  await page.getByText(/Rows 1 to \d+ of \d+/).waitFor();
  expect(asked.sort()).toEqual(['/systems', '/systems/count']);
  asked.length = 0;
  await page.goto(`${server.address}/systems?unit=Claims`);
  await page.getByText(/Rows 1 to \d+ of \d+/).waitFor();
  await page.getByRole('columnheader', { name: /^Unit/ }).getByRole('button').first().click();
  await expect.poll(() => asked.filter((path) => path === '/systems').length).toBe(2);
  expect(asked.filter((path) => path === '/systems/count')).toHaveLength(1);
  page.off('request', hear);
  await page.unroute('**/api/v1/events*');
});
