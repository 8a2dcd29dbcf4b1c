import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wholeAssessment, wholeUse } from '../packages/server/test/whole.ts';
import { type Api, apiOf } from './lib/api.ts';
import { violations, violationsInBothThemes } from './lib/axe.ts';
import { calm, closeContexts, openBrowser } from './lib/browser.ts';
import { setUp } from './lib/first-run.ts';
import { invited, type Signed } from './lib/people.ts';
import { type RunningServer, removeData, startServer } from './lib/server.ts';

/**
 * Approvals as people live them, in order: whoever writes, whoever approves, and what becomes of an approval when the
 * record or what it stands on changes.
 */
let server: RunningServer;
let browser: Browser;
let author: Page;
let api: Api;
let authorId = '';
let approver: Signed;
let director: Signed;
let system: { ref: string; id: string };

const dialog = (page: Page) => page.getByRole('dialog');
const open = async (page: Page, path: string): Promise<void> => {
  await page.goto(server.address + path);
  await page.getByRole('heading', { level: 1 }).waitFor();
};
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();
/** The answer to a question: the same words as the button that asked it. */
const confirm = (page: Page, name: string | RegExp) => dialog(page).getByRole('button', { name }).click();
const said = (page: Page, text: string | RegExp) =>
  page.getByText(text).filter({ visible: true }).first().waitFor();

beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser();
  const context = await browser.newContext({
    ...calm,
    viewport: { width: 1440, height: 900 },
    timezoneId: 'Europe/Dublin',
  });
  author = await context.newPage();
  author.setDefaultTimeout(30_000);
  await setUp(context, server.signInLink);
  api = apiOf(context, server.address);
  authorId = (await (await api.get('/session')).json()).member.id;
  const admin = { context, address: server.address };
  approver = await invited(browser, admin, { name: 'Head of claims', roles: ['aims-manager'] });
  director = await invited(browser, admin, { name: 'Managing director', roles: ['top-management'] });
  system = await api.make('systems', { name: 'Claims triage', unit: 'Claims' });
}, 240_000);

afterAll(async () => {
  await closeContexts();
  await server?.stop();
  if (server) await removeData(server);
});

test('the author submits, is told who could approve, and asks them with a task', async () => {
  await api.make(
    'use-cases',
    { ...wholeUse, name: 'Sorting claims', purpose: 'Sort claims' },
    { system: { set: [system.id] } },
  );
  await open(author, '/use-cases/UC-1');
  await press(author, 'Submit version 1');
  await said(author, 'No version was approved before.');
  await confirm(author, 'Submit version 1');
  await said(
    author,
    'You wrote this version, so another person approves it. Head of claims or Managing director can.',
  );
  expect(
    await author.getByRole('button', { name: 'Approve version 1' }).first().getAttribute('aria-disabled'),
  ).toBe('true');
  await press(author, 'Ask them');
  await confirm(author, 'Make the task');
  await said(author, 'TSK-1 is made.');
  await open(approver.page, '/');
  await said(approver.page, 'Approve version 1: UC-1 Sorting claims');
});

test('the approver rejects with a reason, which the author reads; then approves exactly what is shown', async () => {
  const { page } = approver;
  await open(page, '/use-cases/UC-1');
  await press(page, 'Reject');
  await confirm(page, 'Reject');
  await said(page, 'Say why, in a sentence.');
  await dialog(page)
    .getByRole('textbox', { name: 'Reason' })
    .fill('The purpose says nothing of motor claims.');
  await confirm(page, 'Reject');
  await said(author, 'Because: The purpose says nothing of motor claims.');
  const { record } = await (
    await author.request.patch(`${server.address}/api/v1/use-cases/UC-1`, {
      headers: { 'x-throughline': '1', 'if-match': '"1"' },
      data: { fields: { purpose: 'Sort motor and home claims' } },
    })
  ).json();
  await open(page, '/use-cases/UC-1');
  await press(page, 'Approve version 2');
  await said(page, `digest ${record.proof.digest.slice(0, 4)}`);
  await confirm(page, 'Approve version 2');
  await said(page, /Version 2: approved by Head of claims/);
});

