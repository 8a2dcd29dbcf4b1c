import { TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wholePolicy } from '../packages/server/test/whole.ts';
import { type Api, apiOf } from './lib/api.ts';
import { violations } from './lib/axe.ts';
import { asOwner } from './lib/database.ts';
import { administrator, setUp, signIn } from './lib/first-run.ts';
import { invited, type Signed } from './lib/people.ts';
import { openVisit, type Visit } from './lib/visit.ts';
import { type Watched, watch } from './lib/watch.ts';

/** Second factors as people live them: added, asked for at the door, and once more before an approval. */
let visit: Visit;
let api: Api;
let approver: Signed;
let watched: Watched;
let secret = '';
const codes: string[] = [];
/** The step of the code shown last; 0 before the first. */
let shown = 0;

const dialog = (page: Page) => page.getByRole('dialog').last();
/**
 * A code that was not shown before: codes are good once. The door takes the step before and the step after as well
 * (RFC 6238 §5.2), so that three codes can follow each other without a wait.
 */
async function code(): Promise<string> {
  const step = () => Math.floor(Date.now() / 30_000);
  const secondsLeft = () => 30 - ((Date.now() / 1000) % 30);
  shown = shown === 0 && secondsLeft() > 10 ? step() - 1 : Math.max(shown + 1, step());
  while (shown > step() + 1) await new Promise((done) => setTimeout(done, 500));
  return new TOTP({ secret }).generate({ timestamp: shown * 30_000 });
}

beforeAll(async () => {
  visit = await openVisit();
  await setUp(visit.context, visit.server.signInLink);
  api = apiOf(visit.context, visit.server.address);
  approver = await invited(
    visit.browser,
    { context: visit.context, address: visit.server.address },
    { name: 'Head of claims', roles: ['aims-manager'] },
  );
}, 240_000);

afterAll(async () => {
  await visit?.close();
});

test('an authenticator is added by its picture and first code, and recovery codes are shown once', async () => {
  const { page } = visit;
  await visit.go('/account');
  await visit.button('Add an authenticator').click();
  await dialog(page).getByRole('img', { name: 'Picture of the secret, for an authenticator app' }).waitFor();
  secret = await dialog(page).getByRole('textbox', { name: 'Secret' }).inputValue();
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  await dialog(page).getByLabel('Name').fill('Telephone');
  await dialog(page).getByRole('textbox', { name: 'Code' }).fill('000000');
  await dialog(page).getByRole('button', { name: 'Add it' }).click();
  await dialog(page).getByText('This code does not come of this secret').waitFor();
  expect(await dialog(page).getByLabel('Name').inputValue()).toBe('Telephone');
  await dialog(page)
    .getByRole('textbox', { name: 'Code' })
    .fill(await code());
  await dialog(page).getByRole('button', { name: 'Add it' }).click();
  await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
  codes.push(...(await dialog(page).getByRole('listitem').allInnerTexts()));
  expect(codes).toHaveLength(10);
  await dialog(page).getByRole('button', { name: 'I have kept them' }).click();
  await page.getByText('10 recovery codes are left.').waitFor();
  expect(await violations(page)).toEqual([]);
}, 90_000);

test('from then on a password is not enough: a code lets in, or one of the codes on paper', async () => {
  const context = await visit.browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  watched = await watch(page, visit.server.address, ['401']);
  await page.goto(`${visit.server.address}/sign-in?next=/account`);
  await signIn(page);
  await page.getByRole('heading', { name: 'One more proof' }).waitFor();
  await page.getByLabel('Code').fill('000000');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('That is not right, or it was used before').waitFor();
  await page.getByLabel('Code').fill(await code());
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/account');
  await page.getByRole('cell', { name: 'password, code' }).waitFor();
  await context.clearCookies();
  await page.goto(`${visit.server.address}/sign-in?next=/account`);
  await signIn(page);
  await page.getByLabel('Code').fill(codes[0]?.toUpperCase() ?? '');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('9 recovery codes are left.').waitFor();
  await page.getByRole('button', { name: 'End all other sessions' }).click();
  await expect.poll(() => page.getByText('this one').count()).toBe(1);
  expect(watched.troubles).toEqual([]);
  await context.close();
}, 120_000);

