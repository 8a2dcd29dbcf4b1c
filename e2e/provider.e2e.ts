import { afterAll, beforeAll, expect, test } from 'vitest';
import { openidProvider, type TestProvider } from '../packages/server/test/openid-provider.ts';
import { violations } from './lib/axe.ts';
import { calm } from './lib/browser.ts';
import { setUp } from './lib/first-run.ts';
import { startServer } from './lib/server.ts';
import { openVisit, type Visit } from './lib/visit.ts';
import { watch } from './lib/watch.ts';

/** Signing in with the organisation's own accounts, from an empty settings page to somebody's first page. */
let visit: Visit;
let provider: TestProvider;

beforeAll(async () => {
  visit = await openVisit(startServer({ LOOPBACK_PROVIDERS: 'only' }));
  provider = await openidProvider(`${visit.server.address}/sign-in/return`, true);
  await setUp(visit.context, visit.server.signInLink);
}, 240_000);

afterAll(async () => {
  await provider?.close();
  await visit?.close();
});

test('an administrator connects a provider: taught, tested, told at the field what does not hold', async () => {
  const { page } = visit;
  await visit.go('/sign-in-settings');
  await page.getByText('People can sign in with the account that they have').waitFor();
  expect(await page.getByRole('textbox', { name: 'Redirect address' }).inputValue()).toBe(
    `${visit.server.address}/sign-in/return`,
  );
  expect(await violations(page)).toEqual([]);
  await visit.button('Connect a provider').click();
  await page.getByLabel('Issuer').fill('http://127.0.0.1:9');
  await visit.button('Test the connection').click();
  await page.getByText('127.0.0.1:9 was not reached').first().waitFor();
  await page.getByLabel('Issuer').fill(provider.issuer);
  await visit.button('Test the connection').click();
  await page.getByRole('cell', { name: `${provider.issuer}/token` }).waitFor();
  await page.getByLabel('Client id').fill(provider.client.clientId);
  await page.getByLabel('Client secret').fill(provider.client.secret);
  await page.getByLabel('Scopes').fill('profile email groups');
  await page.getByLabel('People can sign in with it').check();
  await page.getByLabel('What stands on the button').fill('Harbour account');
  await page.getByLabel('The button stands on the sign-in page').check();
  await page.getByLabel('Sign-in address').fill('No');
  await visit.button('Add a group').click();
  await page.getByLabel('Group, as the provider writes it').fill('aims');
  await page.getByRole('combobox', { name: 'Roles of aims' }).click();
  await page.getByRole('option', { name: /AIMS manager/ }).click();
  await visit.button('Save').click();
  await page.getByText('3 to 40 small letters').first().waitFor();
  await page.getByLabel('Sign-in address').fill('harbour');
  await visit.button('Save').click();
  await page.getByText('Saved.').first().waitFor();
  await page.getByText('One is kept, encrypted').waitFor();
  // What people open has an ending that the server gave, and saved again it stays.
  const standing = page.getByRole('textbox', { name: 'Address where people sign in' });
  const whole = await standing.inputValue();
  expect(whole).toMatch(/\/sign-in\/harbour-[a-z2-9]{8}$/);
  await visit.button('Save').click();
  await page.getByText('Saved.').first().waitFor();
  expect(await standing.inputValue()).toBe(whole);
  expect(await violations(page)).toEqual([]);
  expect(visit.watched.troubles.filter((one) => !one.includes('status of 422'))).toEqual([]);
}, 120_000);

test('somebody is refused with words, invited, and signs in to the page that they wanted', async () => {
  provider.says('7', { email: 'claims@harbour.example', email_verified: true, name: 'H', groups: ['aims'] });
  const context = await visit.browser.newContext({ ...calm, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const { troubles } = await watch(page, visit.server.address, ['403', '401', '404']);
  const enter = async () => {
    await page.goto(`${visit.server.address}/systems?state=operation`);
    await page.getByRole('button', { name: 'Harbour account' }).click();
  };
  await enter();
  await page.getByRole('button', { name: 'Go on as Head of claims' }).click();
  await page.getByText('You are not a member here yet.').waitFor();
  expect(new URL(page.url()).search).toBe('');
  expect(await violations(page)).toEqual([]);
  await visit.context.request.post(`${visit.server.address}/api/v1/members`, {
    headers: { 'x-throughline': '1' },
    data: { name: 'Head of claims', email: 'claims@harbour.example', roles: ['reader'] },
  });
  await page.goto(`${visit.server.address}/sign-in/nowhere`);
  await page.getByRole('button', { name: 'Use your organisation’s account' }).click();
  await page.getByText('No account of an organisation leads in here by that.').waitFor();
  // Signed in at the provider already, and so asked nothing there.
  await enter();
  await page.waitForURL('**/systems?state=operation');
  await page.goto(`${visit.server.address}/account`);
  await page.getByRole('cell', { name: 'account of the organisation' }).waitFor();
  await page.getByText(`Linked to claims@harbour.example at ${provider.issuer}.`).waitFor();
  expect(troubles.filter((one) => !one.includes(provider.issuer))).toEqual([]);
  await context.close();
  await visit.go('/members');
  await visit.button('Change Head of claims').click();
  await visit.page.getByText(`By groups at ${provider.issuer}: AIMS manager.`).waitFor();
}, 120_000);