test('a significant edit is previewed, takes the approval away, says so, and undo writes a new change', async () => {
  await open(author, '/use-cases/UC-1?edit=purpose');
  await author.getByRole('textbox', { name: 'Purpose' }).fill('Sort and pay claims');
  await author.keyboard.press('ControlOrMeta+Enter');
  await said(author, 'It takes 1 approval away:');
  await confirm(author, 'Keep as it was');
  await expect.poll(async () => (await (await api.get('/use-cases/UC-1')).json()).version).toBe(2);
  await open(author, '/use-cases/UC-1?edit=purpose');
  await author.getByRole('textbox', { name: 'Purpose' }).fill('Sort and pay claims');
  await author.keyboard.press('ControlOrMeta+Enter');
  await confirm(author, 'Save and reopen');
  await said(
    author,
    /Your edit of Purpose took the approval of .+ away\. It was saved; Head of claims finds it on Home\./,
  );
  await open(approver.page, '/');
  await said(approver.page, 'A significant change took your approval away: Sorting claims');
  await press(author, 'Undo');
  await expect.poll(async () => (await (await api.get('/use-cases/UC-1')).json()).version).toBe(4);
});

test('the next approval shows what differs from the one before, and can be withdrawn with a reason', async () => {
  const change = await author.request.patch(`${server.address}/api/v1/use-cases/UC-1`, {
    headers: { 'x-throughline': '1', 'if-match': '"4"' },
    data: { fields: { purpose: 'Sort motor, home and travel claims' } },
  });
  expect(change.ok(), await change.text()).toBe(true);
  const { page } = approver;
  await open(page, '/use-cases/UC-1');
  await press(page, 'Approve version 5');
  await said(page, 'Changed since version 2, which was approved last');
  await expect.poll(() => dialog(page).locator('ins').count()).toBeGreaterThan(0);
  await confirm(page, 'Approve version 5');
  await said(page, /Version 5: approved by Head of claims/);
  await press(page, 'Withdraw');
  await dialog(page).getByRole('textbox', { name: 'Reason' }).fill('Travel is not decided.');
  await confirm(page, 'Withdraw');
  await said(page, /Version 5: withdrawn by Head of claims/);
});

test('an approval whose input changed is stale; a second person says that it had no effect', async () => {
  const { id } = await (await api.get('/use-cases/UC-1')).json();
  await api.make(
    'impact-assessments',
    { ...wholeAssessment(authorId), name: 'Assessment of sorting' },
    { system: { set: [system.id] }, covers: { set: [id] } },
  );
  const { page } = approver;
  await open(page, '/impact-assessments/IA-1');
  // What nobody could approve yet is offered to nobody: the page says what is missing in its place.
  await said(page, 'Not ready for approval.');
  await said(page, 'It is approved once it is “Completed”; this is “Under way”.');
  expect(await page.getByRole('button', { name: /^(Approve|Submit) version 1$/ }).count()).toBe(0);
  const completed = await author.request.post(
    `${server.address}/api/v1/impact-assessments/IA-1/transitions`,
    { headers: { 'x-throughline': '1', 'if-match': '"1"' }, data: { transition: 'complete' } },
  );
  expect(completed.status(), await completed.text()).toBe(200);
  await open(page, '/impact-assessments/IA-1');
  await press(page, 'Approve version 2');
  await confirm(page, 'Approve version 2');
  await said(page, /Version 2: approved by Head of claims/);
  await open(author, '/use-cases/UC-1?edit=purpose');
  await author
    .getByRole('textbox', { name: 'Purpose' })
    .fill('Sort motor, home and travel claims by urgency');
  await author.keyboard.press('ControlOrMeta+Enter');
  await said(author, 'It makes 1 approval stale:');
  await confirm(author, 'Save and reopen');
  // The page is left once the change is kept: what is sent while a page goes may be cut off by the browser.
  await expect.poll(async () => (await (await api.get('/use-cases/UC-1')).json()).version).toBe(6);
  await open(author, '/impact-assessments/IA-1');
  await said(author, 'Stale: what it stands on changed since.');
  const own = author.getByRole('button', { name: 'No effect, because …' }).first();
  expect(await own.getAttribute('aria-disabled')).toBe('true');
  await open(page, '/impact-assessments/IA-1');
  await said(page, 'UC-1 changed: Purpose');
  await press(page, 'No effect, because …');
  await dialog(page).getByRole('textbox', { name: 'Reason' }).fill('Urgency was weighed already.');
  await confirm(page, 'No effect, because …');
  await said(page, /Version 2: approved by Head of claims/);
});