test('an approval with an old proof asks for a code in place, and goes on with what was typed', async () => {
  const { page } = visit;
  await visit.go('/sign-in');
  await signIn(page);
  await page.getByLabel('Code').fill(codes[1] ?? '');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation').first().waitFor();
  const document = await approver.api.make('documents', { name: 'AI policy', ...wholePolicy });
  const submit = { act: 'submit', version: 1 };
  const { proof } = await (await approver.api.get(`/documents/${document.ref}`)).json();
  await approver.api.post(`/documents/${document.ref}/approvals`, { ...submit, digest: proof.digest });
  await asOwner(visit.server, `update session set proved_at = proved_at - interval '1 hour'`);
  await visit.go(`/documents/${document.ref}`);
  await visit
    .button(/^Reject/)
    .first()
    .click();
  await dialog(page).getByRole('textbox').fill('The scope is missing');
  await dialog(page)
    .getByRole('button', { name: /^Reject/ })
    .click();
  await page.getByRole('heading', { name: 'Show that it is you' }).waitFor();
  await page.getByLabel('Code').fill(await code());
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  const after = await (await api.get(`/documents/${document.ref}`)).json();
  expect(JSON.stringify(after)).toContain('The scope is missing');
}, 120_000);

test('a forgotten password is set by the link of an administrator, and a demanded second factor comes before all else', async () => {
  const { page } = visit;
  const { address } = visit.server;
  await visit.go('/members');
  await visit.button('Sign-in of Head of claims').click();
  await dialog(page).getByRole('rowheader', { name: 'Chrome, Linux' }).waitFor();
  await dialog(page).getByRole('button', { name: 'Make a link' }).click();
  const link = dialog(page).getByRole('textbox', { name: 'Link to a new password' });
  const shown = new URL(await link.inputValue());
  expect(await violations(page)).toEqual([]);
  const context = await visit.browser.newContext();
  const theirs = await context.newPage();
  theirs.setDefaultTimeout(30_000);
  watched = await watch(theirs, address, ['403']);
  await theirs.goto(`${address}/sign-in`);
  await theirs.getByRole('link', { name: 'Forgot your password?' }).click();
  await theirs.getByText('This server sends no mail.').waitFor();
  await theirs.goto(`${address}${shown.pathname}${shown.hash}`);
  await theirs.getByLabel('The new password').fill('short');
  await theirs.getByRole('button', { name: 'Set it and sign in' }).click();
  await theirs.getByText('A password has at least 12 characters; this one has 5.').waitFor();
  await theirs.getByLabel('The new password').fill('another walk along the quay');
  expect(await violations(theirs)).toEqual([]);
  await theirs.getByRole('button', { name: 'Set it and sign in' }).click();
  await theirs.getByRole('navigation').first().waitFor();
  expect((await approver.context.request.get(`${address}/api/v1/session`)).status()).toBe(401);
  const demand = async (of: string) =>
    visit.context.request.patch(`${address}/api/v1/organisation`, {
      headers: { 'x-throughline': '1' },
      data: { secondFactor: { of, days: 0 }, reason: 'Nobody else keeps the settings here.' },
    });
  expect((await demand('everyone')).status()).toBe(200);
  await theirs.goto(`${address}/systems`);
  await theirs.waitForURL('**/account');
  await theirs.getByText('the time to add one ended').waitFor();
  await theirs.getByText('made a link to a new password').waitFor();
  expect((await demand('nobody')).status()).toBe(200);
  await theirs.goto(`${address}/systems`);
  await theirs.getByRole('heading', { level: 1 }).waitFor();
  expect(watched.troubles).toEqual([]);
  await context.close();
}, 120_000);

test('a passkey of the browser is made, and signs in without a password', async () => {
  const local = visit.server.address.replace('127.0.0.1', 'localhost');
  const context = await visit.browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const cdp = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  watched = await watch(page, local);
  await page.goto(`${local}/sign-in?next=/account`);
  await signIn(page);
  await page.getByLabel('Code').fill(codes[2] ?? '');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/account');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await dialog(page).getByLabel('Name').fill('This browser');
  await dialog(page).getByRole('button', { name: 'Make the passkey' }).click();
  await page.getByRole('rowheader', { name: 'This browser' }).waitFor();
  await context.clearCookies();
  await page.goto(`${local}/sign-in?next=/account`);
  await page.getByRole('button', { name: 'Enter with a passkey' }).click();
  await page.waitForURL('**/account');
  await page.getByText(administrator.email).first().waitFor();
  expect(await page.getByRole('cell', { name: 'passkey', exact: true }).count()).toBeGreaterThan(0);
  expect(watched.troubles).toEqual([]);
  await context.close();
}, 90_000);