test('a residual risk is accepted by somebody whose authority reaches it, and nobody else', async () => {
  const grant = (level: string, role: string) => ({
    level,
    dimension: 'residual_risk',
    holder: { role },
    delegate: null,
    until: null,
  });
  const table = await author.request.put(`${server.address}/api/v1/authority`, {
    headers: { 'x-throughline': '1' },
    data: {
      grants: [grant('moderate', 'aims-manager'), grant('severe', 'top-management')],
      reason: 'There is one administrator so far.',
    },
  });
  expect(table.status(), await table.text()).toBe(200);
  await api.make(
    'risks',
    {
      name: 'Wrong ranking',
      event: 'Ranks wrongly',
      owner: authorId,
      currentIndividuals: 'high',
      residualIndividuals: 'high',
      acceptanceType: 'lasting',
      acceptanceReason: 'Each case is read by a person.',
    },
    { system: { set: [system.id] } },
  );
  await open(approver.page, '/risks/RSK-1');
  await said(
    approver.page,
    'This is high. Your authority over residual risks does not reach that. Managing director can.',
  );
  const { page } = director;
  await open(page, '/risks/RSK-1');
  await press(page, 'Accept the risk');
  await confirm(page, 'Accept the risk');
  await said(page, /Version 1: accepted by Managing director/);
});

test('a person is called in a comment about a field, finds it on Home, answers, and it is gone', async () => {
  await open(author, '/use-cases/UC-1?tab=overview');
  await author.locator('[data-property="purpose"]').hover();
  await author.getByRole('button', { name: 'Comment on Purpose' }).click();
  const box = author.getByRole('textbox', { name: 'Write a comment' });
  await box.pressSequentially('Is this so, @Head');
  await author.getByRole('option', { name: 'Head of claims' }).waitFor();
  expect(await violations(author)).toEqual([]);
  await author.keyboard.press('Enter');
  await expect.poll(() => box.inputValue()).toBe('Is this so, @Head of claims ');
  await press(author, 'Comment');
  await said(author, '@Head of claims');
  // Home is read once: the comment has to be kept by then, and not only shown.
  await expect
    .poll(async () => (await (await api.get('/use-cases/UC-1/comments')).json()).items.length)
    .toBe(1);
  const { page } = approver;
  await open(page, '/');
  await said(page, 'AIMS manager mentions you: Sorting claims');
  await press(page, 'Read and answer');
  await said(page, 'This calls you.');
  await page.getByRole('textbox', { name: 'Write a comment' }).fill('It is.');
  await press(page, 'Comment');
  await page.getByText('This calls you.').waitFor({ state: 'detached' });
  await open(page, '/');
  await page.getByText('AIMS manager mentions you').waitFor({ state: 'detached' });
});

test("a value's history and the comparison name people, titles and linked records", async () => {
  await open(author, '/use-cases/UC-1?tab=overview');
  await author
    .locator('[data-property="purpose"] button')
    .first()
    .click({ modifiers: ['Alt'] });
  await said(author, 'History of Purpose');
  await said(author, 'Sort motor, home and travel claims by urgency');
  await said(author, 'Sort and pay claims');
  await open(author, '/risks/RSK-1?edit=owner');
  const risk = await author.request.patch(`${server.address}/api/v1/risks/RSK-1`, {
    headers: { 'x-throughline': '1', 'if-match': '"1"' },
    data: { fields: { owner: approver.id } },
  });
  expect(risk.ok(), await risk.text()).toBe(true);
  await open(author, '/risks/RSK-1?tab=history');
  await author.getByRole('checkbox', { name: 'Select version 1 to compare' }).click();
  await author.getByRole('checkbox', { name: 'Select version 2 to compare' }).click();
  await press(author, 'Compare 1 with 2');
  await dialog(author).getByText('Head of claims').waitFor();
  await dialog(author).getByText('AIMS manager').waitFor();
});

test('pages of approvals keep to WCAG 2.2 AA in both themes', async () => {
  const context = await browser.newContext({
    ...calm,
    viewport: { width: 1440, height: 900 },
    storageState: await approver.context.storageState(),
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  for (const path of [
    '/use-cases/UC-1?tab=overview',
    '/use-cases/UC-1?tab=comments',
    '/use-cases/UC-1?tab=history',
    '/impact-assessments/IA-1',
    '/risks/RSK-1',
    '/',
  ]) {
    await open(page, path);
    await expect.poll(() => page.locator('[aria-busy=true]').count()).toBe(0);
    expect({ path, found: await violationsInBothThemes(page) }).toEqual({ path, found: [] });
  }
  await open(page, '/use-cases/UC-1');
  await press(page, /^Approve version/);
  await dialog(page).waitFor();
  expect(await violationsInBothThemes(page)).toEqual([]);
  await context.close();
});
